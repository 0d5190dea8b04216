"""Numbered documents that set work."""

from dataclasses import dataclass
from datetime import date
from typing import Self
from uuid import UUID

from django.db import transaction

from senhong.audit.services import happened
from senhong.core.actor import Actor
from senhong.core.errors import IdReused
from senhong.core.saving import save_changes
from senhong.core.text import nfc
from senhong.files.models import StoredFile
from senhong.org.models import Unit
from senhong.plans.models import Directive, DirectiveKind
from senhong.plans.services.tree import refuse_ring


@dataclass(frozen=True, kw_only=True)
class DirectiveFacts:
    """A document as it was issued. ``number`` may be empty: not all carry one."""

    unit: Unit  # who keeps it, and below whom it is read
    number: str
    kind: DirectiveKind
    issuer: str
    subject: str
    issued_on: date
    received_on: date | None = None
    due_on: date | None = None  # by which its work is to be done
    parent: Directive | None = None
    file: StoredFile | None = None

    def __post_init__(self) -> None:
        for name in ("number", "issuer", "subject"):
            object.__setattr__(self, name, nfc(getattr(self, name)))

    @classmethod
    def of(cls, directive: Directive) -> Self:
        return cls(**{name: getattr(directive, name) for name in cls.__dataclass_fields__})


@transaction.atomic
def register_directive(actor: Actor, id: UUID, facts: DirectiveFacts) -> Directive:
    """Register a document, so that plans can hang under it.

    The same ``id`` with the same facts returns the first row. Raises Forbidden, IdReused.
    """
    actor.require("directive.edit", at=facts.unit.path)
    directive, created = Directive.objects.select_related("unit", "parent", "file").get_or_create(
        id=id, defaults=vars(facts)
    )
    if created:
        happened(actor, "directive.registered", directive, number=facts.number, kind=facts.kind)
    elif DirectiveFacts.of(directive) != facts:
        raise IdReused(id=str(id))
    return directive


@transaction.atomic
def change_directive(actor: Actor, directive: Directive, facts: DirectiveFacts) -> Directive:
    """Correct what was registered. The same facts change nothing.

    Raises Forbidden, PlanInRing.
    """
    actor.require("directive.edit", at=directive.unit.path)
    actor.require("directive.edit", at=facts.unit.path)
    before = DirectiveFacts.of(directive)
    if before == facts:
        return directive
    refuse_ring(directive, facts.parent)
    save_changes(directive, vars(facts))
    happened(
        actor, "directive.changed", directive,
        number=[before.number, facts.number], title=[before.subject, facts.subject],
    )  # fmt: skip
    return directive
