"""A whole number divided by weights, so that the parts add up to it exactly.

*Largest remainder*: each part first gets the whole units of its exact quota (whole × weight ÷ sum
of weights); the units that are left go, one each, to the parts with the largest fractions, of
equal ones to the earlier. So no part lies a whole unit away from its quota. Fractions are exact:
no rounding of floating point decides who gets the last unit.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

Weight = int | Decimal | Fraction


def shares_by(weights: Sequence[Weight], whole: int) -> list[int]:
    """Whole numbers of at least 0 that add up to ``whole``, in the order of their weights.

    whole  at least 0. Weights are at least 0; where all are 0 the whole is divided equally.
    """
    parts = _scaled(weights)
    total = sum(parts)
    quotas = [divmod(whole * part, total) for part in parts]
    shares = [units for units, _rest in quotas]
    left = whole - sum(shares)
    order = sorted(range(len(parts)), key=lambda at: (-quotas[at][1], at))
    for at in order[:left]:
        shares[at] += 1
    return shares


def _scaled(weights: Sequence[Weight]) -> list[int]:
    """The weights as whole numbers in the same proportion."""
    exact = [Fraction(weight) for weight in weights]
    if not any(exact):
        return [1] * len(exact)
    scale = _common(exact)
    return [int(weight * scale) for weight in exact]


def _common(exact: Sequence[Fraction]) -> int:
    scale = 1
    for weight in exact:
        scale *= (weight * scale).denominator
    return scale
