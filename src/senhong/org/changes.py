"""A change of the map, as it is written down, and what it would do."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.functional import Promise

from senhong.core.errors import DomainError
from senhong.core.text import nfc
from senhong.org.models import Level, Share, titled


@dataclass(frozen=True, slots=True)
class Place:
    """Where a unit hangs on a map (the parent's key), and what it is called there."""

    parent: str | None
    kind: str
    name: str

    @property
    def title(self) -> str:
        return titled(self.kind, self.name)


@dataclass(frozen=True, kw_only=True, slots=True)
class NewUnit:
    """A unit that begins. ``parent`` is a key; None for a province."""

    key: str
    code: str
    level: str
    kind: str
    name: str
    parent: str | None
    lat: float | None = None  # degrees north, of the centre
    lon: float | None = None  # degrees east

    @property
    def title(self) -> str:
        return titled(self.kind, self.name)

    @property
    def place(self) -> Place:
        return Place(self.parent, nfc(self.kind), nfc(self.name))

    @property
    def is_province(self) -> bool:
        return self.level == Level.PROVINCE


@dataclass(frozen=True, slots=True)
class Edge:
    """Who becomes whom, by key. Only the default successor takes the history."""

    predecessor: str
    successor: str
    share: str = Share.WHOLE
    is_default: bool = True


@dataclass(frozen=True, slots=True)
class Alteration:
    """What changes about a unit that stays; None leaves it as it is."""

    unit: str
    kind: str | None = None
    name: str | None = None
    parent: str | None = None  # in the same province


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of the map on one day: the first day of the new map."""

    day: int
    ends: Collection[str] = ()
    begins: Collection[NewUnit] = ()
    edges: Collection[Edge] = ()
    alters: Collection[Alteration] = ()

    @property
    def named(self) -> set[str]:
        """The keys of the units that stood before and that the change names."""
        named = {*self.ends, *(a.unit for a in self.alters)}
        named |= {parent for a in self.alters if (parent := a.parent)}
        named |= {parent for b in self.begins if (parent := b.parent)}
        named |= {key for e in self.edges for key in (e.predecessor, e.successor)}
        return named - {unit.key for unit in self.begins}


@dataclass(frozen=True, slots=True)
class HeirsAnswer:
    """What hangs on units that end, and what becomes of it: "12 tổ chuyển sang …"."""

    what: str | Promise  # "tổ, đội hình"
    number: int
    fate: str | Promise  # one sentence


@dataclass(frozen=True, kw_only=True)
class ChangePlan:
    """What a change would do. Units go by key; ``steps`` is empty when it cannot be drawn."""

    change: Change
    refused: tuple[DomainError, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    ids: Mapping[str, int] = field(default_factory=dict)  # of units that stood before
    old_maps: Mapping[int, int] = field(default_factory=dict)  # province id → its open map
    old_map_of: Mapping[str, int] = field(default_factory=dict)  # unit → the map it stood on
    locked: frozenset[int] = frozenset()  # provinces whose postings the change moves
    # province → unit → its place on the new map, parents before children
    trees: Mapping[str, Mapping[str, Place]] = field(default_factory=dict)
    steps: Mapping[str, str] = field(default_factory=dict)  # unit → who carries on its figures
    by_default: tuple[str, ...] = ()  # divided: the history goes to the default successor
    to_parent: tuple[str, ...] = ()  # no successor: the history goes to what the parent became
    heirs: tuple[HeirsAnswer, ...] = ()
    new_maps: Mapping[str, int] = field(default_factory=dict)  # province → its map, once drawn

    def title(self, key: str) -> str:
        return self.titles.get(key, key)


def as_content(change: Change) -> dict[str, Any]:
    """The change without its day, as JSON keeps it."""
    return {
        "ends": [*change.ends],
        "begins": [asdict(unit) for unit in change.begins],
        "edges": [asdict(edge) for edge in change.edges],
        "alters": [asdict(alteration) for alteration in change.alters],
    }


def change_of(day: int, content: Mapping[str, Any]) -> Change:
    """The change that JSON kept."""
    return Change(
        day,
        tuple(content.get("ends", ())),
        tuple(NewUnit(**facts) for facts in content.get("begins", ())),
        tuple(Edge(**facts) for facts in content.get("edges", ())),
        tuple(Alteration(**facts) for facts in content.get("alters", ())),
    )


def groups_of(change: Change, province_of: Mapping[str, str]) -> list[Change]:
    """The change as one change for each connected group of provinces.

    Provinces are connected when an edge leads from one to the other. ``province_of`` knows
    every unit that the change names or begins.
    """
    head = {province: province for province in province_of.values()}

    def group(key: str) -> str:
        at = province_of[key]
        while head[at] != at:
            at = head[at]
        return at

    for edge in change.edges:
        head[group(edge.predecessor)] = group(edge.successor)
    at = {key: group(key) for key in province_of}
    touched = dict.fromkeys(
        [at[key] for key in change.ends]
        + [at[unit.key] for unit in change.begins]
        + [at[alteration.unit] for alteration in change.alters]
    )
    return [_part(change, at, head) for head in touched]


def _part(change: Change, at: Mapping[str, str], head: str) -> Change:
    return Change(
        change.day,
        tuple(key for key in change.ends if at[key] == head),
        tuple(unit for unit in change.begins if at[unit.key] == head),
        tuple(edge for edge in change.edges if at[edge.predecessor] == head),
        tuple(alteration for alteration in change.alters if at[alteration.unit] == head),
    )
