"""Ids of the demo: the same ones everywhere, so that two demos are alike to the last byte."""

from collections import Counter
from uuid import UUID

from senhong.core.ids import derived_id

_ROOT = UUID("0181b1f0-0000-7000-8000-5e0406a90000")  # 2022-06-30, the day of the plan


class Ids:
    """The n-th id of each kind of thing, in the order in which they are asked for.

    A demo that is built again where one was removed has others: events remember what was done
    under the ids of the first, and an act whose id is known is not done again.
    """

    def __init__(self, built_before: int = 0) -> None:
        self._root = derived_id(_ROOT, built_before) if built_before else _ROOT
        self._made: Counter[str] = Counter()

    def next(self, kind: str) -> UUID:
        self._made[kind] += 1
        return derived_id(self._root, "demo", kind, self._made[kind])
