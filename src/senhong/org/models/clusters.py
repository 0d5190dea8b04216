"""Groupings of units that a province draws for a time, and the ground of units."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from senhong.core.days import LAST_DAY
from senhong.org.models.units import Unit


class Cluster(models.Model):
    """A grouping of units (cụm) that a province draws for a time, where no level stands there.

    Its places land as teams do: when a unit ends, its successor stands in its place.
    """

    id = models.UUIDField(primary_key=True)
    province = models.ForeignKey(Unit, models.PROTECT, related_name="clusters")
    name = models.CharField(_("tên"), max_length=100)
    from_day = models.IntegerField(_("từ ngày"))
    to_day = models.IntegerField(_("đến trước ngày"), default=LAST_DAY)

    class Meta:
        verbose_name = _("cụm")
        constraints = [
            models.CheckConstraint(name="cluster_days", condition=Q(to_day__gt=F("from_day"))),
        ]

    def __str__(self) -> str:
        return self.name


class ClusterPlace(models.Model):
    """A unit's time in a cluster. Of one unit they never overlap."""

    id = models.AutoField(primary_key=True)
    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="places")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="cluster_places")
    from_day = models.IntegerField(_("từ ngày"))
    to_day = models.IntegerField(_("đến trước ngày"), default=LAST_DAY)

    class Meta:
        verbose_name = _("chỗ trong cụm")
        constraints = [
            models.UniqueConstraint("unit", "from_day", name="cluster_place_once"),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(to_day=LAST_DAY), name="cluster_place_one_open"
            ),
            models.CheckConstraint(
                name="cluster_place_days", condition=Q(to_day__gt=F("from_day"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} ∈ {self.cluster_id}"


class Boundary(models.Model):
    """The ground of a unit, simplified: rings of degrees east and north."""

    unit = models.OneToOneField(Unit, models.PROTECT, primary_key=True, related_name="boundary")
    shape = models.JSONField()  # a GeoJSON geometry, Polygon or MultiPolygon
    digest = models.CharField(max_length=16)  # of the shape: another digest, another picture

    class Meta:
        verbose_name = _("ranh giới")

    def __str__(self) -> str:
        return str(self.unit_id)
