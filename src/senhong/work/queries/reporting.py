"""The report of tasks: who or what each row of it is, beside its counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from senhong.accounts.models import User
from senhong.core.actor import Actor
from senhong.core.text import search_key
from senhong.org.models import Unit
from senhong.plans.models import Plan
from senhong.work.queries.outcomes import (
    CountBy,
    Counted,
    OutcomeCounts,
    OutcomeRow,
    outcomes_by,
    outcomes_of,
)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One row with its name; ``key`` is a unit's key, a plan's id, a month or nothing."""

    name: str
    key: str
    row: OutcomeRow


@dataclass(frozen=True, slots=True)
class Report:
    """The four outcomes of all, by what was asked, and month by month."""

    whole: OutcomeCounts
    lines: Sequence[ReportLine]  # by name: nobody is ranked; months by time
    months: Sequence[OutcomeRow]


def report_of(actor: Actor, counted: Counted, by: CountBy) -> Report:
    """Persons only for who may see who takes part at the unit. Raises Forbidden.

    Four queries.
    """
    if by is CountBy.PERSON:
        actor.require("member.view", at=counted.unit.path if counted.unit else "")
    months = outcomes_by(actor, counted, CountBy.MONTH)
    rows = months if by is CountBy.MONTH else outcomes_by(actor, counted, by)
    return Report(outcomes_of(actor, counted), _lines(rows, by), months)


def units_of_report(actor: Actor) -> list[Unit]:
    """Where the actor's reports begin: the highest units whose tasks she may view. One query."""
    paths = list(actor.paths("task.view"))
    tops = {p for p in paths if not any(p != other and p.startswith(other) for other in paths)}
    found = Unit.objects.filter(path__in=tops)
    if "" in tops:
        found = Unit.objects.filter(pk=F("province"))
    return list(found.select_related("province").order_by("sort_key", "pk")[:100])


def _lines(rows: Sequence[OutcomeRow], by: CountBy) -> list[ReportLine]:
    if by is CountBy.MONTH:
        return [ReportLine(f"{r.key:%m/%Y}", f"{r.key:%Y-%m}", r) for r in rows]
    names = _names([row.key for row in rows if row.key is not None], by)
    nobody = {CountBy.PERSON: _("Chưa phân công"), CountBy.PLAN: _("Ngoài kế hoạch")}
    lines = [
        ReportLine(*names.get(row.key, (nobody.get(by, ""), "")), row)
        for row in rows
        if row.key is None or row.key in names
    ]
    return sorted(lines, key=lambda line: (line.row.key is None, search_key(line.name)))


def _names(keys: Sequence[Any], by: CountBy) -> Mapping[Any, tuple[str, str]]:
    """The name and the key of each, by its id. One query."""
    if by is CountBy.UNIT:
        return {unit.pk: (unit.title, unit.key) for unit in Unit.objects.filter(pk__in=keys)}
    if by is CountBy.PERSON:
        return {user.pk: (str(user), "") for user in User.objects.filter(pk__in=keys)}
    return {plan.pk: (plan.name, str(plan.pk)) for plan in Plan.objects.filter(pk__in=keys)}
