"""What looks odd about a help. It is shown to who reviews, and decides nothing by itself."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import asin, cos, radians, sin, sqrt
from uuid import UUID

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from senhong.activities.models import STANDING, Activity, Evidence, Help, Participant
from senhong.guides.models import HelpKind

LARGE_TALLY = 50  # people; more is flagged
SPARE_TIME = timedelta(hours=2)  # before and after the activity
FAR_KM = 5.0  # from the activity's place; more is flagged
HOURS_A_DAY = 8.0  # what a volunteer works at most on one day
_EARTH_KM = 6371.0

Photos = Mapping[UUID, Sequence[Evidence]]


@dataclass(frozen=True, slots=True)
class Flag:
    """One odd thing, in words."""

    code: str  # same-photo, too-quick, other-time, far-away, large-tally
    words: str


def photos_of(helps: Iterable[Help]) -> dict[UUID, list[Evidence]]:
    """The photos behind each help, in the order in which they arrived. One query."""
    found: defaultdict[UUID, list[Evidence]] = defaultdict(list)
    for each in Evidence.objects.filter(help__in=[h.pk for h in helps]).order_by(
        "arrived_at", "pk"
    ):
        found[each.help_id].append(each)
    return found


def flags_of(
    helps: Sequence[Help], kinds: Mapping[str, HelpKind], photos: Photos
) -> dict[UUID, list[Flag]]:
    """By the id of each help, with its activity, what is odd about it. Three queries."""
    twice = _photos_elsewhere(helps, photos)
    quick = _too_quick(helps, kinds)
    found = {
        help.pk: [
            *([Flag("large-tally", _large(help))] if help.people > LARGE_TALLY else []),
            *([Flag("same-photo", _("Ảnh đã dùng cho lượt khác."))] if help.pk in twice else []),
            *([Flag("too-quick", quick[help.pk])] if help.pk in quick else []),
            *_time_and_place(help),
        ]
        for help in helps
    }
    return {id: flags for id, flags in found.items() if flags}


def _large(help: Help) -> str:
    return _("{people} người trong một lần ghi.").format(people=help.people)


def _time_and_place(help: Help) -> list[Flag]:
    activity, flags = help.activity, []
    begins, ends = activity.starts_at - SPARE_TIME, activity.ends_at + SPARE_TIME
    if help.given_at and not begins <= help.given_at <= ends:
        flags.append(Flag("other-time", _("Ghi ngoài giờ của hoạt động quá 2 giờ.")))
    km = _km_between((help.lat, help.lon), (activity.lat, activity.lon))
    if km is not None and km > FAR_KM:
        words = _("Cách nơi hoạt động khoảng {km} km.").format(km=round(km))
        flags.append(Flag("far-away", words))
    return flags


Point = tuple[float | None, float | None]


def _km_between(one: Point, other: Point) -> float | None:
    """Over the ground, as the crow flies; None where one of them is not known."""
    if None in one or None in other:
        return None
    (lat, lon), (lat_to, lon_to) = (tuple(map(radians, p)) for p in (one, other))  # type: ignore[arg-type]  # none is None
    half = sin((lat_to - lat) / 2) ** 2 + cos(lat) * cos(lat_to) * sin((lon_to - lon) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(half))


def _photos_elsewhere(helps: Sequence[Help], photos: Photos) -> set[UUID]:
    """Helps with a photo that stands behind a help to other people, too. One query, or none."""
    digests = {photo.digest for behind in photos.values() for photo in behind}
    if not digests:
        return set()
    groups: defaultdict[str, set[UUID]] = defaultdict(set)
    elsewhere = Evidence.objects.filter(digest__in=digests, help__group__isnull=False)
    for digest, group in elsewhere.values_list("digest", "help__group"):
        groups[digest].add(group)
    return {
        help.pk
        for help in helps
        if any(groups[photo.digest] - {help.group} for photo in photos.get(help.pk, ()))
    }


def _too_quick(helps: Sequence[Help], kinds: Mapping[str, HelpKind]) -> dict[UUID, str]:
    """Helps of whoever recorded more with a service in an activity than is plausible, in words.

    Who records does so for her share of the volunteers who were there. Two queries.
    """
    activities = {help.activity_id: help.activity for help in helps}
    sums, recorders = _recorded(activities)
    present = _present(activities)
    quick: dict[UUID, str] = {}
    for help in helps:
        of = len(recorders[help.activity_id]) or 1
        hours = _hours(help.activity) * max(1.0, present.get(help.activity_id, 0) / of)
        for code in help.services:
            people = sums[help.activity_id, help.recorded_by, code]
            if code in kinds and people > kinds[code].plausible_per_hour * hours:
                quick[help.pk] = _(
                    "{people} người với việc “{service}” trong khoảng {hours} giờ công: nhiều hơn "
                    "thường lệ."
                ).format(people=people, service=kinds[code].title, hours=round(hours))
    return quick


Sums = Mapping[tuple[UUID, int | None, str], int]


def _recorded(activities: Collection[UUID]) -> tuple[Sums, Mapping[UUID, set[int | None]]]:
    """How many people each recorder wrote down, by activity and service; and the recorders.

    One query.
    """
    sums: defaultdict[tuple[UUID, int | None, str], int] = defaultdict(int)
    recorders: defaultdict[UUID, set[int | None]] = defaultdict(set)
    rows = Help.objects.filter(activity__in=activities, state__in=STANDING)
    grouped = rows.values_list("activity", "recorded_by", "services").annotate(Sum("people"))
    for activity, recorder, services, people in grouped.order_by():
        recorders[activity].add(recorder)
        for code in services:
            sums[activity, recorder, code] += people
    return sums, recorders


def _present(activities: Mapping[UUID, Activity]) -> dict[UUID, int]:
    """How many volunteers were there, as far as it is known. One query."""
    rows = Participant.objects.there().filter(activity__in=activities).values_list("activity")
    listed = dict(rows.annotate(Count("pk")).order_by())
    said = {id: each.present_number for id, each in activities.items() if each.present_number}
    return listed | said


def _hours(activity: Activity) -> float:
    """How long the activity took, without the nights."""
    whole = (activity.ends_at - activity.starts_at).total_seconds() / 3600
    days = (activity.last_on - activity.first_on).days + 1
    return min(whole, HOURS_A_DAY * days)
