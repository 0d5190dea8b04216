"""A file of acts from a phone that could not send them: looked at, then recorded."""

from collections import Counter
from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from senhong.core.errors import DomainError
from senhong.sync import services
from senhong.sync.answers import words_of
from senhong.sync.delivery import Answer, Result
from senhong.sync.errors import ExportChanged
from senhong.sync.exports import Export, export_of
from senhong.sync.forms import FileForm
from senhong.web.components import Cell, Column, Row, Table
from senhong.web.http import PageRequest, see_other

# What was read waits in the page itself, signed: nothing lies on the server until it is confirmed.
_SALT = "sync.export"
_WAITS_S = 24 * 3600
_WORDS: dict[str, str | Promise] = {
    Result.RECORDED: gettext_lazy("Lượt mới"),
    Result.ALREADY_RECORDED: gettext_lazy("Đã có từ trước"),
    Result.RETURNED: gettext_lazy("Không ghi được, người ghi cần sửa"),
    Result.CONFLICT: gettext_lazy("Trùng mã, khác nội dung: giữ lại để xem"),
    Result.HELD: gettext_lazy("Chưa đúng mẫu hoặc chờ lượt khác: giữ lại để xem"),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request: PageRequest) -> HttpResponse:
    """Asks for the file, then shows what would become of each act. Nothing is written yet."""
    request.actor.require_somewhere("help.correct")
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            export = export_of(form.cleaned_data["file"].read())
            told = services.import_acts(request.actor, export, only_look=True)
        except DomainError as mistake:  # of the file, so it is said at the field
            form.add_error("file", str(mistake))
        else:
            return _preview(request, export, told)
    status = 422 if request.method == "POST" else 200
    return render(request, "sync/import.html", {"form": form}, status=status)


@login_required
@require_POST
def confirm_import(request: PageRequest) -> HttpResponse:
    """Records what was shown."""
    request.actor.require_somewhere("help.correct")
    told = services.import_acts(request.actor, _unpacked(request))
    new = sum(answer.result == Result.RECORDED for answer in told)
    words = ngettext("Đã ghi {number} lượt mới.", "Đã ghi {number} lượt mới.", new)
    messages.success(request, words.format(number=new))
    return see_other("sync:kept-acts")


def _preview(request: PageRequest, export: Export, told: Sequence[Answer]) -> HttpResponse:
    page = {
        "sums": _sums(told),
        "wrong": _wrong(told),
        "number": len(told),
        "packed": signing.dumps(
            [export.person, export.device and str(export.device), export.values],
            salt=_SALT,
            compress=True,
        ),
    }
    return render(request, "sync/import_preview.html", page)


def _unpacked(request: PageRequest) -> Export:
    """What was shown. Raises ExportChanged."""
    try:
        person, device, values = signing.loads(
            request.POST.get("packed", ""), salt=_SALT, max_age=_WAITS_S
        )
    except signing.BadSignature as broken:
        raise ExportChanged from broken
    return Export.again(person, device, values)


def _sums(told: Sequence[Answer]) -> Table:
    numbers = Counter(answer.result for answer in told)
    rows = [Row([Cell(_WORDS[r], is_header=True), Cell(numbers[r])]) for r in Result if numbers[r]]
    columns = [Column(_("Kết quả")), Column(_("Số lượt"), numeric=True)]
    return Table(_("Tệp này có"), columns, rows, _("Không có lượt nào."), shows_caption=True)


def _wrong(told: Sequence[Answer]) -> Table:
    reasons = Counter(words_of(answer) for answer in told if answer.error)
    rows = [Row([Cell(why, is_header=True), Cell(times)]) for why, times in reasons.most_common(50)]
    columns = [Column(_("Vì sao")), Column(_("Số lượt"), numeric=True)]
    return Table(_("Những lượt không ghi ngay được"), columns, rows, shows_caption=True)
