"""Who acts, and where."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from senhong.core.errors import Forbidden


class Grant(NamedTuple):
    """May do ``verb`` at the place with this path and at every place below it.

    A path is a chain of unit ids from the province down, ``"12/345/"``; a team hangs
    below its unit, ``"12/345/t0190…/"``; the empty path is the whole country.
    """

    verb: str
    path: str


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

    def paths(self, verb: str) -> Iterable[str]:
        """Where the actor may do ``verb``; no path in it lies below another."""
        found = sorted(grant.path for grant in self.grants if grant.verb == verb)
        return (
            path
            for index, path in enumerate(found)
            if not any(path.startswith(above) for above in found[:index])
        )
