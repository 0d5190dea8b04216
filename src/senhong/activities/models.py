"""Sorties, trainings, events, desk shifts, and the help given in them."""

from datetime import date, datetime, timedelta
from functools import partial
from secrets import token_bytes, token_hex
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.files.models import StoredFile
from senhong.org.models import Partner, Unit
from senhong.people.models import Member, Team
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
        teams = Q(pk__in=[])
        for path in actor.paths("activity.view"):
            unit_path, _slash, team = path.partition("t")
            below = Q(unit__path__startswith=unit_path)
            teams |= Q(pk=team.rstrip("/")) if team else below
        visible = Team.objects.filter(teams).values("pk")
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


class Helped(models.TextChoices):
    CITIZENS = "citizens", _("Người dân")
    HOUSEHOLD_BUSINESSES = "household-businesses", _("Hộ kinh doanh")
    ENTERPRISES = "enterprises", _("Doanh nghiệp")
    ORGANISATIONS = "organisations", _("Tổ chức")


class HelpState(models.TextChoices):
    COUNTED = "counted", _("Đang tính")
    WAITING = "waiting", _("Chờ duyệt")  # counts when it is accepted
    RETURNED = "returned", _("Trả lại")  # to who recorded it, with the reviewer's words
    CORRECTED = "corrected", _("Đã được sửa")  # another row stands in its place
    WITHDRAWN = "withdrawn", _("Đã rút")


# What stands for help that was given, counted or not: it can be corrected and withdrawn.
STANDING = (HelpState.COUNTED, HelpState.WAITING, HelpState.RETURNED)


class ReturnReason(models.TextChoices):
    """Why a help goes back to who recorded it; words say the rest."""

    TOO_MANY = "too-many", _("Ghi quá nhiều người một lần")
    TWICE = "twice", _("Đã ghi rồi")
    WRONG_SERVICE = "wrong-service", _("Sai việc được giúp")
    WRONG_NUMBER = "wrong-number", _("Sai số người")
    WRONG_PLACE = "wrong-place", _("Sai nơi, sai giờ hoặc sai hoạt động")
    PHOTO = "photo", _("Ảnh không phù hợp")
    NEWCOMER_REFUSED = "newcomer-refused", _("Người ghi không được nhận vào tổ")
    OTHER = "other", _("Lý do khác")


class Help(models.Model):
    """Help given to one citizen, or a tally of several, with one service or more.

    A correction is a new row that ``corrects`` this one; further services to the same people
    are rows of the same ``group`` (the id of the first), so nobody is counted twice.
    """

    id = models.UUIDField(primary_key=True)
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="helps")
    team = models.ForeignKey(Team, models.PROTECT, related_name="helps", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    given_on = models.DateField(_("ngày"))
    services = models.JSONField(_("việc được giúp"))  # codes of HelpKind, which never change
    helped = models.CharField(_("ai được giúp"), max_length=20, choices=Helped)
    people = models.IntegerField(_("số lượng"))
    note = models.CharField(_("ghi chú"), max_length=500, blank=True)
    group = models.UUIDField(db_index=True)
    place_in_group = models.SmallIntegerField(default=0)  # 0: the first; a correction keeps it
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    state = models.CharField(max_length=10, choices=HelpState, default=HelpState.COUNTED)
    # Why it was withdrawn or corrected.
    reason = models.CharField(_("lý do"), max_length=300, blank=True)
    settlement = models.SmallIntegerField(default=0)  # how often it posted
    recorded_by = models.IntegerField(null=True)
    recorded_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True, blank=True)  # what the phone's clock said
    # Degrees, to two places: about a kilometre, never finer.
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    # To people whom another help counted already: no turns.
    counted_before = models.BooleanField(default=False)
    # Who looked at it last; without either nobody did.
    reviewed_by = models.IntegerField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    review_reason = models.CharField(max_length=20, choices=ReturnReason, blank=True)
    review_words = models.CharField(_("lời người duyệt"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("lượt hỗ trợ")
        indexes = [
            models.Index(fields=["team", "given_on"], name="helps_of_team"),
            models.Index(
                fields=["team"], condition=Q(state__in=["waiting", "returned"]), name="helps_held"
            ),
            models.Index(
                fields=["recorded_by"], condition=Q(state="returned"), name="helps_returned"
            ),
        ]
        constraints = [
            models.CheckConstraint(name="help_people", condition=Q(people__gt=0)),
            models.CheckConstraint(
                name="help_return_reason", condition=~Q(state="returned") | ~Q(review_reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.people} {self.helped} {self.given_on}"


class CountingRule(models.Model):
    """Whether a unit's help counts at once or after acceptance; holds for what is below it,
    up to the next unit with a rule of its own. Without any, help counts at once.
    """

    unit = models.OneToOneField(
        Unit, models.CASCADE, primary_key=True, related_name="counting_rule"
    )
    after_acceptance = models.BooleanField(_("tính sau khi được duyệt"))
    decided_by = models.IntegerField(null=True)
    decided_at = models.DateTimeField(_("quyết định lúc"))

    class Meta:
        verbose_name = _("cách tính lượt hỗ trợ")

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.after_acceptance}"


class Evidence(models.Model):
    """A photo behind a help. It may arrive before the help itself, so no constraint binds them."""

    id = models.UUIDField(primary_key=True)  # that of the upload
    help = models.ForeignKey(Help, models.DO_NOTHING, db_constraint=False, related_name="evidence")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(_("chụp lúc"), null=True, blank=True)  # the phone's time
    arrived_at = models.DateTimeField(_("nhận lúc"))
    # SHA-256 of the bytes as they were sent: the same photo is known again behind another help.
    digest = models.CharField(max_length=64, db_index=True)

    class Meta:
        verbose_name = _("minh chứng")
        constraints = [models.UniqueConstraint("help", "digest", name="evidence_once")]

    def __str__(self) -> str:
        return f"{self.digest[:8]} → {self.help_id}"
