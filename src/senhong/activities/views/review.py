"""What a reviewer looks at: of a team, or of a unit and all below it."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from senhong.activities import queries, services
from senhong.activities.models import Help, HelpState
from senhong.activities.queries import ReviewAsked, ReviewLine, Which
from senhong.activities.review_forms import ReturnForm, ReviewPeriodForm
from senhong.activities.views.frame import STATE_TONES, Asked, ask, crumbs_to
from senhong.core.actor import Actor
from senhong.core.errors import NotFound
from senhong.org.queries import get_unit
from senhong.people.models import Team
from senhong.people.queries import get_team
from senhong.web.components import Crumb, Option
from senhong.web.http import PageRequest, see_other


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review_team(request: PageRequest, id: UUID) -> HttpResponse:
    """A team's helps: those that look odd first, all others accepted in one press."""
    team = get_team(request.actor, id)
    request.actor.require("help.review", at=team.path)
    crumbs = [Crumb(team.name, f"/teams/{team.pk}/"), Crumb(_("Duyệt lượt hỗ trợ"))]
    return _review(request, _Frame(request, crumbs, team.name, team=team))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review_unit(request: PageRequest, key: str) -> HttpResponse:
    """The same of every team at and below a unit."""
    unit = get_unit(request.actor, key)
    request.actor.require("help.review", at=unit.path)
    crumbs = [Crumb(unit.title, f"/units/{unit.key}/"), Crumb(_("Duyệt lượt hỗ trợ"))]
    return _review(request, _Frame(request, crumbs, unit.title, unit=unit))


@login_required
@require_POST
def accept_help(request: PageRequest, id: UUID) -> HttpResponse:
    help = queries.get_help(request.actor, id)
    services.accept_helps(request.actor, [help])
    messages.success(request, _("Đã chấp nhận lượt hỗ trợ."))
    return see_other(review_page_of(help))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def return_help(request: PageRequest, id: UUID) -> HttpResponse:
    """Why it goes back, on a page of its own."""
    help = queries.get_help(request.actor, id)
    request.actor.require("help.review", at=help.team.path)
    form = ReturnForm(request.POST or None)
    if not form.is_valid():
        return ask(request, form, _returning(help))
    services.return_helps(request.actor, [help], **form.cleaned_data)
    messages.success(request, _("Đã trả lại cho người ghi, kèm lời của bạn."))
    return see_other(review_page_of(help))


def review_page_of(help: Help) -> str:
    return reverse("activities:review-team", args=[help.team_id])


def review_url(actor: Actor, team: Team) -> str:
    """Where the actor reviews the team's help; "" when she may not."""
    may = actor.can("help.review", at=team.path)
    return reverse("activities:review-team", args=[team.pk]) if may else ""


class _Frame:
    """Whose helps, and which of them, as the address says."""

    def __init__(self, request: PageRequest, crumbs: list[Crumb], title: str, **of: object) -> None:
        self.crumbs, self.title, self.path = crumbs, title, request.path
        said = request.GET.get("show", "")
        which = Which(said) if said in list(Which) else Which.UNSEEN
        usual = ReviewAsked.until(request.reading_on())
        self.period = ReviewPeriodForm(_period_said(request, usual))
        days = self.period.cleaned_data if self.period.is_valid() else {}
        first, last = days.get("first", usual.first), days.get("last", usual.last)
        self.asked = ReviewAsked(which=which, first=first, last=last, **of)  # type: ignore[arg-type]  # team or unit

    def options(self) -> list[Option]:
        words = {
            Which.UNSEEN: _("Chưa duyệt"),
            Which.RETURNED: _("Đã trả lại"),
            Which.ALL: _("Mọi lượt trong kỳ"),
        }
        return [
            Option(word, f"?{urlencode({'show': which})}", which == self.asked.which)
            for which, word in words.items()
        ]


