from uuid import UUID

from django.utils.translation import gettext_lazy as _

from senhong.core.actor import Actor
from senhong.core.errors import NotFound
from senhong.files.models import StoredFile


def get_file(actor: Actor, id: UUID) -> StoredFile:
    """The file, or NotFound when the actor may not open it. One query."""
    file = StoredFile.objects.visible_to(actor).filter(pk=id).first()
    if file is None:
        raise NotFound(what=_("tệp này"))
    return file
