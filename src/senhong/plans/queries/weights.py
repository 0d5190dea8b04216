"""By what a target can be split: who is there, and what was reached before."""

from collections import Counter
from datetime import date, timedelta
from enum import StrEnum
from math import lcm

from django.db.models import Count

from senhong.core.actor import Actor
from senhong.core.days import as_date, as_day
from senhong.ledger.queries import By, figures
from senhong.org.models import Landing, Placement
from senhong.org.queries import clusters_on, landing_on, map_of
from senhong.people.models import Member
from senhong.plans.models import Target
from senhong.plans.queries.splits import split_day, units_to_split

Weights = dict[str, int]  # by key of a unit directly below, or of the unit itself


class Way(StrEnum):
    """How a target is split before somebody corrects it by hand."""

    EQUALLY = "equally"
    AS_NOW = "as-now"
    MEMBERS = "members"
    LAST_PERIOD = "last-period"
    LAST_YEAR = "last-year"
    CLUSTERS = "clusters"
    COLUMN = "column"


def weights_of(actor: Actor, target: Target, way: Way) -> Weights:
    """What each unit weighs; for ways that the database can answer. Four queries at most."""
    if way is Way.MEMBERS:
        return members_by_unit(actor, target)
    if way is Way.CLUSTERS:
        return evenly_by_cluster(target)
    first, last = before(target, way)
    return figures_before(actor, target, first, last)


def before(target: Target, way: Way) -> tuple[int, int]:
    """First and last day of as long a period just before, or of the same period a year before."""
    begins, ends = as_date(target.from_day), as_date(target.last_day)
    if way is Way.LAST_YEAR:
        return as_day(_year_before(begins)), as_day(_year_before(ends))
    eve = begins - timedelta(days=1)
    if _whole_months(begins, ends):
        months = (ends.year - begins.year) * 12 + ends.month - begins.month + 1
        return as_day(_months_before(begins, months)), as_day(eve)
    return as_day(eve - (ends - begins)), as_day(eve)


def figures_before(actor: Actor, target: Target, first: int, last: int) -> Weights:
    """What each unit reached of the indicator, as the map of the split has it.

    Three queries at most.
    """
    rows = figures(
        actor, target.unit, [target.indicator],
        first=first, last=last, by=By.UNIT, on=split_day(target),
    )  # fmt: skip
    return {
        row.unit: max(0, row.quantity)
        for row in rows
        if row.is_own or row.unit != target.unit.key  # not what was abolished
    }


def members_by_unit(actor: Actor, target: Target) -> Weights:
    """Members present on the day of the split: below each unit, and at the unit itself.

    A member of a unit that ended counts where it landed. Four queries.
    """
    day = split_day(target)
    unit_map = map_of(target.unit.province_id or 0, day)
    if unit_map is None:
        return {}
    landed = landing_on(unit_map)
    places: dict[int, tuple[int | None, str]] = {
        unit: (parent, key)
        for unit, parent, key in Placement.objects.filter(map=unit_map).values_list(
            "unit_id", "parent_id", "unit__key"
        )
    }
    here = Landing.objects.filter(map=unit_map).values("unit")
    present = Member.objects.visible_to(actor).present(as_date(day)).filter(unit__in=here)
    weights: Counter[str] = Counter()
    for unit, members in present.values_list("unit").annotate(Count("pk")).order_by():
        key = _holder(places, landed[unit], target.unit_id)
        if key:
            weights[key] += members
    return dict(weights)


def evenly_by_cluster(target: Target) -> Weights:
    """As much for one cluster as for another, and within a cluster for one unit as for another.

    Units in no cluster are together like one more. Nothing where the province has no clusters.
    Four queries at most.
    """
    groupings = clusters_on(target.unit, split_day(target))
    if not groupings:
        return {}
    of = {unit: each.cluster.pk for each in groupings for unit in each.unit_ids}
    units = units_to_split(target)
    sizes = Counter(of.get(unit.pk) for unit in units)
    whole = lcm(*sizes.values())
    return {unit.key: whole // sizes[of.get(unit.pk)] for unit in units}


def has_clusters(target: Target) -> bool:
    """Whether the target's unit had clusters on the day of the split. Two queries."""
    return target.unit.is_province and bool(clusters_on(target.unit, split_day(target)))


def _holder(places: dict[int, tuple[int | None, str]], unit: int, top: int) -> str:
    """The key of the unit directly below ``top`` that holds this one; of ``top`` itself; or ""."""
    at: int | None = unit
    while at is not None and at in places:
        above, key = places[at]
        if top in {at, above}:
            return key
        at = above
    return ""


def _whole_months(begins: date, ends: date) -> bool:
    return begins.day == 1 and (ends + timedelta(days=1)).day == 1


def _months_before(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)


def _year_before(day: date) -> date:
    """29 February becomes the 28th."""
    in_february = day.month == 2 and day.day == 29
    return day.replace(year=day.year - 1, day=28 if in_february else day.day)
