from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from senhong.board.queries import tree_on
from senhong.board.queries.matrix import Asked, Layout, Matrix, matrix_of
from senhong.board.views.definitions import definitions_of_measures, definitions_sheet
from senhong.board.views.grid import sheet_of, table_of
from senhong.board.views.unit import crumbs
from senhong.core.days import as_date, as_day
from senhong.core.errors import NotFound
from senhong.core.text import search_key
from senhong.org.models import Level
from senhong.org.queries import get_unit
from senhong.web.components import Crumb, Option
from senhong.web.http import PageRequest
from senhong.web.workbooks import xlsx_response

ASKED = ("rows", "cluster", "plan", "sort")


@require_safe
@login_required
def matrix(request: PageRequest, key: str) -> HttpResponse:
    """The units below a unit by the targets of the plans: who stands how in what."""
    found = asked_matrix(request, key)
    asked = {name: request.GET.get(name, "") for name in ASKED}
    page = frame_of(request, found, _("Đơn vị × chỉ tiêu")) | {
        "table": table_of(found, _page(found.unit.key, asked)),
        "definitions": definitions_of_measures(found.measures, found.asked.day),
        "count": _count(found),
        "layouts": _layouts(found, asked),
        "plans": _plans(found, asked),
        "cluster": found.cluster.cluster if found.cluster else None,
        "all_url": with_asked("board:matrix", found.unit.key, asked | {"cluster": ""}),
        "map_url": reverse("board:state-map", args=[found.unit.key]),
        "xlsx_url": with_asked("board:matrix-xlsx", found.unit.key, asked),
        "clusters_url": _clusters_url(found),
        "remind_url": _remind_url(request, found),
    }
    return render(request, "board/matrix.html", page)


@require_safe
@login_required
def matrix_xlsx(request: PageRequest, key: str) -> HttpResponse:
    """The same table as a workbook: figures, targets and states in columns of their own, and what
    is counted on a second sheet."""
    found = asked_matrix(request, key)
    day = f"{found.asked.reading_on:%Y-%m-%d}"
    name = slugify(search_key(found.tree.spots[found.unit.pk].title))
    definitions = definitions_of_measures(found.measures, found.asked.day)
    return xlsx_response(f"{name}-{day}.xlsx", [sheet_of(found), definitions_sheet(definitions)])


def asked_matrix(
    request: PageRequest, key: str, *, layout: str = "", alone: str | None = None
) -> Matrix:
    """The table that the address asks for; NotFound where the unit does not stand that day."""
    unit, reading_on = get_unit(request.actor, key), request.reading_on()
    tree = tree_on(unit, as_day(reading_on))
    if tree is None or unit not in tree:
        raise NotFound(what=_("đơn vị này vào ngày đang đọc"))
    asked = Asked(
        reading_on=as_date(as_day(reading_on)),
        layout=layout or request.GET.get("rows", ""),
        cluster="" if layout else request.GET.get("cluster", ""),
        plan=request.GET.get("plan", ""),
        sort=request.GET.get("sort", ""),
        alone=alone,
    )
    return matrix_of(request.actor, unit, tree, asked)


def frame_of(request: PageRequest, found: Matrix, here: str) -> dict[str, object]:
    """What stands around the table, and around the map."""
    *above, last = crumbs(request.actor, found.tree, found.unit)
    page_of_unit = reverse("board:unit", args=[found.unit.key])
    return {
        "unit": found.unit,
        "title": found.tree.spots[found.unit.pk].title,
        "crumbs": [*above, Crumb(last.label, page_of_unit), Crumb(here)],
        "reading_on": request.reading_on(),
    }


def with_asked(name: str, key: str, asked: dict[str, str]) -> str:
    """A page about the unit with these answers; empty ones are left out."""
    return _page(key, asked, reverse(name, args=[key]))


def _page(key: str, asked: dict[str, str], path: str = "") -> str:
    said = {name: value for name, value in asked.items() if value}
    return f"{path}?{urlencode(said)}" if said or not path else path


def _layouts(found: Matrix, asked: dict[str, str]) -> list[Option]:
    if len(found.layouts) < 2:
        return []
    has_districts = any(
        spot.unit.level == Level.DISTRICT for spot in found.tree.children(found.unit.pk)
    )
    labels = {
        Layout.UNITS: _("Cấp huyện") if has_districts else _("Cấp xã"),
        Layout.COMMUNES: _("Cấp xã, theo huyện"),
        Layout.GROUPED: _("Xếp theo cụm"),
        Layout.CLUSTERS: _("Mỗi cụm một dòng"),
    }
    return [
        Option(
            labels[each],
            _page("", asked | {"rows": "" if each is Layout.UNITS else each, "cluster": ""}),
            each is found.layout and found.cluster is None,
        )
        for each in found.layouts
    ]


def _plans(found: Matrix, asked: dict[str, str]) -> list[Option]:
    if len(found.plans) < 2:
        return []
    options = [
        Option(_("Mọi kế hoạch"), _page("", asked | {"plan": "", "sort": ""}), not asked["plan"])
    ]
    return options + [
        Option(
            each.name,
            _page("", asked | {"plan": str(each.pk), "sort": ""}),
            str(each.pk) == asked["plan"],
        )
        for each in found.plans
    ]


def _count(found: Matrix) -> str:
    lines = found.lines
    number = sum(1 for line in lines if line.spot)
    if not number and lines:
        text = ngettext("{number} cụm", "{number} cụm", len(lines))
        return text.format(number=len(lines))
    return ngettext("{number} đơn vị", "{number} đơn vị", number).format(number=number)


def _clusters_url(found: Matrix) -> str:
    """Only a province has clusters."""
    if not found.unit.is_province:
        return ""
    return f"{reverse('org:clusters')}?{urlencode({'unit': found.unit.key})}"


def _remind_url(request: PageRequest, found: Matrix) -> str:
    """The units of the cluster that is shown, ticked to be reminded."""
    if found.cluster is None or not request.actor.can("reminder.send", at=found.unit.path):
        return ""
    keys = [line.spot.unit.key for line in found.lines if line.spot]
    query = urlencode({"units": keys}, doseq=True)
    return f"{reverse('board:needs', args=[found.unit.key])}?{query}" if keys else ""
