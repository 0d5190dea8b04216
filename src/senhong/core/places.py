"""Paths of places (``Grant``): taken apart, and asked for in the database."""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q


class Place(NamedTuple):
    """A unit, or a team below it."""

    unit_path: str
    team: UUID | None


def place_at(path: str) -> Place:
    """What a path leads to: ``"12/345/t0190…/"`` to the team, ``"12/345/"`` to the unit."""
    unit_path, _sign, team = path.partition("t")
    return Place(unit_path, UUID(team.rstrip("/")) if team else None)


def paths_above(path: str) -> list[str]:
    """The paths above a path, from the province down: "1/2/3/" → ["1/", "1/2/"]."""
    ids = path.rstrip("/").split("/")
    return ["/".join(ids[:depth]) + "/" for depth in range(1, len(ids))]


def at_or_below(paths: Iterable[str], field: str = "path") -> Q:
    """Rows whose place, in this field, is one of these or lies below one; of no path, none."""
    rule = Q(pk__in=[])
    for path in paths:
        rule |= Q(**{f"{field}__startswith": path})
    return rule


def around(paths: Iterable[str], field: str = "path") -> Q:
    """The same, and what lies above: what a place may know of those to which it belongs."""
    paths = list(paths)
    above = {path for below in paths for path in paths_above(below)}
    return at_or_below(paths, field) | Q(**{f"{field}__in": sorted(above)})
