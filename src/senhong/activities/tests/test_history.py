"""Whatever people do with helps and activities, the ledger counts what is left of it."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from senhong.activities.facts import HelpFacts
from senhong.activities.models import (
    Activity,
    ActivityState,
    Help,
    Helped,
    HelpState,
    ReturnReason,
)
from senhong.activities.services import (
    accept_helps,
    cancel_activity,
    close_activity,
    correct_help,
    record_help,
    reopen_activity,
    return_helps,
    set_counting_rule,
    withdraw_help,
)
from senhong.activities.tests.make import an_activity, figures_of, given_help
from senhong.core.errors import DomainError
from senhong.core.ids import uuid7
from senhong.ledger.models import Posting
from senhong.ledger.queries import wrong_totals
from senhong.org.models import Unit
from senhong.org.tests.make import SYSTEM, a_province, a_unit, an_actor
from senhong.people.models import Team
from senhong.people.tests.make import a_team

PLATFORMS = {"vneid", "cashless-payment"}
services = st.lists(
    st.sampled_from(["vneid", "cashless-payment", "email-account", "other"]),
    min_size=1,
    max_size=3,
    unique=True,
)
facts = st.fixed_dictionaries(
    {
        "services": services.map(tuple),
        "people": st.integers(1, 6),
        "helped": st.sampled_from([Helped.CITIZENS, Helped.CITIZENS, Helped.ENTERPRISES]),
        "team": st.integers(0, 1),
        "counted_before": st.sampled_from([False, False, True]),
    }
)
pick = st.integers(0, 9)
acts = st.lists(
    st.one_of(
        st.tuples(st.just("record"), pick, facts),
        st.tuples(st.just("follow"), pick, facts),
        st.tuples(st.just("follow"), pick, facts),
        st.tuples(st.just("correct"), pick, facts),
        st.tuples(st.just("withdraw"), pick, facts),
        st.tuples(st.just("close"), pick, facts),
        st.tuples(st.just("reopen"), pick, facts),
        st.tuples(st.just("cancel"), pick, facts),
        st.tuples(st.just("replay"), pick, facts),
        st.tuples(st.just("accept"), pick, facts),
        st.tuples(st.just("send_back"), pick, facts),
        st.tuples(st.just("rule"), pick, facts),
        st.tuples(st.just("propose"), pick, facts),
    ),
    max_size=18,
)


class World:
    """Two activities, two teams in two units, and everything ever sent."""

    def __init__(self) -> None:
        province = a_province()
        self.teams: list[Team] = [a_team(a_unit(name, province)) for name in ("Xã A", "Xã B")]
        lead, other = self.teams
        self.activities = [an_activity(lead, teams=(other,)), an_activity(other, teams=(lead,))]
        self.newcomer = an_actor("help.propose", at=province)
        self.sent: list[Any] = []

    def record(self, which: int, said: dict[str, Any], **more: Any) -> None:
        activity = more.pop("activity", self.activities[which % 2])
        actor = more.pop("by", SYSTEM)
        given = given_help(activity, **self._facts(said), **more)
        self.sent.append((actor, given))
        record_help(actor, given)

    def follow(self, which: int, said: dict[str, Any]) -> None:
        if help := self._help(which):
            self.record(which, said, activity=help.activity, same_people_as=help.pk)

    def correct(self, which: int, said: dict[str, Any]) -> None:
        if help := self._help(which):
            facts = self._facts({name: said[name] for name in said if name != "counted_before"})
            correct_help(SYSTEM, uuid7(), help, HelpFacts(**facts), reason="Nhầm")

    def withdraw(self, which: int, _said: object) -> None:
        if help := self._help(which):
            withdraw_help(SYSTEM, help, reason="Nhầm")

    def close(self, which: int, _said: object) -> None:
        close_activity(SYSTEM, self._activity(which))

    def reopen(self, which: int, _said: object) -> None:
        reopen_activity(SYSTEM, self._activity(which), reason="Nhầm")

    def cancel(self, which: int, _said: object) -> None:
        cancel_activity(SYSTEM, self._activity(which), reason="Nhầm")

    def replay(self, which: int, _said: object) -> None:
        if self.sent:
            record_help(*self.sent[which % len(self.sent)])

    def accept(self, which: int, _said: object) -> None:
        if help := self._help(which):
            accept_helps(SYSTEM, [help])

    def send_back(self, which: int, _said: object) -> None:
        if help := self._help(which):
            return_helps(SYSTEM, [help], reason=ReturnReason.TOO_MANY)

    def rule(self, which: int, _said: object) -> None:
        after = [True, False, None][which % 3]
        set_counting_rule(SYSTEM, self.teams[which % 2].unit, after_acceptance=after)

    def propose(self, which: int, said: dict[str, Any]) -> None:
        self.record(which, said, by=self.newcomer)

    def _facts(self, said: dict[str, Any]) -> dict[str, Any]:
        rest = {name: value for name, value in said.items() if name != "team"}
        return rest | {"team_id": self.teams[said["team"]].pk}

    def _help(self, which: int) -> Help | None:
        rows = Help.objects.select_related("activity", "team__unit").order_by("recorded_at", "pk")
        helps = list(rows)
        return helps[which % len(helps)] if helps else None

    def _activity(self, which: int) -> Activity:
        rows = Activity.objects.select_related("lead_team__unit")
        return rows.get(pk=self.activities[which % 2].pk)


def expected(unit: Unit) -> dict[str, int]:
    """The figures by the words of the counting rules, person by person, from the live rows."""
    sums: defaultdict[str, int] = defaultdict(int)
    for closed in Activity.objects.filter(state=ActivityState.CLOSED, lead_team__unit=unit):
        sums["activities"] += 1
        sums["sorties"] += closed.kind == "sortie"
    counted: set[tuple[object, str, int]] = set()
    elsewhere: set[object] = set()  # groups whose people another group counted
    for help in _live():
        elsewhere |= {help.group} if help.counted_before else set()
        own = help.unit_id == unit.pk
        for service in help.services:
            sums[f"help.{service}"] += help.people if own else 0
        for person in range(help.people):
            for turns in _turns(help):
                if help.group not in elsewhere and (help.group, turns, person) not in counted:
                    counted.add((help.group, turns, person))
                    sums[turns] += own
    return {code: quantity for code, quantity in sums.items() if quantity}


def posted_of_others() -> int:
    """What is left in the ledger of helps that do not count."""
    others = Help.objects.exclude(state=HelpState.COUNTED).values("pk")
    sums = Posting.objects.filter(source_kind="help", source_id__in=others)
    return sum(abs(n) for _id, n in sums.values_list("source_id").annotate(Sum("quantity")))


def _live() -> Iterable[Help]:
    rows = Help.objects.filter(state=HelpState.COUNTED)
    rows = rows.exclude(activity__state=ActivityState.CANCELLED)
    return rows.order_by("place_in_group", "pk")


def _turns(help: Help) -> list[str]:
    if help.helped != Helped.CITIZENS:
        return ["organisations-helped"]
    return ["citizen-turns"] + ["platform-turns"] * bool(PLATFORMS & set(help.services))


class FiguresFollowTheLiveRows(TestCase):
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(acts)
    def test_after_any_history(self, history: list[tuple[str, int, dict[str, Any]]]) -> None:
        world = World()

        for name, which, said in history:
            act: Callable[[int, dict[str, Any]], None] = getattr(world, name)
            with suppress(DomainError), transaction.atomic():
                act(which, said)

        for team in world.teams:
            assert figures_of(team.unit) == expected(team.unit)
        assert wrong_totals() == []
        assert posted_of_others() == 0
