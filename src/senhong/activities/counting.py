"""What posts what: the counting rules of help, as pure functions."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from typing import Protocol
from uuid import UUID

from senhong.activities.models import Helped

ACTIVITIES = "activities"
PROVINCIAL = "activities.province"
SORTIES = "sorties"
VOLUNTEER_TURNS = "volunteer-turns"
CITIZEN_TURNS = "citizen-turns"
PLATFORM_TURNS = "platform-turns"
ORGANISATIONS_HELPED = "organisations-helped"
TURNS = (CITIZEN_TURNS, PLATFORM_TURNS, ORGANISATIONS_HELPED)

Due = dict[str, int]  # indicator code → quantity


class Counted(Protocol):
    """What of a help matters for counting."""

    id: UUID
    services: list[str]
    helped: str
    people: int
    given_on: date
    counted_before: bool


IsPlatform = Callable[[str, date], bool]  # whether help with a service on a day counts as one


def service_indicator(service: str) -> str:
    return f"help.{service}"


def postings_due(group: Iterable[Counted], is_platform: IsPlatform) -> dict[UUID, Due]:
    """For each help to the same people, in order: what it posts.

    Each service counts the people of its help. Turns count a person once in the whole group:
    the first help posts its people, a further one only those beyond what is posted before it.
    From a help on whose people another group counted, there are no turns.
    """
    posted: defaultdict[str, int] = defaultdict(int)
    due: dict[UUID, Due] = {}
    counted_before = False
    for help in group:
        due[help.id] = {service_indicator(service): help.people for service in help.services}
        counted_before = counted_before or help.counted_before
        for turns in [] if counted_before else _turns(help, is_platform):
            if help.people > posted[turns]:
                due[help.id][turns] = help.people - posted[turns]
                posted[turns] = help.people
    return due


def _turns(help: Counted, is_platform: IsPlatform) -> list[str]:
    if help.helped != Helped.CITIZENS:
        return [ORGANISATIONS_HELPED]
    if any(is_platform(service, help.given_on) for service in help.services):
        return [CITIZEN_TURNS, PLATFORM_TURNS]
    return [CITIZEN_TURNS]
