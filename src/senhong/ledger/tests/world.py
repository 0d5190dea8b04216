"""The machine's world, and what is recorded in it: on the real ledger and the oracle alike."""

from collections import Counter
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Value
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from senhong.core.days import FIRST_DAY, LAST_DAY, each_day
from senhong.ledger.models import IndicatorNature
from senhong.ledger.queries import STATES
from senhong.ledger.services import NewPosting, Outcome, post
from senhong.ledger.tests.make import an_indicator
from senhong.ledger.tests.oracle import Line, Oracle, Team, Tree
from senhong.org.changes import NewUnit
from senhong.org.models import Level, Unit
from senhong.org.queries import SYSTEM
from senhong.org.services import found_units
from senhong.people.models import Team as TeamRow
from senhong.people.models import TeamKind

DAYS = [*each_day(20241201, 20250331)]
EDGES = [20241231, 20250101, 20250131, 20250201]
A_DAY = st.one_of(st.sampled_from(EDGES), st.sampled_from(DAYS))
WEIGHT = 3  # of a team, in the state that is asked for

SEEN: Counter[str] = Counter()  # what the examples have met, for the report of a thorough run


def new_unit(key: str, level: str, parent: str | None) -> NewUnit:
    return NewUnit(key=key, code=key, level=level, kind=str(level), name=key, parent=parent)


def standing_teams() -> Any:
    return TeamRow.objects.filter(kind=TeamKind.CAMPAIGN).annotate(weight=Value(WEIGHT))


