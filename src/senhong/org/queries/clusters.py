"""Which units a province has grouped into clusters (cụm), on any day.

A place in a cluster lands as everything that hangs on a unit does: where a unit has ended, what
it became stands in its place, unless somebody has given that unit a place of its own.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from senhong.core.actor import Actor
from senhong.core.days import LAST_DAY
from senhong.core.errors import NotFound
from senhong.core.text import sort_key
from senhong.org.changes import HeirsAnswer
from senhong.org.models import Cluster, ClusterPlace, Landing, Level, Unit


@dataclass(frozen=True, slots=True)
class Grouping:
    """A cluster, and the units of the day that are in it."""

    cluster: Cluster
    unit_ids: frozenset[int]


def clusters_on(province: Unit, day: int) -> list[Grouping]:
    """The province's clusters on the day, by name, each with its units.

    Those that were drawn by a province which has become this one are among them. No unit is in
    two. Two queries, one more where a unit in a cluster has ended.
    """
    clusters = standing_clusters(province, day)
    placed = list(
        ClusterPlace.objects.filter(cluster__in=clusters, from_day__lte=day, to_day__gt=day)
        .values_list("unit_id", "cluster_id", "unit__from_day", "unit__to_day")
        .order_by("unit_id")
    )
    own = {unit: cluster for unit, cluster, first, end in placed if first <= day < end}
    ended = {unit: cluster for unit, cluster, first, end in placed if not first <= day < end}
    landed = _landed(ended, province, day) if ended else {}
    units: dict[UUID, set[int]] = defaultdict(set)
    for unit, cluster in (landed | own).items():
        units[cluster].add(unit)
    return [Grouping(each, frozenset(units[each.pk])) for each in clusters]


def _landed(ended: Mapping[int, UUID], province: Unit, day: int) -> dict[int, UUID]:
    """What ended units became → the cluster in which most of them were; of equals the first."""
    found: dict[int, Counter[UUID]] = defaultdict(Counter)
    landings = Landing.objects.filter(
        unit__in=ended.keys(), map__from_day__lte=day, map__to_day__gt=day, map__province=province
    )
    for unit, landed in landings.order_by("unit_id").values_list("unit_id", "landed_id"):
        if landed != province.pk:  # it ended without a successor: nobody stands in its place
            found[landed][ended[unit]] += 1
    return {unit: counted.most_common(1)[0][0] for unit, counted in found.items()}


def standing_clusters(province: Unit, day: int) -> list[Cluster]:
    """The clusters of the province on the day, by name, without their units. One query."""
    return _by_name(_clusters_of(province, day).filter(from_day__lte=day, to_day__gt=day))


def clusters_known(province: Unit, day: int) -> list[Cluster]:
    """Every cluster that the province has had, as far as it stands or has ended. One query.

    The day says on whose map the province is read.
    """
    found = _by_name(_clusters_of(province, day))
    return sorted(found, key=lambda each: (-each.to_day, -each.from_day))


def get_cluster(actor: Actor, id: UUID) -> Cluster:
    """The cluster with its province, or NotFound when the actor may not see that. One query."""
    found = Cluster.objects.select_related("province__province").filter(pk=id).first()
    if found is None or not actor.can("unit.view", at=found.province.path):
        raise NotFound(what=_("cụm này"))
    return found


def cluster_ids_used(ids: Iterable[UUID]) -> set[UUID]:
    """Those of the ids that name a cluster, of whichever province. One query."""
    return set(Cluster.objects.filter(pk__in=list(ids)).values_list("pk", flat=True))


def last_drawn(province: Unit, day: int) -> int | None:
    """The last day on which a place in a cluster begins or ends; None before any. One query."""
    places = ClusterPlace.objects.filter(cluster__in=_clusters_of(province, day).values("pk"))
    found = places.aggregate(
        begun=Max("from_day"), ended=Max("to_day", filter=Q(to_day__lt=LAST_DAY))
    )
    return max((value for value in found.values() if value), default=None)


def cluster_places_hanging(unit_ids: Collection[int]) -> HeirsAnswer:
    """Places of these units in clusters: asked by the dry run of a change. One query."""
    number = ClusterPlace.objects.filter(unit__in=unit_ids, to_day=LAST_DAY).count()
    return HeirsAnswer(_("chỗ trong cụm"), number, _("Đơn vị kế thừa đứng vào chỗ đó."))


def _clusters_of(province: Unit, day: int) -> QuerySet[Cluster]:
    """Of the province, and of what has become it by the map of the day."""
    provinces = Landing.objects.filter(
        landed=province, map__from_day__lte=day, map__to_day__gt=day, unit__level=Level.PROVINCE
    )
    return Cluster.objects.filter(province__in=provinces.values("unit"))


def _by_name(found: Iterable[Cluster]) -> list[Cluster]:
    return sorted(found, key=lambda each: (sort_key(each.name), each.pk))