def _period_said(request: PageRequest, usual: ReviewAsked) -> dict[str, str | date]:
    asked = request.GET
    return {
        "first": asked.get("first") or usual.first,
        "last": asked.get("last") or usual.last,
    }


def _review(request: PageRequest, frame: _Frame) -> HttpResponse:
    form = ReturnForm(request.POST if request.POST.get("do") == "return" else None)
    if request.method == "POST" and (form.is_valid() or not form.is_bound):
        return _done(request, frame, form)
    found = queries.review_of(request.actor, frame.asked)
    page = {
        "title": frame.title,
        "crumbs": frame.crumbs,
        "options": frame.options(),
        "period": frame.period,
        "shows_period": frame.asked.which == Which.ALL,
        "odd": [_seen(line) for line in found.lines if line.flags],
        "plain": [_seen(line) for line in found.lines if not line.flags],
        "acceptable": _acceptable(found.lines),
        "accept_words": _accept_words(_acceptable(found.lines)),
        "has_more": found.has_more,
        "form": form,
        "address": request.get_full_path(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "activities/review.html", page, status=status)


def _done(request: PageRequest, frame: _Frame, form: ReturnForm) -> HttpResponse:
    """Accept or return what was chosen, and say how many."""
    helps = queries.reviewed_by_id(request.actor, frame.asked, _chosen(request))
    if form.is_bound:
        number = len(services.return_helps(request.actor, helps, **form.cleaned_data))
        said = ngettext("Đã trả lại {number} lượt.", "Đã trả lại {number} lượt.", number)
    else:
        number = len(services.accept_helps(request.actor, helps))
        said = ngettext("Đã chấp nhận {number} lượt.", "Đã chấp nhận {number} lượt.", number)
    messages.success(request, said.format(number=number))
    return see_other(request.get_full_path())


def _chosen(request: PageRequest) -> list[UUID]:
    try:
        return [UUID(id) for id in request.POST.getlist("help")][: queries.MOST_SHOWN]
    except ValueError as error:
        raise NotFound(what=_("lượt hỗ trợ này")) from error


def _acceptable(lines: Sequence[ReviewLine]) -> list[UUID]:
    """What can be accepted in one press: nothing odd, not one's own that waits, not seen yet."""
    return [
        line.help.pk
        for line in lines
        if not line.flags
        and line.help.state != HelpState.RETURNED
        and not (line.help.state == HelpState.COUNTED and line.help.reviewed_at)
        and not (line.is_own and line.help.state == HelpState.WAITING)
    ]


def _accept_words(ids: Sequence[UUID]) -> str:
    return ngettext(
        "Chấp nhận {number} lượt không có dấu hiệu lạ",
        "Chấp nhận {number} lượt không có dấu hiệu lạ",
        len(ids),
    ).format(number=len(ids))


def _seen(line: ReviewLine) -> dict[str, object]:
    help = line.help
    return {
        "line": line,
        "help": help,
        "tone": STATE_TONES[help.state],
        "may_accept": help.state != HelpState.COUNTED or not help.reviewed_at,
        "waits_for_others": line.is_own and help.state == HelpState.WAITING,
        "place": place_words(help),
    }


def place_words(help: Help) -> str:
    """Where it was, to about a kilometre; "" where it is not known."""
    if help.lat is None or help.lon is None:
        return ""
    return _("khoảng {lat}° B, {lon}° Đ (làm tròn 1 km)").format(
        lat=f"{help.lat:.2f}", lon=f"{help.lon:.2f}"
    )


def _returning(help: Help) -> Asked:
    return Asked(
        title=_("Trả lại lượt hỗ trợ"),
        submit=_("Trả lại"),
        cancel_url=review_page_of(help),
        crumbs=crumbs_to(help.activity, _("Trả lại")),
        lead=help.activity.name,
        counted=_(
            "Lượt trả lại không được tính; nếu đã tính thì được trừ lại. Người ghi thấy lời của "
            "bạn trước tiên, sửa rồi gửi lại."
        ),
        tone="danger",
    )
