"""Which task of a plan waits for which."""

from uuid import UUID

from django.db import transaction

from senhong.audit.services import happened
from senhong.core.actor import Actor
from senhong.core.errors import IdReused
from senhong.core.saving import save_changes
from senhong.work.errors import NotOfThisList, RulesDisordered, TaskInRing
from senhong.work.models import Dependency, Task
from senhong.work.queries.trees import waits_for
from senhong.work.services.asking import require_edit

MOST_GAP = 365


@transaction.atomic
def make_dependency(
    actor: Actor, id: UUID, *, before: Task, after: Task, gap_days: int = 0
) -> Dependency:
    """One task can begin when the other has ended, and so many days have passed.

    Within one list, or one plan. The same pair again changes the days. Raises Forbidden,
    NotOfThisList, TaskInRing, RulesDisordered, IdReused.
    """
    require_edit(actor, after)
    if not 0 <= gap_days <= MOST_GAP:
        raise RulesDisordered(most=MOST_GAP)
    if before.list_id != after.list_id and (
        before.plan_id is None or before.plan_id != after.plan_id
    ):
        raise NotOfThisList(title=before.brief.title)
    if before.pk == after.pk or waits_for(before.pk, after.pk):
        raise TaskInRing(title=after.brief.title)
    made, is_new = Dependency.objects.get_or_create(
        before=before, after=after, defaults={"id": id, "gap_days": gap_days}
    )
    if not is_new and Dependency.objects.filter(pk=id).exclude(pk=made.pk).exists():
        raise IdReused(id=str(id))
    if is_new or save_changes(made, {"gap_days": gap_days}):
        happened(actor, "dependency.made", after, before=str(before.pk), days=gap_days)
    return made


@transaction.atomic
def remove_dependency(actor: Actor, row: Dependency) -> None:
    """The one waits for the other no longer. Raises Forbidden."""
    require_edit(actor, row.after)
    happened(actor, "dependency.removed", row.after, before=str(row.before_id))
    row.delete()
