"""Stretches of days laid over each other: any day says what its first layer says."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from senhong.people.spans import Span, layered

DAYS = 20
a_span = st.builds(
    lambda first, length, label: Span(first, first + length, label),
    st.integers(0, DAYS - 1),
    st.integers(1, 8),
    st.sampled_from("abc"),
)


def said(spans: list[Span[str]], day: int) -> set[str]:
    return {span.label for span in spans if span.from_day <= day < span.to_day}


@given(st.lists(a_span, max_size=5), st.lists(a_span, max_size=5))
def test_each_day_says_what_its_first_layer_says(
    first: list[Span[str]], second: list[Span[str]]
) -> None:
    laid = layered(first, second)

    for day in range(DAYS + 10):
        now = said(laid, day)
        assert len(now) <= 1
        assert now <= (said(first, day) or said(second, day))
        assert bool(now) == bool(said(first, day) or said(second, day))


@given(st.lists(a_span, max_size=6))
def test_neighbours_that_say_the_same_are_one(spans: list[Span[str]]) -> None:
    laid = layered(spans)

    pairs = pairwise(laid)
    assert all(a.to_day < b.from_day or a.label != b.label for a, b in pairs)
    assert layered(laid) == laid
