"""Tasks. What is denormalised here is written by ``services`` alone, and says why it is."""

from datetime import UTC, datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from senhong.core.actor import Actor
from senhong.ledger.models import Indicator
from senhong.org.models import Unit
from senhong.plans.models import Directive, Plan
from senhong.work.answering import AnswerForm, AnswerKind
from senhong.work.clocks import Outcome, TaskClock
from senhong.work.models.containers import TaskGroup, TaskList
from senhong.work.states import OPEN_STATES, TaskState

# Where a task without a deadline stands in an order by deadline: the databases disagree on NULL.
NO_DEADLINE = datetime(9000, 1, 1, tzinfo=UTC)


class Brief(models.Model):
    """What is to be done, in words. A task that was sent to many units has one for all of them."""

    # A number, not a UUID: full-text search of SQLite knows rows by number, and newer are higher.
    id = models.BigAutoField(primary_key=True)
    title = models.CharField(_("tên nhiệm vụ"), max_length=300)
    words = models.TextField(_("nội dung"), blank=True)
    tags = models.JSONField(_("nhãn"), default=list)
    tag_key = models.CharField(max_length=500, blank=True)  # "|khan|to|": tags as search keys
    # Title, tags and words without tone marks; migration 0002 indexes them for search.
    search_key = models.TextField()
    # What an answer is to hold: see ``answering``.
    answer_kind = models.CharField(
        _("kiểu trả lời"), max_length=10, choices=AnswerKind, default=AnswerKind.WORDS
    )
    answer_label = models.CharField(_("con số là gì"), max_length=100, blank=True)
    answer_columns = models.JSONField(default=list)

    class Meta:
        verbose_name = _("nội dung nhiệm vụ")

    def __str__(self) -> str:
        return self.title

    @property
    def form(self) -> AnswerForm:
        return AnswerForm.read(self.answer_kind, self.answer_label, self.answer_columns)


class Clause(models.Model):
    """A part of a directive that tasks carry out."""

    id = models.UUIDField(primary_key=True)
    directive = models.ForeignKey(Directive, models.CASCADE, related_name="clauses")
    number = models.CharField(_("mục"), max_length=30)  # "II.3"
    words = models.TextField(_("nội dung"))
    position = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("mục của văn bản")
        indexes = [models.Index(fields=["directive", "position"], name="clauses_of_directive")]

    def __str__(self) -> str:
        return self.number


class Priority(models.IntegerChoices):
    LOW = 1, pgettext_lazy("mức ưu tiên", "Thấp")
    NORMAL = 2, pgettext_lazy("mức ưu tiên", "Thường")
    HIGH = 3, pgettext_lazy("mức ưu tiên", "Cao")
    URGENT = 4, pgettext_lazy("mức ưu tiên", "Khẩn")


# In an index on both databases: Django writes a bare "is_open" for is_open=True, and SQLite reads
# every row for that.
IS_OPEN = Q(is_open__in=[True])


class TaskQuerySet(models.QuerySet["Task"]):
    def visible_to(self, actor: Actor) -> Self:
        """Tasks of units where the actor may view tasks, and those in which she has a part."""
        paths = list(actor.paths("task.view"))
        if "" in paths:
            return self
        rule = Q(unit__in=_units_at(paths)) if paths else Q(pk__in=[])
        if actor.user_id is not None:
            rule |= Q(assignee=actor.user_id)
            rule |= Q(pk__in=TaskPart.objects.filter(user=actor.user_id).values("task"))
        return self.filter(rule)

    def real(self) -> Self:
        """Without templates."""
        return self.filter(is_template=False)

    def open(self) -> Self:
        return self.real().filter(IS_OPEN)

    def counted(self) -> Self:
        """What outcomes are counted of: a task that was sent on counts as what it was sent to."""
        return self.real().filter(is_sent=False)


def _units_at(paths: list[str]) -> models.QuerySet[Unit, int]:
    rule = Q(pk__in=[])
    for path in paths:
        rule |= Q(path__startswith=path)
    return Unit.objects.filter(rule).values_list("pk", flat=True)


