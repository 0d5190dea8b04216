"""Organisations outside the tree of units."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from senhong.core.days import FIRST_DAY, LAST_DAY
from senhong.org.models.units import Unit


class Partner(models.Model):
    """An organisation outside the tree that takes part: a department, a bank, a telco."""

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="partners")  # who keeps it
    name = models.CharField(_("tên"), max_length=200)
    from_day = models.IntegerField(_("từ ngày"), default=FIRST_DAY)
    to_day = models.IntegerField(_("đến trước ngày"), default=LAST_DAY)
    # Which organisation goes on with its work from ``to_day`` on: a department is merged into
    # another, a company gets another name.
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors"
    )

    class Meta:
        verbose_name = _("đối tác")
        constraints = [
            models.CheckConstraint(
                name="partner_ends_before_successor",
                condition=Q(successor=None) | ~Q(to_day=LAST_DAY),
            ),
        ]

    def __str__(self) -> str:
        return self.name
