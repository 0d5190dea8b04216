from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse
from django.views.decorators.http import require_safe

from senhong.files.queries import get_file
from senhong.files.storage import opened
from senhong.web.http import PageRequest


@login_required
@require_safe
def download(request: PageRequest, id: UUID) -> FileResponse:
    """The file, always as a download: nothing that people sent ever runs on our pages."""
    file = get_file(request.actor, id)
    response = FileResponse(
        opened(file.digest), as_attachment=True, filename=file.name, content_type=file.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