class Task(models.Model):
    """A piece of work that one unit is to do by a deadline."""

    id = models.UUIDField(primary_key=True)
    list = models.ForeignKey(TaskList, models.PROTECT, related_name="tasks", db_index=False)
    group = models.ForeignKey(
        TaskGroup, models.SET_NULL, null=True, blank=True, related_name="tasks"
    )
    position = models.BigIntegerField(default=0)  # in its column; gaps of 1024
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", db_index=False
    )
    root = models.UUIDField(db_index=True)  # the topmost above: a tree is read at once by it
    depth = models.SmallIntegerField(default=0)
    brief = models.ForeignKey(Brief, models.PROTECT, related_name="tasks")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="tasks", db_index=False)  # does it
    by_unit = models.ForeignKey(Unit, models.PROTECT, related_name="tasks_given")  # judges it
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    # Who answers for it; none until the unit has named somebody.
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True,
        related_name="tasks", db_index=False,
    )  # fmt: skip
    plan = models.ForeignKey(
        Plan, models.PROTECT, null=True, related_name="tasks", db_index=False
    )  # the list's: lists and reports of a plan need no join
    assignment = models.ForeignKey(
        "Assignment", models.PROTECT, null=True, blank=True, related_name="parcels"
    )
    clause = models.ForeignKey(Clause, models.SET_NULL, null=True, blank=True, related_name="tasks")
    priority = models.SmallIntegerField(_("ưu tiên"), choices=Priority, default=Priority.NORMAL)
    made_at = models.DateTimeField(_("giao lúc"))
    version = models.IntegerField(default=1)  # of what ``change_task`` changes

    # Its clock: see ``clocks``.
    starts_at = models.DateTimeField(_("bắt đầu"), null=True, blank=True)
    due_at = models.DateTimeField(_("hạn"), null=True, blank=True)
    first_due_at = models.DateTimeField(_("hạn ban đầu"), null=True, blank=True)
    base_due_at = models.DateTimeField(null=True, blank=True)
    paused_s = models.BigIntegerField(default=0)
    stopped_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(
        _("tình trạng"), max_length=10, choices=TaskState, default=TaskState.OPEN
    )
    state_before = models.CharField(max_length=10, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)  # accepted or cancelled
    moved_at = models.DateTimeField()  # when its state changed last: silence is counted from it
    is_open = models.BooleanField(default=True)  # the state says so; indexes need it plain
    sort_at = models.DateTimeField(default=NO_DEADLINE)  # due_at, or NO_DEADLINE
    wants_extension = models.BooleanField(default=False)  # a request waits

    is_reviewed = models.BooleanField(default=True)  # else handing in ends it
    is_sent = models.BooleanField(default=False)  # it has parcels; they are what is done
    is_template = models.BooleanField(default=False)
    # The answer that stands: handed in last, or accepted.
    answer = models.ForeignKey("Answer", models.SET_NULL, null=True, blank=True, related_name="+")
    # A task that counts itself: the unit's figure from ``starts_at`` on is to reach the quantity.
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    quantity = models.BigIntegerField(_("mức"), null=True, blank=True)
    repetition = models.ForeignKey(
        "Repetition", models.SET_NULL, null=True, blank=True, related_name="tasks"
    )
    occurs_on = models.DateField(null=True, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("một", "nhiệm vụ")
        indexes = [
            models.Index(fields=["unit", "is_open", "sort_at"], name="tasks_of_unit"),
            models.Index(fields=["assignee", "is_open", "sort_at"], name="tasks_of_person"),
            models.Index(fields=["by", "is_open", "sort_at"], name="tasks_of_giver"),
            models.Index(fields=["list", "is_open", "sort_at"], name="tasks_of_list"),
            models.Index(fields=["plan", "is_open", "sort_at"], name="tasks_of_plan"),
            models.Index(fields=["is_open", "sort_at", "id"], name="tasks_by_deadline"),
            models.Index(fields=["parent", "unit"], name="tasks_of_parent"),
            models.Index(fields=["unit", "ended_at"], name="ended_of_unit"),
            models.Index(fields=["sort_at", "id"], condition=Q(is_sent=True), name="tasks_sent"),
            models.Index(
                fields=["list", "is_open", "sort_at"],
                condition=Q(assignment=None),
                name="own_tasks_of_list",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="task_is_open", condition=Q(is_open=True, state__in=sorted(OPEN_STATES))
                | Q(is_open=False, state__in=["accepted", "cancelled"]),
            ),
            models.CheckConstraint(
                name="task_counts_itself", condition=Q(indicator=None, quantity=None)
                | Q(indicator__isnull=False, quantity__gt=0, starts_at__isnull=False),
            ),
            models.UniqueConstraint("repetition", "occurs_on", name="task_occurs_once"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.unit_id} {self.brief_id}"

    @property
    def clock(self) -> TaskClock:
        return TaskClock(**{name: getattr(self, name) for name in TaskClock.__dataclass_fields__})

    def outcome(self, now: datetime) -> Outcome | None:
        return self.clock.outcome(now)

    @property
    def is_extended(self) -> bool:
        return self.base_due_at != self.first_due_at

    @property
    def is_parcel(self) -> bool:
        return self.assignment_id is not None


class Part(models.TextChoices):
    COWORKER = "coworker", _("Cùng làm")
    FOLLOWER = "follower", _("Theo dõi")


class TaskPart(models.Model):
    """Somebody has a part in a task beside who answers for it."""

    id = models.BigAutoField(primary_key=True)
    task = models.ForeignKey(Task, models.CASCADE, related_name="parts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="task_parts")
    part = models.CharField(_("vai trò"), max_length=10, choices=Part)

    class Meta:
        verbose_name = _("người cùng làm, theo dõi")
        constraints = [models.UniqueConstraint("task", "user", name="task_part_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.part} {self.task_id}"


class Dependency(models.Model):
    """A task can begin when another has ended; a warning says where that does not hold."""

    id = models.UUIDField(primary_key=True)
    before = models.ForeignKey(Task, models.CASCADE, related_name="needed_by")
    after = models.ForeignKey(Task, models.CASCADE, related_name="needs")
    gap_days = models.SmallIntegerField(default=0)

    class Meta:
        verbose_name = _("nhiệm vụ trước, sau")
        constraints = [models.UniqueConstraint("before", "after", name="dependency_once")]

    def __str__(self) -> str:
        return f"{self.before_id} → {self.after_id}"


class Assignment(models.Model):
    """One act that sent a task to units below: each has got a task of its own, a parcel."""

    id = models.UUIDField(primary_key=True)
    task = models.ForeignKey(Task, models.PROTECT, related_name="assignments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("giao lúc"))
    units = models.IntegerField(_("số đơn vị"))

    class Meta:
        verbose_name = _("lần giao xuống")

    def __str__(self) -> str:
        return f"{self.task_id} → {self.units}"
