"""A directive that was received is taken apart into clauses, which tasks carry out."""

from uuid import UUID

from django.db import transaction

from senhong.audit.services import happened
from senhong.core.actor import Actor
from senhong.core.errors import IdReused
from senhong.core.saving import save_changes
from senhong.core.text import is_blank, nfc, plain
from senhong.plans.models import Directive
from senhong.work.errors import NothingSaid
from senhong.work.models import Clause


@transaction.atomic
def write_clause(
    actor: Actor, id: UUID, directive: Directive, *, number: str, words: str, position: int
) -> Clause:
    """A part of a directive. The same ``id`` changes it.

    Whoever edits tasks at the unit that keeps the directive. Raises Forbidden, NothingSaid,
    IdReused.
    """
    actor.require("task.edit", at=directive.unit.path)
    if is_blank(number) or is_blank(words):
        raise NothingSaid
    facts = {"number": nfc(number)[:30], "words": plain(words).strip(), "position": position}
    clause, is_new = Clause.objects.get_or_create(id=id, defaults={"directive": directive, **facts})
    if clause.directive_id != directive.pk:
        raise IdReused(id=str(id))
    if is_new or save_changes(clause, facts):
        happened(actor, "clause.written", directive, number=clause.number)
    return clause


@transaction.atomic
def remove_clause(actor: Actor, clause: Clause) -> None:
    """Its tasks stay, without a clause. Raises Forbidden."""
    actor.require("task.edit", at=clause.directive.unit.path)
    happened(actor, "clause.removed", clause.directive, number=clause.number)
    clause.delete()
