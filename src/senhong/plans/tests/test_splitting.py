"""The arithmetic of a split, for any weights."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from senhong.plans.splitting import Weight, shares_by

weights = st.lists(
    st.one_of(
        st.integers(0, 10**9),
        st.fractions(0, 10**6),
        st.decimals(0, 10**6, places=4, allow_nan=False, allow_infinity=False),
        st.just(0),
    ),
    min_size=1,
    max_size=40,
)
wholes = st.integers(0, 10**12)


@given(weights, wholes)
def test_shares_add_up_whatever_the_weights(given_weights: list[Weight], whole: int) -> None:
    shares = shares_by(given_weights, whole)

    assert sum(shares) == whole
    assert len(shares) == len(given_weights)
    assert min(shares) >= 0


@given(weights, wholes)
def test_no_share_lies_a_whole_unit_from_its_quota(given_weights: list[Weight], whole: int) -> None:
    exact = [Fraction(weight) for weight in given_weights]
    if not any(exact):
        exact = [Fraction(1)] * len(exact)

    shares = shares_by(given_weights, whole)

    for share, weight in zip(shares, exact, strict=True):
        assert abs(share - whole * weight / sum(exact)) < 1


@given(weights, wholes)
def test_who_weighs_more_gets_no_less(given_weights: list[Weight], whole: int) -> None:
    shares = shares_by(given_weights, whole)

    ranked = sorted(zip([Fraction(w) for w in given_weights], shares, strict=True))
    if any(given_weights):
        assert all(
            lower[1] <= higher[1] for lower, higher in pairwise(ranked) if lower[0] < higher[0]
        )


def test_who_weighs_nothing_gets_nothing() -> None:
    assert shares_by([3, 0, 1], 10) == [8, 0, 2]


def test_of_equal_fractions_the_earlier_gets_the_unit() -> None:
    assert shares_by([1, 1, 1], 11) == [4, 4, 3]
    assert shares_by([0, 0, 0], 11) == [4, 4, 3]


def test_weights_of_all_kinds_are_exact() -> None:
    assert shares_by([Decimal("0.1"), Fraction(1, 10), 1], 12) == [1, 1, 10]
