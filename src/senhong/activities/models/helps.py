"""The help given in activities, what stands behind it, and when it counts."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from senhong.activities.models.activities import Activity
from senhong.files.models import StoredFile
from senhong.org.models import Unit
from senhong.people.models import Team


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
    # Who brought it in for her, from a file or repaired: reviews it as little as she does.
    brought_by = models.IntegerField(null=True)
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
