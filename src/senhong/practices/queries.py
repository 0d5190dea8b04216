"""Practices for those who look for one, and who adopted which."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_date
from senhong.core.errors import NotFound
from senhong.core.places import at_or_below
from senhong.core.slices import past
from senhong.core.text import search_key
from senhong.ledger.queries import SourceSeen
from senhong.org.changes import HeirsAnswer
from senhong.org.models import Landing, Level, Unit
from senhong.practices.models import (
    Adoption,
    Practice,
    PracticePicture,
    PracticeQuerySet,
    PracticeState,
)


class Whose(StrEnum):
    """Which practices, seen from the units of who asks."""

    ALL = ""
    STARTED = "started"  # by a unit of hers
    ADOPTED = "adopted"  # by a unit of hers
    OTHERS = "others"  # neither: what there is to take up


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which practices are asked for."""

    text: str = ""  # words of the name, tones or not
    whose: Whose = Whose.ALL
    state: PracticeState | None = None
    on: date | None = None  # what had begun, and who had adopted it, by then; None: by today


@dataclass(frozen=True, slots=True)
class PracticeLine:
    practice: Practice
    adopters: int


@dataclass(frozen=True, slots=True)
class PracticePage:
    lines: list[PracticeLine]
    next: UUID | None  # the cursor for what is older; None at the end


@dataclass(frozen=True, slots=True)
class Adopter:
    """A unit that adopted a practice, and what has become of the unit."""

    adoption: Adoption
    now: Unit | None  # where it is on the map of the day that is read; None: nowhere


@dataclass(frozen=True, slots=True)
class Spread:
    """How far a practice has come."""

    adopters: list[Adopter]  # the earliest first; withdrawn ones are left out
    home: Unit | None  # where the unit that started it is on the map of the day
    communes: list[Unit]  # of that unit's province on the day, by name


def practices(
    actor: Actor, wanted: Wanted, *, after: UUID | None = None, limit: int = 20
) -> PracticePage:
    """Practices that the actor may see with how many units adopted each, newest first.

    ``after``: the ``next`` of the page before. One query.
    """
    on = wanted.on or clock.today()
    found = Practice.objects.visible_to(actor).filter(_rule(actor, wanted, on), since_on__lte=on)
    if after is not None:
        known = Practice.objects.visible_to(actor)
        found = found.filter(past(known, after, rising=False))
    rows = list(_counted(found, on).order_by("-pk")[: limit + 1])
    lines = [PracticeLine(row, getattr(row, "adopters", 0)) for row in rows[:limit]]
    return PracticePage(lines, rows[limit - 1].pk if len(rows) > limit else None)


def get_practice(actor: Actor, id: UUID) -> Practice:
    """The practice with the unit that started it, or NotFound. One query."""
    found = Practice.objects.visible_to(actor).select_related("unit__province").filter(pk=id)
    practice = found.first()
    if practice is None:
        raise NotFound(what=gettext_lazy("mô hình này"))
    return practice


def pictures_of(practice: Practice) -> list[PracticePicture]:
    """The pictures of a practice that the actor has found, the oldest first. One query."""
    return list(practice.pictures.select_related("file").order_by("pk"))


def get_picture(actor: Actor, id: UUID) -> PracticePicture:
    """A picture of a practice that the actor may see, or NotFound. One query."""
    visible = Practice.objects.visible_to(actor).values("pk")
    found = PracticePicture.objects.filter(practice__in=visible, pk=id)
    picture = found.select_related("practice__unit", "file").first()
    if picture is None:
        raise NotFound(what=gettext_lazy("ảnh này"))
    return picture


def get_adoption(actor: Actor, id: UUID) -> Adoption:
    """An adoption of a practice that the actor may see, or NotFound. One query."""
    visible = Practice.objects.visible_to(actor).values("pk")
    found = Adoption.objects.filter(practice__in=visible, pk=id)
    adoption = found.select_related("practice__unit", "unit__province").first()
    if adoption is None:
        raise NotFound(what=gettext_lazy("lần áp dụng này"))
    return adoption


def spread_of(practice: Practice, day: int) -> Spread:
    """Who had adopted a practice that the actor has found by the day, on the map of the day.

    Whatever is shown here is shown to everybody: that a unit adopted, and when. Three
    queries.
    """
    adoptions = list(
        practice.adoptions.filter(withdrawn_on=None, adopted_on__lte=as_date(day))
        .select_related("unit__province")
        .order_by("adopted_on", "pk")
    )
    now = _units_now({each.unit_id for each in adoptions} | {practice.unit_id}, day)
    home = now.get(practice.unit_id)
    return Spread(
        adopters=[Adopter(each, now.get(each.unit_id)) for each in adoptions],
        home=home,
        communes=_communes_around(home or practice.unit, day),
    )


