from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from senhong.core.days import as_date, as_day
from senhong.core.errors import NotFound
from senhong.org import services
from senhong.org.forms import ClustersForm
from senhong.org.models import Cluster, Unit
from senhong.org.queries import (
    Grouping,
    children_on,
    clusters_known,
    clusters_on,
    get_installation,
    get_unit,
    landed_unit,
    shown_period,
)
from senhong.web.components import Cell, Column, Crumb, Row, Table
from senhong.web.http import PageRequest, see_other

NAMED = 6  # units of a cluster that are named before "và … khác"


@login_required
@require_safe
def clusters(request: PageRequest) -> HttpResponse:
    """The clusters of a province on the day that is read, and those that have ended."""
    province, day = asked_province(request), as_day(request.reading_on())
    groupings = clusters_on(province, day)
    titles = {place.unit_id: str(place) for place in children_on(province, day)}
    standing = {each.cluster.pk for each in groupings}
    others = [each for each in clusters_known(province, day) if each.pk not in standing]
    free = titles.keys() - {unit for each in groupings for unit in each.unit_ids}
    page = {
        "province": province,
        "crumbs": [
            Crumb(province.title, f"/units/{province.key}/"),
            Crumb(pgettext("nhiều", "Cụm")),
        ],
        "table": _table(province, groupings, titles),
        "others": _others(others),
        "free": _free(len(free)) if groupings and free else "",
        "reading_on": request.reading_on(),
        "draw_url": _page("org:draw-clusters", province)
        if request.actor.can("cluster.edit", at=province.path)
        else "",
        "matrix_url": f"/units/{province.key}/matrix/?rows=clusters" if groupings else "",
    }
    return render(request, "org/clusters.html", page)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def draw_clusters(request: PageRequest) -> HttpResponse:
    """Which unit is in which cluster from a day on."""
    province, day = asked_province(request), as_day(request.reading_on())
    request.actor.require("cluster.edit", at=province.path)
    groupings = clusters_on(province, day)
    of = {unit: each.cluster.pk for each in groupings for unit in each.unit_ids}
    form = ClustersForm(
        [each.cluster for each in groupings],
        sorted(children_on(province, day), key=lambda place: _order(groupings, of, place.unit_id)),
        of,
        request.POST or None,
        initial={"day": request.reading_on()},
    )
    if form.is_bound and form.is_valid():
        changed = services.draw_clusters(
            request.actor, province, day=as_day(form.cleaned_data["day"]), clusters=form.read()
        )
        told = _("Đã lưu cách xếp cụm.") if changed else _("Không có gì thay đổi.")
        messages.success(request, told)
        return see_other(_page("org:clusters", province))
    page = {
        "form": form,
        "province": province,
        "crumbs": [
            Crumb(province.title, f"/units/{province.key}/"),
            Crumb(pgettext("nhiều", "Cụm"), _page("org:clusters", province)),
            Crumb(_("Sắp xếp cụm")),
        ],
        "back_url": _page("org:clusters", province),
    }
    return render(request, "org/draw_clusters.html", page, status=422 if form.is_bound else 200)


def asked_province(request: PageRequest) -> Unit:
    """The province of the unit that the address names, or whose installation this is."""
    day = as_day(request.reading_on())
    if key := request.GET.get("unit"):
        unit = get_unit(request.actor, key)
        return unit if unit.is_province else _province(request, unit.province)
    installation = get_installation()
    return _province(request, landed_unit(installation.province_id, day) if installation else None)


def _province(request: PageRequest, province: Unit | None) -> Unit:
    if province is None:
        raise NotFound(what=_("tỉnh của bạn"))
    return get_unit(request.actor, province.key)


def _order(groupings: list[Grouping], of: dict[int, UUID], unit_id: int) -> int:
    """Units of a cluster stand together, those in none at the end; sorting keeps the names'."""
    numbers = {each.cluster.pk: number for number, each in enumerate(groupings)}
    return numbers[of[unit_id]] if unit_id in of else len(numbers)


def _page(name: str, province: Unit) -> str:
    return f"{reverse(name)}?{urlencode({'unit': province.key})}"


def _table(province: Unit, groupings: list[Grouping], titles: dict[int, str]) -> Table:
    columns = [Column(_("Cụm")), Column(_("Số đơn vị"), numeric=True), Column(_("Gồm"))]
    empty = _(
        "Chưa có cụm nào vào ngày này. Khi không còn cấp huyện, cụm giúp chia việc theo vùng."
    )
    rows = [_row(province, each, titles) for each in groupings]
    return Table(_("Các cụm"), columns, rows, empty)


def _row(province: Unit, each: Grouping, titles: dict[int, str]) -> Row:
    names = [title for unit, title in titles.items() if unit in each.unit_ids]
    url = f"/units/{province.key}/matrix/?{urlencode({'cluster': str(each.cluster.pk)})}"
    day = date_format(as_date(each.cluster.from_day), "DATE_FORMAT")
    name = Cell(each.cluster.name, url, is_header=True, note=_("từ {day}").format(day=day))
    return Row([name, Cell(len(names)), Cell(_named(names))], id=f"cluster-{each.cluster.pk}")


def _named(names: list[str]) -> str:
    shown, more = ", ".join(names[:NAMED]), len(names) - NAMED
    return _("{names} và {more} nơi khác").format(names=shown, more=more) if more > 0 else shown


def _free(number: int) -> str:
    text = ngettext("{number} đơn vị chưa ở cụm nào.", "{number} đơn vị chưa ở cụm nào.", number)
    return text.format(number=number)


def _others(clusters: list[Cluster]) -> Table:
    rows = [
        Row([Cell(each.name, is_header=True), Cell(shown_period(each.from_day, each.to_day))])
        for each in clusters
    ]
    return Table(_("Cụm của thời gian khác"), [Column(_("Cụm")), Column(_("Thời gian"))], rows)
