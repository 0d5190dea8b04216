from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from senhong.core.errors import NotFound
from senhong.ledger import queries
from senhong.ledger.errors import UnitNotOnMap
from senhong.ledger.forms import Question
from senhong.ledger.notes import shown
from senhong.ledger.queries import Around, PostingLine, PostingPage
from senhong.ledger.views import asking
from senhong.org.queries import unit_names
from senhong.web.components import Cell, Column, Crumb, Row, Table
from senhong.web.http import PageRequest


@login_required
@require_safe
def postings(request: PageRequest) -> HttpResponse:
    """The lines behind one figure, each leading to what it came from."""
    form = asking.form_of(request, queries.indicators())
    if not form.is_valid():
        return render(request, "ledger/figures.html", {"form": form}, status=422)
    asked = asking.question_of(request, form)
    if len(asked.indicators) != 1:
        raise NotFound(what=_("chỉ tiêu của số liệu này"))
    own = request.GET.get("own") == "1"
    try:
        found = _found(request, asked, own=own)
    except UnitNotOnMap as error:
        return asking.not_standing(request, asked, error)
    here = {"own": "1"} if own else {}
    page = {
        "asked": asked,
        "indicator": asked.indicators[0],
        "period": asking.period_of(asked),
        "own": own,
        "parent": found.around.parent,
        "crumbs": _crumbs(asked, found.around),
        "table": _table(found.lines),
        "definitions": asking.definitions_of(asked, asked.indicators, found.around),
        "notes": asking.notes_of(asked, found.around),
        "next_url": asked.url("ledger:postings", after=found.next, **here) if found.next else "",
    }
    return render(request, "ledger/postings.html", page)


def _found(request: PageRequest, asked: Question, *, own: bool) -> PostingPage:
    return queries.postings_behind(
        request.actor,
        asked.unit,
        asked.indicators[0],
        first=asked.first,
        last=asked.last,
        on=asked.on,
        own=own,
        after=_cursor(request),
    )


def _cursor(request: PageRequest) -> UUID | None:
    text = request.GET.get("after")
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise NotFound(what=_("trang này")) from error


def _crumbs(asked: Question, around: Around) -> list[Crumb]:
    return asking.crumbs_of(asked, around, Crumb(_("Các ghi nhận")))


def _table(lines: list[PostingLine]) -> Table:
    columns = [
        Column(_("Ngày")),
        Column(_("Đơn vị")),
        Column(_("Số lượng"), numeric=True),
        Column(_("Từ")),
        Column(_("Người ghi")),
        Column(_("Tình trạng")),
    ]
    names = unit_names(line.posting.unit for line in lines)
    rows = [
        Row(
            [
                Cell(shown(line.posting.day), is_header=True),
                Cell(names[line.posting.unit_id]),
                Cell(line.posting.quantity),
                Cell(
                    line.source.title if line.source else _("không xem được"),
                    url=line.source.url if line.source else "",
                ),
                Cell(line.recorded_by),
                Cell(_state(line)),
            ],
            id=f"posting-{line.posting.id}",
        )
        for line in lines
    ]
    return Table(_("Các ghi nhận"), columns, rows, _("Không có ghi nhận nào trong kỳ này."))


def _state(line: PostingLine) -> str:
    if line.posting.reverses is not None:
        return _("ghi đảo: trừ một ghi nhận trước")
    return _("đã được đảo") if line.is_reversed else _("đang tính")
