"""Numbered documents that set work."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from senhong.core.actor import Actor
from senhong.core.errors import NotFound
from senhong.plans.models import Directive, Plan

_MOST = 300  # in one list of choices


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """How a document is carried out beside plans, in words, and where that is shown."""

    words: str
    label: str
    url: str


# "What is done about this document?" Each upper app answers for its own tables, with what the
# actor may see.
CARRYING: list[Callable[[Actor, Directive], Iterable[CarriedOut]]] = []


def carried_out(actor: Actor, directive: Directive) -> list[CarriedOut]:
    """One query for each question in ``CARRYING``."""
    return [each for question in CARRYING for each in question(actor, directive)]


def get_directive(actor: Actor, id: UUID) -> Directive:
    """The document with its unit, parent and file, or NotFound. One query."""
    found = Directive.objects.visible_to(actor).select_related("unit", "parent", "file")
    directive = found.filter(pk=id).first()
    if directive is None:
        raise NotFound(what=_("văn bản này"))
    return directive


def directive_choices(actor: Actor) -> list[Directive]:
    """Documents under which something can hang, newest first. One query."""
    return list(Directive.objects.visible_to(actor).order_by("-issued_on", "pk")[:_MOST])


def plans_under(actor: Actor, directive: Directive) -> list[Plan]:
    """The plans directly under a document, newest first. One query."""
    found = Plan.objects.visible_to(actor).filter(directive=directive).select_related("unit")
    return list(found.order_by("-from_day", "name")[:_MOST])


def directives_under(actor: Actor, directive: Directive) -> list[Directive]:
    """The documents directly under a document, newest first. One query."""
    found = Directive.objects.visible_to(actor).filter(parent=directive)
    return list(found.order_by("-issued_on", "pk")[:_MOST])
