"""The partners that a unit keeps: departments, banks, telcos."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from senhong.core import clock
from senhong.core.days import as_day
from senhong.org.models import Partner, Unit
from senhong.org.queries import shown_period
from senhong.org.services import add_partner, change_partner, end_partner, hand_on_partner
from senhong.people import queries
from senhong.people.forms import PartnerForm, PartnerNameForm, SuccessorForm
from senhong.people.queries import Doing
from senhong.people.views.answers import Asked, ask
from senhong.people.views.units import asked_unit, frame
from senhong.web.components import Cell, Column, Crumb, Fact, Row, Table
from senhong.web.http import PageRequest, see_other


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def partners(request: PageRequest) -> HttpResponse:
    """The partners that a unit keeps, and a form to add one."""
    unit = asked_unit(request)
    if unit is None:
        return render(request, "people/nowhere.html")
    request.actor.require("partner.edit", at=unit.path)
    form = PartnerForm(request.POST or None)
    if form.is_valid():
        add_partner(request.actor, form.cleaned_data["id"], unit=unit, **form.read())
        messages.success(request, _("Đã thêm đối tác."))
        return see_other(_list(unit))
    kept = queries.partners_at(request.actor, unit)
    page = frame(request, unit, "people:partners") | {
        "form": form,
        "lines": [_line(partner) for partner in kept],
    }
    return render(request, "people/partners.html", page, status=422 if form.is_bound else 200)


@login_required
@require_safe
def partner(request: PageRequest, id: UUID) -> HttpResponse:
    """One partner under all its names: what it takes and took part in."""
    partner = queries.get_partner(request.actor, id)
    line = queries.partner_line(partner)
    may_edit = request.actor.can("partner.edit", at=partner.unit.path)
    page = {
        "partner": partner,
        "crumbs": _crumbs(partner, may_edit=may_edit),
        "facts": _facts(partner),
        "names": _name_table(line, partner) if len(line) > 1 else None,
        "doings": _doing_table(queries.doings_of(request.actor, line), line),
        "may_edit": may_edit,
        "may_end": may_edit and partner.to_day > as_day(clock.today()),
        "may_hand_on": may_edit and partner.successor is None,
    }
    return render(request, "people/partner.html", page)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PageRequest, id: UUID) -> HttpResponse:
    partner = queries.get_partner(request.actor, id)
    request.actor.require("partner.edit", at=partner.unit.path)
    form = PartnerNameForm(request.POST or None, partner=partner)
    if not form.is_valid():
        lead = _(
            "Chỉ để sửa chỗ ghi sai. Nếu cơ quan đổi tên hay nhập vào nơi khác, hãy ghi kế thừa."
        )
        return ask(request, form, _asked(partner, _("Sửa đối tác"), _("Lưu"), lead))
    change_partner(request.actor, partner, **form.read())
    messages.success(request, _("Đã lưu."))
    return see_other(_page(partner))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_on(request: PageRequest, id: UUID) -> HttpResponse:
    """From a day on another partner carries on; the successor is added to the list first."""
    partner = queries.get_partner(request.actor, id)
    request.actor.require("partner.edit", at=partner.unit.path)
    others = queries.possible_successors(request.actor, partner)
    form = SuccessorForm(request.POST or None, partners=others)
    if not form.is_valid():
        lead = _(
            "Phần việc chưa xong trong chương trình chuyển sang nơi kế thừa; việc đã làm vẫn đứng "
            "tên cũ. Nếu chưa có nơi kế thừa trong danh mục, hãy thêm trước."
        )
        return ask(request, form, _asked(partner, _("Ghi kế thừa"), _("Ghi kế thừa"), lead))
    on = form.cleaned_data["on"]
    hand_on_partner(request.actor, partner, successor=form.chosen, on=on)
    messages.success(request, _("Đã ghi nơi kế thừa."))
    return see_other(_page(partner))


@login_required
@require_POST
def end(request: PageRequest, id: UUID) -> HttpResponse:
    """From today on the partner is not offered any more; what it did stays."""
    partner = queries.get_partner(request.actor, id)
    end_partner(request.actor, partner, on=clock.today())
    messages.success(request, _("Đã ghi thôi phối hợp."))
    return see_other(_list(partner.unit))


def _line(partner: Partner) -> dict[str, object]:
    return {
        "partner": partner,
        "period": shown_period(partner.from_day, partner.to_day),
        "successor": partner.successor,
        "may_end": partner.to_day > as_day(clock.today()),
    }


def _list(unit: Unit) -> str:
    return f"{reverse('people:partners')}?unit={unit.key}"


def _page(partner: Partner) -> str:
    return reverse("people:partner", args=[partner.pk])


def _asked(partner: Partner, title: str, submit: str, lead: str) -> Asked:
    return Asked(
        title=f"{title}: {partner.name}",
        submit=submit,
        cancel_url=_page(partner),
        unit=partner.unit,
        lead=lead,
    )


def _crumbs(partner: Partner, *, may_edit: bool) -> list[Crumb]:
    """The list is the office's; everybody else comes from a plan or an activity."""
    above = [Crumb(_("Đối tác"), _list(partner.unit))] if may_edit else []
    return [*above, Crumb(partner.name)]


def _facts(partner: Partner) -> list[Fact]:
    facts = [
        Fact(_("Thời gian"), shown_period(partner.from_day, partner.to_day)),
        Fact(_("Đơn vị quản lý danh mục"), partner.unit.title),
    ]
    if partner.successor is not None:
        facts.append(Fact(_("Kế thừa"), partner.successor.name, _page(partner.successor)))
    return facts


def _name_table(line: Sequence[Partner], shown: Partner) -> Table:
    rows = [
        Row(
            [
                Cell(each.name, "" if each.pk == shown.pk else _page(each), is_header=True),
                Cell(shown_period(each.from_day, each.to_day)),
            ]
        )
        for each in line
    ]
    return Table(_("Tên qua các thời kỳ"), [Column(_("Tên")), Column(_("Thời gian"))], rows)


def _doing_table(doings: Sequence[Doing], line: Sequence[Partner]) -> Table:
    names = {partner.pk: partner.name for partner in line}
    columns = [Column(_("Việc")), Column(_("Loại")), Column(_("Thời gian"))]
    columns += [Column(_("Vai trò")), Column(_("Dưới tên"))]
    rows = [
        Row(
            [
                Cell(doing.title, doing.url, is_header=True),
                Cell(doing.kind),
                Cell(shown_period(doing.from_day, doing.to_day)),
                Cell(doing.part or None),
                Cell(names[doing.partner_id]),
            ]
        )
        for doing in doings
    ]
    empty = _("Chưa tham gia chương trình hay hoạt động nào mà bạn xem được.")
    return Table(_("Đã và đang cùng làm"), columns, rows, empty)
