"""To which units a task is to go: by level, by a list of names, by rules that data answers.

A rule is a function in ``CHOOSING_RULES``: an app above this one adds its own there.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.core.text import search_key
from senhong.ledger.queries import Ask, indicators, last_days
from senhong.org.models import Unit
from senhong.people.models import Team
from senhong.plans.queries import PaceState, progress_of, targets_at
from senhong.work.models import Task
from senhong.work.queries.calendars import work_rule_of
from senhong.work.queries.frames import past
from senhong.work.queries.sent import Chosen, units_chosen

SIGNS_OF_LIFE = ("activities", "citizen-turns", "organisations-helped")
Finds = Callable[[Actor, Unit, Sequence[Unit]], set[int]]


@dataclass(frozen=True, slots=True)
class ChoosingRule:
    """``finds``: who chooses, the unit that gives, and units below it → ids of those it is of."""

    label: str | Promise
    finds: Finds


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What somebody asks for. Nothing said: every unit below."""

    level: str = ""
    rule: str = ""  # a key of CHOOSING_RULES
    names: Sequence[str] = ()  # titles, names, keys or official codes, each of one unit


@dataclass(frozen=True, slots=True)
class Found:
    """The units by name, those of them that have the task already, and what was not found."""

    units: Sequence[Unit]
    have: set[int] = field(default_factory=set)
    mistakes: Sequence[str] = ()

    @property
    def new(self) -> list[Unit]:
        return [unit for unit in self.units if unit.pk not in self.have]


def units_below(actor: Actor, task: Task) -> list[Unit]:
    """Every unit to which the actor may send the task. One query."""
    return units_chosen(actor, task.unit, Chosen())


def units_found(actor: Actor, task: Task, asked: Asked, below: Sequence[Unit]) -> Found:
    """Which of the units below are asked for. One query, and those of the rule."""
    units = [unit for unit in below if not asked.level or unit.level == asked.level]
    mistakes: list[str] = []
    if asked.names:
        units, mistakes = _named(units, asked.names)
    rule = CHOOSING_RULES.get(asked.rule)
    if rule is not None and units:
        ids = rule.finds(actor, task.unit, units)
        units = [unit for unit in units if unit.pk in ids]
    parcels = Task.objects.filter(parent=task, assignment__isnull=False)
    return Found(units, set(parcels.values_list("unit_id", flat=True)), mistakes)


def _named(units: Iterable[Unit], names: Sequence[str]) -> tuple[list[Unit], list[str]]:
    """The units that the names mean, in their order, and a sentence for each that means none."""
    known = _by_name(units)
    found: dict[int, Unit] = {}
    mistakes = []
    for name in names:
        meant = known.get(search_key(name), [])
        if len(meant) == 1:
            found[meant[0].pk] = meant[0]
        elif meant:
            sentence = _("“{said}” có {number} đơn vị cùng tên. Hãy ghi mã số thay cho tên.")
            mistakes.append(sentence.format(said=name[:60], number=len(meant)))
        else:
            sentence = _("Không thấy “{said}” trong các đơn vị bên dưới. Hãy xem lại tên hoặc mã.")
            mistakes.append(sentence.format(said=name[:60]))
    return list(found.values()), mistakes


def _by_name(units: Iterable[Unit]) -> Mapping[str, list[Unit]]:
    known: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        for said in {search_key(each) for each in (unit.title, unit.name, unit.key, unit.code)}:
            known[said].append(unit)
    return known


def _teamless(actor: Actor, top: Unit, units: Sequence[Unit]) -> set[int]:
    """In which no team stands today. One query."""
    day = as_day(clock.today())
    teams = Team.objects.standing(day).filter(
        unit__landings__map__from_day__lte=day, unit__landings__map__to_day__gt=day
    )
    having = set(teams.values_list("unit__landings__landed", flat=True))
    return {unit.pk for unit in units} - having


def _behind(actor: Actor, top: Unit, units: Sequence[Unit]) -> set[int]:
    """With a target that is behind, or not begun although something was due."""
    today = clock.today()
    targets = targets_at(actor, units, as_day(today))
    return {
        each.target.unit_id
        for each in progress_of(actor, targets, reading_on=today)
        if each.expected > 0
        and not each.is_over
        and each.state in {PaceState.BEHIND, PaceState.NOT_BEGUN}
    }


def _silent(actor: Actor, top: Unit, units: Sequence[Unit]) -> set[int]:
    """Nothing was counted for as many days as the giving unit's rule says. Four queries."""
    today = clock.today()
    first = as_day(today - timedelta(days=work_rule_of(top).silent_days))
    signs = indicators(SIGNS_OF_LIFE)
    asked = [unit for unit in units if actor.can("figure.view", at=unit.path)]
    asks = [Ask(unit, sign, first, as_day(today)) for unit in asked for sign in signs]
    alive = {ask.unit.pk for ask in last_days(actor, asks)}
    return {unit.pk for unit in asked} - alive


def _overdue(actor: Actor, top: Unit, units: Sequence[Unit]) -> set[int]:
    """With a task past its deadline. One query."""
    late = Task.objects.visible_to(actor).open().filter(past(clock.now()), is_sent=False)
    below = Unit.objects.filter(path__startswith=top.path)
    return set(late.filter(unit__in=below.values("pk")).values_list("unit_id", flat=True))


CHOOSING_RULES: dict[str, ChoosingRule] = {
    "teamless": ChoosingRule(gettext_lazy("Chưa có tổ, đội nào"), _teamless),
    "behind": ChoosingRule(gettext_lazy("Có chỉ tiêu đang chậm"), _behind),
    "silent": ChoosingRule(gettext_lazy("Im lặng: lâu nay không ghi gì"), _silent),
    "overdue": ChoosingRule(gettext_lazy("Đang có nhiệm vụ quá hạn"), _overdue),
}
