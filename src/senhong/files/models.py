"""Files that people attach."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """One uploaded file; its bytes lie in the store under their digest."""

    id = models.UUIDField(primary_key=True)
    name = models.CharField(_("tên tệp"), max_length=200)
    content_type = models.CharField(max_length=100)
    size_bytes = models.BigIntegerField()
    digest = models.CharField(max_length=64, db_index=True)  # SHA-256 of the bytes, hex
    place = models.CharField(max_length=100)  # path of the unit whose people may open it
    stored_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("tệp")

    def __str__(self) -> str:
        return self.name
