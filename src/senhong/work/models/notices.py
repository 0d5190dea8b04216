"""What people were told about deadlines, and the secret address of each one's calendar."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from senhong.work.models.tasks import Task


class NoticeKind(models.TextChoices):
    REMIND = "remind", _("Nhắc hạn")
    ESCALATE = "escalate", _("Báo cấp trên")


class Notice(models.Model):
    """Somebody was reminded of a task, or told that others are late, once for an instant."""

    id = models.UUIDField(primary_key=True)
    task = models.ForeignKey(Task, models.CASCADE, related_name="notices", db_index=False)
    kind = models.CharField(max_length=10, choices=NoticeKind)
    at = models.DateTimeField()  # for which it was due: another deadline is another instant
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("lần nhắc hạn")
        indexes = [models.Index(fields=["at"], name="notices_by_instant")]
        constraints = [models.UniqueConstraint("task", "kind", "at", "user", name="noticed_once")]

    def __str__(self) -> str:
        return f"{self.task_id} {self.kind} {self.at} → {self.user_id}"


class DeadlineFeed(models.Model):
    """A secret address under which one person's deadlines are read. Revoked, it is gone."""

    id = models.UUIDField(primary_key=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="deadline_feeds"
    )
    secret = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("lập lúc"))
    revoked_at = models.DateTimeField(_("thu hồi lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("lịch hạn để theo dõi")
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(revoked_at=None), name="one_deadline_feed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}"
