"""What any figure must be, by walking the history of changes in plain Python.

Knows none of the tables and none of their rules: it keeps what happened and looks back.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from senhong.core.days import LAST_DAY


@dataclass(slots=True)
class Tree:
    """A province's tree between two changes: unit → parent."""

    province: str
    from_day: int
    to_day: int
    parents: dict[str, str | None]

    def stands(self, day: int) -> bool:
        return self.from_day <= day < self.to_day

    def upwards(self, unit: str | None) -> Iterator[str]:
        while unit is not None:
            yield unit
            unit = self.parents[unit]

    def leaves(self) -> list[str]:
        return sorted(k for k, up in self.parents.items() if up and not self.below(k))

    def below(self, unit: str) -> list[str]:
        return sorted(k for k, up in self.parents.items() if up == unit)


@dataclass(frozen=True, slots=True)
class Line:
    unit: str
    indicator: str
    day: int
    quantity: int
    reverses: UUID | None = None


@dataclass(frozen=True, slots=True)
class Team:
    unit: str
    from_day: int
    to_day: int


@dataclass(frozen=True, slots=True)
class Past:
    """One change: who ended, who took the history, and the trees before it."""

    day: int
    ends: set[str]
    heir: dict[str, str]
    parents: dict[str, str | None]


@dataclass
class Oracle:
    trees: list[Tree] = field(default_factory=list)
    from_day: dict[str, int] = field(default_factory=dict)
    province: dict[str, str] = field(default_factory=dict)
    level: dict[str, str] = field(default_factory=dict)
    past: list[Past] = field(default_factory=list)
    ledger: dict[UUID, Line] = field(default_factory=dict)
    teams: list[Team] = field(default_factory=list)

    def born(self, unit: str, day: int, province: str, level: str) -> None:
        self.from_day[unit], self.province[unit], self.level[unit] = day, province, level

    def open_trees(self) -> list[Tree]:
        return [tree for tree in self.trees if tree.to_day == LAST_DAY]

    def tree(self, province: str, day: int) -> Tree | None:
        return next((t for t in self.trees if t.province == province and t.stands(day)), None)

    def turned(self, past: Past, new: dict[str, str | None], provinces: Iterable[str]) -> None:
        """The trees of these provinces close, and new ones open."""
        for tree in self.open_trees():
            if tree.province in provinces:
                tree.to_day = past.day
        fresh: dict[str, dict[str, str | None]] = defaultdict(dict)
        for unit, parent in new.items():
            *_, top = Tree("", 0, 0, new).upwards(unit)
            fresh[top][unit] = parent
        for top, parents in fresh.items():
            self.trees.append(Tree(top, past.day, LAST_DAY, parents))
        self.past.append(past)

    def is_latest(self, past: Past, begun: set[str]) -> bool:
        """Whether every tree that the change drew is still open."""
        return all(tree.to_day == LAST_DAY for tree in self._drawn(past, begun))

    def _drawn(self, past: Past, begun: set[str]) -> list[Tree]:
        """The trees that began on its day, with units that it kept or began."""
        units = (past.parents.keys() - past.ends) | begun
        return [
            tree for tree in self.trees if tree.from_day == past.day and tree.parents.keys() & units
        ]

    def unturned(self, past: Past, begun: set[str]) -> None:
        """Its trees and units have never been, and the trees before them are open again."""
        gone = self._drawn(past, begun)
        self.trees = [tree for tree in self.trees if tree not in gone]
        for tree in self.trees:
            if tree.to_day == past.day and tree.parents.keys() & past.parents.keys():
                tree.to_day = LAST_DAY
        for unit in begun:
            del self.from_day[unit], self.province[unit], self.level[unit]
        self.past.remove(past)

    def landing(self, unit: str, on: int) -> str:
        """Where a unit is on a day: itself, its heir, or what its parent became."""
        for change in sorted(self.past, key=lambda past: past.day):
            if change.day <= on and unit in change.ends:
                while unit in change.ends and unit not in change.heir:
                    unit = change.parents[unit] or ""
                unit = change.heir.get(unit, unit)
        return unit

    def counts(self, sender: str, day: int, unit: str, on: int | None) -> bool:
        """Whether what ``sender`` sent for a day is in the unit's figure (states likewise)."""
        at = day if on is None else on
        if on is None and day < self.from_day[unit]:
            at = self.from_day[unit]  # its predecessors' days: where they landed when it began
        landed = self.landing(sender, at)
        tree = self.tree(self.province[landed], at)
        if tree is None or landed not in tree.parents or (on is not None and day >= tree.to_day):
            return False
        return unit in tree.upwards(landed)

    def end(self, unit: str, on: int | None) -> int:
        """The first day on which the unit, or the tree that is asked for, no longer stands."""
        if on is not None:
            tree = self.tree(self.province[unit], on)
            return tree.to_day if tree else 0
        return next((past.day for past in self.past if unit in past.ends), LAST_DAY)

    def flow(self, indicator: str, first: int, last: int, belongs: Callable[[Line], bool]) -> int:
        return sum(
            line.quantity
            for line in self.ledger.values()
            if line.indicator == indicator and first <= line.day <= last and belongs(line)
        )

    def figure(self, unit: str, indicator: str, first: int, last: int, on: int | None) -> int:
        return self.flow(
            indicator, first, last, lambda line: self.counts(line.unit, line.day, unit, on)
        )

    def state(self, unit: str, day: int, on: int | None) -> int:
        return sum(
            team.from_day <= day < team.to_day and self.counts(team.unit, day, unit, on)
            for team in self.teams
        )

    def by_unit(
        self, unit: str, indicator: str, first: int, last: int, on: int | None
    ) -> dict[tuple[str, bool], int]:
        """The figure by unit: (who, whether its own) → quantity, without the zeros."""
        found: dict[tuple[str, bool], int] = defaultdict(int)
        for line in self.ledger.values():
            asked = line.indicator == indicator and first <= line.day <= last
            if asked and self.counts(line.unit, line.day, unit, on):
                found[self._row(line, unit, on)] += line.quantity
        return {key: quantity for key, quantity in found.items() if quantity}

    def _row(self, line: Line, unit: str, on: int | None) -> tuple[str, bool]:
        at = line.day if on is None else on
        landed = self.landing(line.unit, at)
        tree = self.tree(self.province[landed], at)
        assert tree is not None
        above = [*tree.upwards(landed)]
        if on is None and line.day < self.from_day[unit]:
            same = [each for each in above if self.level[each] == self.level[unit]]
            return (same or [landed])[0], False
        if landed != unit:
            return above[above.index(unit) - 1], False
        return unit, not (on is not None and self._climbed(line, unit, at))

    def _climbed(self, line: Line, unit: str, at: int) -> bool:
        """Whether the line reached the unit's level from a lower level that was abolished.

        Days on which the lower level no longer stood are the unit's own.
        """
        here = line.unit
        for change in sorted(self.past, key=lambda past: past.day):
            if change.day <= at and here in change.ends:
                there = self.landing(here, change.day)
                lower = self.level[here] != self.level[unit] and (
                    self.level[there] == self.level[unit]
                )
                if lower and line.day < change.day:
                    return True
                here = there
        return False

    def totals(self) -> dict[tuple[str, int, str, int, str, int], int]:
        """Every total: province and first day of the map, unit, span, indicator, period."""
        found: dict[tuple[str, int, str, int, str, int], int] = defaultdict(int)
        for tree in self.trees:
            for line in self.ledger.values():
                if line.day >= tree.to_day or self.from_day[line.unit] >= tree.to_day:
                    continue
                landed = self.landing(line.unit, tree.from_day)
                if landed not in tree.parents:
                    continue
                for period in (line.day, line.day // 100):
                    where = tree.province, tree.from_day
                    found[*where, landed, 0, line.indicator, period] += line.quantity
                    found[*where, tree.province, 1, line.indicator, period] += line.quantity
        return {key: quantity for key, quantity in found.items() if quantity}
