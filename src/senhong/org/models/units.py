"""Units over time: who stood when, who became whom, and who may do what where.

The country's units end and begin; a figure of 2023 must still be read when its district is
gone. So a *unit* has dates, a *map* is one province's tree between two of its own changes, and
a map is never edited: a change of the map closes it and begins the next. Official codes are
used again after a merger, so a unit is known by its key (``P87-2``), not by its code.

At every day a unit *lands* on exactly one unit: itself while it stands; else its default
successor; else, when it ended without one, what its parent became. ``Step`` says it from one
map to the next, ``Landing`` for every later map. Totals (``ledger``) follow these rows, so a
figure can be read on the map of its day or on any later one, and the two agree.

A unit never changes its province, and one whose extent changes ends and begins anew; one that
only gets another parent, kind or name stays the same unit, and its ``Placement`` on each map
keeps what it was then. Days are whole numbers (``core.days``), intervals half open.
"""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from senhong.core.actor import Actor
from senhong.core.days import FIRST_DAY, LAST_DAY
from senhong.core.places import at_or_below


class Level(models.TextChoices):
    PROVINCE = "province", _("cấp tỉnh")
    DISTRICT = "district", _("cấp huyện")
    COMMUNE = "commune", _("cấp xã")
    BRANCH = "branch", _("chi đoàn")


class UnitQuerySet(models.QuerySet["Unit"]):
    def visible_to(self, actor: Actor) -> Self:
        """Units at and below the places where the actor may view."""
        return self.where(actor, "unit.view")

    def where(self, actor: Actor, verb: str) -> Self:
        """Units at and below the places where the actor may do ``verb``."""
        return self.filter(at_or_below(actor.reach(verb).units))

    def standing(self, day: int) -> Self:
        return self.filter(from_day__lte=day, to_day__gt=day)


class Unit(models.Model):
    """A body in the hierarchy between the day it begins and the day it no longer stands."""

    id = models.AutoField(primary_key=True)
    key = models.CharField(_("mã định danh"), max_length=20, unique=True)
    code = models.CharField(_("mã số"), max_length=10, db_index=True)
    level = models.CharField(_("cấp"), max_length=10, choices=Level)
    # Kind and name as they are, or last were; what they were on a map stands in Placement.
    kind = models.CharField(_("loại"), max_length=20)
    name = models.CharField(_("tên"), max_length=100)
    # Never changes. Null only while a province is being inserted.
    province = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    # Ids from the province down, "12/345/", on the last map on which the unit stands.
    path = models.CharField(max_length=100, db_index=True)
    lat = models.FloatField(null=True, blank=True)  # degrees north, of the centre
    lon = models.FloatField(null=True, blank=True)  # degrees east
    from_day = models.IntegerField(_("từ ngày"), default=FIRST_DAY)
    to_day = models.IntegerField(_("đến trước ngày"), default=LAST_DAY)
    search_key = models.CharField(max_length=130, db_index=True)
    sort_key = models.CharField(max_length=330)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("đơn vị")
        constraints = [
            models.CheckConstraint(name="unit_days", condition=Q(to_day__gt=F("from_day"))),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """Kind and name without repetition: "Phường 1", "Thành phố Cao Lãnh"."""
        return titled(self.kind, self.name)

    @property
    def is_province(self) -> bool:
        return self.pk == self.province_id


def titled(kind: str, name: str) -> str:
    """Kind and name as they are said together, the kind not said twice.

    Official lists write "Mỹ Thọ (Xã)" beside "Mỹ Thọ (Thị trấn)": that is "Xã Mỹ Thọ".
    """
    name = bare_name(kind, name)
    if name.lower().startswith(kind.lower()):
        return name[:1].upper() + name[1:]
    return f"{kind[:1].upper()}{kind[1:]} {name}"


def bare_name(kind: str, name: str) -> str:
    """The name without the kind in brackets behind it."""
    return name[: -len(kind) - 2].rstrip() if name.lower().endswith(f"({kind.lower()})") else name


class Share(models.TextChoices):
    WHOLE = "whole", _("toàn bộ")
    PART = "part", _("một phần")


class Lineage(models.Model):
    """One edge of who became whom. Only the default successor takes the history."""

    id = models.AutoField(primary_key=True)
    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="predecessions")
    share = models.CharField(_("phần"), max_length=5, choices=Share)
    is_default = models.BooleanField(_("nhận lịch sử"))

    class Meta:
        verbose_name = _("kế thừa")
        constraints = [
            models.UniqueConstraint("predecessor", "successor", name="lineage_once"),
            models.UniqueConstraint(
                fields=["predecessor"], condition=Q(is_default=True), name="lineage_one_default"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"


class UnitMap(models.Model):
    """One province's tree between two of its own changes."""

    id = models.AutoField(primary_key=True)
    province = models.ForeignKey(Unit, models.PROTECT, related_name="maps")
    from_day = models.IntegerField(_("từ ngày"))
    to_day = models.IntegerField(_("đến trước ngày"), default=LAST_DAY)

    class Meta:
        verbose_name = _("bản đồ đơn vị")
        constraints = [
            models.UniqueConstraint("province", "from_day", name="map_begins_once"),
            models.UniqueConstraint(
                fields=["province"], condition=Q(to_day=LAST_DAY), name="map_one_open"
            ),
            models.CheckConstraint(name="map_days", condition=Q(to_day__gt=F("from_day"))),
        ]

    def __str__(self) -> str:
        return f"{self.province_id} {self.from_day}–{self.to_day}"


class Placement(models.Model):
    """Where a unit hangs on a map, and what it was called there. Never changed."""

    pk = models.CompositePrimaryKey("map_id", "unit_id")
    map = models.ForeignKey(UnitMap, models.PROTECT, related_name="placements", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="placements")
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=100)

    def __str__(self) -> str:
        return titled(self.kind, self.name)


class Step(models.Model):
    """From a unit on one map to the unit that carries on its figures on the next."""

    pk = models.CompositePrimaryKey("old_map_id", "unit_id")
    old_map = models.ForeignKey(UnitMap, models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    new_map = models.ForeignKey(UnitMap, models.PROTECT, related_name="+")
    landed = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.unit_id} → {self.landed_id}"


class Landing(models.Model):
    """On this map, what belongs to ``unit`` counts for ``landed``: the closure of Step."""

    pk = models.CompositePrimaryKey("unit_id", "map_id")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="landings", db_index=False)
    map = models.ForeignKey(UnitMap, models.PROTECT, related_name="landings")
    landed = models.ForeignKey(Unit, models.PROTECT, related_name="landed_here")

    class Meta:
        indexes = [models.Index(fields=["map", "landed"], name="landing_on_map")]

    def __str__(self) -> str:
        return f"{self.unit_id} → {self.landed_id} ({self.map_id})"
