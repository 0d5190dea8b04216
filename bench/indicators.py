"""Enough flow indicators for a report of thirty lines."""

from senhong.ledger.models import Indicator, IndicatorGroup, IndicatorNature
from senhong.ledger.services import IndicatorFacts, add_indicator
from senhong.org.queries import SYSTEM


def make_missing(wanted: int) -> None:
    """Add indicators until there are ``wanted`` that add up over time."""
    have = Indicator.objects.filter(nature=IndicatorNature.FLOW).count()
    for number in range(have, wanted):
        facts = IndicatorFacts(
            code=f"bench.{number}",
            name=f"Chỉ tiêu đo {number}",
            group=IndicatorGroup.SOCIETY,
            unit_of_measure="lượt",
            definition="Chỉ để đo tốc độ.",
            counting_rule="Chỉ để đo tốc độ.",
        )
        add_indicator(SYSTEM, facts)
