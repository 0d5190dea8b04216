"""What is to be done: directives, the plan tree under them, targets."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from senhong.core.actor import Actor
from senhong.core.days import LAST_DAY, as_date, day_before
from senhong.core.places import around, at_or_below
from senhong.files.models import StoredFile
from senhong.ledger.models import Indicator
from senhong.org.models import Partner, Unit


class Dated(models.Model):
    """Something that holds from a day to the day before another; for people, both included."""

    from_day: int
    to_day: int

    class Meta:
        abstract = True

    @property
    def first_on(self) -> date:
        return as_date(self.from_day)

    @property
    def last_day(self) -> int:
        return day_before(self.to_day)

    @property
    def last_on(self) -> date | None:
        """The last day, included; None while no end is set."""
        return None if self.to_day == LAST_DAY else as_date(self.last_day)

    def is_current(self, day: int) -> bool:
        return self.from_day <= day < self.to_day


def asked_of(actor: Actor) -> Q:
    """Rows of units where the actor may view plans, below them, and above them.

    Above, because a commune must read the province's plan to know what is asked of it.
    """
    return around(actor.paths("plan.view"), "unit__path")


class DirectiveKind(models.TextChoices):
    RESOLUTION = "resolution", _("Nghị quyết")
    PLAN = "plan", pgettext_lazy("loại văn bản", "Kế hoạch")
    JOINT_PROGRAMME = "joint-programme", _("Chương trình phối hợp")
    LETTER = "letter", _("Công văn")


class DirectiveQuerySet(models.QuerySet["Directive"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(asked_of(actor))


class Directive(models.Model):
    """A numbered document that sets work."""

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="directives")  # who keeps it
    number = models.CharField(_("số, ký hiệu"), max_length=60, blank=True)
    kind = models.CharField(_("loại"), max_length=20, choices=DirectiveKind)
    issuer = models.CharField(_("cơ quan ban hành"), max_length=200)
    subject = models.CharField(_("trích yếu"), max_length=300)
    issued_on = models.DateField(_("ngày ban hành"))
    received_on = models.DateField(_("ngày nhận"), null=True, blank=True)
    due_on = models.DateField(_("hạn thực hiện"), null=True, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")

    objects = DirectiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("văn bản")

    def __str__(self) -> str:
        return f"{self.number} {self.subject}".strip()


class PlanKind(models.TextChoices):
    PROGRAMME = "programme", _("Chương trình")
    CAMPAIGN = "campaign", _("Chiến dịch")
    YOUTH_WORK = "youth-work", _("Công trình thanh niên")
    JOINT_PROGRAMME = "joint-programme", _("Chương trình phối hợp")


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(asked_of(actor))

    def current(self, day: int) -> Self:
        return self.filter(from_day__lte=day, to_day__gt=day)


class Plan(Dated):
    """What is to be done, with dates, under a directive or under another plan."""

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="plans")
    directive = models.ForeignKey(
        Directive, models.PROTECT, null=True, blank=True, related_name="plans"
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    kind = models.CharField(_("loại"), max_length=20, choices=PlanKind)
    name = models.CharField(_("tên"), max_length=200)
    from_day = models.IntegerField(_("từ ngày"))
    to_day = models.IntegerField(_("đến trước ngày"))  # half open, like every interval

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("chương trình, chiến dịch, công trình")
        indexes = [models.Index(fields=["from_day", "to_day"], name="plans_by_days")]
        constraints = [
            models.CheckConstraint(name="plan_days", condition=Q(to_day__gt=F("from_day"))),
        ]

    def __str__(self) -> str:
        return self.name

    def crosses(self, parent: "Plan") -> bool:
        """Some of its days lie outside the parent's."""
        return self.from_day < parent.from_day or self.to_day > parent.to_day


class PlanPartner(Dated):
    """A partner's part in a joint programme, with dates."""

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="plan_partners")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="plan_parts")
    part = models.CharField(_("vai trò"), max_length=200, blank=True)
    from_day = models.IntegerField(_("từ ngày"))
    to_day = models.IntegerField(_("đến trước ngày"), default=LAST_DAY)

    class Meta:
        verbose_name = _("đối tác tham gia")
        constraints = [
            models.CheckConstraint(name="plan_partner_days", condition=Q(to_day__gt=F("from_day"))),
        ]

    def __str__(self) -> str:
        return f"{self.partner_id} ∈ {self.plan_id}"


