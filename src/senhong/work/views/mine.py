"""What waits for one person; and what somebody who leads a unit looks at first."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.org.models import Unit
from senhong.org.queries import get_unit
from senhong.web.components import Cell, Column, Crumb, Row, Table, Tone
from senhong.web.http import PageRequest
from senhong.work import queries
from senhong.work.clocks import Outcome
from senhong.work.queries import Counted, Exceptions, Wanted
from senhong.work.states import TaskState
from senhong.work.views.frame import tasks_table
from senhong.work.views.lists import lists_table
from senhong.work.words import OUTCOME_TONES

_FIRST = 10  # of each exception; the rest is a list of its own


@login_required
@require_safe
def mine(request: PageRequest) -> HttpResponse:
    """My work: overdue first, then today, this week and later; then what waits for others."""
    work = queries.my_work(request.actor)
    sections = [
        ("overdue", _("Quá hạn"), work.overdue),
        ("today", _("Hôm nay"), work.today),
        ("this-week", _("Tuần này"), work.this_week),
        ("to-review", _("Chờ tôi duyệt"), work.to_review),
        ("later", _("Về sau"), work.later),
        ("helping", _("Tôi cùng làm"), work.helping),
        ("waiting", _("Tôi đang chờ người khác"), work.waiting),
        ("given", _("Tôi đã giao"), work.given),
    ]
    there = [each for each in sections if each[2]]
    page = {
        "sections": [(id, title, tasks_table(found, title)) for id, title, found in there],
        "summary": [(id, title, len(found)) for id, title, found in there],
        "may_make": any(True for _path in request.actor.paths("task.edit")),
    }
    return render(request, "work/mine.html", page)


@dataclass(frozen=True, slots=True)
class Tile:
    """A number of tasks that somebody should look at, and the list of them."""

    label: str
    number: int
    url: str
    tone: Tone = ""


@login_required
@require_safe
def unit_work(request: PageRequest, key: str) -> HttpResponse:
    """The work of a unit and those below it: exceptions first, then outcomes and lists."""
    actor, unit = request.actor, get_unit(request.actor, key)
    actor.require("task.view", at=unit.path)
    days = queries.work_rule_of(unit).silent_days
    exceptions = queries.exceptions_at(actor, unit, silent_days=days)
    page = {
        "unit": unit,
        "crumbs": [Crumb(unit.title, f"/units/{unit.key}/"), Crumb(_("Nhiệm vụ"))],
        "tiles": _tiles(unit, exceptions, days),
        "firsts": _firsts(actor, unit, exceptions, days),
        "outcomes": _outcomes(actor, unit),
        "lists": lists_table(actor, queries.lists_of(actor, unit=unit)),
        "may_make": actor.can("task.edit", at=unit.path),
    }
    return render(request, "work/unit.html", page)


def _url(unit: Unit, asked: str) -> str:
    return f"{reverse('work:tasks')}?unit={unit.key}&{asked}"


def _tiles(unit: Unit, found: Exceptions, silent_days: int) -> list[Tile]:
    today = clock.today()
    sunday = today + timedelta(days=6 - today.weekday())
    silent = _("Im lặng từ {days} ngày").format(days=silent_days)
    tiles = [
        Tile(_("Quá hạn"), found.overdue, "outcome=overdue", "behind"),
        Tile(_("Bị trả lại"), found.returned, "state=returned", "behind"),
        Tile(_("Xin gia hạn"), found.asking, "only=asking", "on-pace"),
        Tile(silent, found.silent, "only=silent", "on-pace"),
        Tile(_("Chờ duyệt kết quả"), found.waiting, "state=handed-in", "on-pace"),
        Tile(_("Chưa phân công"), found.unnamed, "person=none", "on-pace"),
        Tile(_("Tới hạn tuần này"), found.due_this_week, f"first={today}&last={sunday}", "neutral"),
    ]
    return [
        Tile(each.label, each.number, _url(unit, each.url), each.tone if each.number else "")
        for each in tiles
    ]


def _firsts(actor: Actor, unit: Unit, found: Exceptions, days: int) -> list[tuple[str, Table, str]]:
    """The first of each exception of which there is any, in the order in which they press."""
    wanted = [
        (_("Quá hạn"), found.overdue, Wanted(unit=unit, outcome="overdue", without_sent=True)),
        (_("Bị trả lại"), found.returned, Wanted(unit=unit, states=[TaskState.RETURNED])),
        (_("Xin gia hạn"), found.asking, Wanted(unit=unit, wants_extension=True)),
    ]
    firsts = [
        (title, tasks_table(queries.task_slice(actor, each, limit=_FIRST).items, title))
        for title, number, each in wanted
        if number
    ]
    if found.silent:
        silent = queries.silent_tasks(actor, unit, days=days, limit=_FIRST)
        firsts.append((_("Im lặng"), tasks_table(silent, _("Im lặng"))))
    urls = dict.fromkeys([_("Quá hạn")], _url(unit, "outcome=overdue"))
    urls |= {_("Bị trả lại"): _url(unit, "state=returned")}
    urls |= {_("Xin gia hạn"): _url(unit, "only=asking"), _("Im lặng"): _url(unit, "only=silent")}
    return [(title, table, urls[title]) for title, table in firsts]


def _outcome_row(unit: Unit, each: Outcome, number: int) -> Row:
    url = _url(unit, f"outcome={each.value}")
    return Row([Cell(each.label, url, OUTCOME_TONES[each], is_header=True), Cell(number)])


def _outcomes(actor: Actor, unit: Unit) -> Table:
    """The four outcomes, and what is shown beside them."""
    found = queries.outcomes_of(actor, Counted(unit=unit))
    rows = [_outcome_row(unit, each, getattr(found, each.column)) for each in Outcome]
    beside = [
        (_("Đang tạm dừng"), found.paused), (_("Được gia hạn"), found.extended),
        (_("Chờ duyệt kết quả"), found.waiting), (_("Bị trả lại"), found.returned),
    ]  # fmt: skip
    rows += [Row([Cell(name, is_header=True), Cell(number)]) for name, number in beside]
    columns = [Column(_("Kết quả")), Column(_("Số nhiệm vụ"), numeric=True)]
    return Table(_("Bốn kết quả, và trong đó"), columns, rows)
