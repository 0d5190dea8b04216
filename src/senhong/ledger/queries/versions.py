"""Under which words a figure was counted."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from senhong.accounts.models import User
from senhong.core.actor import Actor
from senhong.core.days import FIRST_DAY, LAST_DAY, day_before
from senhong.ledger.models import Indicator, IndicatorVersion, Worded


@dataclass(frozen=True, slots=True)
class Words:
    """What was counted, and how, from a day to another, both included."""

    said: Worded
    first: int  # FIRST_DAY: from the beginning
    last: int  # LAST_DAY: until today


class Versions:
    """The versions of some indicators; one without any has always had its present words."""

    def __init__(self, found: Iterable[IndicatorVersion] = ()) -> None:
        self._by_indicator: dict[int, list[IndicatorVersion]] = defaultdict(list)
        for version in sorted(found, key=lambda each: each.from_day):
            self._by_indicator[version.indicator_id].append(version)

    def of(self, indicator: Indicator) -> list[Words]:
        """All its words, the oldest first; never empty."""
        versions = self._by_indicator.get(indicator.pk)
        if not versions:
            return [Words(indicator, FIRST_DAY, LAST_DAY)]
        ends = [*(day_before(each.from_day) for each in versions[1:]), LAST_DAY]
        return [
            Words(version, version.from_day, last)
            for version, last in zip(versions, ends, strict=True)
        ]

    def within(self, indicator: Indicator, first: int, last: int) -> list[Words]:
        """The words under which its figure from ``first`` to ``last`` was counted.

        A state is read on the last day, so under one.
        """
        begins = last if indicator.is_state else first
        found = [each for each in self.of(indicator) if each.first <= last and each.last >= begins]
        return found or self.of(indicator)[:1]

    def has_changed(self, indicator: Indicator) -> bool:
        return indicator.pk in self._by_indicator


@dataclass(frozen=True, slots=True)
class VersionSeen:
    """A version as the office reads its history."""

    words: Words
    reason: str
    recorded_by: str  # "" for those who may not know


def versions_of(indicators: Sequence[Indicator]) -> Versions:
    """The versions of these indicators. One query, or none where no words ever changed."""
    changed = [one.pk for one in indicators if getattr(one, "is_redefined", True)]
    if not changed:
        return Versions()
    return Versions(IndicatorVersion.objects.filter(indicator__in=changed))


def history_of(actor: Actor, indicator: Indicator) -> list[VersionSeen]:
    """Every version of an indicator, the newest first, with who changed it and why.

    Names are for those who read the journal or edit indicators. Two queries.
    """
    versions = list(IndicatorVersion.objects.filter(indicator=indicator))
    words = Versions(versions).of(indicator)
    names = _names(actor, {each.recorded_by for each in versions if each.recorded_by})
    seen = []
    for each in words:
        version = each.said if isinstance(each.said, IndicatorVersion) else None
        by = names.get(version.recorded_by or 0, "") if version else ""
        seen.append(VersionSeen(each, version.reason if version else "", by))
    return seen[::-1]


def _names(actor: Actor, ids: set[int]) -> dict[int, str]:
    may = actor.can_somewhere("event.view") or actor.can_somewhere("indicator.edit")
    if not may or not ids:
        return {}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=ids)}
