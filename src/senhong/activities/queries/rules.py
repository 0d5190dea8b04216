"""When the help of a unit counts: at once, or after acceptance."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from senhong.accounts.models import User
from senhong.activities.counting import TURNS, service_indicator
from senhong.activities.models import Activity, CountingRule
from senhong.activities.queries.recording import paths_after_acceptance
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.org.models import Landing, Unit


@dataclass(frozen=True, slots=True)
class CountingSeen:
    """The rule of a unit, and what holds without one of its own."""

    own: CountingRule | None
    above: CountingRule | None  # the nearest of a unit above, with it; None: at once
    decided_by: str  # who set the unit's own
    decided_at: datetime | None

    @property
    def after_acceptance(self) -> bool:
        """What holds."""
        rule = self.own or self.above
        return rule is not None and rule.after_acceptance


def counting_seen(actor: Actor, unit: Unit) -> CountingSeen:
    """What decides when the unit's help counts. Raises Forbidden. Two queries."""
    actor.require("unit.view", at=unit.path)
    rules = _upwards(unit)
    own = rules.get(unit.pk)
    above = [rule for id, rule in rules.items() if id != unit.pk]
    by = own.decided_by if own else None
    user = User.objects.filter(pk=by).first() if by is not None else None
    return CountingSeen(
        own, above[0] if above else None, str(user or ""), own.decided_at if own else None
    )


def counting_note(unit: Unit, indicators: Collection[str]) -> dict[str, str]:
    """One sentence beside those of a unit's figures that come from help, where some of it counts
    only after acceptance. One query, or none."""
    of_help = [c for c in indicators if c in TURNS or c.startswith(service_indicator(""))]
    said = _said_of(unit) if of_help else ""
    return dict.fromkeys(of_help, said) if said else {}


class HelpCounts(StrEnum):
    """When the help given in an activity counts."""

    AT_ONCE = "at-once"
    AFTER_ACCEPTANCE = "after-acceptance"
    MIXED = "mixed"  # its teams are of units that count in both ways


def help_counts_in(activity: Activity) -> HelpCounts:
    """As the units of its teams decide today. Two queries, and one for teams not loaded."""
    today = as_day(clock.today())
    landings = Landing.objects.filter(
        unit__teams__in=[activity.lead_team_id, *(team.pk for team in activity.teams.all())],
        map__from_day__lte=today,
        map__to_day__gt=today,
    )
    paths = set(landings.values_list("landed__path", flat=True))
    waiting = paths_after_acceptance(paths)
    if not waiting:
        return HelpCounts.AT_ONCE
    return HelpCounts.AFTER_ACCEPTANCE if waiting == paths else HelpCounts.MIXED


def _said_of(unit: Unit) -> str:
    rules = _upwards(unit, below=True)
    nearest = next((rule for rule in rules.values() if rule.unit.path in _way(unit)), None)
    if nearest is not None and nearest.after_acceptance:
        return _("Ở đây lượt hỗ trợ chỉ được tính sau khi người phụ trách duyệt.")
    if any(rule.after_acceptance for rule in rules.values() if rule.unit.path not in _way(unit)):
        return _("Một số đơn vị bên dưới chỉ tính lượt hỗ trợ sau khi duyệt.")
    return ""


def _upwards(unit: Unit, *, below: bool = False) -> dict[int, CountingRule]:
    """Rules of the unit and those above it, the nearest first; perhaps those below it, too."""
    rules = CountingRule.objects.filter(unit__path__in=_way(unit))
    if below:
        rules |= CountingRule.objects.filter(unit__path__startswith=unit.path)
    found = sorted(rules.select_related("unit"), key=lambda rule: -len(rule.unit.path))
    return {rule.unit_id: rule for rule in found}


def _way(unit: Unit) -> list[str]:
    """The paths from the province down to the unit."""
    ids = unit.path.split("/")[:-1]
    return ["/".join(ids[: depth + 1]) + "/" for depth in range(len(ids))]
