"""What a file of units knows that this installation does not know yet."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from senhong.core.days import FIRST_DAY, LAST_DAY
from senhong.org.changes import Change, NewUnit, groups_of
from senhong.org.models import Placement, Unit
from senhong.org.unit_files import Country, DatedUnit


@dataclass(frozen=True, slots=True)
class Pending:
    """What an import would do: first maps, then changes in the order of their days."""

    first: list[NewUnit]
    changes: list[Change]  # each of one connected group of provinces
    kept: int = 0  # units here whose kind, name or parent the files tell otherwise

    @property
    def units(self) -> int:
        """How many units begin or end."""
        return len(self.first) + sum(len(c.begins) + len(c.ends) for c in self.changes)


def pending_units(country: Country) -> Pending:
    """What is new in the files, by id. Raises UnitFileRefused for what contradicts what is here.

    Kinds, names and parents of units that are here already are kept as they are, and those that
    differ counted. Two queries.
    """
    here = {unit.key: unit for unit in Unit.objects.all()}
    for key, unit in country.units.items():
        if key in here and (reason := _contradiction(here[key], unit)):
            raise country.table.refused(unit.line, reason)
    new = {key: unit for key, unit in country.units.items() if key not in here}
    first = [unit.facts for unit in new.values() if unit.from_day == FIRST_DAY]
    return Pending(first, [*_changes(country, here, new)], _kept(country, here))


def _kept(country: Country, here: dict[str, Unit]) -> int:
    """How many units have another kind, name or parent than the files tell.

    As it is, or was when it ended.
    """
    placed = Placement.objects.order_by("map__from_day")
    stored = {
        unit_id: (kind, name, parent)
        for unit_id, kind, name, parent in placed.values_list(
            "unit_id", "kind", "name", "parent__key"
        )
    }
    told = {key: unit.facts for key, unit in country.units.items() if key in here}
    return sum(
        stored.get(here[key].pk) != (facts.kind, facts.name, facts.parent)
        for key, facts in told.items()
    )


def _contradiction(unit: Unit, told: DatedUnit) -> str:
    if (unit.code, unit.level) != (told.facts.code, told.facts.level):
        return _("id này đã là {title}.").format(title=unit.title)
    if unit.from_day != told.from_day or unit.to_day not in {told.to_day, LAST_DAY}:
        return _("{title} ở đây đã có ngày khác.").format(title=unit.title)
    return ""


def _changes(
    country: Country, here: dict[str, Unit], new: dict[str, DatedUnit]
) -> Iterator[Change]:
    ending = {
        key: unit.to_day
        for key, unit in country.units.items()
        if unit.to_day < LAST_DAY and (key not in here or here[key].to_day == LAST_DAY)
    }
    beginning = {key: u.from_day for key, u in new.items() if u.from_day > FIRST_DAY}
    for day in sorted({*ending.values(), *beginning.values()}):
        change = Change(
            day,
            tuple(key for key, on in ending.items() if on == day),
            tuple(new[key].facts for key, on in beginning.items() if on == day),
            tuple(edge for edge in country.edges if ending.get(edge.predecessor) == day),
        )
        yield from groups_of(change, country.province_of)
