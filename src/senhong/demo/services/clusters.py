"""Eight clusters of communes from 2025-07-01 on, where districts no longer group them."""

from collections.abc import Sequence
from itertools import pairwise

from senhong.core.days import as_day
from senhong.demo.calendar import NEW_MAP
from senhong.demo.services.stage import Stage
from senhong.org.models import Unit
from senhong.org.queries import children_on
from senhong.org.services import ClusterDrawn, draw_clusters

_STRIPS = 4  # from west to east, each in a northern and a southern half


def draw_clusters_of_new_map(stage: Stage, province: Unit) -> None:
    """Neighbours together, named after the first ward, else the first commune. Illustrative."""
    day = as_day(NEW_MAP)
    units = [placement.unit for placement in children_on(province, day)]
    clusters = [
        ClusterDrawn(
            id=stage.ids.next("cluster"),
            name=f"Cụm {_namesake(group).name}",
            unit_ids=frozenset(unit.pk for unit in group),
        )
        for strip in _parts(sorted(units, key=_east), _STRIPS)
        for group in _parts(sorted(strip, key=_south), 2)
    ]
    draw_clusters(stage.actor, province, day=day, clusters=clusters)


def _parts(units: Sequence[Unit], number: int) -> list[Sequence[Unit]]:
    """Parts as even as can be."""
    ends = [len(units) * part // number for part in range(number + 1)]
    return [units[first:end] for first, end in pairwise(ends)]


def _east(unit: Unit) -> tuple[float, str]:
    return unit.lon or 0, unit.key


def _south(unit: Unit) -> tuple[float, str]:
    return -(unit.lat or 0), unit.key


def _namesake(units: Sequence[Unit]) -> Unit:
    return min(units, key=lambda unit: (unit.kind != "phường", unit.sort_key))
