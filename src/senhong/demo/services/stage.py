"""What the parts of the demo share while it is being built."""

from collections import Counter
from dataclasses import dataclass, field
from random import Random
from uuid import UUID

from senhong.core.actor import Actor
from senhong.demo.ids import Ids
from senhong.org.models import Unit
from senhong.people.models import Member, Team
from senhong.plans.models import Plan

OLD_PROVINCE = "P87-2"
NEW_PROVINCE = "P82-3"
SEED = 20220630


@dataclass
class Crew:
    """A team and the members who stand in it."""

    team: Team
    members: list[Member]


@dataclass
class Stage:
    """Who builds, with which chance and ids, and what stands already."""

    actor: Actor
    random: Random = field(default_factory=lambda: Random(SEED))  # noqa: S311  # a demo, no secret
    ids: Ids = field(default_factory=Ids)
    names: list[str] = field(default_factory=list)
    advisory: Crew | None = None
    crews: list[Crew] = field(default_factory=list)  # community teams until 2025-06-30
    new_crews: list[Crew] = field(default_factory=list)  # on the map of 2025-07-01
    plans: list[Plan] = field(default_factory=list)  # whose activities are counted
    held: Counter[tuple[UUID, bool]] = field(default_factory=Counter)  # team, on the new map?

    def name(self) -> str:
        """The next invented name; after the last one they begin again."""
        name = self.names.pop(0)
        self.names.append(name)
        return name

    def crew(self, index: int, *, on_new_map: bool) -> Crew:
        if index < 0 and self.advisory is not None:
            return self.advisory
        return (self.new_crews if on_new_map else self.crews)[index]

    def busiest_crew(self) -> Crew:
        """The team of a commune that did most on both maps: good to sign in to."""
        new = {crew.team.pk for crew in self.new_crews}
        staying = [crew for crew in self.crews if crew.team.pk in new]
        return max(
            staying, key=lambda crew: min(self.held[crew.team.pk, on] for on in (True, False))
        )

    def plan_on(self, day: int) -> Plan | None:
        """The programme under which an activity of that day is held."""
        return next((plan for plan in self.plans if plan.from_day <= day < plan.to_day), None)


def units_below(province: Unit, day: int) -> dict[str, list[Unit]]:
    """The province's units that stand on the day, by level, in the order of their names."""
    found: dict[str, list[Unit]] = {}
    standing = Unit.objects.standing(day).filter(province=province).order_by("sort_key", "key")
    for unit in standing:
        found.setdefault(unit.level, []).append(unit)
    return found


def district_above(unit: Unit) -> list[Unit]:
    """The unit between this one and its province, on the last map on which it stood."""
    above = [int(id) for id in unit.path.split("/")[1:-2]]
    return list(Unit.objects.filter(pk__in=above))
