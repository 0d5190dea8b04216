"""What passes between units: reminders, and whether somebody has seen them."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.core.places import place_at
from senhong.org.models import Unit


class Subject(models.TextChoices):
    """What a reminder is about."""

    BEHIND = "behind", _("Chậm chỉ tiêu")
    SILENT = "silent", _("Im lặng nhiều ngày")
    IDLE = "idle", _("Chưa có hoạt động trong kỳ")
    TEAMLESS = "teamless", _("Chưa có tổ")
    QUIET_TEAMS = "quiet-teams", _("Tổ lâu chưa hoạt động")
    TASK = "task", _("Nhiệm vụ chưa có kết quả")
    OTHER = "other", _("Việc chung")


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def received_by(self, actor: Actor) -> Self:
        """Reminders of the units where the actor holds a role herself, or leads a team.

        Her role reaches the units below, their reminders are not hers: a path below another of
        hers counts only while its unit stands, for then the role was given there; of a unit that
        has ended the path came along with the unit above it.
        """
        held = [place_at(path) for verb, path in actor.grants if verb == "reminder.read"]
        leads = {place.unit_path for place in held if place.team}
        highest = {*actor.reach("reminder.read").units}
        given = {place.unit_path for place in held}
        stands = Q(unit__path__in=given, unit__to_day__gt=as_day(clock.today()))
        return self.filter(Q(unit__path__in=leads | highest) | stands)

    def unseen(self) -> Self:
        return self.filter(seen_at=None)


class Reminder(models.Model):
    """A unit was asked to look at something. One sending may be to many units."""

    id = models.UUIDField(primary_key=True)
    act = models.UUIDField(db_index=True)  # the sending
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reminders")
    subject_kind = models.CharField(_("về việc"), max_length=20, choices=Subject)
    subject_key = models.CharField(max_length=60, blank=True)  # which one: a code, an id
    words = models.TextField(_("lời nhắc"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="reminders_sent"
    )
    at = models.DateTimeField(_("lúc"))
    day = models.IntegerField()  # yyyymmdd of ``at`` in the province
    seen_at = models.DateTimeField(_("đã xem lúc"), null=True)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("nhắc việc")
        constraints = [
            models.UniqueConstraint(
                "unit", "subject_kind", "subject_key", "day", name="reminded_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} → {self.unit_id}"
