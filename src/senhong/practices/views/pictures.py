"""Pictures of a practice."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files import File
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from senhong.core.errors import DomainError
from senhong.core.ids import derived_id, uuid7
from senhong.files import storage
from senhong.files.models import StoredFile
from senhong.files.pictures import bare_picture
from senhong.files.services import keep_file
from senhong.practices import queries, services
from senhong.practices.forms import PictureForm
from senhong.practices.models import Practice
from senhong.practices.views.practice import crumbs_of
from senhong.web.components import Crumb
from senhong.web.http import PageRequest, see_other

_AN_HOUR = 3600


@login_required
@require_safe
def picture(request: PageRequest, id: UUID) -> FileResponse:
    """The bytes of a picture, for those who may see its practice. Nothing in it ever runs."""
    shown = queries.get_picture(request.actor, id)
    response = FileResponse(storage.opened(shown.file.digest), content_type=shown.file.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = f"private, max-age={_AN_HOUR}"
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_picture(request: PageRequest, id: UUID) -> HttpResponse:
    """Answers with the practice's page, or with the form and its mistakes (422)."""
    shown = queries.get_practice(request.actor, id)
    request.actor.require("practice.edit", at=shown.unit.path)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = PictureForm(data, files, initial={"id": uuid7()})
    if form.is_bound and form.is_valid():
        kept, mistake = _kept(request, shown, form)
        if kept is not None:
            told = form.cleaned_data
            services.add_picture(request.actor, told["id"], shown, file=kept, told=told["told"])
            messages.success(request, _("Đã thêm ảnh."))
            return see_other("practices:practice", shown.pk)
        form.add_error("picture", mistake)
    title = _("Thêm ảnh")
    page = {
        "form": form,
        "title": title,
        "crumbs": [*crumbs_of(shown), Crumb(title)],
        "cancel_url": crumbs_of(shown)[-1].url,
        "submit": _("Lưu ảnh"),
        "words": "",
    }
    return render(request, "practices/form.html", page, status=422 if form.is_bound else 200)


@login_required
@require_POST
def remove_picture(request: PageRequest, id: UUID) -> HttpResponse:
    shown = queries.get_picture(request.actor, id)
    services.remove_picture(request.actor, shown)
    messages.success(request, _("Đã bỏ ảnh."))
    return see_other("practices:practice", shown.practice_id)


def _kept(
    request: PageRequest, shown: Practice, form: PictureForm
) -> tuple[StoredFile | None, str]:
    """The picture without what its camera wrote into it, kept; or what is wrong with it."""
    upload: File[bytes] = form.cleaned_data["picture"]
    try:
        bare = bare_picture(upload)
        stored = storage.save(bare)
    except DomainError as mistake:  # of the field, so it is said at the field
        return None, str(mistake)
    id = derived_id(form.cleaned_data["id"], "file", stored.digest)
    place = shown.unit.path
    return keep_file(request.actor, id, place=place, name=bare.name or "", **vars(stored)), ""
