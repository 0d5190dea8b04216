"""Help given: lists, and one help at its doorstep."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from senhong.accounts.models import User
from senhong.activities.models import Activity, Evidence, Help, HelpState
from senhong.activities.queries.evidence import may_see_photos
from senhong.activities.queries.flags import Flag, flags_of, photos_of
from senhong.activities.queries.recording import possible_posting_ids
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.errors import NotFound
from senhong.core.ids import reversal_id
from senhong.core.slices import past
from senhong.guides.queries import help_kinds_by_code
from senhong.ledger.models import Posting
from senhong.ledger.queries.postings import SourceSeen


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One help in a list."""

    help: Help  # with its team
    services: list[str]  # their titles
    is_further: bool  # to people who were helped before in the activity


@dataclass(frozen=True, slots=True)
class HelpSlice:
    items: Sequence[HelpLine]
    next: UUID | None  # the id after which it goes on; None at its end


@dataclass(frozen=True, slots=True)
class Doorstep:
    """Everything about one help: where a figure ends."""

    help: Help
    services: list[str]  # their titles
    postings: list[Posting]  # with unit and indicator, in the order they were written
    others: list[HelpLine]  # to the same people: further services, corrections
    recorded_by: str  # a name, where the actor may know it
    returned_by: str  # who returned it, for who may know it and who recorded it
    may_correct: bool
    photos: list[Evidence]
    flags: list[Flag]  # for who may review it


def helps_of(
    actor: Actor, activity: Activity, *, after: UUID | None = None, limit: int = 30
) -> HelpSlice:
    """The helps of the activity, the latest first; those that were corrected are left out.

    The activity was found for the actor. Two queries.
    """
    found = Help.objects.filter(activity=activity).exclude(state=HelpState.CORRECTED)
    if after is not None:
        known = Help.objects.filter(activity=activity)
        found = found.filter(past(known, after, rising=False))
    rows = list(found.select_related("team").order_by("-pk")[: limit + 1])
    next = rows[limit - 1].pk if len(rows) > limit else None
    return HelpSlice(_lines(rows[:limit]), next)


def get_help(actor: Actor, id: UUID) -> Help:
    """The help with its activity, team and unit, or NotFound when the actor may not see it.

    One query.
    """
    visible = Activity.objects.visible_to(actor).values("pk")
    found = Help.objects.filter(pk=id, activity__in=visible).select_related(
        "activity__lead_team__unit", "team__unit", "unit__province", "corrects", "corrected_by"
    )
    if (help := found.first()) is None:
        raise NotFound(what=_("lượt hỗ trợ này"))
    return help


def doorstep(actor: Actor, id: UUID) -> Doorstep:
    """One help with what it posted, or NotFound when the actor may not see it. At most ten
    queries."""
    help = get_help(actor, id)
    kinds = help_kinds_by_code()
    titles = {code: kind.title for code, kind in kinds.items()}
    photos = photos_of([help]) if may_see_photos(actor, help) else {}
    may_review = actor.can("help.review", at=help.team.path)
    others = Help.objects.filter(group=help.group).exclude(pk=id).select_related("team")
    return Doorstep(
        help=help,
        services=[titles.get(code, code) for code in help.services],
        postings=_postings(help),
        others=_lines(list(others.order_by("place_in_group", "pk")), titles),
        recorded_by=_recorder(actor, help),
        returned_by=_returner(actor, help),
        may_correct=may_correct(actor, help),
        photos=photos.get(help.pk, []),
        flags=flags_of([help], kinds, photos).get(help.pk, []) if may_review else [],
    )


def may_correct(actor: Actor, help: Help) -> bool:
    """Whoever may correct the team's help; who recorded it, on the same day or when it came back.

    No query.
    """
    place = help.team.path
    return actor.can("help.correct", at=place) or (
        is_own_to_correct(actor, help)
        and (actor.can("help.record", at=place) or actor.can("help.propose", at=place))
    )


def is_own_to_correct(actor: Actor, help: Help, *, at: datetime | None = None) -> bool:
    """Whether the actor recorded it, today or so that a reviewer returned it. No query.

    at  when she put it right, where a phone brings it later; none: now. What she put right before
    the help arrived is in time, whatever the day.
    """
    own = actor.user_id is not None and help.recorded_by == actor.user_id
    in_time = clock.date_of(at or clock.now()) <= clock.date_of(help.recorded_at)
    return own and (in_time or bool(help.review_reason))


def helps_seen(actor: Actor, ids: Collection[UUID]) -> dict[UUID, SourceSeen]:
    """Those of the helps that the actor may see, for the ledger's drill-down. Two queries."""
    visible = Activity.objects.visible_to(actor).values("pk")
    found = Help.objects.filter(pk__in=ids, activity__in=visible).select_related("activity")
    titles = _titles()
    return {
        help.pk: SourceSeen(
            _t("{services}: {people} · {activity}").format(
                services=", ".join(titles.get(code, code) for code in help.services),
                people=help.people,
                activity=help.activity.name,
            ),
            reverse("activities:help", args=[help.pk]),
        )
        for help in found
    }


def activities_seen(actor: Actor, ids: Collection[UUID]) -> dict[UUID, SourceSeen]:
    """Those of the activities that the actor may see, for the ledger's drill-down. One query."""
    found = Activity.objects.visible_to(actor).filter(pk__in=ids)
    return {
        activity.pk: SourceSeen(
            f"{activity.name} · {date_format(activity.first_on, 'SHORT_DATE_FORMAT')}",
            reverse("activities:activity", args=[activity.pk]),
        )
        for activity in found
    }


def _titles() -> dict[str, str]:
    return {code: kind.title for code, kind in help_kinds_by_code().items()}


def _lines(rows: list[Help], titles: dict[str, str] | None = None) -> list[HelpLine]:
    titles = _titles() if titles is None else titles
    return [
        HelpLine(row, [titles.get(code, code) for code in row.services], row.place_in_group > 0)
        for row in rows
    ]


def _postings(help: Help) -> list[Posting]:
    """By their ids alone: no index leads from a posting to what reverses it in a province."""
    posted = possible_posting_ids(help)
    found = Posting.objects.filter(id__in=[*posted, *map(reversal_id, posted)])
    return list(
        found.select_related("unit", "indicator").order_by("recorded_at", "indicator__position")
    )


def _recorder(actor: Actor, help: Help) -> str:
    if help.recorded_by is None or not actor.can("member.view", at=help.team.path):
        return ""
    return _name(help.recorded_by)


def _returner(actor: Actor, help: Help) -> str:
    """Who returned it: her words go to who recorded it, under her name."""
    own = actor.user_id is not None and help.recorded_by == actor.user_id
    if help.state != HelpState.RETURNED or help.reviewed_by is None:
        return ""
    return _name(help.reviewed_by) if own or actor.can("member.view", at=help.team.path) else ""


def _name(user_id: int) -> str:
    user = User.objects.filter(pk=user_id).first()
    return str(user) if user else ""