class Wording(models.TextChoices):
    AT_LEAST = "at-least", _("ít nhất")
    STRIVING_FOR = "striving-for", _("phấn đấu")


class TargetQuerySet(models.QuerySet["Target"]):
    def visible_to(self, actor: Actor) -> Self:
        """What is asked of units at and below the places where the actor may view plans."""
        return self.asked().shares_visible_to(actor)

    def asked(self) -> Self:
        """What a unit is asked for: neither its own part of that, nor a share of nothing."""
        return self.filter(is_own=False, quantity__gt=0)

    def shares_visible_to(self, actor: Actor) -> Self:
        """Those that are not asked, too: lines of a split."""
        return self.filter(_viewed(actor, "unit"))

    def topmost_for(self, actor: Actor) -> Self:
        """Without those that the actor finds among the shares of another."""
        return self.exclude(_viewed(actor, "parent__unit"))


def _viewed(actor: Actor, unit: str) -> Q:
    return at_or_below(actor.paths("plan.view"), f"{unit}__path")


class Target(Dated):
    """How much of an indicator a unit is to reach in a period.

    A target may be split: then it is the sum of its shares, always. They are those of the units
    below and one that the unit itself is to do (``is_own``), which is no target of its own.
    """

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="targets")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="targets")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="targets")
    wording = models.CharField(_("cách nói"), max_length=12, choices=Wording)
    quantity = models.BigIntegerField(_("mức"))  # 0 only where a split gave a unit nothing
    from_day = models.IntegerField(_("từ ngày"))
    to_day = models.IntegerField(_("đến trước ngày"))
    # The whole that this is a share of. Withdrawing the whole withdraws its shares.
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="shares")
    is_own = models.BooleanField(default=False)

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("chỉ tiêu")
        constraints = [
            models.UniqueConstraint(
                "plan", "unit", "indicator", "from_day", "to_day", "is_own", name="target_once"
            ),
            models.CheckConstraint(
                name="target_sense",
                condition=Q(to_day__gt=F("from_day"))
                & (Q(quantity__gt=0) | Q(quantity=0, parent__isnull=False)),
            ),
            models.CheckConstraint(
                name="own_share_of_a_whole",
                condition=Q(is_own=False) | Q(parent__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.indicator_id}: {self.quantity}"


class TargetRevision(models.Model):
    """A change of a target's quantity. Rows are never changed."""

    id = models.UUIDField(primary_key=True)
    target = models.ForeignKey(Target, models.CASCADE, related_name="revisions")
    act = models.UUIDField(db_index=True)  # what changed several targets at once has one
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(_("lý do"), max_length=300, blank=True)
    old_quantity = models.BigIntegerField(_("mức cũ"), null=True)  # null: it was set then
    new_quantity = models.BigIntegerField(_("mức mới"))

    class Meta:
        verbose_name = _("lần đổi mức")
        indexes = [models.Index(fields=["target", "at"], name="revisions_of_target")]

    def __str__(self) -> str:
        return f"{self.target_id}: {self.old_quantity} → {self.new_quantity}"


class PaceRule(models.Model):
    """From which share of what is expected a province calls a target ahead or on pace."""

    id = models.UUIDField(primary_key=True)
    unit = models.OneToOneField(Unit, models.PROTECT, related_name="pace_rule")
    ahead_percent = models.SmallIntegerField(_("vượt nhịp từ (%)"), default=110)
    on_pace_percent = models.SmallIntegerField(_("đúng nhịp từ (%)"), default=90)

    class Meta:
        verbose_name = _("ngưỡng nhịp độ")
        constraints = [
            models.CheckConstraint(
                name="pace_order", condition=Q(ahead_percent__gt=F("on_pace_percent"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ahead_percent} % / {self.on_pace_percent} %"