def made_of(unit: Unit) -> set[int]:
    """The unit, and every unit of its level whose history has landed at it. One query.

    A unit that ended without a successor hands its history to one above, which has adopted
    nothing by that.
    """
    landed = Landing.objects.filter(landed=unit, unit__level=F("landed__level"))
    return {unit.pk, *landed.values_list("unit_id", flat=True)}


def became(unit: Unit) -> set[int]:
    """Every unit of its level that the unit has become by now or by a change to come. One query."""
    landed = Landing.objects.filter(unit=unit, unit__level=F("landed__level"))
    return set(landed.values_list("landed_id", flat=True))


def units_to_adopt(actor: Actor, practice: Practice | None, day: int) -> list[Unit]:
    """The actor's units that stand on the day and may still take up the practice; those that may
    take up any, where none is named. By level and name. One query."""
    found = Unit.objects.where(actor, "practice.edit").standing(day)
    if practice is not None:
        taken = practice.adoptions.filter(withdrawn_on=None).values("unit")
        line = Landing.objects.filter(unit__level=F("landed__level"))
        done = line.filter(Q(unit__in=taken) | Q(unit=practice.unit_id))
        later = line.filter(Q(landed__in=taken) | Q(landed=practice.unit_id))
        found = found.exclude(Q(pk__in=done.values("landed")) | Q(pk__in=later.values("unit")))
    order = [Level.PROVINCE, Level.DISTRICT, Level.COMMUNE, Level.BRANCH]
    return sorted(
        found.select_related("province").order_by("sort_key", "pk"),
        key=lambda unit: order.index(Level(unit.level)),
    )


def adoptions_seen(actor: Actor, ids: Collection[UUID]) -> dict[UUID, SourceSeen]:
    """What postings of these adoptions came from, as far as the actor may see it. One query."""
    visible = Practice.objects.visible_to(actor).values("pk")
    found = Adoption.objects.filter(pk__in=ids, practice__in=visible).select_related("practice")
    return {
        each.pk: SourceSeen(
            _("Áp dụng mô hình “{name}”").format(name=each.practice.name),
            reverse("practices:practice", args=[each.practice_id]),
        )
        for each in found
    }


def practices_hanging(unit_ids: Collection[int]) -> HeirsAnswer:
    """What a change of the map means for practices of these units. One query."""
    started, adopted = Q(unit__in=unit_ids), Q(adoptions__unit__in=unit_ids)
    number = Practice.objects.filter(started | adopted).distinct().count()
    fate = gettext_lazy(
        "Nơi khởi xướng và lần áp dụng thuộc về đơn vị kế thừa; số liệu giữ nguyên."
    )
    return HeirsAnswer(gettext_lazy("mô hình khởi xướng hoặc áp dụng"), number, fate)


def _rule(actor: Actor, wanted: Wanted, on: date) -> Q:
    rule = Q()
    for word in search_key(wanted.text).split():
        rule &= Q(search_key__contains=word)
    if wanted.state is not None:
        rule &= Q(state=wanted.state)
    started = at_or_below(actor.paths("unit.view"), "unit__path")
    adopted = Adoption.objects.filter(at_or_below(actor.paths("unit.view"), "unit__path"))
    standing = adopted.filter(withdrawn_on=None, adopted_on__lte=on)
    taken_up = Q(pk__in=standing.values("practice"))
    match wanted.whose:
        case Whose.STARTED:
            return rule & started
        case Whose.ADOPTED:
            return rule & taken_up
        case Whose.OTHERS:
            return rule & ~started & ~taken_up
    return rule


def _counted(found: PracticeQuerySet, on: date) -> "QuerySet[Practice]":
    standing = Q(adoptions__withdrawn_on=None, adoptions__adopted_on__lte=on)
    counted = found.annotate(adopters=Count("adoptions", filter=standing))
    return counted.select_related("unit__province")


def _units_now(unit_ids: Collection[int], day: int) -> dict[int, Unit]:
    """Where each unit is on the map of the day. One query."""
    landed = Landing.objects.filter(
        unit__in=unit_ids, map__from_day__lte=day, map__to_day__gt=day
    ).select_related("landed__province")
    return {each.unit_id: each.landed for each in landed}


def _communes_around(unit: Unit, day: int) -> list[Unit]:
    """The communes of the unit's province that stand on the day, by name. One query."""
    found = Unit.objects.standing(day).filter(province=unit.province_id, level=Level.COMMUNE)
    return list(found.order_by("sort_key", "pk"))
