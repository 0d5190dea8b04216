"""The ledger: indicators, postings, totals.

A figure is a sum of postings. A posting belongs to the unit that stood on its day and is never
changed or deleted; a correction is a second posting that *reverses* it, with the same unit,
indicator and day and the opposite quantity, at most once.

Totals move in the same transaction, for every map on which the posting's unit lands and whose
end lies after the posting's day; by day (8 digits) and by month (6 digits); for the unit
itself (span 0) and for the map's province with all below (span 1). So at every moment a total
equals the sum of its postings, on every map: ``queries.wrong_totals`` proves it.

Postings and totals have composite keys that begin with the province, and refer to nothing but
reference tables, so that they can be distributed by province when one machine is outgrown.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from senhong.core.days import FIRST_DAY, LAST_DAY
from senhong.org.models import Unit, UnitMap


class IndicatorGroup(models.TextChoices):
    GOVERNMENT = "government", _("Chính quyền số")
    ECONOMY = "economy", _("Kinh tế số")
    SOCIETY = "society", _("Xã hội số")
    ORGANISATION = "organisation", pgettext_lazy("nhóm chỉ tiêu", "Tổ chức")


class IndicatorNature(models.TextChoices):
    FLOW = "flow", _("cộng dồn theo thời gian")
    STATE = "state", _("đọc tại một ngày")


WORDS = ("definition", "definition_en", "counting_rule", "counting_rule_en")


class Worded(models.Model):
    """What is counted and how, in both languages."""

    definition = models.TextField(_("định nghĩa"))
    definition_en = models.TextField(_("định nghĩa tiếng Anh"))
    counting_rule = models.TextField(_("cách đếm"))
    counting_rule_en = models.TextField(_("cách đếm tiếng Anh"))

    class Meta:
        abstract = True

    @property
    def meaning(self) -> str:
        return self._said("definition")

    @property
    def rule(self) -> str:
        return self._said("counting_rule")

    def _said(self, field: str) -> str:
        english = get_language() == "en" and getattr(self, f"{field}_en")
        return str(english or getattr(self, field))


class Indicator(Worded):
    """What is counted: its written definition and counting rule are part of every figure.

    The words are those of its newest version; ``IndicatorVersion`` keeps the earlier ones.
    """

    id = models.SmallAutoField(primary_key=True)
    code = models.CharField(_("mã"), max_length=60, unique=True)  # never changes
    name = models.CharField(_("tên"), max_length=120)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=120)
    group = models.CharField(_("nhóm"), max_length=12, choices=IndicatorGroup)
    nature = models.CharField(_("cách đọc"), max_length=5, choices=IndicatorNature)
    unit_of_measure = models.CharField(_("đơn vị tính"), max_length=40)
    unit_of_measure_en = models.CharField(_("đơn vị tính tiếng Anh"), max_length=40)
    position = models.SmallIntegerField(_("thứ tự"), default=0)
    from_day = models.IntegerField(_("từ ngày"), default=FIRST_DAY)
    to_day = models.IntegerField(_("đến trước ngày"), default=LAST_DAY)

    class Meta:
        verbose_name = _("chỉ tiêu đếm")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return self._said("name")

    @property
    def measure(self) -> str:
        return self._said("unit_of_measure")

    @property
    def is_state(self) -> bool:
        return self.nature == IndicatorNature.STATE


class IndicatorVersion(Worded):
    """The words of an indicator from a day on, until the day of its next version.

    An indicator whose words never changed has none; else the first holds from the beginning.
    """

    id = models.AutoField(primary_key=True)
    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="versions")
    from_day = models.IntegerField(_("từ ngày"))
    reason = models.CharField(_("lý do"), max_length=300, blank=True)
    recorded_by = models.IntegerField(null=True)  # as in a posting; null: shipped, or the system
    recorded_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("bản định nghĩa")
        ordering = ["indicator", "from_day"]
        constraints = [
            models.UniqueConstraint("indicator", "from_day", name="indicator_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.from_day}"


class Posting(models.Model):
    """One line of the ledger: unit, indicator, day, quantity, source. Append-only."""

    pk = models.CompositePrimaryKey("province_id", "id")
    province = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    id = models.UUIDField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+", db_index=False)
    day = models.IntegerField()  # yyyymmdd
    quantity = models.BigIntegerField()  # below 0 on a reversal
    source_kind = models.CharField(max_length=40)  # "help", "activity", … see queries.SOURCES
    source_id = models.UUIDField(null=True)
    activity_id = models.UUIDField(null=True)
    recorded_by = models.IntegerField(null=True)  # no foreign key: users are not on every node
    recorded_at = models.DateTimeField()
    reverses = models.UUIDField(null=True)  # in the same province

    class Meta:
        verbose_name = _("ghi nhận")
        indexes = [
            models.Index(fields=["province", "unit", "indicator", "day"], name="posting_read"),
        ]
        constraints = [
            # The composite key does not see one id in two provinces; this does.
            models.UniqueConstraint("id", name="posting_id_once"),
            models.UniqueConstraint("province", "reverses", name="posting_reversed_once"),
            models.CheckConstraint(
                name="posting_sign",
                condition=Q(reverses=None, quantity__gt=0)
                | Q(reverses__isnull=False, quantity__lt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.indicator_id} {self.day}: {self.quantity}"


class Span(models.IntegerChoices):
    OWN = 0, _("riêng đơn vị")
    PROVINCE = 1, _("toàn tỉnh")


class Total(models.Model):
    """The sum of the postings that land at a unit on a map, in a day or a month."""

    pk = models.CompositePrimaryKey(
        "province_id", "map_id", "unit_id", "span", "indicator_id", "period"
    )
    province = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )  # the map's province
    map = models.ForeignKey(
        UnitMap, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    span = models.SmallIntegerField(choices=Span)
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    period = models.IntegerField()  # yyyymmdd or yyyymm
    quantity = models.BigIntegerField()

    class Meta:
        verbose_name = _("tổng")

    def __str__(self) -> str:
        return f"{self.unit_id} {self.indicator_id} {self.period}: {self.quantity}"
