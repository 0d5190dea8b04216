"""How a unit deals with deadlines, and on which days its province works."""

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from senhong.core import clock
from senhong.core.ids import uuid7
from senhong.org.models import Unit
from senhong.org.queries import get_unit
from senhong.web.components import Crumb, Fact
from senhong.web.http import PageRequest, see_other
from senhong.work import queries, services
from senhong.work.forms_rules import DayRuleForm, WorkRuleForm
from senhong.work.models import WorkRule
from senhong.work.workdays import national_holidays

_AHEAD = timedelta(days=400)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: PageRequest, key: str) -> HttpResponse:
    """What holds for the unit, to be read; for who may edit there a form. A mistake: 422."""
    unit = get_unit(request.actor, key)
    if request.method != "POST":
        return _page(request, unit)
    request.actor.require("task.edit", at=unit.path)
    form = WorkRuleForm(request.POST)
    if not form.is_valid():
        return _page(request, unit, form=form)
    services.set_work_rule(request.actor, form.cleaned_data["id"], unit, form.read())
    messages.success(request, _("Đã lưu cách nhắc hạn."))
    return see_other("work:rules", key)


@login_required
@require_POST
def clear_rule(request: PageRequest, key: str) -> HttpResponse:
    """The unit's own rule is gone: that of the unit above holds."""
    unit = get_unit(request.actor, key)
    services.clear_work_rule(request.actor, unit)
    messages.success(request, _("Từ nay theo cấp trên."))
    return see_other("work:rules", key)


@login_required
@require_POST
def set_day(request: PageRequest, key: str) -> HttpResponse:
    """Answers with the page, or with the form and its mistakes (422)."""
    unit, form = get_unit(request.actor, key), DayRuleForm(request.POST)
    request.actor.require("task.edit", at=unit.path)
    if not form.is_valid():
        return _page(request, unit, day_form=form)
    said = form.cleaned_data
    services.set_day(
        request.actor, said["id"], unit, said["on"],
        is_working=said["is_working"], name=said["name"],
    )  # fmt: skip
    messages.success(request, _("Đã ghi ngày ấy."))
    return see_other("work:rules", key)


@login_required
@require_POST
def remove_day(request: PageRequest, key: str, id: UUID) -> HttpResponse:
    rule = queries.get_day_rule(get_unit(request.actor, key), id)
    services.remove_day(request.actor, rule)
    messages.success(request, _("Ngày ấy lại theo lịch chung."))
    return see_other("work:rules", key)


def _page(
    request: PageRequest,
    unit: Unit,
    *,
    form: WorkRuleForm | None = None,
    day_form: DayRuleForm | None = None,
) -> HttpResponse:
    rule, today = queries.work_rule_of(unit), clock.today()
    may_edit = request.actor.can("task.edit", at=unit.path)
    page = {
        "unit": unit,
        "crumbs": [
            Crumb(unit.title, f"/units/{unit.key}/"),
            Crumb(_("Hạn và nhắc hạn")),
        ],
        "whose": _whose(rule, unit),
        "is_own": rule.unit_id == unit.pk,
        "facts": _facts(rule),
        "form": (form or WorkRuleForm.shown(rule, uuid7())) if may_edit else None,
        "days": queries.day_rules_of(unit.province or unit, today, today + _AHEAD),
        "holidays": _holidays(today),
        "may_edit_days": may_edit and unit.is_province,
        "day_form": day_form or DayRuleForm(initial={"id": uuid7()}),
    }
    return render(request, "work/rules.html", page, status=422 if form or day_form else 200)


def _whose(rule: WorkRule, unit: Unit) -> str:
    """Whose rule it is, in words."""
    if rule._state.adding:  # the house's own, which is not saved
        return _("Chưa đơn vị nào đặt riêng: theo cách chung của Sen Hồng.")
    if rule.unit_id == unit.pk:
        return _("{unit} đặt riêng; đơn vị dưới chưa đặt thì theo.").format(unit=unit.title)
    return _("Theo {unit}.").format(unit=rule.unit.title)


def _facts(rule: WorkRule) -> list[Fact]:
    days = sorted(rule.remind_days, reverse=True)
    before = ", ".join(str(day) for day in days if day > 0)
    after = ", ".join(str(-day) for day in days if day < 0)
    never = _("không")
    escalates = rule.escalate_days or never
    return [
        Fact(_("Giờ hạn"), f"{rule.due_hour:%H:%M}"),
        Fact(_("Nhắc trước hạn (ngày)"), before or never),
        Fact(_("Nhắc sáng ngày đến hạn"), _("có") if 0 in days else never),
        Fact(_("Nhắc sau hạn (ngày)"), after or never),
        Fact(_("Báo cấp trên khi quá hạn (ngày)"), escalates),
        Fact(_("Coi là im lặng sau (ngày)"), rule.silent_days),
        Fact(_("Giờ yên lặng"), f"{rule.quiet_from:%H:%M}–{rule.quiet_to:%H:%M}"),
    ]


def _holidays(today: date) -> list[tuple[date, str]]:
    """What the country's calendar says of the days ahead."""
    last = today + _AHEAD
    found = {**national_holidays(today.year), **national_holidays(last.year)}
    return sorted((day, name) for day, name in found.items() if today <= day <= last)
