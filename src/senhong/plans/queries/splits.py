"""A target and its shares: of whom they are, how far each is, how they came about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day, day_before
from senhong.ledger.queries import FigureRow
from senhong.org.models import Unit
from senhong.org.queries import names_among
from senhong.plans.models import Target, TargetRevision
from senhong.plans.queries.pace import Progress, pace
from senhong.plans.queries.targets import thresholds_of

_MOST_REVISIONS = 200  # in one list


@dataclass(frozen=True, slots=True)
class Part:
    """Who gets, or can get, a share of a target."""

    unit: Unit
    name: str  # told apart from the others
    is_own: bool = False  # what the unit itself is to do
    quantity: int | None = None  # its share now; None: it has none


@dataclass(frozen=True, slots=True)
class PartProgress:
    """One line of a target by its shares; together the lines are the whole's figure."""

    name: str
    figure: int
    share: Target | None  # None: a unit without a share
    progress: Progress | None  # None without a share, and where the share is 0
    unit: str = ""  # its key
    is_own: bool = False
    stood_until: int | None = None


def split_day(target: Target) -> int:
    """The day whose units a target is split among: today, or the day of its period next to it.

    No query.
    """
    last = min(target.last_day, day_before(target.unit.to_day))
    return max(min(as_day(clock.today()), last), target.from_day)


def units_to_split(target: Target) -> list[Unit]:
    """The units among which a target is split, beside its own: those directly below, by name.

    On the map of the day of the split. One query.
    """
    return list(_below(target).order_by("sort_key", "search_key", "pk"))


def unit_ids_to_split(target: Target) -> set[int]:
    """As ``units_to_split``, only their ids. One query."""
    return set(_below(target).values_list("pk", flat=True))


def _below(target: Target) -> QuerySet[Unit]:
    day = split_day(target)
    return Unit.objects.filter(
        placements__parent=target.unit_id,
        placements__map__from_day__lte=day,
        placements__map__to_day__gt=day,
    )


def parts_to_split(target: Target) -> list[Part]:
    """The units that can get a share or have one, by name, the unit itself last.

    A unit that ended keeps the share that it has; one that was given a target by itself has that
    as its share. Four queries at most.
    """
    given = given_below(target)
    now = {row.unit_id: row.quantity for row in given}
    units = {unit.pk: unit for unit in units_to_split(target)}
    ended = {row.unit_id for row in given} - units.keys() - {target.unit_id}
    units |= Unit.objects.in_bulk(ended)
    names = names_among(units.values())
    ordered = sorted(units.values(), key=lambda unit: (unit.sort_key, unit.pk))
    parts = [Part(unit, names[unit.pk], quantity=now.get(unit.pk)) for unit in ordered]
    own = Part(target.unit, target.unit.title, is_own=True, quantity=now.get(target.unit_id))
    return [*parts, own]


def given_below(target: Target) -> list[Target]:
    """The shares of a target, and what units directly below were given by themselves.

    For the same plan, indicator and period. One query.
    """
    same = Target.objects.filter(
        plan=target.plan_id, indicator=target.indicator_id,
        from_day=target.from_day, to_day=target.to_day,
    )  # fmt: skip
    below = Q(is_own=False, unit__in=_below(target).values("pk"))
    return list(same.filter(Q(parent=target) | below).exclude(pk=target.pk))


def shares_of(target: Target) -> list[Target]:
    """The shares of a target with their units, by name, its own last. One query."""
    found = Target.objects.filter(parent=target).select_related("unit", "indicator")
    return list(found.order_by("is_own", "unit__sort_key", "unit_id"))


def is_split(target: Target) -> bool:
    """One query."""
    return Target.objects.filter(parent=target).exists()


def parts_progress(
    target: Target,
    shares: Sequence[Target],
    rows: Sequence[FigureRow],
    names: dict[tuple[str, str, bool], str],
    *,
    reading_on: date,
) -> list[PartProgress]:
    """How far each share is. Its figure is the row of its unit in the whole's figure by unit.

    So the lines add up to the whole, also where the map changed: what stood before, and units
    without a share, are lines of their own; those without a figure are left out. No query.
    """
    left = {(share.unit.key, share.is_own): share for share in shares}
    lines = []
    for row in rows:
        # What was abolished stands under its heir's key, and has no share.
        share = left.pop((row.unit, row.is_own), None) if _has_share(row, target) else None
        if share is not None or row.quantity:
            lines.append(_line(target, share, row, names.get(row.line, ""), reading_on))
    lines += [_without_row(share) for share in left.values()]
    return sorted(lines, key=lambda line: line.is_own)


def _has_share(row: FigureRow, target: Target) -> bool:
    return row.is_own or row.unit != target.unit.key


def _line(
    target: Target, share: Target | None, row: FigureRow, name: str, reading_on: date
) -> PartProgress:
    progress = None
    if share is not None and share.quantity:
        rule = thresholds_of(target.unit.province)
        progress = pace(share, row.quantity, reading_on, rule)
    return PartProgress(
        name=name or row.unit_title, figure=row.quantity, share=share, progress=progress,
        unit=row.unit, is_own=row.is_own, stood_until=row.stood_until,
    )  # fmt: skip


def _without_row(share: Target) -> PartProgress:
    """A share of a unit that is not on the map that is read: its heir has the figure."""
    return PartProgress(
        name=share.unit.title, figure=0, share=share, progress=None, unit=share.unit.key,
        is_own=share.is_own,
    )  # fmt: skip


def revisions_of(actor: Actor, target: Target) -> list[TargetRevision]:
    """What changed of a target and its shares, newest first; of shares only what may be seen.

    With the targets, their units and who did it. One query.
    """
    shares = Target.objects.shares_visible_to(actor).filter(parent=target)
    found = TargetRevision.objects.filter(Q(target=target) | Q(target__in=shares.values("pk")))
    ordered = found.order_by("-at", "target__is_own", "target__unit__sort_key", "pk")
    return list(ordered.select_related("target__unit", "by")[:_MOST_REVISIONS])
