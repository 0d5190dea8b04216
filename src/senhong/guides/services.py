"""Keeps the catalogue of services."""

from dataclasses import dataclass, fields, replace
from datetime import timedelta
from typing import Self

from django.db import transaction

from senhong.audit.services import happened
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import LAST_DAY, as_date, as_day
from senhong.core.saving import save_changes
from senhong.core.text import nfc
from senhong.guides.errors import PlatformChangeTooSoon, ServiceCodeTaken, ServiceFixed
from senhong.guides.models import HelpKind, PlatformChange
from senhong.ledger.models import IndicatorGroup
from senhong.ledger.services import IndicatorFacts, add_indicator, change_indicator


@dataclass(frozen=True, kw_only=True)
class HelpKindFacts:
    """A service as the province office describes it."""

    code: str  # lower case letters, digits and hyphens; for ever
    name: str
    name_en: str = ""
    description: str = ""
    description_en: str = ""
    how_to: str = ""  # short steps, one a line
    how_to_en: str = ""
    group: IndicatorGroup  # of its indicator
    is_platform: bool = False
    to_day: int = LAST_DAY  # offered until the day before
    position: int = 100
    plausible_per_hour: int = 20  # people whom one volunteer can help with it

    @property
    def columns(self) -> dict[str, object]:
        """What stands in the service's own row."""
        own = {field.name: getattr(self, field.name) for field in fields(self)}
        own.pop("group")
        return own | {"name": nfc(self.name), "name_en": nfc(self.name_en) or nfc(self.name)}

    @classmethod
    def of(cls, kind: HelpKind) -> Self:
        own = {name: getattr(kind, name) for name in cls.__dataclass_fields__ if name != "group"}
        return cls(**own, group=IndicatorGroup(kind.indicator.group))

    def are_those_of(self, kind: HelpKind) -> bool:
        same = all(getattr(kind, name) == value for name, value in self.columns.items())
        return same and kind.indicator.group == self.group


@transaction.atomic
def add_help_kind(actor: Actor, facts: HelpKindFacts) -> HelpKind:
    """Begin to help with a service, and to count it under ``help.<code>``.

    The same facts again return the first service. Raises Forbidden, ServiceCodeTaken.
    """
    actor.require_somewhere("service.edit")
    known = HelpKind.objects.select_related("indicator").filter(code=facts.code).first()
    if known is None:
        indicator = add_indicator(actor, _indicator_facts(facts))
        known = HelpKind.objects.create(indicator=indicator, **facts.columns)
        happened(actor, "service.added", known, service=facts.code)
    elif not facts.are_those_of(known):
        raise ServiceCodeTaken(service=facts.code)
    return known


@transaction.atomic
def change_help_kind(
    actor: Actor, kind: HelpKind, facts: HelpKindFacts, *, platform_from: int | None = None
) -> HelpKind:
    """Say better what the service is, until when it is offered, whether it is a platform.

    Its indicator is named like it. Being a platform changes from ``platform_from`` on (None:
    tomorrow), so nothing that is counted moves; what was decided for a later day falls away.
    Raises Forbidden, ServiceFixed, PlatformChangeTooSoon.
    """
    actor.require_somewhere("service.edit")
    if facts.code != kind.code:
        raise ServiceFixed(service=kind.name)
    if facts.are_those_of(kind):
        return kind
    if facts.is_platform != kind.is_platform:
        _change_platform(kind, platform_from)
    kind.indicator = change_indicator(actor, kind.indicator, _renamed(kind, facts), reason=REASON)
    save_changes(kind, facts.columns)
    happened(actor, "service.changed", kind, service=kind.code)
    return kind


def _change_platform(kind: HelpKind, from_day: int | None) -> None:
    """The opposite of what holds, from a day to come; a decision for a later day is taken back."""
    today = clock.today()
    begins = from_day or as_day(today + timedelta(days=1))
    if begins <= as_day(today):
        raise PlatformChangeTooSoon(service=kind.name, from_on=as_date(begins))
    pending = PlatformChange.objects.filter(help_kind=kind, from_day__gt=as_day(today))
    taken_back, _tables = pending.delete()
    if not taken_back:
        PlatformChange.objects.create(
            help_kind=kind, from_day=begins, is_platform=not kind.is_platform
        )


def _renamed(kind: HelpKind, facts: HelpKindFacts) -> IndicatorFacts:
    """The indicator as it is, with what the change of its service says anew."""
    before, told = _indicator_facts(HelpKindFacts.of(kind)), _indicator_facts(facts)
    anew = {name: new for name, new in vars(told).items() if new != getattr(before, name)}
    return replace(IndicatorFacts.of(kind.indicator), **anew)


def _indicator_facts(facts: HelpKindFacts) -> IndicatorFacts:
    """The indicator of a service: the same counting rule for all."""
    columns = facts.columns
    return IndicatorFacts(
        code=f"help.{facts.code}",
        name=str(columns["name"]),
        name_en=str(columns["name_en"]),
        group=facts.group,
        unit_of_measure="lượt",
        unit_of_measure_en="turns",
        definition=f"Số lượt được giúp: {columns['name']}. {facts.description}".strip(),
        definition_en=f"Turns of help with: {columns['name_en']}. {facts.description_en}".strip(),
        counting_rule=RULE,
        counting_rule_en=RULE_EN,
        position=100 + facts.position,
    )


REASON = "Tên hoặc mô tả của việc được giúp đã sửa."  # why its indicator has another version

# Part of the figures' definitions, in both languages at once: not a matter of catalogues.
RULE = (
    "Mỗi người (hoặc hộ kinh doanh, doanh nghiệp, tổ chức) được giúp việc này trong một hoạt động "
    "tính một lượt, ghi cho đơn vị của tổ đã giúp, vào ngày giúp. Được giúp nhiều việc thì mỗi "
    "việc tính một lượt ở việc đó."
)
RULE_EN = (
    "Each person (or household business, enterprise, organisation) helped with this in one "
    "activity counts one turn, at the unit of the team that helped, on the day of the help. "
    "Somebody helped with several services counts one turn under each."
)
