"""By which days, hours and rules a unit works. Services ask, too."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from senhong.comms.quiet import Quiet
from senhong.core.errors import NotFound
from senhong.org.models import Unit
from senhong.work.clocks import WorkTime
from senhong.work.models import DUE_HOUR, DayRule, WorkRule
from senhong.work.workdays import WorkCalendar

REMIND_DAYS = (3, 1, 0, -1)  # where nobody has said others


def calendar_of(province_id: int | None) -> WorkCalendar:
    """The country's working days with what the province says otherwise. One query."""
    rows = DayRule.objects.filter(province=province_id)
    return WorkCalendar(dict(rows.values_list("on_day", "is_working")))


def work_time_of(province_id: int | None) -> WorkTime:
    """As deadlines move in the province. One query."""
    return WorkTime(calendar_of(province_id), timezone.get_default_timezone())


def day_rules_of(province: Unit, first: date, last: date) -> list[DayRule]:
    """What the province says otherwise of these days, in their order. One query."""
    return list(
        DayRule.objects.filter(province=province, on_day__range=(first, last)).order_by("on_day")
    )


def get_day_rule(province: Unit, id: UUID) -> DayRule:
    """What the province says otherwise of a day, with the province, or NotFound. One query."""
    found = DayRule.objects.filter(province=province, pk=id).select_related("province").first()
    if found is None:
        raise NotFound(what=_("ngày này"))
    return found


def work_rule_of(unit: Unit) -> WorkRule:
    """How the unit deals with deadlines: its own rule, or that of the nearest above, or the
    house's, which is not saved. One query."""
    return next(iter(work_rules_of([unit]).values()))


def quiet_hours(rule: WorkRule) -> Quiet:
    """In which people of the unit are left alone. No query."""
    return Quiet(rule.quiet_from, rule.quiet_to)


def work_rules_of(units: list[Unit]) -> Mapping[int, WorkRule]:
    """The rule of each unit, by its id. One query."""
    chains = {unit.pk: _upwards(unit) for unit in units}
    ids = {id for chain in chains.values() for id in chain}
    known = {
        rule.unit_id: rule for rule in WorkRule.objects.filter(unit__in=ids).select_related("unit")
    }
    usual = WorkRule(due_hour=DUE_HOUR, remind_days=[*REMIND_DAYS])
    return {
        unit_id: next((known[id] for id in chain if id in known), usual)
        for unit_id, chain in chains.items()
    }


def _upwards(unit: Unit) -> list[int]:
    """The unit and what is above it, the nearest first."""
    return [int(id) for id in reversed(unit.path.rstrip("/").split("/"))]
