"""Who takes part in an activity, and who was there."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from senhong.activities.models.activities import Activity
from senhong.people.models import Member, Team


class ParticipantState(models.TextChoices):
    SIGNED_UP = "signed-up", _("Đã đăng ký")
    WAITING = "waiting", _("Chờ chỗ")
    CONFIRMED = "confirmed", _("Đã xác nhận")
    PRESENT = "present", pgettext_lazy("người tham gia", "Có mặt")
    LEFT = "left", _("Đã về")
    NO_SHOW = "no-show", _("Vắng")
    CANCELLED = "cancelled", _("Đã hủy đăng ký")


THERE = (ParticipantState.PRESENT, ParticipantState.LEFT)
EXPECTED = (ParticipantState.SIGNED_UP, ParticipantState.CONFIRMED)
SEATED = (*EXPECTED, *THERE)


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def there(self) -> Self:
        """Who came; also who left before the end."""
        return self.filter(state__in=THERE)

    def expected(self) -> Self:
        """Who holds a seat and has not come yet."""
        return self.filter(state__in=EXPECTED)

    def seated(self) -> Self:
        """Who takes a seat: who is expected and who came."""
        return self.filter(state__in=SEATED)

    def going(self) -> Self:
        """Who takes a seat or waits for one: her day is taken."""
        return self.filter(state__in=[*SEATED, ParticipantState.WAITING])


class Participant(models.Model):
    """A member's part in an activity, with one of its teams: from signing up to having been there.

    ``states`` says which state may follow which; every change is also an event.
    """

    id = models.UUIDField(primary_key=True)
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="participants")
    member = models.ForeignKey(Member, models.PROTECT, related_name="participations")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    state = models.CharField(_("tình trạng"), max_length=10, choices=ParticipantState)
    # What she was before she came: what she is again when that was a mistake.
    state_before = models.CharField(max_length=10, choices=ParticipantState, blank=True)
    # When she got into each state last. The first also says who has waited longest.
    signed_up_at = models.DateTimeField(_("đăng ký lúc"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("xác nhận lúc"), null=True, blank=True)
    came_at = models.DateTimeField(_("đến lúc"), null=True, blank=True)
    left_at = models.DateTimeField(_("về lúc"), null=True, blank=True)
    missed_at = models.DateTimeField(_("ghi vắng lúc"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("hủy lúc"), null=True, blank=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = _("người tham gia")
        constraints = [models.UniqueConstraint("activity", "member", name="participates_once")]

    def __str__(self) -> str:
        return f"{self.member_id} @ {self.activity_id}"


class ParticipantAct(models.Model):
    """An act of a phone or page that changed a participant: sent again, it changes nothing."""

    id = models.UUIDField(primary_key=True)
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="acts")
    state = models.CharField(max_length=10, choices=ParticipantState)  # what it led to
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("lượt ghi của người tham gia")

    def __str__(self) -> str:
        return f"{self.participant_id} → {self.state}"
