"""Practices (mô hình): what a unit found to work, and which units took it up.

An adoption is posted once, as ``practices-adopted``, at the unit that adopts and on its day;
taking it back reverses that posting. Nothing here is moved when the map changes: an adoption lands
with its unit, as every posting does, so a new unit has adopted what any that it was made of had.
"""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from senhong.core.actor import Actor
from senhong.core.places import at_or_below
from senhong.files.models import StoredFile
from senhong.org.models import Unit

COUNTED = "practices-adopted"  # the indicator that an adoption moves


class PracticeState(models.TextChoices):
    DRAFT = "draft", _("Đang soạn")
    SHARED = "shared", _("Đang chia sẻ")
    ENDED = "ended", _("Đã dừng")


class PracticeQuerySet(models.QuerySet["Practice"]):
    def visible_to(self, actor: Actor) -> Self:
        """What is shared is for everybody who sees any unit; a draft for those who may edit it."""
        if not actor.can_somewhere("unit.view"):
            return self.none()
        mine = at_or_below(actor.paths("practice.edit"), "unit__path")
        return self.filter(~Q(state=PracticeState.DRAFT) | mine)


class Practice(models.Model):
    """A way of working that a unit started and that others may take up."""

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="practices")  # who started it
    name = models.CharField(_("tên"), max_length=160)
    since_on = models.DateField(_("từ ngày"))
    description = models.TextField(_("cách làm"))
    results = models.TextField(_("kết quả"), blank=True)
    state = models.CharField(_("tình trạng"), max_length=10, choices=PracticeState)
    search_key = models.CharField(max_length=400)

    objects = PracticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("mô hình")

    def __str__(self) -> str:
        return self.name

    @property
    def is_shared(self) -> bool:
        return self.state == PracticeState.SHARED


class PracticePicture(models.Model):
    """A picture of a practice, with words for those who do not see it."""

    id = models.UUIDField(primary_key=True)
    practice = models.ForeignKey(Practice, models.CASCADE, related_name="pictures")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    told = models.CharField(_("ảnh cho thấy gì"), max_length=200)

    class Meta:
        verbose_name = _("ảnh của mô hình")

    def __str__(self) -> str:
        return self.told


class Adoption(models.Model):
    """A unit took up a practice on a day; withdrawn where it was not so after all."""

    id = models.UUIDField(primary_key=True)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="adoptions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="adoptions")
    adopted_on = models.DateField(_("ngày áp dụng"))
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)
    withdrawn_on = models.DateField(_("ngày rút"), null=True, blank=True)

    class Meta:
        verbose_name = _("lần áp dụng mô hình")
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "unit"],
                condition=Q(withdrawn_on=None),
                name="adoption_once",
            ),
            models.CheckConstraint(
                name="adoption_days",
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=F("adopted_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} → {self.practice_id}"
