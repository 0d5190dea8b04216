"""Acts that arrive long after they were done: their own time counts."""

import pytest
import time_machine

from senhong.activities.models import HelpState, Participant, ParticipantState
from senhong.activities.services import close_activity
from senhong.activities.tests.make import figures_of
from senhong.ledger.queries import wrong_totals
from senhong.org.tests.make import SYSTEM
from senhong.sync.models import DoneAct, KeptAct
from senhong.sync.tests.make import (
    Crew,
    Phone,
    a_correction,
    a_crew,
    a_help,
    an_attendance,
)

pytestmark = pytest.mark.django_db
ZONE = "+07:00"
EVENING = f"2023-03-15T21:00:00{ZONE}"
NEXT_MORNING = f"2023-03-16T07:00:00{ZONE}"
NOON = f"2023-03-15T12:00:00{ZONE}"


def at(hour: int, minute: int = 0) -> str:
    return f"2023-03-15T{hour:02}:{minute:02}:00{ZONE}"


def a_closed_crew() -> Crew:
    """Its sortie was closed at noon."""
    crew = a_crew()
    with time_machine.travel(NOON, tick=False):
        close_activity(SYSTEM, crew.activity)
    return crew


def turns(crew: Crew) -> int:
    return figures_of(crew.unit).get("volunteer-turns", 0)


def the_state(crew: Crew) -> str:
    return Participant.objects.get(activity=crew.activity, member=crew.member).state


def test_a_correction_of_the_same_evening_counts_when_it_arrives_after_midnight() -> None:
    crew = a_crew()
    phone, help = Phone(crew.volunteer), a_help(crew)
    with time_machine.travel(at(20), tick=False):
        phone.send(help)

    with time_machine.travel(NEXT_MORNING, tick=False):
        assert phone.results(a_correction(help, citizens=4, at=EVENING)) == ["recorded"]

    assert figures_of(crew.unit)["citizen-turns"] == 4


def test_a_correction_keeps_the_day_of_a_phone_whose_clock_runs_ahead() -> None:
    crew = a_crew()
    phone = Phone(crew.volunteer)
    its_clock = f"2023-03-16T00:03:00{ZONE}"
    help = a_help(crew, at=its_clock)

    with time_machine.travel(at(22, 3), tick=False):
        phone.send(help, device_time=its_clock)
        told = phone.results(a_correction(help, citizens=4, at=its_clock), device_time=its_clock)

    assert told == ["recorded"]
    assert figures_of(crew.unit)["citizen-turns"] == 4


def test_a_withdrawal_of_the_same_evening_too() -> None:
    crew = a_crew()
    phone, help = Phone(crew.volunteer), a_help(crew)
    with time_machine.travel(at(20), tick=False):
        phone.send(help)

    with time_machine.travel(NEXT_MORNING, tick=False):
        assert phone.results(a_correction(help, citizens=0, at=EVENING)) == ["recorded"]

    assert crew.activity.helps.get().state == HelpState.WITHDRAWN


def test_a_correction_made_the_next_day_is_the_leaders() -> None:
    crew = a_crew()
    phone, help = Phone(crew.volunteer), a_help(crew)
    with time_machine.travel(at(20), tick=False):
        phone.send(help)

    with time_machine.travel(NEXT_MORNING, tick=False):
        [told] = phone.send(a_correction(help, citizens=4, at=NEXT_MORNING))

    assert (told["result"], told["code"]) == ("returned", "forbidden")


def test_the_evening_is_that_of_our_clock_not_of_a_phone_that_is_a_day_behind() -> None:
    crew = a_crew()
    phone, help = Phone(crew.volunteer), a_help(crew)
    with time_machine.travel(at(20), tick=False):
        phone.send(help)

    with time_machine.travel(NEXT_MORNING, tick=False):
        behind = f"2023-03-15T07:00:00{ZONE}"
        [told] = phone.send(a_correction(help, citizens=4, at=behind), device_time=behind)

    assert (told["result"], told["code"]) == ("returned", "forbidden")


