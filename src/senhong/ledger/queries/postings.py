"""The postings behind a figure, and what stands behind a posting."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from senhong.accounts.models import User
from senhong.core.actor import Actor
from senhong.core.slices import past
from senhong.ledger.models import Indicator, Posting, Span
from senhong.ledger.queries.around import Around, around_of
from senhong.ledger.queries.atlas import Range, Reading, atlas_for
from senhong.ledger.queries.breakdown import own_ranges
from senhong.ledger.queries.on_map import must_be_on_map
from senhong.ledger.queries.periods import must_be_a_period
from senhong.org.models import Landing, Role, Unit


@dataclass(frozen=True, slots=True)
class SourceSeen:
    """What a posting came from, as far as the actor may see it."""

    title: str
    url: str  # "" when it may not be opened


# Kind of source → those of these ids that the actor may see; filled by ``config.questions``.
SOURCES: dict[str, Callable[[Actor, Collection[UUID]], dict[UUID, SourceSeen]]] = {}


@dataclass(frozen=True, slots=True)
class PostingLine:
    """One posting behind a figure."""

    posting: Posting
    recorded_by: str  # a name where the actor may know it, else a role
    source: SourceSeen | None
    is_reversed: bool


@dataclass(frozen=True, slots=True)
class PostingPage:
    lines: list[PostingLine]
    next: UUID | None  # the cursor for what is older; None at the end
    around: Around


def postings_with_ids(province_id: int, ids: Collection[UUID]) -> list[Posting]:
    """Those of these postings that are in the ledger of the province, by id. One query."""
    return list(Posting.objects.filter(province=province_id, id__in=ids).order_by("id"))


def postings_behind(  # noqa: PLR0913  # one question, said whole
    actor: Actor,
    unit: Unit,
    indicator: Indicator,
    *,
    first: int,
    last: int,
    on: int | None = None,
    own: bool = False,
    after: UUID | None = None,
    limit: int = 50,
) -> PostingPage:
    """The postings that the unit's figure sums, with those of all units below, newest first.

    ``on`` as in ``figures``; ``own``: only those of its own row; ``after``: the ``next`` of the
    page before. Reversed postings and their reversals are there, since both are in the sum.
    Raises Forbidden, UnitNotOnMap, MapEnded, PeriodReversed. Six queries at most, and those
    of each kind of source.
    """
    actor.require("posting.view", at=unit.path)
    must_be_a_period(first, last)
    reading = Reading(unit, first, last, on)
    atlas = atlas_for([reading], drawn=own)
    must_be_on_map(atlas, reading)
    reversal = Posting.objects.filter(province=OuterRef("province"), reverses=OuterRef("id"))
    ranges = own_ranges(atlas, reading) if own else [*atlas.ranges(reading)]
    found = (
        Posting.objects.filter(_landing_in(ranges), indicator=indicator)
        .annotate(is_reversed=Exists(reversal))
        .select_related("unit")
        .order_by("-id")
    )
    if after is not None:
        found = found.filter(past(found, after, id="id", rising=False))
    page = list(found[: limit + 1])
    more, page = len(page) > limit, page[:limit]
    older = page[-1].id if more else None
    return PostingPage(_lines(actor, page), older, around_of(actor, atlas, reading))


def _landing_in(ranges: list[Range]) -> Q:
    """Postings by units that land where these totals are, on their days. One query."""
    units: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    found = Landing.objects.filter(map__in={part.map_id for part in ranges}).values_list(
        "map_id", "landed_id", "unit_id", "unit__province_id"
    )
    for map_id, landed_id, unit_id, province_id in found:
        units[map_id, landed_id].append((unit_id, province_id or 0))
        units[map_id, 0].append((unit_id, province_id or 0))
    days: dict[tuple[int, int, int], set[tuple[int, int]]] = defaultdict(set)
    for part in ranges:
        landed = 0 if part.span == Span.PROVINCE else part.unit_id
        days[part.sign, part.lo, part.hi].update(units[part.map_id, landed])
    taken, given = Q(pk__in=[]), Q()
    for (sign, lo, hi), senders in days.items():
        if sign > 0:
            taken |= _sent_by(senders, lo, hi)
        else:
            given &= ~_sent_by(senders, lo, hi)
    return taken & given


def _sent_by(senders: Iterable[tuple[int, int]], lo: int, hi: int) -> Q:
    return Q(
        province__in={province for _unit, province in senders},
        unit__in={unit for unit, _province in senders},
        day__range=(lo, hi),
    )


def _lines(actor: Actor, postings: Sequence[Posting]) -> list[PostingLine]:
    sources = _sources(actor, postings)
    names = _recorders(actor, postings)
    return [
        PostingLine(
            posting=posting,
            recorded_by=names[posting.pk],
            source=sources.get((posting.source_kind, posting.source_id)),
            is_reversed=getattr(posting, "is_reversed", False),
        )
        for posting in postings
    ]


def _sources(
    actor: Actor, postings: Iterable[Posting]
) -> dict[tuple[str, UUID | None], SourceSeen]:
    asked: dict[str, set[UUID]] = defaultdict(set)
    for posting in postings:
        if posting.source_id is not None and posting.source_kind in SOURCES:
            asked[posting.source_kind].add(posting.source_id)
    return {
        (kind, id): source
        for kind, ids in asked.items()
        for id, source in SOURCES[kind](actor, ids).items()
    }


def _recorders(actor: Actor, postings: Sequence[Posting]) -> dict[object, str]:
    """Who recorded each: by name where the actor may know members, else by role. One query."""
    ids = {posting.recorded_by for posting in postings if posting.recorded_by is not None}
    names: dict[int, str] = {}
    roles: dict[int, str] = {}
    for user in User.objects.filter(pk__in=ids).annotate(role=F("role_grants__role")):
        names[user.pk] = str(user)
        if user.role is not None:
            roles[user.pk] = str(Role(user.role).label)
    found: dict[object, str] = {}
    for posting in postings:
        by = posting.recorded_by
        if by is None:
            found[posting.pk] = _("hệ thống")
        elif actor.can("member.view", at=posting.unit.path):
            found[posting.pk] = names.get(by, _("tài khoản đã xóa"))
        else:
            found[posting.pk] = roles.get(by, _("thành viên của tổ"))
    return found
