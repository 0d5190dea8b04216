"""Entries that may be one person written down twice."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, QuerySet, Window
from django.utils.translation import gettext_lazy as _

from senhong.core.actor import Actor
from senhong.core.places import at_or_below
from senhong.core.text import search_key
from senhong.org.changes import HeirsAnswer
from senhong.org.models import Unit
from senhong.people.models import Member, Membership, Stay
from senhong.people.queries.teams import places

_MOST = 100  # groups in one list

# "What of yours hangs on this entry, and what becomes of it when it is merged into that one?"
# Each upper app answers for its own tables: (kept, merged) → what, how many, and its fate.
MERGED: list[Callable[[UUID, UUID], HeirsAnswer]] = []


@dataclass(frozen=True, slots=True)
class Namesakes:
    """Members of one unit who are called the same, tone marks aside."""

    unit: Unit
    members: Sequence[Member]


def probable_doubles(actor: Actor, unit: Unit, day: int) -> list[Namesakes]:
    """Who may stand twice in the list of a unit, at this one and those below; at most 100 groups.

    Namesakes that are all told apart are left out. By name. Two queries.
    """
    there = _landed_stays(day).filter(
        unit__in=places(unit, day), member__in=Member.objects.visible_to(actor)
    )
    landed_and_name = [F("unit__landings__landed"), F("member__search_key")]
    alike = Window(Count("pk"), partition_by=landed_and_name)
    named = there.annotate(alike=alike).filter(alike__gt=1)
    stays = named.select_related("member__unit", "member__user").order_by(
        "member__search_key",
        "landed",  # type: ignore[misc]  # annotated
        "from_day",
        "pk",
    )
    groups: defaultdict[tuple[int, str], list[Member]] = defaultdict(list)
    for stay in stays[: _MOST * 3]:
        landed: int = stay.landed  # type: ignore[attr-defined]  # annotated
        groups[landed, stay.member.search_key].append(stay.member)
    units = Unit.objects.in_bulk({landed for landed, _key in groups})
    found = [Namesakes(units[landed], members) for (landed, _key), members in groups.items()]
    return [group for group in found if not are_told_apart(group.members)][:_MOST]


def namesakes_of(actor: Actor, member: Member, *, text: str = "") -> list[Member]:
    """Who could be the same person: called the same, or what the text says; her own unit's first.

    Wherever the actor may edit members. At most 20. One query.
    """
    edited = at_or_below(actor.paths("member.edit"), "unit__path")
    found = Member.objects.visible_to(actor).filter(edited, merge=None).exclude(pk=member.pk)
    named = found.called(text) if search_key(text) else found.filter(search_key=member.search_key)
    others = named.select_related("unit", "user").order_by("sort_key", "pk")
    return sorted(others[:20], key=lambda other: other.unit_id != member.unit_id)


def _landed_stays(day: int) -> QuerySet[Stay]:
    """The stays of the day, with ``landed``: the unit that carries on theirs on its map."""
    return (
        Stay.objects.standing(day)
        .filter(unit__landings__map__from_day__lte=day, unit__landings__map__to_day__gt=day)
        .annotate(landed=F("unit__landings__landed"))
    )


def are_told_apart(members: Iterable[Member]) -> bool:
    """Each has words of her own that tell her from the others."""
    words = [search_key(member.distinction) for member in members]
    return all(words) and len(set(words)) == len(words)


def merge_consequences(kept: Member, merged: Member) -> list[HeirsAnswer]:
    """What would become of what hangs on the entry that is merged. One query and one for each
    question in ``MERGED``.
    """
    held = Membership.objects.filter(member=merged).count()
    own = HeirsAnswer(
        _("lượt ở tổ"), held, _("Chuyển sang mục được giữ; trùng ngày thì tính một lần.")
    )
    return [own, *(question(kept.pk, merged.pk) for question in MERGED)]
