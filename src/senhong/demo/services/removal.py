"""The demo taken away as one act, so that the real thing can begin."""

from collections.abc import Iterable

from django.contrib.sessions.models import Session
from django.db import models, transaction

from senhong.accounts.models import User
from senhong.activities.models import Activity, CountingRule, Evidence, Help, Participant
from senhong.audit.services import happened
from senhong.comms.models import Delivery, MessageSettings, PushSubscription, Reminder
from senhong.core.actor import Actor
from senhong.demo.errors import NotADemo
from senhong.files.models import StoredFile, Upload
from senhong.ledger.services import empty_ledger
from senhong.org.models import (
    Cluster,
    ClusterPlace,
    Installation,
    MapChange,
    Partner,
    RoleGrant,
)
from senhong.org.queries import SYSTEM, get_installation
from senhong.org.services import undo_restructure
from senhong.people.models import JoinCode, Member, Membership, Newcomer, Team
from senhong.plans.models import Directive, PaceRule, Plan, PlanPartner, Target
from senhong.practices.models import Adoption, Practice, PracticePicture
from senhong.sync.models import DoneAct, KeptAct
from senhong.work.models import (
    Answer,
    Assignment,
    Brief,
    ChecklistItem,
    Clause,
    ColumnMapping,
    Comment,
    DayRule,
    Dependency,
    Extension,
    Milestone,
    Pause,
    Repetition,
    SavedView,
    Task,
    TaskFile,
    TaskGroup,
    TaskList,
    TaskMove,
    TaskPart,
    WorkRule,
)

# From what refers to others to what is referred to.
_MADE_BY_THE_DEMO: tuple[type[models.Model], ...] = (
    SavedView, ColumnMapping, TaskMove, TaskFile, Dependency, Comment, ChecklistItem, Pause,
    Extension, Answer, TaskPart, Assignment, Repetition, Task, TaskGroup, Milestone, TaskList,
    Clause, Brief, WorkRule, DayRule,
    KeptAct, DoneAct, Adoption, PracticePicture, Practice, Reminder, Delivery, PushSubscription,
    MessageSettings, Evidence, CountingRule,
    Participant, Help, Activity, Target, PlanPartner, Plan, Directive, PaceRule, Newcomer,
    JoinCode, Membership, Team, Member, Upload, StoredFile, RoleGrant, Partner, MapChange,
    ClusterPlace, Cluster, Installation, Session, User,
)  # fmt: skip


@transaction.atomic
def remove_demo(actor: Actor) -> None:
    """Remove everything but the map of units, the catalogues and the memory of events.

    In a demo everything is demo, what visitors recorded too. Raises Forbidden, NotADemo.
    """
    installation = get_installation()
    if installation is None or installation.demo_reading_on is None:
        raise NotADemo()
    actor.require("demo.remove", at=installation.province.path)
    empty_ledger(actor)
    happened(actor, "demo.removed", installation)
    _untie(Help, "corrects")
    _untie(Plan, "parent")
    _untie(Directive, "parent")
    _untie(Partner, "successor")
    Task.objects.update(parent=None, answer=None, assignment=None, repetition=None)
    drawn = _maps_drawn()
    _delete_all(_MADE_BY_THE_DEMO)
    for new_maps in drawn:
        undo_restructure(SYSTEM, new_maps)


def _maps_drawn() -> list[list[int]]:
    """Maps that visitors drew, the latest first: the real map of units is kept without them."""
    changes = MapChange.objects.order_by("-day", "-made_at")
    return [group["new_maps"] for each in changes for group in reversed(each.done)]


def _untie(model: type[models.Model], field: str) -> None:
    """Rows that refer to rows of their own table keep each other from being deleted."""
    model._default_manager.update(**{field: None})


def _delete_all(tables: Iterable[type[models.Model]]) -> None:
    for table in tables:
        table._default_manager.all().delete()
