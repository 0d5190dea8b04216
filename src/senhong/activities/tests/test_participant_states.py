"""Whatever people do, in any order: states are what the rules say, and no seat is given twice."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

import time_machine
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from senhong.activities.models import Activity, Participant
from senhong.activities.services import (
    cancel_sign_up,
    change_activity,
    close_activity,
    confirm,
    mark_absent,
    mark_left,
    reopen_activity,
    sign_up,
)
from senhong.activities.tests.make import (
    DAYS_BEFORE,
    MORNING,
    a_volunteer,
    activity_facts,
    an_activity,
    those_present,
)
from senhong.core.errors import DomainError
from senhong.core.ids import uuid7
from senhong.org.tests.make import SYSTEM
from senhong.people.tests.make import a_team

PEOPLE = 4
EXPECTED, THERE = {"signed-up", "confirmed"}, {"present", "left"}
people = st.integers(0, PEOPLE - 1)


class Oracle:
    """The rules in plain words, without a database: what each person is, and was before she came."""

    def __init__(self) -> None:
        self.seats: int | None = 1
        self.state: dict[int, str] = {}
        self.before: dict[int, str] = {}
        self.turn: dict[int, int] = {}  # the order in which they signed up
        self.is_open, self.begun, self.late, self.turns = True, False, False, 0
        self.missed: dict[int, str] = {}  # by the closing, and what they were

    def taken(self) -> int:
        return sum(state in EXPECTED | THERE for state in self.state.values())

    def queue(self) -> list[int]:
        waiting = [one for one, state in self.state.items() if state == "waiting"]
        return sorted(waiting, key=lambda one: self.turn[one])

    def move_up(self) -> None:
        while self.is_open and not self.begun and self.queue():
            if self.seats is not None and self.taken() >= self.seats:
                return
            self.state[self.queue()[0]] = "signed-up"

    def sign_up(self, one: int) -> None:
        if not self.is_open or self.begun or self.state.get(one, "cancelled") != "cancelled":
            return
        self.turns += 1
        self.turn[one] = self.turns
        full = self.seats is not None and self.taken() >= self.seats
        self.state[one] = "waiting" if full or self.queue() else "signed-up"

    def confirm(self, one: int) -> None:
        if self.is_open and self.state.get(one) == "signed-up":
            self.state[one] = "confirmed"

    def cancel(self, one: int, *, by_leader: bool) -> None:
        state = self.state.get(one)
        if not self.is_open or state not in EXPECTED | {"waiting"}:
            return
        if by_leader or not (self.begun if state == "waiting" else self.late):
            self.state[one] = "cancelled"
            self.move_up()

    def come(self, one: int) -> None:
        if self.is_open and self.state.get(one) not in THERE:
            self.before[one] = self.state.get(one, "cancelled")
            self.state[one] = "present"

    def leave(self, one: int) -> None:
        if self.is_open and self.state.get(one) == "present":
            self.state[one] = "left"

    def miss(self, one: int) -> None:
        if not self.is_open:
            return
        if self.state.get(one) in THERE:
            self.state[one] = self.before[one]
        elif self.state.get(one) in EXPECTED:
            self.state[one] = "no-show"
        self.move_up()

    def seat(self, seats: int | None) -> None:
        if not self.is_open:
            return
        now = self.taken() if self.seats is None else min(self.taken(), self.seats)
        if seats is None or seats >= now:
            self.seats = seats
            self.move_up()

    def close(self) -> None:
        if self.is_open and self.begun:
            self.is_open = False
            self.missed = {o: state for o, state in self.state.items() if state in EXPECTED}
            self.state |= dict.fromkeys(self.missed, "no-show")

    def reopen(self) -> None:
        if not self.is_open:
            self.is_open = True
            self.state |= self.missed


class Sortie(RuleBasedStateMachine):
    """The product and the oracle, told the same."""

    def __init__(self) -> None:
        super().__init__()
        self.oracle = Oracle()
        self.clock = time_machine.travel(DAYS_BEFORE)
        self.traveller = self.clock.start()
        self.undone = transaction.atomic()
        self.undone.__enter__()

    @initialize()
    def begin(self) -> None:
        self.team = a_team()
        self.id = an_activity(self.team, seats=1).pk
        self.people = [a_volunteer(self.team) for _ in range(PEOPLE)]

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)
        self.clock.stop()

    @rule(one=people)
    def sign_up(self, one: int) -> None:
        self.oracle.sign_up(one)
        self._do(sign_up, self.people[one].actor, uuid7(), self._activity())

    @rule(one=people)
    def confirm(self, one: int) -> None:
        self.oracle.confirm(one)
        self._with(one, confirm, self.people[one].actor)

    @rule(one=people, by_leader=st.booleans())
    def cancel(self, one: int, by_leader: bool) -> None:
        self.oracle.cancel(one, by_leader=by_leader)
        self._with(one, cancel_sign_up, SYSTEM if by_leader else self.people[one].actor)

    @rule(one=people)
    def come(self, one: int) -> None:
        self.oracle.come(one)
        self._do(those_present, self._activity(), self.team, [self.people[one].member])

    @rule(one=people)
    def leave(self, one: int) -> None:
        self.oracle.leave(one)
        self._with(one, mark_left, SYSTEM)

    @rule(one=people)
    def miss(self, one: int) -> None:
        if one in self.oracle.state:
            self.oracle.miss(one)
            self._with(one, mark_absent, SYSTEM)

    @rule(seats=st.one_of(st.none(), st.integers(1, PEOPLE)))
    def seat(self, seats: int | None) -> None:
        self.oracle.seat(seats)
        self._do(change_activity, SYSTEM, self._activity(), activity_facts(self.team, seats=seats))

    @rule()
    def the_deadline_passes(self) -> None:
        self.oracle.late = True
        if not self.oracle.begun:
            self.traveller.move_to(MORNING - timedelta(hours=1))

    @rule()
    def it_begins_and_ends(self) -> None:
        self.oracle.late = self.oracle.begun = True
        self.traveller.move_to(MORNING + timedelta(minutes=5))
        self.oracle.close()
        self._do(close_activity, SYSTEM, self._activity())

    @rule()
    def reopen(self) -> None:
        self.oracle.reopen()
        self._do(reopen_activity, SYSTEM, self._activity(), reason="Nhầm")

    @invariant()
    def everybody_is_what_the_rules_say(self) -> None:
        number = {one.member.pk: place for place, one in enumerate(self.people)}
        rows = Participant.objects.filter(activity=self.id).values_list("member_id", "state")
        assert {number[member]: state for member, state in rows} == self.oracle.state

    @invariant()
    def no_seat_is_given_twice(self) -> None:
        """Who walks in is there all the same; of seats that were given there are never more."""
        seats = Activity.objects.get(pk=self.id).seats
        rows = Participant.objects.filter(activity=self.id).seated()
        held = sum(bool({one.state, one.state_before} & EXPECTED) for one in rows)
        assert seats is None or held <= seats

    def _with(self, one: int, service: Any, actor: Any) -> None:
        rows = Participant.objects.filter(activity=self.id, member=self.people[one].member)
        part = rows.select_related("member", "team__unit").first()
        if part is not None:
            part.activity = self._activity()
            self._do(service, actor, part)

    def _activity(self) -> Activity:
        rows = Activity.objects.select_related("lead_team__unit").prefetch_related("teams")
        return rows.get(pk=self.id)

    @staticmethod
    def _do(service: Any, *facts: Any, **more: Any) -> None:
        with suppress(DomainError), transaction.atomic():
            service(*facts, **more)


class StatesFollowTheRules(TestCase):
    def test_after_any_history(self) -> None:
        quick = settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        )
        run_state_machine_as_test(Sortie, settings=quick)
