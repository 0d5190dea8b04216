"""Keeps the catalogue of services."""

from dataclasses import dataclass, fields

from django.db import transaction

from senhong.audit.services import happened
from senhong.core.actor import Actor
from senhong.core.saving import save_changes
from senhong.core.text import nfc
from senhong.guides.errors import ServiceCodeTaken, ServiceFixed
from senhong.guides.models import HelpKind
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
    group: IndicatorGroup  # of its indicator
    is_platform: bool = False  # for ever
    is_offered: bool = True
    position: int = 100

    @property
    def columns(self) -> dict[str, object]:
        """What stands in the service's own row."""
        own = {field.name: getattr(self, field.name) for field in fields(self)}
        own.pop("group")
        return own | {"name": nfc(self.name), "name_en": nfc(self.name_en) or nfc(self.name)}

    def are_those_of(self, kind: HelpKind) -> bool:
        same = all(getattr(kind, name) == value for name, value in self.columns.items())
        return same and kind.indicator.group == self.group


@transaction.atomic
def add_help_kind(actor: Actor, facts: HelpKindFacts) -> HelpKind:
    """Begin to help with a service, and to count it under ``help.<code>``.

    The same facts again return the first service. Raises Forbidden, ServiceCodeTaken.
    """
    actor.require("service.edit", at=_anywhere(actor))
    known = HelpKind.objects.select_related("indicator").filter(code=facts.code).first()
    if known is None:
        indicator = add_indicator(actor, _indicator_facts(facts))
        known = HelpKind.objects.create(indicator=indicator, **facts.columns)
        happened(actor, "service.added", known, service=facts.code)
    elif not facts.are_those_of(known):
        raise ServiceCodeTaken(service=facts.code)
    return known


@transaction.atomic
def change_help_kind(actor: Actor, kind: HelpKind, facts: HelpKindFacts) -> HelpKind:
    """Say better what the service is, or no longer offer it. Its indicator is named like it.

    Raises Forbidden, ServiceFixed.
    """
    actor.require("service.edit", at=_anywhere(actor))
    if (facts.code, facts.is_platform) != (kind.code, kind.is_platform):
        raise ServiceFixed(service=kind.name)
    if facts.are_those_of(kind):
        return kind
    save_changes(kind, facts.columns)
    kind.indicator = change_indicator(actor, kind.indicator, _indicator_facts(facts))
    happened(actor, "service.changed", kind, service=kind.code)
    return kind


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


def _anywhere(actor: Actor) -> str:
    """The catalogue belongs to the whole installation: who may edit it somewhere, may."""
    return next(iter(actor.paths("service.edit")), "")
