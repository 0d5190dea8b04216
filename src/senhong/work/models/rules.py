"""What units decide about deadlines, and what people keep for themselves."""

from datetime import time

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from senhong.org.models import Unit
from senhong.work.models.tasks import Task

DUE_HOUR = time(17)  # where nobody has said another


class WorkRule(models.Model):
    """How a unit, and those below it without a rule of their own, deal with deadlines."""

    id = models.UUIDField(primary_key=True)
    unit = models.OneToOneField(Unit, models.PROTECT, related_name="work_rule")
    due_hour = models.TimeField(_("giờ hạn"), default=DUE_HOUR)  # where only a day is given
    # Days before the deadline on which is reminded: 0 is the day itself, below 0 after it.
    remind_days = models.JSONField(_("nhắc trước (ngày)"), default=list)
    escalate_days = models.SmallIntegerField(_("báo cấp trên sau (ngày)"), default=3)
    silent_days = models.SmallIntegerField(_("im lặng từ (ngày)"), default=7)
    quiet_from = models.TimeField(_("không nhắc từ"), default=time(21))
    quiet_to = models.TimeField(_("đến"), default=time(7))

    class Meta:
        verbose_name = _("cách nhắc hạn")

    def __str__(self) -> str:
        return f"{self.unit_id}"


class DayRule(models.Model):
    """A day on which a province works, or does not, otherwise than the country's calendar says."""

    id = models.UUIDField(primary_key=True)
    province = models.ForeignKey(Unit, models.PROTECT, related_name="day_rules")
    on_day = models.DateField(_("ngày"))
    is_working = models.BooleanField(_("làm việc"))
    name = models.CharField(_("vì sao"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("ngày nghỉ, ngày làm bù")
        constraints = [models.UniqueConstraint("province", "on_day", name="day_rule_once")]

    def __str__(self) -> str:
        return f"{self.on_day} {self.is_working}"


class Repetition(models.Model):
    """Work that comes again: a rule of RFC 5545, and the template of what is then to be done."""

    id = models.UUIDField(primary_key=True)
    template = models.ForeignKey(Task, models.PROTECT, related_name="repetitions")
    rule = models.CharField(_("cách lặp"), max_length=300)  # "FREQ=MONTHLY;INTERVAL=1"
    first_on = models.DateField(_("từ ngày"))
    last_on = models.DateField(_("đến ngày"), null=True, blank=True)
    due_days = models.SmallIntegerField(_("hạn sau (ngày)"), default=0)
    due_hour = models.TimeField(_("giờ hạn"), default=DUE_HOUR)  # from 00:00 of the due day
    ahead_days = models.SmallIntegerField(_("lập trước (ngày)"), default=3)
    next_on = models.DateField(null=True, blank=True, db_index=True)  # none: it comes no more

    class Meta:
        verbose_name = _("việc định kỳ")

    def __str__(self) -> str:
        return self.rule


class SavedView(models.Model):
    """What somebody asks of lists again and again, by a name."""

    id = models.UUIDField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="task_views")
    name = models.CharField(_("tên"), max_length=100)
    kind = models.CharField(max_length=12)  # list, board, calendar, timeline…
    asked = models.JSONField(default=dict)  # the words of the address: {"state": ["open"]}

    class Meta:
        verbose_name = _("cách xem đã lưu")

    def __str__(self) -> str:
        return self.name


class ColumnMapping(models.Model):
    """Which column of another tool's workbook is which of ours, kept by name for a unit."""

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="column_mappings")
    name = models.CharField(_("tên"), max_length=100)
    columns = models.JSONField(default=dict)  # theirs → ours

    class Meta:
        verbose_name = _("cách đọc tệp")
        constraints = [models.UniqueConstraint("unit", "name", name="column_mapping_once")]

    def __str__(self) -> str:
        return self.name
