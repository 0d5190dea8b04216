from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse
from django.views.decorators.http import require_safe

from senhong.activities import queries
from senhong.files import storage
from senhong.web.http import PageRequest

_AN_HOUR = 3600


@login_required
@require_safe
def photo(request: PageRequest, id: UUID) -> FileResponse:
    """A photo behind a help, for those who may see the help. Nothing in it ever runs."""
    file = queries.get_photo(request.actor, id).file
    response = FileResponse(storage.opened(file.digest), content_type=file.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = f"private, max-age={_AN_HOUR}"
    return response
