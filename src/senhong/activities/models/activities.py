"""Sorties, trainings, events, desk shifts."""

from datetime import date, datetime, timedelta
from functools import partial
from secrets import token_bytes, token_hex
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.org.models import Partner, Unit
from senhong.people.models import Team
from senhong.plans.models import Plan


class ActivityKind(models.TextChoices):
    SORTIE = "sortie", _("Lượt ra quân")
    TRAINING = "training", _("Tập huấn")
    EVENT = "event", _("Sự kiện")
    DESK_SHIFT = "desk-shift", _("Ca trực bàn hỗ trợ")
    # What a team does on a day outside any of these: made by itself, never planned.
    EVERYDAY = "everyday", _("Hỗ trợ hằng ngày")


PLANNED_KINDS = [kind for kind in ActivityKind if kind != ActivityKind.EVERYDAY]


class ActivityLevel(models.TextChoices):
    PROVINCE = "province", _("cấp tỉnh")
    DISTRICT = "district", _("cấp huyện")
    COMMUNE = "commune", _("cấp xã")


class ActivityState(models.TextChoices):
    PLANNED = "planned", _("Dự kiến")
    RUNNING = "running", _("Đang diễn ra")
    CLOSED = "closed", _("Đã kết thúc")
    CANCELLED = "cancelled", _("Đã hủy")


MOST_SEATS = 1000
CANCEL_HOURS = 12  # before the start, where nothing else was said
MOST_CANCEL_HOURS = 14 * 24


class ActivityQuerySet(models.QuerySet["Activity"]):
    def visible_to(self, actor: Actor) -> Self:
        """Activities led or joined by teams of units, or by the teams, that the actor may view."""
        visible = Team.objects.where(actor, "activity.view").values("pk")
        joined = Activity.teams.through.objects.filter(team__in=visible).values("activity")
        return self.filter(Q(lead_team__in=visible) | Q(pk__in=joined))


class Activity(models.Model):
    """One team (or several), one place, one continuous session."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(_("loại"), max_length=12, choices=ActivityKind)
    level = models.CharField(_("cấp"), max_length=10, choices=ActivityLevel)
    name = models.CharField(_("tên"), max_length=200)
    lead_team = models.ForeignKey(Team, models.PROTECT, related_name="led_activities")
    teams = models.ManyToManyField(Team, blank=True, related_name="joined_activities")
    partners = models.ManyToManyField(
        Partner, through="ActivityPartner", blank=True, related_name="activities"
    )
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, blank=True, related_name="activities")
    place_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    place_text = models.CharField(_("địa điểm"), max_length=200, blank=True)
    lat = models.FloatField(null=True, blank=True)  # degrees north
    lon = models.FloatField(null=True, blank=True)  # degrees east
    starts_at = models.DateTimeField(_("bắt đầu"))
    ends_at = models.DateTimeField(_("kết thúc"))
    state = models.CharField(_("tình trạng"), max_length=10, choices=ActivityState)
    # When somebody said so: what a phone brings later, and said before that, does not undo it.
    state_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(_("lý do hủy"), max_length=300, blank=True)
    cancelled_from = models.CharField(max_length=10, choices=ActivityState, blank=True)
    seats = models.SmallIntegerField(_("số chỗ"), null=True, blank=True)  # none: no limit
    # Until so many hours before the start who signed up may cancel herself.
    cancel_hours = models.SmallIntegerField(_("hạn tự hủy"), default=CANCEL_HOURS)
    # How it is called in the address of its public page.
    short = models.CharField(
        max_length=12, unique=True, default=partial(token_hex, 5), editable=False
    )
    # None where the activity is older than check-in by code, until somebody asks for one.
    check_in_key = models.BinaryField(
        max_length=16, null=True, default=partial(token_bytes, 16), editable=False
    )
    # How often it was closed: each closing posts under ids of its own.
    closings = models.SmallIntegerField(default=0)
    # Where there is no list of those present: a number, and why there is no list.
    present_number = models.IntegerField(_("số người có mặt"), null=True, blank=True)
    present_reason = models.CharField(_("lý do không có danh sách"), max_length=300, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("hoạt động")
        indexes = [
            models.Index(fields=["lead_team", "starts_at"], name="activities_of_team"),
            models.Index(fields=["starts_at"], name="activities_by_start"),
        ]
        constraints = [
            models.CheckConstraint(name="activity_hours", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="activity_cancel_reason",
                condition=~Q(state="cancelled") | ~Q(cancel_reason=""),
            ),
            models.CheckConstraint(
                name="activity_present_reason",
                condition=Q(present_number=None) | ~Q(present_reason=""),
            ),
            models.CheckConstraint(name="activity_seats", condition=Q(seats=None) | Q(seats__gt=0)),
            models.CheckConstraint(
                name="activity_cancel_hours", condition=Q(cancel_hours__range=(0, 336))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def first_on(self) -> date:
        """The day, in the province, for which the activity counts."""
        return clock.date_of(self.starts_at)

    @property
    def last_on(self) -> date:
        return clock.date_of(self.ends_at)

    @property
    def is_open(self) -> bool:
        return self.state in {ActivityState.PLANNED, ActivityState.RUNNING}

    @property
    def over_since(self) -> datetime:
        """When it was closed, of an activity that is."""
        return self.state_at or self.ends_at

    @property
    def is_cancelled(self) -> bool:
        return self.state == ActivityState.CANCELLED

    @property
    def is_everyday(self) -> bool:
        return self.kind == ActivityKind.EVERYDAY

    @property
    def cancel_until(self) -> datetime:
        """Until when who signed up may cancel herself; afterwards only the leader."""
        return self.starts_at - timedelta(hours=self.cancel_hours)


class ActivityTemplate(models.Model):
    """A saved plan of an activity without its day, for a team or for every team below a unit."""

    id = models.UUIDField(primary_key=True)
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True, related_name="+")
    title = models.CharField(_("tên mẫu"), max_length=100)
    kind = models.CharField(_("loại"), max_length=12, choices=ActivityKind)
    name = models.CharField(_("tên"), max_length=200)
    place_text = models.CharField(_("địa điểm"), max_length=200, blank=True)
    starts = models.TimeField(_("bắt đầu lúc"))  # in the province
    ends = models.TimeField(_("kết thúc lúc"))
    seats = models.SmallIntegerField(_("số chỗ"), null=True, blank=True)
    cancel_hours = models.SmallIntegerField(_("hạn tự hủy"), default=CANCEL_HOURS)

    class Meta:
        verbose_name = _("mẫu hoạt động")
        constraints = [
            models.CheckConstraint(
                name="template_of_one",
                condition=Q(team=None, unit__isnull=False) | Q(team__isnull=False, unit=None),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> str:
        """Where who may edit activities looks after it. Needs the team's unit, or the unit."""
        if self.team is not None:
            return self.team.path
        return self.unit.path if self.unit is not None else ""


class ActivityPartner(models.Model):
    """A partner took part in an activity, in this part."""

    id = models.BigAutoField(primary_key=True)
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="partner_parts")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="activity_parts")
    part = models.CharField(_("vai trò"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("đối tác trong hoạt động")
        db_table = "activities_activity_partners"  # as it was before it had a part
        unique_together = [("activity", "partner")]

    def __str__(self) -> str:
        return f"{self.partner_id} ∈ {self.activity_id}"
