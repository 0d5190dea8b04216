"""Files that people attach."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from senhong.core.actor import Actor
from senhong.core.places import around


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    def visible_to(self, actor: Actor) -> Self:
        """Files of places at, below and above those where the actor may view.

        A plan's file belongs to the province and is meant for every commune in it. Photos that
        phones send are private: what they stand behind says who may see them.
        """
        return self.filter(around(actor.paths("unit.view"), "place"), is_private=False)


class StoredFile(models.Model):
    """One uploaded file; its bytes lie in the store under their digest."""

    id = models.UUIDField(primary_key=True)
    name = models.CharField(_("tên tệp"), max_length=200)
    content_type = models.CharField(max_length=100)
    size_bytes = models.BigIntegerField()
    digest = models.CharField(max_length=64, db_index=True)  # SHA-256 of the bytes, hex
    place = models.CharField(max_length=100)  # path of the unit whose people may open it
    is_private = models.BooleanField(default=False)  # opened only through what it stands behind
    stored_at = models.DateTimeField(auto_now_add=True)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("tệp")

    def __str__(self) -> str:
        return self.name


class Upload(models.Model):
    """A photo on its way from a phone, piece by piece; once it is whole it has its file."""

    id = models.UUIDField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    act = models.UUIDField()  # what it stands behind: the id of an act on the phone
    size_bytes = models.IntegerField()
    digest = models.CharField(max_length=64)  # SHA-256 of the bytes as they are sent, hex
    taken_at = models.DateTimeField(_("chụp lúc"), null=True, blank=True)  # the phone's time
    received_bytes = models.IntegerField(default=0)
    pieces = models.JSONField(default=list)  # names in the store, in their order
    began_at = models.DateTimeField(_("bắt đầu gửi lúc"))
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("ảnh đang gửi")
        indexes = [
            models.Index(fields=["user", "digest"], name="uploads_of_person"),
            models.Index(
                fields=["began_at"], condition=Q(file__isnull=True), name="uploads_unfinished"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="upload_received",
                condition=Q(received_bytes__gte=0, received_bytes__lte=F("size_bytes")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.received_bytes}/{self.size_bytes}"

    @property
    def is_whole(self) -> bool:
        return self.received_bytes == self.size_bytes

    @property
    def is_done(self) -> bool:
        return self.file_id is not None
