"""What waits for a reviewer, and what she has to know of each help."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Q, QuerySet

from senhong.accounts.models import User
from senhong.activities.models import STANDING, Evidence, Help, HelpState
from senhong.activities.queries.flags import Flag, flags_of, photos_of
from senhong.activities.queries.recording import paths_after_acceptance
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.guides.queries import help_kinds_by_code
from senhong.org.models import Landing, Unit
from senhong.people.models import Team
from senhong.people.queries.teams import places

RECENT_DAYS = 31
MOST_SHOWN = 200  # in one answer; the rest comes when these are done


class Which(StrEnum):
    """Which helps a reviewer asks for."""

    UNSEEN = "unseen"  # what waits, and what of the last days nobody has looked at
    RETURNED = "returned"
    ALL = "all"  # of the period


@dataclass(frozen=True, kw_only=True)
class ReviewAsked:
    """Whose helps, and which. Days are of the province, both included."""

    team: Team | None = None
    unit: Unit | None = None  # and all below it, on the map of the last day
    which: Which = Which.UNSEEN
    first: date
    last: date

    @classmethod
    def until(cls, last: date, **of: object) -> "ReviewAsked":
        return cls(first=last - timedelta(days=RECENT_DAYS), last=last, **of)  # type: ignore[arg-type]  # checked by use


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLine:
    """One help as a reviewer sees it."""

    help: Help  # with activity, team and unit
    services: list[str]  # their titles
    flags: list[Flag]
    photos: list[Evidence]
    recorded_by: str  # a name, where the actor may know it
    is_own: bool  # of the reviewer: somebody else accepts it where it waits


@dataclass(frozen=True, slots=True)
class Review:
    """Helps to review, the flagged ones first, and whether there are more."""

    lines: Sequence[ReviewLine]
    has_more: bool


def review_of(actor: Actor, asked: ReviewAsked) -> Review:
    """The helps that the actor may review, flagged ones first, then the oldest; at most 200.

    Nine queries.
    """
    found = _asked_for(actor, asked).select_related("activity", "team__unit", "unit")
    rows = list(found.order_by("given_on", "pk")[: MOST_SHOWN + 1])
    lines = review_lines(actor, rows[:MOST_SHOWN])
    lines.sort(key=lambda line: not line.flags)
    return Review(lines, len(rows) > MOST_SHOWN)


def review_lines(actor: Actor, helps: Sequence[Help]) -> list[ReviewLine]:
    """The helps with what a reviewer has to know, in their order. Six queries."""
    kinds = help_kinds_by_code()
    photos = photos_of(helps)
    flags = flags_of(helps, kinds, photos)
    names = _names(actor, helps)
    return [
        ReviewLine(
            help=help,
            services=[kinds[code].title if code in kinds else code for code in help.services],
            flags=flags.get(help.pk, []),
            photos=photos.get(help.pk, []),
            recorded_by=names.get(help.pk, ""),
            is_own=is_own(actor, help),
        )
        for help in helps
    ]


def is_own(actor: Actor, help: Help) -> bool:
    """Whether the actor recorded it, or brought it in for who did. No query."""
    return actor.user_id is not None and actor.user_id in {help.recorded_by, help.brought_by}


def reviewed_by_id(actor: Actor, asked: ReviewAsked, ids: Collection[UUID]) -> list[Help]:
    """Of the helps with these ids those of the team or unit that the actor may review.

    One query.
    """
    found = Help.objects.filter(pk__in=ids, team__in=_teams(actor, asked).values("pk"))
    return list(found.select_related("activity", "team__unit", "unit").order_by("pk"))


def waiting_number(actor: Actor, *, team: Team | None = None, unit: Unit | None = None,
                   on: date) -> int:  # fmt: skip
    """How many helps wait for acceptance that the actor may review. One query."""
    asked = ReviewAsked.until(on, team=team, unit=unit)
    waiting = Help.objects.filter(state=HelpState.WAITING)
    return waiting.filter(team__in=_teams(actor, asked).values("pk")).count()


def waiting_in(activity_id: UUID) -> int:
    """How many helps of an activity wait; the activity was found for the actor. One query."""
    return Help.objects.filter(activity=activity_id, state=HelpState.WAITING).count()


def waiting_of(user_id: int, team_id: UUID) -> list[Help]:
    """What the person recorded for the team and waits, with the teams. Only services ask. One
    query."""
    waiting = Help.objects.filter(team=team_id, recorded_by=user_id, state=HelpState.WAITING)
    return list(waiting.select_related("team__unit").order_by("pk"))


def unit_path_today(team_id: UUID) -> str:
    """The path of the unit where the team is today. Only services ask. One query."""
    today = as_day(clock.today())
    landing = Landing.objects.filter(
        unit__teams=team_id, map__from_day__lte=today, map__to_day__gt=today
    )
    return landing.values_list("landed__path", flat=True).get()


def records_wait(actor: Actor, team: Team) -> bool:
    """Whether what the actor records for the team counts only when it is accepted. At most two
    queries."""
    if not actor.can("help.record", at=team.path):
        return True
    return bool(paths_after_acceptance({unit_path_today(team.pk)}))


def _asked_for(actor: Actor, asked: ReviewAsked) -> QuerySet[Help]:
    helps = Help.objects.filter(team__in=_teams(actor, asked).values("pk"))
    of_days = Q(given_on__gte=asked.first, given_on__lte=asked.last)
    if asked.which == Which.RETURNED:
        return helps.filter(state=HelpState.RETURNED)
    if asked.which == Which.ALL:
        return helps.filter(of_days, state__in=STANDING)
    unseen = of_days & Q(state=HelpState.COUNTED, reviewed_at=None)
    return helps.filter(Q(state=HelpState.WAITING) | unseen)


def _teams(actor: Actor, asked: ReviewAsked) -> QuerySet[Team]:
    """Those of the team or unit whose help the actor may review."""
    teams = Team.objects.where(actor, "help.review")
    if asked.team is not None:
        return teams.filter(pk=asked.team.pk)
    if asked.unit is not None:
        return teams.filter(unit__in=places(asked.unit, as_day(asked.last)))
    return teams


def _names(actor: Actor, helps: Sequence[Help]) -> dict[UUID, str]:
    """Who recorded each, where the actor may know it. One query, or none."""
    open_to = [help for help in helps if actor.can("member.view", at=help.team.path)]
    users = User.objects.in_bulk({help.recorded_by for help in open_to if help.recorded_by})
    return {help.pk: str(users[help.recorded_by]) for help in open_to if help.recorded_by in users}