class World(RuleBasedStateMachine):
    """Two provinces of two districts of three communes, and what may become of them."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.oracle = Oracle()
        self.batches: list[list[NewPosting]] = []
        self.numbers = 0
        self._found()
        self.indicators = {code: an_indicator(code) for code in ("test.a", "test.b")}
        self.state = an_indicator("test.state", nature=IndicatorNature.STATE)
        STATES["test.state"] = standing_teams
        SEEN["examples"] += 1

    def teardown(self) -> None:
        del STATES["test.state"]
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def _found(self) -> None:
        units = []
        for top in "AB":
            units.append(new_unit(top, Level.PROVINCE, None))
            for district in (f"{top}1", f"{top}2"):
                units.append(new_unit(district, Level.DISTRICT, top))
                units += [new_unit(f"{district}{c}", Level.COMMUNE, district) for c in "xyz"]
        found_units(SYSTEM, units)
        for top in "AB":
            mine = {unit.key: unit.parent for unit in units if unit.key[0] == top}
            self.oracle.trees.append(Tree(top, FIRST_DAY, LAST_DAY, mine))
        for unit in units:
            self.oracle.born(unit.key, FIRST_DAY, unit.key[0], unit.level)

    # The helpers of the acts.

    def _next(self, stem: str = "n") -> str:
        self.numbers += 1
        return f"{stem}{self.numbers}"

    def _id(self) -> UUID:
        self.numbers += 1
        return UUID(int=self.numbers)

    def _units(self) -> dict[str, Unit]:
        return {unit.key: unit for unit in Unit.objects.select_related("province")}

    def _new(self, line: Line) -> NewPosting:
        unit = Unit.objects.get(key=line.unit)
        return NewPosting(
            id=self._id(),
            province_id=unit.province_id or 0,
            unit_id=unit.pk,
            indicator_id=self.indicators[line.indicator].pk,
            day=line.day,
            quantity=line.quantity,
            source_kind="test",
            reverses=line.reverses,
        )

    def _some_unit(self, data: st.DataObject, *, new: bool = False) -> str:
        """Any unit that ever stood; ``new``: one that a change began, if there is any."""
        days = self.oracle.from_day
        began = [key for key in sorted(days) if days[key] > FIRST_DAY]
        return data.draw(st.sampled_from(began if new and began else sorted(days)))

    def _some_tree(self, data: st.DataObject) -> Tree:
        trees = sorted(self.oracle.open_trees(), key=lambda tree: tree.province)
        return data.draw(st.sampled_from(trees))

    # Recording.

    @rule(data=st.data(), number=st.integers(1, 6))
    def record(self, data: st.DataObject, number: int) -> None:
        lines = [
            Line(
                self._some_unit(data),
                data.draw(st.sampled_from(sorted(self.indicators))),
                data.draw(A_DAY),
                data.draw(st.integers(1, 9)),
            )
            for _ in range(number)
        ]
        batch = [self._new(line) for line in lines]
        for line, new, outcome in zip(lines, batch, post(SYSTEM, batch), strict=True):
            early = line.day < self.oracle.from_day[line.unit]
            assert outcome == (Outcome.NOT_STANDING if early else Outcome.RECORDED)
            if not early:
                self.oracle.ledger[new.id] = line
            SEEN["late postings"] += any(line.day < past.day for past in self.oracle.past)
        self.batches.append(batch)

    @precondition(lambda self: self.batches)
    @rule(data=st.data(), repeated=st.booleans())
    def send_again(self, data: st.DataObject, repeated: bool) -> None:
        """What was sent comes again, mixed with one that is new and one that was bent."""
        old = [new for new in data.draw(st.sampled_from(self.batches))]
        line = Line(self._some_unit(data), "test.a", 20250331, 3)
        fresh = self._new(line)
        bent = [replace(new, quantity=new.quantity + 1) for new in old[:1] if self._knows(new)]
        batch = [*old, *bent, fresh, *([fresh] if repeated else [])]
        outcomes = post(SYSTEM, batch)
        for new, outcome in zip(old, outcomes, strict=False):
            wanted = Outcome.ALREADY_RECORDED if self._knows(new) else Outcome.NOT_STANDING
            assert outcome == wanted
        assert outcomes[len(old) : len(old) + len(bent)] == [Outcome.CONFLICT] * len(bent)
        if outcomes[len(old) + len(bent)] == Outcome.RECORDED:
            self.oracle.ledger[fresh.id] = line
            assert outcomes[-1] == (Outcome.ALREADY_RECORDED if repeated else Outcome.RECORDED)
        SEEN["sent again"] += len(old)

    def _knows(self, new: NewPosting) -> bool:
        return new.id in self.oracle.ledger

    @precondition(lambda self: self.oracle.ledger)
    @rule(data=st.data(), twice=st.booleans())
    def reverse(self, data: st.DataObject, twice: bool) -> None:
        """A posting, a reversed one, or a reversal is reversed, perhaps by two at once."""
        id = data.draw(st.sampled_from(sorted(self.oracle.ledger)))
        line = self.oracle.ledger[id]
        back = replace(line, quantity=-abs(line.quantity), reverses=id)
        batch = [self._new(back) for _ in range(1 + twice)]
        outcomes = post(SYSTEM, batch)
        gone = any(each.reverses == id for each in self.oracle.ledger.values())
        if line.reverses:
            wanted = [Outcome.NO_ORIGINAL] * len(batch)
        else:
            first = Outcome.ALREADY_REVERSED if gone else Outcome.RECORDED
            wanted = [first, Outcome.ALREADY_REVERSED][: len(batch)]
        assert outcomes == wanted
        if outcomes[0] == Outcome.RECORDED:
            self.oracle.ledger[batch[0].id] = back
            SEEN["reversed"] += 1

    @rule(data=st.data(), days=st.lists(st.tuples(A_DAY, A_DAY), min_size=1, max_size=6))
    def form_teams(self, data: st.DataObject, days: list[tuple[int, int]]) -> None:
        for drawn, until in days:
            key = self._some_unit(data)
            first = max(drawn, self.oracle.from_day[key])
            to_day = until if until > first else LAST_DAY
            TeamRow.objects.create(
                id=self._id(), unit=Unit.objects.get(key=key), kind=TeamKind.CAMPAIGN,
                name=key, search_key=key, from_day=first, to_day=to_day,
            )  # fmt: skip
            self.oracle.teams.append(Team(key, first, to_day))
