"""Stretches of days that lie over each other, made into stretches that do not."""

from collections.abc import Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

L = TypeVar("L")


class Span(NamedTuple, Generic[L]):
    """From a day to the day before another, with what held in it."""

    from_day: int
    to_day: int
    label: L


def layered(*layers: Iterable[Span[L]]) -> list[Span[L]]:
    """On each day what the first layer says that says anything; in the order of days.

    Neighbours that say the same become one.
    """
    laid: list[Span[L]] = []
    for layer in layers:
        for span in sorted(layer, key=lambda span: span.from_day):
            laid += _uncovered(span, laid)
    return _joined(sorted(laid, key=lambda span: span.from_day))


def _uncovered(span: Span[L], laid: Sequence[Span[L]]) -> list[Span[L]]:
    """The parts of the span on whose days nothing lies yet."""
    parts, first = [], span.from_day
    for other in sorted(laid, key=lambda other: other.from_day):
        if other.to_day <= first or other.from_day >= span.to_day:
            continue
        if other.from_day > first:
            parts.append(Span(first, other.from_day, span.label))
        first = other.to_day
    if first < span.to_day:
        parts.append(Span(first, span.to_day, span.label))
    return parts


def _joined(spans: Iterable[Span[L]]) -> list[Span[L]]:
    joined: list[Span[L]] = []
    for span in spans:
        if joined and joined[-1].to_day == span.from_day and joined[-1].label == span.label:
            joined[-1] = Span(joined[-1].from_day, span.to_day, span.label)
        else:
            joined.append(span)
    return joined
