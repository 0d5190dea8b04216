"""Acts that come in as a file, because a phone could not send them."""

from collections import Counter

from django.db import transaction

from senhong.accounts.models import User
from senhong.audit.services import happened
from senhong.core.actor import Actor
from senhong.sync.delivery import Answer, Sender
from senhong.sync.errors import ExportOfStranger
from senhong.sync.exports import Export
from senhong.sync.parsing import MOST_ACTS
from senhong.sync.queries.belonging import is_looked_after
from senhong.sync.services.deciding import on_behalf
from senhong.sync.services.receiving import receive_acts


@transaction.atomic
def import_acts(actor: Actor, export: Export, *, only_look: bool = False) -> list[Answer]:
    """Record the acts of a file as if the phone had sent them, by the person whose they are.

    The actor may correct the help of a team of that person; what the phone sends later is known
    already. ``only_look``: say what would become of each, and write nothing.
    Raises Forbidden, ExportOfStranger.
    """
    actor.require_somewhere("help.correct")
    if not is_looked_after(actor, export.person):
        raise ExportOfStranger()
    person, sender = on_behalf(actor, export.person), Sender(export.person, export.device)
    told: list[Answer] = []
    for first in range(0, len(export.values), MOST_ACTS):
        end = first + MOST_ACTS
        values = export.values[first:end]
        told += receive_acts(person, values, lambda f=first, e=end: export.texts(f, e), sender)  # type: ignore[misc]  # bound early
    if only_look:
        transaction.set_rollback(True)
        return told
    numbers = Counter(str(answer.result) for answer in told)
    happened(actor, "acts.imported", User.objects.get(pk=export.person), results=dict(numbers))
    return told
