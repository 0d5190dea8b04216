"""Whose installation this is."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from senhong.org.models.units import Unit


class Installation(models.Model):
    """The one row that says whose installation this is."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    province = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # A demo opens at this reading date; null in a real installation.
    demo_reading_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("bản cài đặt")
        constraints = [models.CheckConstraint(name="one_installation", condition=Q(id=1))]

    def __str__(self) -> str:
        return str(self.province_id)
