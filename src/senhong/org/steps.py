"""The plain steps from which an office puts a change of the map together."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from senhong.org.changes import Alteration, Change, Edge, NewUnit
from senhong.org.models import Share


def merged(change: Change, ends: Sequence[str], new: NewUnit) -> Change:
    """These units become one new unit, each as a whole."""
    clear = _without_all(change, [*ends, new.key])
    return _with(clear, ends, [new], [Edge(end, new.key) for end in ends])


def divided(change: Change, end: str, news: Sequence[NewUnit], heir: str) -> Change:
    """The unit becomes several new ones; ``heir`` takes its history."""
    clear = _without_all(change, [end, *(new.key for new in news)])
    edges = [Edge(end, new.key, Share.PART, new.key == heir) for new in news]
    return _with(clear, [end], news, edges)


def ended(change: Change, end: str, heir: str = "") -> Change:
    """The unit ends; ``heir``, which goes on standing, takes its history."""
    edges = [Edge(end, heir)] if heir else []
    return _with(without(change, end), [end], [], edges)


def altered(change: Change, alteration: Alteration) -> Change:
    """The unit stays, and is called otherwise or hangs elsewhere; earlier wishes are kept."""
    known = next((a for a in change.alters if a.unit == alteration.unit), alteration)
    whole = Alteration(
        alteration.unit,
        alteration.kind or known.kind,
        alteration.name or known.name,
        alteration.parent or known.parent,
    )
    clear = without(change, alteration.unit) if alteration.unit in change.ends else change
    others = [each for each in clear.alters if each.unit != alteration.unit]
    return replace(clear, alters=(*others, whole))


def without(change: Change, key: str) -> Change:
    """The change without a unit, and without what then leads nowhere or comes from nothing.

    A unit that would have become it stands on; a unit made of it alone does not begin.
    """
    edges = [edge for edge in change.edges if key not in (edge.predecessor, edge.successor)]
    left_over = {e.predecessor for e in change.edges} - {e.predecessor for e in edges}
    left_over |= {e.successor for e in change.edges} - {e.successor for e in edges}
    gone = left_over | {key}
    return replace(
        change,
        ends=tuple(end for end in change.ends if end not in gone),
        begins=tuple(unit for unit in change.begins if unit.key not in gone),
        edges=tuple(edges),
        alters=tuple(each for each in change.alters if each.unit != key),
    )


def _without_all(change: Change, keys: Collection[str]) -> Change:
    for key in keys:
        change = without(change, key)
    return change


def _with(
    change: Change, ends: Sequence[str], begins: Sequence[NewUnit], edges: Sequence[Edge]
) -> Change:
    return replace(
        change,
        ends=(*change.ends, *ends),
        begins=(*change.begins, *begins),
        edges=(*change.edges, *edges),
    )
