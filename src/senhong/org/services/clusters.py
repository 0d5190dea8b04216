"""Clusters (cụm): a province groups its units for a time."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from senhong.audit.services import happened
from senhong.core.actor import Actor
from senhong.core.errors import IdReused
from senhong.core.text import nfc, search_key
from senhong.org import errors
from senhong.org.models import Cluster, ClusterPlace, Unit
from senhong.org.queries.clusters import cluster_ids_used, last_drawn, standing_clusters
from senhong.org.queries.maps import children_on, shown_day


@dataclass(frozen=True, kw_only=True)
class ClusterDrawn:
    """A cluster as it is to be: its name, and the ids of its units."""

    id: UUID
    name: str
    unit_ids: frozenset[int]


@transaction.atomic
def draw_clusters(
    actor: Actor, province: Unit, *, day: int, clusters: Sequence[ClusterDrawn]
) -> bool:
    """From ``day`` on these are the province's clusters, and no others.

    A cluster that goes on keeps its id; one that is not named ends the day before. What was
    drawn on the same day is corrected, what was drawn earlier stays readable on its days. The
    same drawing again changes nothing and answers False. Units in no cluster are no mistake.
    Raises Forbidden, IdReused, ClustersDrawnLater, UnitsNotBelow, UnitsInTwoClusters,
    ClusterNameTwice, ClusterNameless.
    """
    actor.require("cluster.edit", at=province.path)
    Unit.objects.select_for_update(no_key=True).get(pk=province.pk)  # one drawing at a time
    _must_be_last(province, day)
    _must_fit(province, day, clusters)
    known = {each.pk: each for each in standing_clusters(province, day)}
    placed = _places(known, day)
    changed = [
        _write_clusters(province, day, known, clusters),
        _write_places(day, placed, {unit: c.id for c in clusters for unit in c.unit_ids}),
        _end_clusters(day, [each for pk, each in known.items() if pk not in _ids(clusters)]),
    ]
    if any(changed):
        happened(actor, "cluster.drawn", province, day=day, clusters=len(clusters))
    return any(changed)


def _must_be_last(province: Unit, day: int) -> None:
    last = last_drawn(province, day)
    if last is not None and last > day:
        raise errors.ClustersDrawnLater(day=shown_day(last))


def _must_fit(province: Unit, day: int, clusters: Sequence[ClusterDrawn]) -> None:
    titles = {place.unit_id: str(place) for place in children_on(province, day)}
    counted = Counter(unit for each in clusters for unit in each.unit_ids)
    if strange := counted.keys() - titles.keys():
        found = Unit.objects.filter(pk__in=strange)
        raise errors.UnitsNotBelow.of(each.title for each in found)
    if twice := [unit for unit, times in counted.items() if times > 1]:
        raise errors.UnitsInTwoClusters.of(titles[unit] for unit in twice)
    if any(not nfc(each.name) for each in clusters):
        raise errors.ClusterNameless()
    names = Counter(search_key(each.name) for each in clusters)
    if same := [each.name for each in clusters if names[search_key(each.name)] > 1]:
        raise errors.ClusterNameTwice(names=", ".join(sorted(set(same))))


def _ids(clusters: Iterable[ClusterDrawn]) -> set[UUID]:
    return {each.id for each in clusters}


def _places(known: Mapping[UUID, Cluster], day: int) -> dict[int, ClusterPlace]:
    """Who is where on the day, also units that have ended and in whose place others stand."""
    found = ClusterPlace.objects.filter(cluster__in=known, from_day__lte=day, to_day__gt=day)
    return {place.unit_id: place for place in found}


def _write_clusters(
    province: Unit, day: int, known: Mapping[UUID, Cluster], clusters: Sequence[ClusterDrawn]
) -> bool:
    new = [each for each in clusters if each.id not in known]
    for id in cluster_ids_used(each.id for each in new):
        raise IdReused(id=str(id))
    Cluster.objects.bulk_create(
        Cluster(id=each.id, province=province, name=nfc(each.name), from_day=day) for each in new
    )
    renamed = [
        Cluster(pk=each.id, name=nfc(each.name))
        for each in clusters
        if each.id in known and known[each.id].name != nfc(each.name)
    ]
    Cluster.objects.bulk_update(renamed, ["name"])
    return bool(new or renamed)


def _write_places(day: int, placed: Mapping[int, ClusterPlace], wanted: Mapping[int, UUID]) -> bool:
    """Places that go on are left alone; the others end, and the new begin."""
    leaving = [place for unit, place in placed.items() if wanted.get(unit) != place.cluster_id]
    ids = [place.pk for place in leaving]
    ClusterPlace.objects.filter(pk__in=ids, from_day=day).delete()  # it never was
    ClusterPlace.objects.filter(pk__in=ids, from_day__lt=day).update(to_day=day)
    staying = placed.keys() - {place.unit_id for place in leaving}
    made = ClusterPlace.objects.bulk_create(
        ClusterPlace(cluster_id=cluster, unit_id=unit, from_day=day)
        for unit, cluster in wanted.items()
        if unit not in staying
    )
    return bool(leaving or made)


def _end_clusters(day: int, clusters: Sequence[Cluster]) -> bool:
    ids = Q(pk__in=[each.pk for each in clusters])
    Cluster.objects.filter(ids, from_day=day).delete()
    Cluster.objects.filter(ids, from_day__lt=day).update(to_day=day)
    return bool(clusters)
