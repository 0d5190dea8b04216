"""Whatever a network does to what phones send: totals are exact."""

import json
from typing import Any

import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from senhong.activities.models import Activity, Help, Participant
from senhong.activities.tests.make import an_activity, figures_of, totals_of
from senhong.ledger.queries import wrong_totals
from senhong.sync.models import KeptAct
from senhong.sync.tests.make import (
    Crew,
    Phone,
    a_correction,
    a_crew,
    a_help,
    a_sign_up,
    a_word,
    an_attendance,
)

SERVICES = [["vneid"], ["online-public-services"], ["vneid", "cashless-payment"]]
# How each act hangs on an earlier one, by its place: not at all, to the same people, corrected.
plans = st.lists(
    st.tuples(
        st.sampled_from(["new", "new", "same", "correct", "withdraw"]),
        st.integers(0, 10),
        st.integers(1, 5),
        st.sampled_from(SERVICES),
    ),
    min_size=1,
    max_size=8,
)
# What the leader's phone says of the sortie and of who was there, in its order, a minute apart.
words = st.lists(st.sampled_from(["present", "left", "absent", "running"]), max_size=5)
# What the volunteer's phone says of another sortie, to come; signing up comes first.
answers = st.lists(st.sampled_from(["sign-up", "cancel"]), max_size=3)
schedules = st.lists(st.lists(st.integers(0, 20), max_size=6), max_size=8)


def acts_of(crew: Crew, plan: list[Any]) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    firsts: list[dict[str, Any]] = []
    free: list[dict[str, Any]] = []  # what nothing hangs on yet: corrected at most once
    for how, at, people, services in plan:
        if how == "new" or not firsts:
            act = a_help(crew, citizens=people, services=services)
            firsts.append(act)
            free.append(act)
        elif how == "same":
            first = firsts[at % len(firsts)]
            act = a_help(crew, citizens=1, services=services, same_people_as=first["id"])
            if first in free:
                free.remove(first)
        elif free:
            help = free.pop(at % len(free))
            firsts.remove(help)
            act = a_correction(help, citizens=people if how == "correct" else 0, services=services)
        else:
            continue
        made.append(act)
    return made


class TotalsAreExact(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(plans, schedules)
    def test_after_any_schedule_of_deliveries(self, plan: list[Any], schedule: Any) -> None:
        crew, calm = a_crew(), a_crew()
        acts = acts_of(crew, plan)
        phone = Phone(crew.volunteer)

        for delivery in schedule:  # reordered, repeated, in parts
            phone.send(*(acts[place % len(acts)] for place in delivery))
        answered = phone.send(*reversed(acts))
        again = phone.send(*acts)

        Phone(calm.volunteer).send(*moved(acts, crew, calm))
        assert {each["result"] for each in answered} <= {"recorded", "already-recorded", "held"}
        assert {each["result"] for each in again} == {"already-recorded"}
        assert figures_of(crew.unit) == figures_of(calm.unit)
        assert totals_of(crew.unit) == figures_of(crew.unit)
        assert wrong_totals() == []
        assert not KeptAct.objects.open().exists()
        assert (
            Help.objects.filter(team=crew.team).count()
            == Help.objects.filter(team=calm.team).count()
        )


def words_of(crew: Crew, said: list[str]) -> list[dict[str, Any]]:
    """Each after the one before it; the leader closes at the end."""
    made = []
    for minute, word in enumerate([*said, "closed"]):
        at = f"2023-03-15T10:{minute:02}:00+07:00"
        if word in ("running", "closed"):
            made.append(a_word(crew.activity, word, at=at))
        else:
            facts = {"present": word != "absent", "left": word == "left", "at": at}
            made.append(an_attendance(crew, **facts))
    return made


def answers_of(sortie: Activity, said: list[str]) -> list[dict[str, Any]]:
    return [
        a_sign_up(sortie, answer=answer, at=f"2023-03-14T10:{minute:02}:00+07:00", anyway=True)
        for minute, answer in enumerate(["sign-up", *said])
    ]


class StatesAreThoseOfThePhone(TestCase):
    """Whatever the network does, all is as each phone said it last."""

    @settings(max_examples=25, deadline=None)
    @given(words, answers, schedules)
    def test_after_any_schedule_of_deliveries(
        self, said: list[str], answered: list[str], schedule: Any
    ) -> None:
        with time_machine.travel("2023-03-15T07:30:00+07:00", tick=False):
            crew = a_crew()
        with time_machine.travel("2023-03-15T11:00:00+07:00", tick=False):
            phone, acts = Phone(crew.leader), words_of(crew, said)
            delivered(phone, acts, schedule)
        sortie = an_activity(crew.team)
        with time_machine.travel("2023-03-14T12:00:00+07:00", tick=False):
            delivered(Phone(crew.volunteer), answers_of(sortie, answered), schedule)

        last = next((word for word in reversed(said) if word != "running"), "absent")
        assert Activity.objects.get(pk=crew.activity.pk).state == "closed"
        assert figures_of(crew.unit).get("volunteer-turns", 0) == (last != "absent")
        there = Participant.objects.filter(activity=crew.activity).there()
        assert [one.state for one in there] == ([] if last == "absent" else [last])
        wanted = "cancelled" if answered and answered[-1] == "cancel" else "signed-up"
        assert Participant.objects.get(activity=sortie).state == wanted
        assert wrong_totals() == []
        assert not KeptAct.objects.open().exists()


def delivered(phone: Phone, acts: list[dict[str, Any]], schedule: Any) -> None:
    for delivery in schedule:
        phone.send(*(acts[place % len(acts)] for place in delivery))
    told = phone.send(*reversed(acts))
    assert {each["result"] for each in told} <= {"recorded", "already-recorded", "held"}
    assert set(phone.results(*acts)) == {"already-recorded"}


def moved(acts: list[dict[str, Any]], crew: Crew, to: Crew) -> list[dict[str, Any]]:
    """The same acts by another team, sent once and in order."""
    text = json.dumps(acts)
    for old, new in ((crew.team, to.team), (crew.activity, to.activity)):
        text = text.replace(str(old.pk), str(new.pk))
    for act in acts:  # other ids: one digit within the random part
        id = act["id"]
        text = text.replace(id, f"{id[:-1]}{int(id[-1], 16) ^ 1:x}")
    return list(json.loads(text))
