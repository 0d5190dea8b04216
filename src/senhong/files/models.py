"""Files that people attach."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from senhong.core.actor import Actor


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    def visible_to(self, actor: Actor) -> Self:
        """Files of places at, below and above those where the actor may view.

        A plan's file belongs to the province and is meant for every commune in it.
        """
        rule = Q(pk__in=[])
        for path in actor.paths("unit.view"):
            parts = path.split("/")[:-1]
            above = ["/".join(parts[:depth]) + "/" for depth in range(1, len(parts))]
            rule |= Q(place__startswith=path) | Q(place__in=above)
        return self.filter(rule)


class StoredFile(models.Model):
    """One uploaded file; its bytes lie in the store under their digest."""

    id = models.UUIDField(primary_key=True)
    name = models.CharField(_("tên tệp"), max_length=200)
    content_type = models.CharField(max_length=100)
    size_bytes = models.BigIntegerField()
    digest = models.CharField(max_length=64, db_index=True)  # SHA-256 of the bytes, hex
    place = models.CharField(max_length=100)  # path of the unit whose people may open it
    stored_at = models.DateTimeField(auto_now_add=True)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("tệp")

    def __str__(self) -> str:
        return self.name
