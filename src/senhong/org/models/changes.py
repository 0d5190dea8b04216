"""Changes of the map as an office prepares them: two people, then a job."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from senhong.core.actor import Actor
from senhong.core.places import at_or_below
from senhong.org.models.roles import RoleGrant
from senhong.org.models.units import Unit, UnitMap

_READERS = ("map.change", "map.confirm", "event.view")


class ChangeState(models.TextChoices):
    """How far a change has come. Only what is done can be undone, by two people again."""

    DRAFT = "draft", _("đang soạn")
    PROPOSED = "proposed", _("chờ người thứ hai duyệt")
    CONFIRMED = "confirmed", _("đã duyệt, chờ thực hiện")
    RUNNING = "running", _("đang thực hiện")
    DONE = "done", _("đã thực hiện")
    REFUSED = "refused", _("không được duyệt")
    DISCARDED = "discarded", _("đã bỏ bản soạn")
    UNDO_PROPOSED = "undo-proposed", _("chờ duyệt hoàn tác")
    UNDOING = "undoing", _("đang hoàn tác")
    UNDONE = "undone", _("đã hoàn tác")


class MapChangeQuerySet(models.QuerySet["MapChange"]):
    def visible_to(self, actor: Actor) -> Self:
        """Of provinces whose map the actor changes, confirms or checks."""
        paths = {path for verb in _READERS for path in actor.paths(verb)}
        return self.filter(at_or_below(sorted(paths), "province__path"))


class MapChange(models.Model):
    """A change of the map from its first draft to what became of it."""

    id = models.UUIDField(primary_key=True)
    # Who prepares it; the change itself may reach into other provinces.
    province = models.ForeignKey(Unit, models.PROTECT, related_name="map_changes")
    name = models.CharField(_("tên"), max_length=200)
    day = models.IntegerField(_("từ ngày"))  # the first day of the new map
    content = models.JSONField(default=dict)  # ``changes.Change`` without its day, by key
    state = models.CharField(_("bước"), max_length=13, choices=ChangeState)
    # The groups of provinces that are done: {"old_maps": [], "new_maps": [], "units": 12}.
    done = models.JSONField(default=list)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    undo_proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    undo_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    note = models.CharField(_("lý do"), max_length=300, blank=True)  # of the last refusal
    made_at = models.DateTimeField(auto_now_add=True)

    objects = MapChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("thay đổi bản đồ")
        constraints = [
            models.CheckConstraint(
                name="change_by_two",
                condition=~Q(proposed_by=models.F("confirmed_by"))
                & ~Q(undo_proposed_by=models.F("undo_confirmed_by")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class EndedRole(models.Model):
    """A role that a change of the map ended, and until when it had been granted."""

    grant = models.OneToOneField(
        RoleGrant, models.CASCADE, primary_key=True, related_name="ended_by"
    )
    map = models.ForeignKey(UnitMap, models.PROTECT, related_name="+")  # the last with its unit
    to_day = models.IntegerField()

    class Meta:
        verbose_name = _("vai trò hết theo đơn vị")

    def __str__(self) -> str:
        return str(self.grant_id)
