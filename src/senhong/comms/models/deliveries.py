"""What a person was, or is to be, told on one channel."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from senhong.core.actor import Actor


class Channel(models.TextChoices):
    IN_APP = "in-app", _("Trong ứng dụng")
    EMAIL = "email", _("Thư điện tử")
    PUSH = "push", _("Thông báo trên máy")


class DeliveryState(models.TextChoices):
    WAITING = "waiting", _("Chờ gửi")
    SENDING = "sending", _("Đang gửi")
    SENT = "sent", _("Đã gửi")
    GIVEN_UP = "given-up", _("Không gửi được")
    SEEN = "seen", _("Đã xem")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def received_by(self, actor: Actor) -> Self:
        """What the actor herself was told: everything that is sent elsewhere is there, too."""
        return self.filter(user=actor.user_id, channel=Channel.IN_APP)

    def unseen(self) -> Self:
        return self.filter(seen_at=None)

    def due(self, now: datetime) -> Self:
        """Whose next try has come; also one whose sender was stopped in the middle."""
        return self.filter(next_try_at__lte=now)

    def given_up(self) -> Self:
        return self.filter(state=DeliveryState.GIVEN_UP)


class Delivery(models.Model):
    """One person is told one thing on one channel, once."""

    id = models.UUIDField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="deliveries")
    channel = models.CharField(_("kênh"), max_length=10, choices=Channel)
    # What happened, for the machine: "activity.tomorrow:0190…:20260321". Nothing personal.
    occasion = models.CharField(max_length=150)
    subject = models.CharField(_("về việc"), max_length=200)
    words = models.TextField(_("nội dung"))
    link = models.CharField(max_length=300, blank=True)  # a path of ours, "/activities/…/"
    at = models.DateTimeField(_("lúc"))
    until = models.DateTimeField(null=True)  # later it is of no use
    state = models.CharField(_("tình trạng"), max_length=10, choices=DeliveryState)
    attempts = models.SmallIntegerField(_("số lần gửi"), default=0)
    # Null when there is nothing left to do; while it is being sent: when another may take over.
    next_try_at = models.DateTimeField(_("gửi lại lúc"), null=True)
    error = models.CharField(_("lỗi"), max_length=40, blank=True)  # a code, never a server's words
    sent_at = models.DateTimeField(_("đã gửi lúc"), null=True)
    seen_at = models.DateTimeField(_("đã xem lúc"), null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("tin nhắn")
        indexes = [
            models.Index(fields=["user", "at"], name="deliveries_of_user"),
            models.Index(
                fields=["next_try_at"], name="deliveries_due", condition=~Q(next_try_at=None)
            ),
        ]
        constraints = [
            models.UniqueConstraint("user", "channel", "occasion", name="delivered_once"),
            models.CheckConstraint(
                name="delivery_error_known", condition=~Q(state="given-up") | ~Q(error="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occasion} → {self.user_id} ({self.channel})"
