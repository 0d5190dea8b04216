"""The coming activities of a person's teams, as her phone takes them along."""

from datetime import timedelta
from typing import Any

from senhong.activities.models import ActivityKind, ActivityState
from senhong.activities.queries import Sortie, SortiePerson, sorties_of
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day

DAYS = 14


def sorties(actor: Actor) -> list[dict[str, Any]]:
    """From yesterday on, the soonest first, without what was cancelled.

    Everyday help is no sortie: a phone that names none records it. As many queries as
    ``sorties_of`` takes.
    """
    today = clock.today()
    first, last = as_day(today - timedelta(days=1)), as_day(today + timedelta(days=DAYS))
    return [
        _sortie(one) | _for_leaders(one)
        for one in sorties_of(actor, first, last)
        if one.state != ActivityState.CANCELLED and one.kind != ActivityKind.EVERYDAY
    ]


def _sortie(one: Sortie) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "kind": one.kind,
        "name": one.name,
        "state": one.state,
        "team_ids": [str(team) for team in one.team_ids],
        "lead_team_id": str(one.lead_team_id),
        "place": one.place,
        "point": list(one.point) if one.point else None,
        "starts_at": one.starts_at.isoformat(),
        "ends_at": one.ends_at.isoformat(),
        "seats": one.seats,
        "taken": one.taken,
        "waiting": one.waiting,
        "mine": one.mine,
        "may_lead": one.may_lead,
        "leader_name": one.leader_name,
    }


def _for_leaders(one: Sortie) -> dict[str, Any]:
    if one.participants is None:
        return {}
    return {
        "participants": [_person(person) for person in one.participants],
        "check_in_key": one.check_in_key,
    }


def _person(person: SortiePerson) -> dict[str, Any]:
    return {
        "member_id": str(person.member_id),
        "name": person.name,
        "team_id": str(person.team_id),
        "state": person.state,
    }
