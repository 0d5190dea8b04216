"""What a phone says beside the help itself: when by its clock, where, whether counted before."""

from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from senhong.activities.facts import GivenHelp
from senhong.activities.models import Help
from senhong.activities.tests.make import figures_of
from senhong.sync.tests.make import Phone, a_crew, a_help

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        "given_at" not in {field.name for field in fields(GivenHelp)},
        reason="these facts come with the review of help",
    ),
]
LATE = "2023-03-15T23:30:00+07:00"


def test_the_phones_time_is_kept_beside_the_servers() -> None:
    crew = a_crew()
    phone, act = Phone(crew.volunteer), a_help(crew, point=[10.4567, 105.6321])

    assert phone.results(act, act | {"at": "2023-03-15T08:00:01+07:00"}) == ["recorded", "conflict"]
    help: Any = Help.objects.get()
    assert help.given_at == datetime.fromisoformat(act["at"])
    assert (help.lat, help.lon) == (10.46, 105.63)
    assert phone.results(act) == ["already-recorded"]


def test_people_who_were_counted_elsewhere_are_no_turns() -> None:
    crew = a_crew()

    Phone(crew.volunteer).send(a_help(crew, citizens=3, same_people=True))

    assert figures_of(crew.unit) == {"help.vneid": 3}


def test_without_an_activity_it_is_the_teams_everyday_help_of_that_day() -> None:
    crew = a_crew()
    acts = [a_help(crew, activity=None) for _ in range(3)]
    other_day = a_help(crew, activity=None, at="2023-03-16T08:00:00+07:00")
    phone = Phone(crew.volunteer)

    assert phone.results(*acts, other_day) == ["recorded"] * 4
    assert phone.results(*acts, other_day) == ["already-recorded"] * 4

    assert Help.objects.values("activity").distinct().count() == 2
    assert figures_of(crew.unit)["citizen-turns"] == 4


def test_without_an_activity_a_stranger_makes_none() -> None:
    crew, other = a_crew(), a_crew()

    assert Phone(other.volunteer).results(a_help(crew, activity=None)) == ["returned"]
    assert not Help.objects.exists()


def test_a_clock_that_runs_ahead_counts_on_the_day_that_it_says() -> None:
    crew = a_crew()
    phone = Phone(crew.volunteer)
    act = a_help(crew, at="2023-03-16T01:30:00+07:00")

    with time_machine.travel(LATE, tick=False):
        assert phone.results(act) == ["recorded"]
        [told] = phone.send(a_help(crew, at="2023-03-16T23:31:00+07:00"))
    with time_machine.travel(datetime.fromisoformat(LATE) + timedelta(days=1), tick=False):
        assert phone.results(act) == ["already-recorded"]

    assert (told["result"], told["code"]) == ("returned", "given-in-future")
    assert str(Help.objects.get().given_on) == "2023-03-16"
