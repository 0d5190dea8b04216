from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from senhong.core.actor import Actor
from senhong.core.errors import NotFound
from senhong.files.models import StoredFile, Upload


def get_file(actor: Actor, id: UUID) -> StoredFile:
    """The file, or NotFound when the actor may not open it. One query."""
    file = StoredFile.objects.visible_to(actor).filter(pk=id).first()
    if file is None:
        raise NotFound(what=_("tệp này"))
    return file


def get_upload(actor: Actor, id: UUID) -> Upload:
    """The actor's own upload, or NotFound. One query."""
    upload = Upload.objects.filter(pk=id, user=actor.user_id).first()
    if upload is None:
        raise NotFound(what=_("ảnh đang gửi này"))
    return upload


def uploads_left(actor: Actor, *, before: datetime, limit: int = 1000) -> list[UUID]:
    """Uploads that began before the instant and never became whole. Raises Forbidden. One query."""
    actor.require("system.run", at="")
    left = Upload.objects.filter(file__isnull=True, began_at__lt=before)
    return list(left.order_by("began_at").values_list("pk", flat=True)[:limit])
