"""Photos behind help."""

from uuid import UUID

from django.db import transaction

from senhong.activities.models import Evidence, Help
from senhong.audit.services import happened
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.files.models import Upload


@transaction.atomic
def attach_photo(actor: Actor, *, upload: UUID | str) -> None:
    """A photo that has arrived stands behind its help, or behind what was put in its place.

    Only behind one's own: another's is left alone. The help may not have arrived yet; then the
    photo waits for it. Follows from upload.finished, in its transaction.
    """
    photo = Upload.objects.select_related("file").get(pk=upload)
    help = Help.objects.filter(pk=photo.act).first()
    if help is not None and help.recorded_by != photo.user_id:
        return
    while help is not None and (newer := Help.objects.filter(corrects=help).first()):
        help = newer
    behind = help.pk if help else photo.act
    if Evidence.objects.filter(help=behind, digest=photo.digest).exists():
        return
    evidence = Evidence(
        id=photo.pk,
        help_id=behind,
        file=photo.file,
        taken_at=photo.taken_at,
        arrived_at=clock.now(),
        digest=photo.digest,
    )
    Evidence.objects.bulk_create([evidence], ignore_conflicts=True)
    happened(actor, "evidence.attached", evidence)
