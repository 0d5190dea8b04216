"""What phones brought, as far as it has no row elsewhere: acts that were done, acts kept aside."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from senhong.core.actor import Actor
from senhong.people.models import Team


class DoneAct(models.Model):
    """An act that changes a state and was done: sent again, it is not done again.

    Help has a row of its own and none here.
    """

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)  # SHA-256 of its facts, hex: see ``canonical``
    # In which form the facts were; 0: one that cannot be made again.
    digest_version = models.SmallIntegerField(default=0)
    # What it decides on; of two acts on the same the later one holds, whichever arrives first.
    subject = models.CharField(max_length=120)
    said_at = models.DateTimeField(_("lúc, theo máy"))
    done_at = models.DateTimeField(_("nhận lúc"))
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    device = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("lượt trên máy đã làm")
        indexes = [models.Index(fields=["subject", "said_at"], name="done_acts_on_subject")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class KeptKind(models.TextChoices):
    HELD = "held", _("Chưa đúng mẫu")
    WAITING = "waiting", _("Chờ lượt đi trước")
    CONFLICT = "conflict", _("Trùng mã, khác nội dung")
    UNREADABLE = "unreadable", _("Không đọc được")


class KeptState(models.TextChoices):
    OPEN = "open", _("Cần xem")
    REPLAYED = "replayed", _("Đã ghi")
    DISMISSED = "dismissed", _("Đã bỏ")


class KeptActQuerySet(models.QuerySet["KeptAct"]):
    def visible_to(self, actor: Actor) -> Self:
        """Acts of teams whose help the actor may correct; for a province's office also those
        that belong to no team that is known."""
        rule = Q(team__in=Team.objects.where(actor, "help.correct").values("pk"))
        if actor.can_for_a_province("help.correct"):
            rule |= Q(team=None)
        return self.filter(rule)

    def open(self) -> Self:
        return self.filter(state=KeptState.OPEN)

    def decided(self) -> Self:
        return self.exclude(state=KeptState.OPEN)


class KeptAct(models.Model):
    """An act, or a whole body, that was not recorded and is kept as it came until somebody decides.

    Its bytes stay until some months after that; that it came, and what was decided, stays.
    """

    id = models.UUIDField(primary_key=True)
    act = models.UUIDField(_("mã lượt"), null=True, db_index=True)  # as far as it can be read
    kind = models.CharField(_("vì sao giữ"), max_length=12, choices=KeptKind)
    why = models.CharField(max_length=40)  # code of the error
    # The act that has to arrive before this one can be judged.
    waits_for = models.UUIDField(null=True, db_index=True)
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="kept_acts"
    )
    device = models.UUIDField(null=True)
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="kept_acts")
    received_at = models.DateTimeField(_("nhận lúc"))
    behind_s = models.FloatField(default=0)  # how far the phone's clock ran behind ours then
    raw_bytes = models.BinaryField()  # personal
    bytes_cleared_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64)  # SHA-256 of them, hex
    state = models.CharField(
        _("tình trạng"), max_length=10, choices=KeptState, default=KeptState.OPEN
    )
    decided_at = models.DateTimeField(_("xử lý lúc"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    reason = models.CharField(_("lý do"), max_length=300, blank=True)
    replayed_as = models.UUIDField(null=True)  # the act that was recorded in its place

    objects = KeptActQuerySet.as_manager()

    class Meta:
        verbose_name = _("lượt giữ lại")
        indexes = [models.Index(fields=["state", "received_at"], name="kept_acts_by_state")]
        constraints = [models.UniqueConstraint("sender", "digest", name="kept_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.act or self.digest[:12]}"

    @property
    def is_open(self) -> bool:
        return self.state == KeptState.OPEN