def test_ticks_made_while_the_sortie_ran_count_after_it_was_closed() -> None:
    crew = a_closed_crew()
    phone = Phone(crew.leader)

    with time_machine.travel(EVENING, tick=False):
        assert phone.results(an_attendance(crew, at=at(11))) == ["recorded"]

    assert turns(crew) == 1
    assert the_state(crew) == ParticipantState.PRESENT
    assert wrong_totals() == []


def test_who_was_ticked_by_mistake_is_taken_back_after_the_closing() -> None:
    crew = a_crew()
    phone = Phone(crew.leader)
    phone.send(an_attendance(crew, at=at(9)))
    with time_machine.travel(NOON, tick=False):
        close_activity(SYSTEM, crew.activity)
    before = turns(crew)

    with time_machine.travel(EVENING, tick=False):
        assert phone.results(an_attendance(crew, present=False, at=at(11))) == ["recorded"]

    assert (before, turns(crew)) == (1, 0)
    assert wrong_totals() == []


def test_a_tick_made_after_the_closing_is_returned() -> None:
    crew = a_closed_crew()

    with time_machine.travel(EVENING, tick=False):
        [told] = Phone(crew.leader).send(an_attendance(crew, at=at(13)))

    assert (told["result"], told["code"]) == ("returned", "activity-closed")
    assert turns(crew) == 0


def test_an_activity_closed_before_its_time_was_kept_was_open_until_its_end() -> None:
    crew = a_closed_crew()
    type(crew.activity).objects.filter(pk=crew.activity.pk).update(state_at=None)

    with time_machine.travel(EVENING, tick=False):
        told = Phone(crew.leader).results(
            an_attendance(crew, at=at(10)), an_attendance(crew, at=at(11))
        )

    assert told == ["recorded", "returned"]


def test_who_has_left_was_there() -> None:
    crew = a_crew()
    phone = Phone(crew.leader)

    assert phone.results(an_attendance(crew, left=True, at=at(10))) == ["recorded"]
    assert the_state(crew) == ParticipantState.LEFT
    assert phone.results(an_attendance(crew, at=at(10, 30))) == ["recorded"]
    assert the_state(crew) == ParticipantState.PRESENT
    assert Participant.objects.get().left_at is None
    assert phone.results(an_attendance(crew, left=True, at=at(11))) == ["recorded"]
    with time_machine.travel(NOON, tick=False):
        close_activity(SYSTEM, crew.activity)

    assert turns(crew) == 1


def test_an_act_from_more_than_a_day_ahead_is_returned_and_decides_nothing() -> None:
    crew = a_crew()
    phone = Phone(crew.leader)

    with time_machine.travel(NOON, tick=False):
        [told] = phone.send(an_attendance(crew, at=f"2023-03-17T12:00:00{ZONE}"))
        assert phone.results(an_attendance(crew, present=False, at=at(11))) == ["recorded"]

    assert (told["result"], told["code"]) == ("returned", "given-in-future")
    assert DoneAct.objects.count() == 1


def test_what_waited_is_judged_by_the_clock_of_the_phone_as_it_sent() -> None:
    """The phone runs ten hours ahead: by its clock the correction is of the next day."""
    crew = a_crew()
    phone, help = Phone(crew.volunteer), a_help(crew, at=at(20))
    ahead = f"2023-03-16T06:00:00{ZONE}"
    with time_machine.travel(at(20), tick=False):
        [held] = phone.send(a_correction(help, citizens=3, at=ahead), device_time=ahead)
        kept = KeptAct.objects.get()
        phone.send(help)

    assert (held["result"], kept.behind_s) == ("held", -10 * 3600)
    assert figures_of(crew.unit)["citizen-turns"] == 3
    assert not KeptAct.objects.open().exists()
