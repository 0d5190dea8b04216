"""Where tasks stand: lists, their columns and milestones."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from senhong.core.actor import Actor
from senhong.org.models import Unit
from senhong.plans.models import Plan


class TaskListQuerySet(models.QuerySet["TaskList"]):
    def visible_to(self, actor: Actor) -> Self:
        """Lists of units where the actor may view tasks, and below."""
        rule = Q(pk__in=[])
        for path in actor.paths("task.view"):
            rule |= Q(unit__path__startswith=path)
        return self.filter(rule)


class TaskList(models.Model):
    """A list of tasks that a unit keeps: of a plan, with dates, or standing, of recurring work."""

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="task_lists")
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, blank=True, related_name="task_lists")
    name = models.CharField(_("tên"), max_length=200)
    first_on = models.DateField(_("từ ngày"), null=True, blank=True)
    last_on = models.DateField(_("đến ngày"), null=True, blank=True)
    is_closed = models.BooleanField(default=False)  # no new tasks; what is in it can be read

    objects = TaskListQuerySet.as_manager()

    class Meta:
        verbose_name = _("danh sách nhiệm vụ")
        constraints = [
            models.CheckConstraint(
                name="task_list_days",
                condition=Q(first_on=None) | Q(last_on=None) | Q(last_on__gte=F("first_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_standing(self) -> bool:
        return self.plan_id is None


class TaskGroup(models.Model):
    """A group of a list's tasks: a column of its board."""

    id = models.UUIDField(primary_key=True)
    list = models.ForeignKey(TaskList, models.CASCADE, related_name="groups")
    name = models.CharField(_("tên"), max_length=100)
    position = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("nhóm nhiệm vụ")
        indexes = [models.Index(fields=["list", "position"], name="groups_of_list")]

    def __str__(self) -> str:
        return self.name


class Milestone(models.Model):
    """A day by which a list is to be so far."""

    id = models.UUIDField(primary_key=True)
    list = models.ForeignKey(TaskList, models.CASCADE, related_name="milestones")
    name = models.CharField(_("tên"), max_length=200)
    on_day = models.DateField(_("ngày"))

    class Meta:
        verbose_name = _("mốc")
        indexes = [models.Index(fields=["list", "on_day"], name="milestones_of_list")]

    def __str__(self) -> str:
        return self.name
