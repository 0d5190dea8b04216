from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from senhong.board.queries import UnitBoard, relatives_of, tree_on, unit_board
from senhong.board.queries.tree import DayTree
from senhong.board.views.asked import address, map_options, unit_spans, view_asked
from senhong.board.views.cards import draw, frame
from senhong.board.views.clusters import clusters_shown
from senhong.board.views.compared import compared_weeks
from senhong.board.views.definitions import definitions_of_columns
from senhong.board.views.needs import needs_shown
from senhong.board.views.pictures import map_shown, weeks_shown
from senhong.board.views.tables import units_shown
from senhong.core.actor import Actor
from senhong.core.days import as_date, as_day
from senhong.org.models import Unit
from senhong.org.queries import get_unit, unit_names, within
from senhong.plans.cards import said_days
from senhong.web.components import Crumb, Option
from senhong.web.http import PageRequest, see_other
from senhong.work.queries import my_numbers


@require_safe
@login_required
def unit(request: PageRequest, key: str) -> HttpResponse:
    """The first page of a province, a district or a commune, on the day that is read."""
    found, day = get_unit(request.actor, key), as_day(request.reading_on())
    tree = tree_on(found, day)
    if tree is None or found not in tree:
        return _elsewhere(request, found, day)
    board = unit_board(request.actor, found, tree, view_asked(request))
    return render(request, "board/unit.html", _page(request, board))


def _elsewhere(request: PageRequest, found: Unit, day: int) -> HttpResponse:
    """The unit does not stand on the day: on to what it was or became, or a choice of those."""
    relatives = [
        each for each in relatives_of(found, day) if request.actor.can("unit.view", at=each.path)
    ]
    if len(relatives) == 1:
        return see_other("board:unit", relatives[0].key)
    names = unit_names(relatives)
    page = {
        "unit": found,
        "relatives": [
            Crumb(names[each.pk], reverse("board:unit", args=[each.key])) for each in relatives
        ],
        "reading_on": request.reading_on(),
        "is_over": day >= found.to_day,
    }
    return render(request, "board/unit_elsewhere.html", page)


def _page(request: PageRequest, board: UnitBoard) -> dict[str, object]:
    actor, spot = request.actor, board.tree.spots[board.unit.pk]
    return {
        "unit": board.unit,
        "title": spot.title,
        "above": board.tree.spots[spot.parent_id].title if spot.parent_id else "",
        "crumbs": crumbs(actor, board.tree, board.unit),
        "reading_on": request.reading_on(),
        "days": said_days(as_date(board.period.first), as_date(board.period.last)),
        "spans": unit_spans(request),
        "maps": map_options(request, board.changes),
        "live": frame(request, board.unit, draw(board.cards)),
        "invites_targets": not board.cards.targets and actor.can("target.set", at=board.unit.path),
        "needs": needs_shown(actor, board),
        "shows_needs": actor.can("activity.view", at=board.unit.path),
        "weeks": weeks_shown(board),
        "weeks_compared": compared_weeks(board.last_week),
        "trends": _trends(request, board),
        "units": units_shown(board),
        "definitions": definitions_of_columns(
            board.columns, board.cards.versions, board.period.first, board.period.last
        ),
        "clusters": clusters_shown(board),
        "map": map_shown(board),
        "week": board.week,
        "states": [
            {"label": state.label, "number": number} for state, number in board.week.numbers.items()
        ],
        "activities": board.activities,
        "teams": board.own_teams[:8],
        "teams_below": len(board.teams) - len(board.own_teams),
        "may_see_teams": actor.can("team.view", at=board.unit.path),
        "may_see_tasks": actor.can("task.view", at=board.unit.path),
        "mine": my_numbers(actor),
        "may_review": actor.can("help.review", at=board.unit.path),
        "may_set_counting": actor.can("counting-rule.set", at=board.unit.path),
        "may_set_deadlines": actor.can("task.edit", at=board.unit.path),
        "history_url": reverse("org:history", args=[board.unit.key]),
    }


def crumbs(actor: Actor, tree: DayTree, shown: Unit) -> list[Crumb]:
    """From the highest unit that the reader may see down to this one.

    The highest says what it hangs on, since nobody above it does.
    """
    way = [spot for spot in tree.way_to(shown.pk) if actor.can("unit.view", at=spot.unit.path)]
    titles = [within(way[0].title, *tree.above(way[0])[:1]), *(spot.title for spot in way[1:])]
    urls = [reverse("board:unit", args=[spot.unit.key]) for spot in way[:-1]]
    return [*map(Crumb, titles, [*urls, ""])]


def _trends(request: PageRequest, board: UnitBoard) -> list[Option]:
    return [
        Option(each.title, address(request, trend=each.code), each == board.trend)
        for each in board.columns
        if not each.is_state
    ]
