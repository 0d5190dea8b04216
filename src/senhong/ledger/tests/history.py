"""A machine that makes history at random: it acts on the real ledger and on the oracle alike."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from senhong.core.actor import Actor
from senhong.core.days import day_before, last_day_of
from senhong.core.rows import run
from senhong.ledger.errors import UnitNotOnMap
from senhong.ledger.models import Indicator, Posting
from senhong.ledger.queries import Ask, By, figures, figures_for, wrong_totals
from senhong.ledger.tests.oracle import Past, Tree
from senhong.ledger.tests.world import A_DAY, DAYS, SEEN, WEIGHT, World, new_unit
from senhong.org.changes import Alteration, Change, Edge, NewUnit
from senhong.org.errors import NewUnitsInUse
from senhong.org.models import Level, Unit, UnitMap
from senhong.org.queries import SYSTEM
from senhong.org.services import restructure, undo_restructure


@dataclass(frozen=True, slots=True)
class Drawn:
    """A change that was made: what it did, the maps that it drew, and the units that it began."""

    past: Past
    maps: list[int]
    begun: set[str]


class History(World):
    """The map changes in every way it may, and figures are asked for in between."""

    def __init__(self) -> None:
        super().__init__()
        self.drawn: list[Drawn] = []

    # Changes of the map.

    def _change(
        self,
        data: st.DataObject,
        trees: list[Tree],
        *,
        ends: Iterable[str] = (),
        begins: Iterable[NewUnit] = (),
        edges: Iterable[Edge] = (),
        moves: dict[str, str] | None = None,
    ) -> None:
        """The same change to the real map and to the oracle's trees, on a day drawn."""
        days = [day for day in DAYS if day > max(tree.from_day for tree in trees)]
        if not days:
            return
        firsts = [day for day in days if day % 100 == 1] or days
        day = data.draw(st.one_of(st.sampled_from(days), st.sampled_from(firsts)))
        alters = [Alteration(unit=key, parent=to) for key, to in (moves or {}).items()]
        change = Change(day, tuple(ends), tuple(begins), tuple(edges), tuple(alters))
        maps = restructure(SYSTEM, change).new_maps
        SEEN["backdated changes"] += any(x.day >= day for x in self.oracle.ledger.values())
        SEEN["changes"] += 1
        before = {key: up for tree in trees for key, up in tree.parents.items()}
        after = {key: up for key, up in before.items() if key not in change.ends}
        after |= moves or {}
        after |= {unit.key: unit.parent for unit in change.begins}
        heirs = {e.predecessor: e.successor for e in change.edges if e.is_default}
        for unit in change.begins:
            *_, top = Tree("", 0, 0, after).upwards(unit.key)
            self.oracle.born(unit.key, day, top, unit.level)
        past = Past(day, set(change.ends), heirs, before)
        self.oracle.turned(past, after, {tree.province for tree in trees})
        self.drawn.append(Drawn(past, [*maps.values()], {unit.key for unit in change.begins}))

    @precondition(lambda self: self.drawn)
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        """The latest change, or one before it that touched other provinces, is taken back."""
        able = [each for each in self.drawn if self.oracle.is_latest(each.past, each.begun)]
        last = data.draw(st.sampled_from(able))
        used = {line.unit for line in self.oracle.ledger.values()}
        used |= {team.unit for team in self.oracle.teams}
        if used & last.begun:
            with pytest.raises(NewUnitsInUse):
                undo_restructure(SYSTEM, last.maps)
            SEEN["undoing refused"] += 1
            return
        undo_restructure(SYSTEM, last.maps)
        self.drawn.remove(last)
        self.oracle.unturned(last.past, last.begun)
        SEEN["undone"] += 1

    def _leaves(self, data: st.DataObject, number: int) -> tuple[Tree, list[str]]:
        tree = self._some_tree(data)
        leaves = tree.leaves()
        if len(leaves) < number:
            return tree, []
        return tree, list(data.draw(st.permutations(leaves))[:number])

    @rule(data=st.data())
    def merge_communes(self, data: st.DataObject) -> None:
        tree, ends = self._leaves(data, 2)
        if ends:
            key = self._next()
            begins = [new_unit(key, Level.COMMUNE, tree.parents[ends[0]])]
            edges = [Edge(end, key) for end in ends]
            self._change(data, [tree], ends=ends, begins=begins, edges=edges)

    @rule(data=st.data(), onto_standing=st.booleans())
    def divide_commune(self, data: st.DataObject, onto_standing: bool) -> None:
        tree, leaves = self._leaves(data, 2)
        if leaves:
            end, other = leaves
            parent, keys = tree.parents[end], [self._next(), self._next()]
            heir = other if onto_standing else keys[1]
            begins = [new_unit(key, Level.COMMUNE, parent) for key in keys[: 2 - onto_standing]]
            edges = [Edge(end, keys[0], "part", False), Edge(end, heir, "part", True)]
            self._change(data, [tree], ends=[end], begins=begins, edges=edges)

    @rule(data=st.data())
    def move_commune(self, data: st.DataObject) -> None:
        tree, leaves = self._leaves(data, 1)
        tops = sorted({up for up in tree.parents.values() if up} - set(leaves))
        if leaves and tops:
            self._change(data, [tree], moves={leaves[0]: data.draw(st.sampled_from(tops))})

    @rule(data=st.data())
    def abolish_district(self, data: st.DataObject) -> None:
        tree = self._some_tree(data)
        districts = [key for key in tree.below(tree.province) if tree.below(key)]
        if districts:
            end = data.draw(st.sampled_from(districts))
            moves = dict.fromkeys(tree.below(end), tree.province)
            self._change(data, [tree], ends=[end], moves=moves)
            SEEN["abolished"] += 1

    @rule(data=st.data())
    def end_without_successor(self, data: st.DataObject) -> None:
        tree, leaves = self._leaves(data, 1)
        if leaves:
            self._change(data, [tree], ends=leaves)
            SEEN["ended without a successor"] += 1

    @rule(data=st.data())
    def cross_a_border(self, data: st.DataObject) -> None:
        tree, leaves = self._leaves(data, 1)
        others = [each for each in self.oracle.open_trees() if each is not tree]
        if leaves and others:
            key, to = self._next(), data.draw(st.sampled_from(others))
            begins = [new_unit(key, Level.COMMUNE, to.province)]
            edges = [Edge(leaves[0], key)]
            self._change(data, [tree, to], ends=leaves, begins=begins, edges=edges)

    @rule(data=st.data())
    def merge_provinces(self, data: st.DataObject) -> None:
        """Both end whole; districts end without a successor, communes begin anew."""
        trees = self.oracle.open_trees()
        if len(trees) < 2:
            return
        trees, top = list(data.draw(st.permutations(trees))[:2]), self._next("P")
        begins, edges = [new_unit(top, Level.PROVINCE, None)], []
        for tree in trees:
            edges.append(Edge(tree.province, top))
            for leaf in tree.leaves():
                begins.append(new_unit(self._next(), Level.COMMUNE, top))
                edges.append(Edge(leaf, begins[-1].key))
        ends = [key for tree in trees for key in tree.parents]
        self._change(data, trees, ends=ends, begins=begins, edges=edges)
        SEEN["province mergers"] += 1

    @rule(data=st.data())
    def split_a_province(self, data: st.DataObject) -> None:
        tree = self._some_tree(data)
        if len(self.oracle.open_trees()) > 2:
            return
        tops = [self._next("P"), self._next("P")]
        begins = [new_unit(top, Level.PROVINCE, None) for top in tops]
        edges = [Edge(tree.province, top, "part", top == tops[0]) for top in tops]
        for leaf in tree.leaves():
            to = data.draw(st.sampled_from(tops))
            begins.append(new_unit(self._next(), Level.COMMUNE, to))
            edges.append(Edge(leaf, begins[-1].key))
        self._change(data, [tree], ends=[*tree.parents], begins=begins, edges=edges)
        SEEN["province splits"] += 1

    # Asking.

    @rule(data=st.data(), a=A_DAY, b=A_DAY, on_map=st.one_of(st.none(), A_DAY))
    def ask(self, data: st.DataObject, a: int, b: int, on_map: int | None) -> None:
        units = self._units()
        for _ in range(4):
            unit = units[self._some_unit(data, new=data.draw(st.booleans()))]
            self._ask(data, unit, (min(a, b), max(a, b), on_map))

    @precondition(lambda self: self.oracle.past)
    @rule(data=st.data(), first=A_DAY, old_map=st.booleans())
    def ask_on_the_day_a_map_ends(self, data: st.DataObject, first: int, old_map: bool) -> None:
        """Its last day is the first that the old map does not have."""
        past = data.draw(st.sampled_from(self.oracle.past))
        units = self._units()
        on_map = day_before(past.day) if old_map else None
        for _ in range(4):
            key = data.draw(st.sampled_from(sorted(past.parents)))
            self._ask(data, units[key], (min(first, past.day), past.day, on_map))

    def _ask(self, data: st.DataObject, unit: Unit, when: tuple[int, int, int | None]) -> None:
        if when[2] is not None and not unit.from_day <= when[2] < unit.to_day:
            return
        asked = [*self.indicators.values(), self.state]
        if when[0] >= self.oracle.end(unit.key, when[2]):
            self._ask_in_vain(unit, asked, when)
            return
        self._ask_whole(SYSTEM, unit, asked, when)
        self._ask_by_unit(SYSTEM, unit, asked, when)
        by = data.draw(st.sampled_from([By.DAY, By.WEEK, By.MONTH, By.QUARTER, By.YEAR]))
        self._ask_by_time(unit, asked, when, by)
        SEEN["asked"] += 1

    def _ask_in_vain(
        self, unit: Unit, asked: list[Indicator], when: tuple[int, int, int | None]
    ) -> None:
        """The whole period lies after the unit's, or the map's, last day: nothing, not 0."""
        first, last, on = when
        assert figures_for(SYSTEM, [Ask(unit, each, *when) for each in asked]) == {}
        for by in By:
            with pytest.raises(UnitNotOnMap):
                figures(SYSTEM, unit, asked, first=first, last=last, on=on, by=by)
        SEEN["asked in vain"] += 1

    def _right(self, key: str, each: Indicator, first: int, last: int, on: int | None) -> int:
        if each.is_state:
            last = min(last, day_before(self.oracle.end(key, on)))
            return WEIGHT * self.oracle.state(key, last, on)
        return self.oracle.figure(key, each.code, first, last, on)

    def _ask_whole(
        self, actor: Actor, unit: Unit, asked: list[Indicator], when: tuple[int, int, int | None]
    ) -> None:
        first, last, on = when
        rows = figures(actor, unit, asked, first=first, last=last, on=on)
        right = {each.code: self._right(unit.key, each, *when) for each in asked}
        assert {row.indicator: row.quantity for row in rows} == right, (unit.key, when)
        asks = [Ask(unit, each, *when) for each in asked]
        assert {a.indicator.code: n for a, n in figures_for(actor, asks).items()} == right

    def _ask_by_unit(
        self, actor: Actor, unit: Unit, asked: list[Indicator], when: tuple[int, int, int | None]
    ) -> None:
        first, last, on = when
        rows = figures(actor, unit, asked, first=first, last=last, on=on, by=By.UNIT)
        for each in asked:
            mine = [row for row in rows if row.indicator == each.code]
            assert sum(row.quantity for row in mine) == self._right(unit.key, each, *when), when
            if not each.is_state:
                got: Counter[tuple[str, bool]] = Counter()
                for row in mine:
                    got[row.unit, row.is_own] += row.quantity
                right = self.oracle.by_unit(unit.key, each.code, *when)
                assert {key: n for key, n in got.items() if n} == right, (unit.key, when)

    def _ask_by_time(
        self, unit: Unit, asked: list[Indicator], when: tuple[int, int, int | None], by: By
    ) -> None:
        first, last, on = when
        rows = figures(SYSTEM, unit, asked, first=first, last=last, on=on, by=by)
        for each in asked:
            mine = {row.period: row.quantity for row in rows if row.indicator == each.code}
            if not each.is_state:
                assert sum(mine.values()) == self._right(unit.key, each, *when), (when, by)
            if by in {By.DAY, By.MONTH}:
                for period, quantity in mine.items():
                    start, end = _days_of(period or "")
                    piece = max(first, start), min(last, end), on
                    assert quantity == self._right(unit.key, each, *piece), (piece, by)

    # What always holds.

    @invariant()
    def totals_are_sums_of_postings(self) -> None:
        SEEN["steps"] += 1
        keys = {pk: key for key, pk in Unit.objects.values_list("key", "pk")}
        maps = dict(UnitMap.objects.values_list("pk", "from_day"))
        codes = {each.pk: code for code, each in self.indicators.items()}
        rows = run(
            """SELECT province_id, map_id, unit_id, span, indicator_id, period, quantity
            FROM ledger_total WHERE quantity <> 0"""
        )
        got = {
            (keys[p], maps[m], keys[u], span, codes[i], period): int(quantity)
            for p, m, u, span, i, period, quantity in rows
        }
        assert got == self.oracle.totals()
        assert Posting.objects.count() == len(self.oracle.ledger)

    @invariant()
    def provinces_that_merged_whole_agree(self) -> None:
        for past in self.oracle.past:
            gone = {key for key in past.ends if past.parents[key] is None}
            heirs = {past.heir[key] for key in gone}
            split = {self.oracle.province[past.heir[k]] for k in past.ends & past.heir.keys()}
            if len(heirs) == 1 and split == heirs and gone >= _tops(past):
                SEEN["whole mergers compared"] += 1
                self._totals_agree(gone, heirs.pop(), past.day)

    def _totals_agree(self, old: set[str], new: str, day: int) -> None:
        sums = run(
            """SELECT u.key, t.indicator_id, t.period, sum(t.quantity) FROM ledger_total t
            JOIN org_unitmap m ON m.id = t.map_id JOIN org_unit u ON u.id = t.province_id
            WHERE t.span = 1 AND t.period > 999999 AND t.period < %s
              AND (m.to_day = %s OR m.from_day = %s)
            GROUP BY u.key, t.indicator_id, t.period""",
            [day, day, day],
        )
        before: Counter[tuple[int, int]] = Counter()
        after: Counter[tuple[int, int]] = Counter()
        for key, indicator, period, quantity in sums:
            if key in old:
                before[indicator, period] += int(quantity)
            if key == new:
                after[indicator, period] += int(quantity)
        assert +before == +after

    @invariant()
    def the_check_finds_nothing(self) -> None:
        assert wrong_totals() == []


def _tops(past: Past) -> set[str]:
    return {key for key, up in past.parents.items() if up is None}


def _days_of(period: str) -> tuple[int, int]:
    number = int(period.replace("-", ""))
    return (number, number) if number > 999999 else (number * 100 + 1, last_day_of(number))
