"""Whatever a network does to what phones send: totals are exact."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from senhong.activities.models import Help
from senhong.activities.tests.make import figures_of, totals_of
from senhong.ledger.queries import wrong_totals
from senhong.sync.models import KeptAct
from senhong.sync.tests.make import Crew, Phone, a_correction, a_crew, a_help

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


def moved(acts: list[dict[str, Any]], crew: Crew, to: Crew) -> list[dict[str, Any]]:
    """The same acts by another team, sent once and in order."""
    text = json.dumps(acts)
    for old, new in ((crew.team, to.team), (crew.activity, to.activity)):
        text = text.replace(str(old.pk), str(new.pk))
    for act in acts:  # other ids: one digit within the random part
        id = act["id"]
        text = text.replace(id, f"{id[:-1]}{int(id[-1], 16) ^ 1:x}")
    return list(json.loads(text))
