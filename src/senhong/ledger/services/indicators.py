"""Indicators made and changed by the province office, without code."""

from dataclasses import dataclass

from django.db import transaction

from senhong.audit.services import happened
from senhong.core.actor import Actor
from senhong.core.days import FIRST_DAY, LAST_DAY
from senhong.ledger.errors import IndicatorCodeTaken, IndicatorFixed
from senhong.ledger.models import Indicator, IndicatorGroup, IndicatorNature
from senhong.ledger.queries.indicators import place_of_indicators


@dataclass(frozen=True, kw_only=True)
class IndicatorFacts:
    """What is counted, in words that stand beside every figure."""

    code: str
    name: str
    name_en: str = ""
    group: IndicatorGroup
    nature: IndicatorNature = IndicatorNature.FLOW
    unit_of_measure: str
    unit_of_measure_en: str = ""
    definition: str
    definition_en: str = ""
    counting_rule: str
    counting_rule_en: str = ""
    position: int = 100
    from_day: int = FIRST_DAY
    to_day: int = LAST_DAY


@transaction.atomic
def add_indicator(actor: Actor, facts: IndicatorFacts) -> Indicator:
    """Begin to count something new.

    The same facts again return the first indicator. Raises Forbidden, IndicatorCodeTaken.
    """
    actor.require("indicator.edit", at=place_of_indicators(actor))
    indicator, created = Indicator.objects.get_or_create(code=facts.code, defaults=vars(facts))
    if created:
        happened(actor, "indicator.added", indicator, code=facts.code)
    elif _facts_of(indicator) != facts:
        raise IndicatorCodeTaken(indicator=facts.code)
    return indicator


@transaction.atomic
def change_indicator(actor: Actor, indicator: Indicator, facts: IndicatorFacts) -> Indicator:
    """Say better what is counted, or since and until when.

    Code and nature stay. Raises Forbidden, IndicatorFixed.
    """
    actor.require("indicator.edit", at=place_of_indicators(actor))
    if (facts.code, facts.nature) != (indicator.code, indicator.nature):
        raise IndicatorFixed(indicator=indicator.code)
    if _facts_of(indicator) == facts:
        return indicator
    for name, value in vars(facts).items():
        setattr(indicator, name, value)
    indicator.save(update_fields=list(vars(facts)))
    happened(actor, "indicator.changed", indicator, code=facts.code)
    return indicator


def _facts_of(indicator: Indicator) -> IndicatorFacts:
    return IndicatorFacts(
        **{name: getattr(indicator, name) for name in IndicatorFacts.__dataclass_fields__}
    )
