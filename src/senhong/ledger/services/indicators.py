"""Indicators made and changed by the province office, without code."""

from dataclasses import dataclass
from typing import Self

from django.db import transaction

from senhong.audit.services import happened
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import FIRST_DAY, LAST_DAY, as_date, as_day
from senhong.core.saving import save_changes
from senhong.core.text import nfc
from senhong.ledger.errors import (
    IndicatorCodeTaken,
    IndicatorFixed,
    VersionOutOfOrder,
    VersionToCome,
)
from senhong.ledger.models import (
    WORDS,
    Indicator,
    IndicatorGroup,
    IndicatorNature,
    IndicatorVersion,
)

_MEANING = ("definition", "counting_rule")  # English says the same, so it makes no version


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

    @classmethod
    def of(cls, indicator: Indicator) -> Self:
        return cls(**{name: getattr(indicator, name) for name in cls.__dataclass_fields__})


@transaction.atomic
def add_indicator(actor: Actor, facts: IndicatorFacts) -> Indicator:
    """Begin to count something new.

    The same facts again return the first indicator. Raises Forbidden, IndicatorCodeTaken.
    """
    actor.require_somewhere("indicator.edit")
    indicator, created = Indicator.objects.get_or_create(code=facts.code, defaults=vars(facts))
    if created:
        happened(actor, "indicator.added", indicator, code=facts.code)
    elif IndicatorFacts.of(indicator) != facts:
        raise IndicatorCodeTaken(indicator=facts.code)
    return indicator


@transaction.atomic
def change_indicator(
    actor: Actor,
    indicator: Indicator,
    facts: IndicatorFacts,
    *,
    since: int | None = None,
    reason: str = "",
) -> Indicator:
    """Say better what is counted, or since and until when.

    Another definition or counting rule is a new version from the day ``since`` on (None: today);
    figures of the days before keep theirs. On the day on which the newest version begins, that
    version is corrected. Code and nature stay. Raises Forbidden, IndicatorFixed, VersionToCome,
    VersionOutOfOrder.
    """
    actor.require_somewhere("indicator.edit")
    if (facts.code, facts.nature) != (indicator.code, indicator.nature):
        raise IndicatorFixed(indicator=indicator.code)
    before = IndicatorFacts.of(indicator)
    if before == facts:
        return indicator
    means_another = any(getattr(before, name) != getattr(facts, name) for name in _MEANING)
    if means_another:
        _begin_version(actor, indicator, facts, _day(indicator, since), reason)
    else:
        _reword_newest(indicator, facts)
    save_changes(indicator, vars(facts))
    happened(
        actor, "indicator.changed", indicator, code=facts.code,
        since=since if means_another else None, reason=nfc(reason),
    )  # fmt: skip
    return indicator


def _day(indicator: Indicator, since: int | None) -> int:
    today = as_day(clock.today())
    if since is not None and since > today:
        raise VersionToCome(indicator=indicator.name, from_on=as_date(since))
    return today if since is None else since


def _begin_version(
    actor: Actor, indicator: Indicator, facts: IndicatorFacts, since: int, reason: str
) -> None:
    """The words from the day on; with the first change, those from the beginning as well."""
    newest = _newest(indicator)
    if newest is None:
        IndicatorVersion.objects.create(
            indicator=indicator, from_day=FIRST_DAY, **_words_of(IndicatorFacts.of(indicator))
        )
    elif since < newest.from_day:
        raise VersionOutOfOrder(indicator=indicator.name, newest_on=as_date(newest.from_day))
    told = {
        "reason": nfc(reason), "recorded_by": actor.user_id, "recorded_at": clock.now(),
    }  # fmt: skip
    IndicatorVersion.objects.update_or_create(
        indicator=indicator, from_day=since, defaults=_words_of(facts) | told
    )


def _reword_newest(indicator: Indicator, facts: IndicatorFacts) -> None:
    """A better translation belongs to the version that it translates."""
    newest = _newest(indicator)
    if newest is not None:
        IndicatorVersion.objects.filter(pk=newest.pk).update(**_words_of(facts))


def _newest(indicator: Indicator) -> IndicatorVersion | None:
    return IndicatorVersion.objects.filter(indicator=indicator).order_by("-from_day").first()


def _words_of(facts: IndicatorFacts) -> dict[str, str]:
    return {name: getattr(facts, name) for name in WORDS}
