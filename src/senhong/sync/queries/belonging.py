"""To which team an act belongs that could not be recorded."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from senhong.activities.models import Activity, Help
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.people.models import Newcomer, Team


def teams_named(actor: Actor, values: Sequence[Any]) -> list[Team | None]:
    """For each act as JSON the team that it names, as far as the actor may see that one.

    By its team, its activity's lead team, or the team of the help that it corrects. Three
    queries, or fewer.
    """
    named = {
        key: {id for value in values if (id := _uuid_at(value, key))}
        for key in ("team", "activity", "corrects")
    }
    of_activities, of_helps = _leading(named["activity"]), _giving(named["corrects"])
    wanted = named["team"] | set(of_activities.values()) | set(of_helps.values())
    seen = Team.objects.visible_to(actor).filter(pk__in=wanted).in_bulk() if wanted else {}

    def of(value: Any) -> Team | None:
        ids = (
            _uuid_at(value, "team"),
            of_activities.get(_uuid_at(value, "activity")),
            of_helps.get(_uuid_at(value, "corrects")),
        )
        return next((seen[id] for id in ids if id in seen), None)

    return [of(value) for value in values]


def team_of_sender(user_id: int | None) -> Team | None:
    """A team in which the person is today, the one she joined last; else one for which she waits.

    Two queries at most.
    """
    if user_id is None:
        return None
    day = as_day(clock.today())
    waits = Newcomer.objects.waiting().filter(user=user_id).order_by("-asked_at")
    found = Team.objects.standing(day).filter(
        memberships__member__user=user_id,
        memberships__from_day__lte=day,
        memberships__to_day__gt=day,
    )
    joined = found.order_by("-memberships__from_day", "pk").first()
    waiting = None if joined else waits.select_related("team").first()
    return waiting.team if waiting else joined


def _leading(activities: set[UUID]) -> dict[UUID | None, UUID]:
    rows = Activity.objects.filter(pk__in=activities).values_list("pk", "lead_team")
    return dict(rows) if activities else {}


def _giving(helps: set[UUID]) -> dict[UUID | None, UUID]:
    rows = Help.objects.filter(pk__in=helps).values_list("pk", "team")
    return dict(rows) if helps else {}


def _uuid_at(value: Any, key: str) -> UUID | None:
    try:
        said = value.get(key) if isinstance(value, dict) else None
        return UUID(said) if isinstance(said, str) else None
    except ValueError:
        return None


def is_looked_after(actor: Actor, user_id: int) -> bool:
    """Whether the person is, was, or asked to be in a team whose help the actor may correct.

    One query.
    """
    hers = Q(memberships__member__user=user_id) | Q(newcomers__user=user_id)
    return Team.objects.where(actor, "help.correct").filter(hers).exists()
