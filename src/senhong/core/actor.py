"""Who acts, and where."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from senhong.core.errors import Forbidden
from senhong.core.places import place_at


class Grant(NamedTuple):
    """May do ``verb`` at the place with this path and at every place below it.

    A path is a chain of unit ids from the province down, ``"12/345/"``; a team hangs
    below its unit, ``"12/345/t0190…/"``; the empty path is the whole country.
    """

    verb: str
    path: str


class Reach(NamedTuple):
    """Where a verb may be done: at units and whatever lies below them, and at single teams."""

    units: list[str]  # their paths
    teams: list[UUID]


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or a job, with its grants. Built once per request, job or command."""

    user_id: int | None
    grants: frozenset[Grant] = frozenset()
    # Somebody else, who brings in what this person did: from a file, or repaired.
    brought_by: int | None = None

    def can(self, verb: str, *, at: str) -> bool:
        return any(at.startswith(path) for path in self.paths(verb))

    def require(self, verb: str, *, at: str) -> None:
        """Raise Forbidden unless the actor may do ``verb`` at the path ``at``."""
        if not self.can(verb, at=at):
            raise Forbidden(verb=verb)

    def can_somewhere(self, verb: str) -> bool:
        return any(grant.verb == verb for grant in self.grants)

    def require_somewhere(self, verb: str) -> None:
        """Raise Forbidden unless there is a place at which the actor may do ``verb``."""
        if not self.can_somewhere(verb):
            raise Forbidden(verb=verb)

    def can_for_a_province(self, verb: str) -> bool:
        """At a province or above it, so for all that belongs to no place in particular."""
        return any(path.count("/") <= 1 for path in self.paths(verb))

    def reach(self, verb: str) -> Reach:
        places = [place_at(path) for path in self.paths(verb)]
        return Reach(
            [place.unit_path for place in places if place.team is None],
            [place.team for place in places if place.team is not None],
        )

    def paths(self, verb: str) -> Iterable[str]:
        """Where the actor may do ``verb``; no path in it lies below another."""
        found = sorted(grant.path for grant in self.grants if grant.verb == verb)
        return (
            path
            for index, path in enumerate(found)
            if not any(path.startswith(above) for above in found[:index])
        )
