"""Work that comes again is made when its day is near."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from senhong.audit.services import happened
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.errors import IdReused
from senhong.core.ids import derived_id
from senhong.core.saving import save_changes
from senhong.work.clocks import TaskClock
from senhong.work.errors import RulesDisordered
from senhong.work.models import DUE_HOUR, Repetition, Task
from senhong.work.repeating import checked_rule, next_occurrence
from senhong.work.services.asking import require_edit
from senhong.work.services.copying import CopyHow, copied_tree
from senhong.work.services.facts import sort_at
from senhong.work.workdays import due_on

MOST_DAYS = 366
_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class RepeatFacts:
    """``rule`` of RFC 5545; the due hour counts from 00:00 of the day that is due."""

    rule: str
    first_on: date
    last_on: date | None = None
    due_days: int = 0  # after the day on which it comes
    due_hour: time = DUE_HOUR
    ahead_days: int = 3  # it is made so many days before


@transaction.atomic
def set_repetition(actor: Actor, id: UUID, template: Task, facts: RepeatFacts) -> Repetition:
    """What the template says, with everything below it, comes again by the rule.

    What was made stays as it is. The same ``id`` changes the rule. Raises Forbidden,
    RuleUnreadable, RulesDisordered, IdReused.
    """
    require_edit(actor, template)
    if not (0 <= facts.due_days <= MOST_DAYS and 0 <= facts.ahead_days <= MOST_DAYS):
        raise RulesDisordered(most=MOST_DAYS)
    rule = checked_rule(facts.rule)
    since = max(clock.today(), facts.first_on) - _DAY
    next_on = next_occurrence(rule, facts.first_on, facts.last_on, since)
    columns = {**vars(facts), "rule": rule, "next_on": next_on}
    row, is_new = Repetition.objects.get_or_create(
        id=id, defaults={"template": template, **columns}
    )
    if row.template_id != template.pk:
        raise IdReused(id=str(id))
    if is_new or save_changes(row, columns):
        happened(actor, "repetition.set", row, rule=rule)
    return row


@transaction.atomic
def end_repetition(actor: Actor, row: Repetition) -> Repetition:
    """It comes no more; what was made stays. Raises Forbidden."""
    require_edit(actor, row.template)
    if save_changes(row, {"next_on": None}):
        happened(actor, "repetition.ended", row)
    return row


@transaction.atomic
def make_occurrence(actor: Actor, row: Repetition) -> Task | None:
    """The task of the next day is made, once, and the day after it is waited for.

    None where it is too early, or another worker has made it. Raises Forbidden.
    """
    actor.require("system.run", at="")
    day = row.next_on
    if day is None or clock.today() < day - timedelta(days=row.ahead_days):
        return None
    after = next_occurrence(row.rule, row.first_on, row.last_on, day)
    if not Repetition.objects.filter(pk=row.pk, next_on=day).update(next_on=after):
        return None
    row.next_on = after
    task = _made(actor, row, day)
    happened(actor, "task.repeated", task, on=day)
    return task


def _made(actor: Actor, row: Repetition, day: date) -> Task:
    template = row.template
    task = copied_tree(
        actor, derived_id(row.pk, day), template, template.list, CopyHow(keeps_people=True)
    )
    zone = timezone.get_default_timezone()
    due_at = due_on(day + timedelta(days=row.due_days), row.due_hour, zone)
    columns = vars(TaskClock.due(due_at)) | {
        "repetition": row, "occurs_on": day, "sort_at": sort_at(due_at), "by": template.by,
        "starts_at": due_on(day, time(), zone),
    }  # fmt: skip
    save_changes(task, columns)
    return task
