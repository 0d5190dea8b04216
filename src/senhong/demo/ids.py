"""Ids of the demo: always the same ones, so that two demos are alike to the last byte."""

from collections import Counter
from uuid import UUID

from senhong.core.ids import derived_id

_ROOT = UUID("0181b1f0-0000-7000-8000-5e0406a90000")  # 2022-06-30, the day of the plan


class Ids:
    """The n-th id of each kind of thing, in the order in which they are asked for."""

    def __init__(self) -> None:
        self._made: Counter[str] = Counter()

    def next(self, kind: str) -> UUID:
        self._made[kind] += 1
        return derived_id(_ROOT, "demo", kind, self._made[kind])
