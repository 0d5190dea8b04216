"""A task's clock: any history of acts, in any zone, across month ends, holidays and Tết."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from senhong.work.clocks import Outcome, TaskClock, WorkTime
from senhong.work.states import ENDED_STATES, TaskAct, TaskState, state_after
from senhong.work.workdays import WorkCalendar, due_on, national_holidays, wall

PROVINCE = ZoneInfo("Asia/Ho_Chi_Minh")
ZONES = [PROVINCE, ZoneInfo("UTC"), ZoneInfo("Asia/Kolkata"), ZoneInfo("America/Lima")]
WITH_SUMMER_TIME = [ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Auckland")]
PLAIN = WorkTime(WorkCalendar(), PROVINCE)
days = st.dates(date(2024, 1, 1), date(2027, 12, 31))
hours = st.times().map(lambda t: t.replace(second=0, microsecond=0))
calendars = st.dictionaries(days, st.booleans(), max_size=8).map(WorkCalendar)
instants = st.builds(datetime.combine, days, hours, st.just(UTC))
spans = st.timedeltas(timedelta(), timedelta(days=40))


def at(day: str, hour: str = "10:00") -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(hour), PROVINCE)


def walked(clock: TaskClock, *acts: tuple[TaskAct, datetime], by: WorkTime = PLAIN) -> TaskClock:
    for act, when in acts:
        after = clock.after(act, when, by)
        assert after is not None, act
        clock = after
    return clock


def test_the_lunar_new_year_break_of_2026_is_known() -> None:
    calendar = WorkCalendar()

    free = [day for day in range(16, 21) if not calendar.is_working(date(2026, 2, day))]

    assert free == [16, 17, 18, 19, 20]
    assert "Tết" in national_holidays(2026)[date(2026, 2, 17)]


def test_a_province_says_otherwise() -> None:
    calendar = WorkCalendar({date(2026, 2, 13): False, date(2026, 2, 28): True})

    assert not calendar.is_working(date(2026, 2, 13))  # a Friday
    assert calendar.is_working(date(2026, 2, 28))  # a Saturday that makes up for it


@pytest.mark.parametrize(
    ("given", "paused", "resumed", "due"),
    [
        # Within a day, and over a night: rounded up to one working day.
        ("2026-03-10", "2026-03-09", "2026-03-10", "2026-03-11"),
        # Over a weekend: Friday 10:00 to Monday 10:00 is one working day.
        ("2026-03-16", "2026-03-13", "2026-03-16", "2026-03-17"),
        # Over the whole of Tết: from the Friday before to the Monday after.
        ("2026-02-13", "2026-02-13", "2026-02-23", "2026-02-23"),
        # Across the end of a month.
        ("2026-01-30", "2026-01-29", "2026-02-02", "2026-02-03"),
    ],
)
def test_a_pause_moves_the_deadline_by_working_days(
    given: str, paused: str, resumed: str, due: str
) -> None:
    clock = TaskClock.due(at(given, "17:00"))

    after = walked(clock, (TaskAct.PAUSE, at(paused)), (TaskAct.RESUME, at(resumed)))

    assert after.due_at == at(due, "17:00")


def test_many_short_pauses_are_added_before_they_are_rounded() -> None:
    clock = TaskClock.due(at("2026-03-20", "17:00"))

    for day in ("2026-03-09", "2026-03-10", "2026-03-11"):
        clock = walked(clock, (TaskAct.PAUSE, at(day, "08:00")), (TaskAct.RESUME, at(day, "11:00")))

    assert clock.due_at == at("2026-03-23", "17:00")  # nine hours: one working day


@pytest.mark.parametrize(
    ("handed_in", "outcome"),
    [("16:59", Outcome.ON_TIME), ("17:00", Outcome.ON_TIME), ("17:01", Outcome.LATE)],
)
def test_what_counts_is_when_it_was_handed_in_not_when_it_was_accepted(
    handed_in: str, outcome: Outcome
) -> None:
    clock = TaskClock.due(at("2026-03-10", "17:00"))

    ended = walked(
        clock,
        (TaskAct.HAND_IN, at("2026-03-10", handed_in)),
        (TaskAct.ACCEPT, at("2026-04-30")),
    )

    assert ended.outcome(at("2026-12-31")) is outcome


def test_what_is_returned_is_due_as_before() -> None:
    clock = TaskClock.due(at("2026-03-10", "17:00"))
    later = at("2026-03-12")

    waits = walked(clock, (TaskAct.HAND_IN, at("2026-03-10")))
    back = walked(waits, (TaskAct.RETURN, later))

    assert waits.outcome(later) is Outcome.RUNNING
    assert back.outcome(later) is Outcome.OVERDUE


def test_a_granted_deadline_holds_and_the_first_is_kept() -> None:
    clock = TaskClock.due(at("2026-03-10", "17:00"))

    after = clock.granted(at("2026-03-20", "17:00"), at("2026-03-09"))

    assert after.is_extended
    assert after.first_due_at == at("2026-03-10", "17:00")
    assert after.outcome(at("2026-03-15")) is Outcome.RUNNING


def test_pauses_before_a_granting_count_no_more() -> None:
    clock = TaskClock.due(at("2026-03-10", "17:00"))
    paused = walked(clock, (TaskAct.PAUSE, at("2026-03-02")))

    granted = paused.granted(at("2026-03-20", "17:00"), at("2026-03-09"))
    after = walked(granted, (TaskAct.RESUME, at("2026-03-10")))

    assert after.due_at == at("2026-03-23", "17:00")  # one working day since the granting


def test_without_a_deadline_nothing_is_late() -> None:
    clock = walked(TaskClock(), (TaskAct.HAND_IN, at("2026-03-10")))

    assert clock.outcome(at("2030-01-01")) is Outcome.RUNNING


def test_a_cancelled_task_has_no_outcome() -> None:
    assert walked(TaskClock(), (TaskAct.CANCEL, at("2026-03-10"))).outcome(at("2027-01-01")) is None


@given(act=st.sampled_from(TaskAct), state=st.sampled_from(TaskState))
def test_nothing_leads_out_of_what_has_ended_but_a_return(act: TaskAct, state: TaskState) -> None:
    if state in ENDED_STATES and state_after(act, state) is not None:
        assert (act, state) == (TaskAct.RETURN, TaskState.ACCEPTED)


@given(due=instants, pause=instants, length=spans, calendar=calendars, zone=st.sampled_from(ZONES))
def test_a_pause_changes_no_outcome(
    due: datetime, pause: datetime, length: timedelta, calendar: WorkCalendar, zone: ZoneInfo
) -> None:
    """Whoever was in time when it was paused is in time when it goes on."""
    by, clock = WorkTime(calendar, zone), TaskClock.due(due)
    before = clock.outcome(pause)

    after = walked(clock, (TaskAct.PAUSE, pause), (TaskAct.RESUME, pause + length), by=by)

    if before is Outcome.RUNNING:
        assert after.outcome(pause + length) is Outcome.RUNNING
    assert after.due_at is not None
    assert after.due_at >= due


@given(
    due=instants, pause=instants, length=spans, more=spans, calendar=calendars,
    zone=st.sampled_from([*ZONES, *WITH_SUMMER_TIME]),
)  # fmt: skip
def test_a_longer_pause_never_makes_it_due_earlier(
    due: datetime, pause: datetime, length: timedelta, more: timedelta,
    calendar: WorkCalendar, zone: ZoneInfo,
) -> None:  # fmt: skip
    by, paused = WorkTime(calendar, zone), walked(TaskClock.due(due), (TaskAct.PAUSE, pause))

    short = walked(paused, (TaskAct.RESUME, pause + length), by=by)
    long = walked(paused, (TaskAct.RESUME, pause + length + more), by=by)

    assert short.due_at is not None
    assert long.due_at is not None
    assert short.due_at <= long.due_at


@given(
    day=days, hour=hours, pauses=st.lists(spans, max_size=4), calendar=calendars,
    zone=st.sampled_from([*ZONES, *WITH_SUMMER_TIME]),
)  # fmt: skip
def test_the_hour_on_the_wall_stays_and_a_moved_deadline_is_a_working_day(
    day: date, hour: time, pauses: list[timedelta], calendar: WorkCalendar, zone: ZoneInfo
) -> None:
    due, by = due_on(day, hour, zone), WorkTime(calendar, zone)
    clock, now = TaskClock.due(due), due - timedelta(days=3)

    for length in pauses:
        clock = walked(clock, (TaskAct.PAUSE, now), (TaskAct.RESUME, now + length), by=by)
        now += length

    assert clock.due_at is not None
    if clock.due_at == due:
        return
    moved = wall(clock.due_at, zone)
    assert calendar.is_working(moved.date())
    # An hour that the clocks skip in spring is shown an hour later; none is in the province.
    assert moved.time() == hour or zone in WITH_SUMMER_TIME


@given(first=days, number=st.integers(0, 60), more=st.integers(0, 60), calendar=calendars)
def test_working_days_add_up(first: date, number: int, more: int, calendar: WorkCalendar) -> None:
    there = calendar.add(first, number)

    assert calendar.add(there, more) == calendar.add(first, number + more) or number == 0
    assert number == 0 or calendar.between(first, there) in {number, number + 1}


class AnyLife(RuleBasedStateMachine):
    """One task through any acts, as time goes on; beside it the plainest account of the rules."""

    @initialize(due=instants, own=st.dictionaries(days, st.booleans(), max_size=6))
    def begin(self, due: datetime, own: dict[date, bool]) -> None:
        self.by = WorkTime(WorkCalendar(own), PROVINCE)
        self.now = due - timedelta(days=20)
        self.clock = TaskClock.due(due)
        self.first_due = due
        self.handed_in: datetime | None = None

    @rule(length=spans)
    def wait(self, length: timedelta) -> None:
        before = self.clock.outcome(self.now)
        self.now += length
        if self.clock.stopped_at is not None:
            assert self.clock.outcome(self.now) is before, "a stopped clock stands still"

    @rule(act=st.sampled_from(TaskAct))
    def act(self, act: TaskAct) -> None:
        after = self.clock.after(act, self.now, self.by)
        possible = state_after(act, self.clock.state, self.clock.state_before)
        assert (after is None) == (possible is None)
        if after is None:
            return
        if act is TaskAct.HAND_IN:
            self.handed_in = self.now
        assert after.state == possible
        self._keeps_promise(act, after)
        self.clock = after

    @precondition(lambda self: self.clock.state not in ENDED_STATES)
    @rule(more=st.timedeltas(timedelta(hours=1), timedelta(days=60)))
    def grant(self, more: timedelta) -> None:
        due = max(self.clock.due_at or self.now, self.now) + more
        self.clock = self.clock.granted(due, self.now)
        assert self.clock.due_at == due

    @invariant()
    def the_first_deadline_is_never_lost(self) -> None:
        assert self.clock.first_due_at == self.first_due

    @invariant()
    def the_clock_stands_exactly_where_nobody_is_to_work(self) -> None:
        at_work = self.clock.state in {TaskState.OPEN, TaskState.RUNNING, TaskState.RETURNED}
        assert (self.clock.stopped_at is None) == at_work

    @invariant()
    def there_is_one_outcome_and_it_is_the_plain_one(self) -> None:
        assert self.clock.outcome(self.now) is self._plain_outcome()

    def _plain_outcome(self) -> Outcome | None:
        state, due = self.clock.state, self.clock.due_at
        assert due is not None
        if state == TaskState.CANCELLED:
            return None
        if state == TaskState.ACCEPTED:
            assert self.handed_in is not None
            return Outcome.LATE if self.handed_in > due else Outcome.ON_TIME
        judged = self.handed_in if state == TaskState.HANDED_IN else self.clock.stopped_at
        return Outcome.OVERDUE if (judged or self.now) > due else Outcome.RUNNING

    def _keeps_promise(self, act: TaskAct, after: TaskClock) -> None:
        before: Any = self.clock.outcome(self.now)
        if act in {TaskAct.PAUSE, TaskAct.START, TaskAct.HAND_IN, TaskAct.TAKE_BACK}:
            if act is not TaskAct.TAKE_BACK:
                assert after.outcome(self.now) is before
            assert after.due_at == self.clock.due_at
        if act is TaskAct.RESUME and before is Outcome.RUNNING:
            assert after.outcome(self.now) is Outcome.RUNNING


TestAnyLife = AnyLife.TestCase
TestAnyLife.settings = settings(max_examples=80, stateful_step_count=30, deadline=None)
