"""How a person is reached outside the app."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Topic(models.TextChoices):
    """What a message is about, as far as people choose by it where they get it."""

    DIGEST = "digest", _("Việc trong ngày, mỗi sáng")
    DEADLINE = "deadline", _("Nhắc hạn và báo quá hạn")
    TASK = "task", _("Giao việc, nộp, trả lại, gia hạn, nhắc tên")
    ACTIVITY = "activity", _("Hoạt động: nhắc buổi ngày mai, đổi lịch, có chỗ")
    OTHER = "other", _("Tin khác")


# What somebody may do without altogether; everything else stands in the app in any case.
OPTIONAL = frozenset({Topic.DIGEST})


class MessageSettings(models.Model):
    """What a person chose: where she gets what, when not, and in which language."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="message_settings"
    )
    email = models.EmailField(_("địa chỉ thư"), blank=True)  # personal
    # Null: nothing is sent there but the question whether it is hers.
    email_confirmed_at = models.DateTimeField(null=True)
    by_email = models.BooleanField(_("nhận qua thư"), default=False)
    language = models.CharField(_("ngôn ngữ"), max_length=5, blank=True)  # "": as installed
    # What she does not want where: "deadline:email". What comes later is wanted until she says so.
    unwanted = models.JSONField(default=list)
    # Null: as who writes to her says, a unit its own hours.
    quiet_from = models.TimeField(_("yên lặng từ"), null=True, blank=True)
    quiet_to = models.TimeField(_("đến"), null=True, blank=True)

    class Meta:
        verbose_name = _("cách nhận tin")
        constraints = [
            models.CheckConstraint(
                name="quiet_hours_whole",
                condition=Q(quiet_from=None, quiet_to=None)
                | Q(quiet_from__isnull=False, quiet_to__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}"


class PushSubscription(models.Model):
    """A browser on one phone that a push service reaches for a person."""

    id = models.UUIDField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="pushes")
    # The phone's token that asked for it; a plain id, since a browser may ask without one.
    device = models.UUIDField(null=True, db_index=True)
    endpoint = models.CharField(max_length=1000, unique=True)  # personal
    p256dh = models.CharField(max_length=120)  # the browser's public key, base64url
    auth = models.CharField(max_length=40)  # what only it and we know, base64url
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("máy nhận thông báo")

    def __str__(self) -> str:
        return f"{self.user_id}"
