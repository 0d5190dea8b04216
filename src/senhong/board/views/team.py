from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from senhong.activities.models import ActivityKind
from senhong.activities.queries import waiting_number
from senhong.board.queries import TeamBoard, period_of, team_board
from senhong.board.views.asked import span_asked, team_spans
from senhong.core.days import as_date, as_day
from senhong.ledger.models import Indicator
from senhong.org.queries import shown_day, unit_names
from senhong.people.models import Team
from senhong.people.queries import get_team
from senhong.plans.cards import definition_of, said_days
from senhong.web.components import Crumb, FigureCard, Need
from senhong.web.http import PageRequest
from senhong.work.queries import my_numbers


@require_safe
@login_required
def team(request: PageRequest, id: UUID) -> HttpResponse:
    """The first page of a team: what it did, what comes next, who is in it."""
    found = get_team(request.actor, id)
    period = period_of(span_asked(request), as_day(request.reading_on()), [])
    board = team_board(request.actor, found, period)
    may_see_unit = request.actor.can("unit.view", at=found.unit.path)
    unit_url = reverse("board:unit", args=[found.unit.key]) if may_see_unit else ""
    [unit_name] = unit_names([found.unit]).values()
    page = {
        "team": found,
        "unit_name": "" if unit_url else unit_name,
        "crumbs": [*([Crumb(unit_name, unit_url)] if unit_url else []), Crumb(found.name)],
        "reading_on": request.reading_on(),
        "not_standing": _not_standing(found, as_day(request.reading_on())),
        "days": said_days(as_date(period.first), as_date(period.last)),
        "spans": team_spans(request),
        "cards": _cards(board),
        "activities": board.activities,
        "members": board.members,
        "activities_url": f"/activities/?team={found.pk}",
        "needs": _needs(found, board),
        "mine": my_numbers(request.actor),
        "may_plan": request.actor.can("activity.edit", at=found.path),
        "may_review": request.actor.can("help.review", at=found.path),
        "waiting": waiting_number(request.actor, team=found, on=request.reading_on()),
    }
    return render(request, "board/team.html", page)


def _not_standing(team: Team, day: int) -> str:
    """Why a team that did not stand on the day has nothing to show; empty while it stands."""
    if day < team.from_day:
        text = _("Tổ thành lập ngày {day}, sau ngày đang đọc.")
        return text.format(day=shown_day(team.from_day))
    if day >= team.to_day:
        return _("Tổ thôi hoạt động từ ngày {day}.").format(day=shown_day(team.to_day))
    return ""


def _behind(board: TeamBoard, indicator: Indicator) -> str:
    """The team's activities of the days, of which the figure is the sum."""
    first, last = as_date(board.period.first), as_date(board.period.last)
    asked = {"team": str(board.team.pk), "from": first.isoformat(), "to": last.isoformat()}
    if indicator.code == "sorties":
        asked["kind"] = ActivityKind.SORTIE.value
    return f"{reverse('activities:activities')}?{urlencode(asked)}"


def _needs(team: Team, board: TeamBoard) -> list[Need]:
    if not board.waiting:
        return []
    words = ngettext(
        "{number} người mới chờ xác nhận", "{number} người mới chờ xác nhận", board.waiting
    )
    url = f"{reverse('people:newcomers')}?team={team.pk}"
    return [Need(title=words.format(number=board.waiting), url=url, action=_("Xem và xác nhận"))]


def _cards(board: TeamBoard) -> list[FigureCard]:
    read = board.period.first, board.period.last
    days = said_days(*map(as_date, read))
    return [
        FigureCard(
            name=indicator.title,
            value=figure,
            measure=indicator.measure,
            period=days,
            url=_behind(board, indicator),
            definition=definition_of(
                indicator, indicator.code.replace(".", "-"), board.versions, read
            ),
        )
        for indicator, figure in board.figures
    ]
