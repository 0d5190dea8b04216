from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from senhong.core.days import as_date
from senhong.core.ids import uuid7
from senhong.plans import queries, services
from senhong.plans.cards import said_days
from senhong.plans.drafts import Draft, draft_by, draft_changed, draft_of_now, draft_typed
from senhong.plans.forms import SharesForm, SheetForm, WayForm
from senhong.plans.models import Target
from senhong.plans.queries import Part, Way
from senhong.plans.sheets import (
    Sent,
    left_out,
    shares_in,
    split_sheet,
    weights_in,
)
from senhong.plans.splitting import Weight
from senhong.plans.views.plans import plan_crumbs
from senhong.web.components import Crumb
from senhong.web.http import PageRequest, see_other
from senhong.web.workbooks import xlsx_response

_NAMED = 6  # units that are named before "và … khác"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The page: a draft of the split, and the forms as they came back."""

    draft: Draft
    way: WayForm | None = None  # when it was sent, like the two below
    shares: SharesForm | None = None
    sheet: SheetForm | None = None
    told: str = ""  # how the draft came about
    status: int = 200


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def split(request: PageRequest, id: UUID) -> HttpResponse:
    """Propose shares, correct them, read them from a workbook; only ``save`` saves anything."""
    target = queries.get_target(request.actor, id)
    request.actor.require("target.set", at=target.unit.path)
    parts = queries.parts_to_split(target)
    if request.method != "POST":
        draft = draft_of_now(target.quantity, parts)
        return _page(request, target, Shown(draft=draft))
    return _DEEDS.get(request.POST.get("do", ""), _check)(request, target, parts)


@login_required
@require_safe
def split_workbook(request: PageRequest, id: UUID) -> HttpResponse:
    """The shares as a workbook, to be filled in and sent back."""
    target = queries.get_target(request.actor, id)
    request.actor.require("target.set", at=target.unit.path)
    draft = draft_of_now(target.quantity, queries.parts_to_split(target))
    name = _("Chia chỉ tiêu {indicator} {unit}.xlsx")
    told = name.format(indicator=target.indicator.title, unit=target.unit.title)
    return xlsx_response(told, [split_sheet(draft)])


def _propose(request: PageRequest, target: Target, parts: list[Part]) -> HttpResponse:
    form = _way_form(target, parts, request)
    if not form.is_valid():
        draft = draft_of_now(target.quantity, parts)
        return _page(request, target, Shown(draft=draft, way=form, status=422))
    said = form.cleaned_data
    weights, told, mistakes = _weights(request, target, parts, form)
    draft = draft_by(weights, said["quantity"], parts, own=said["own"])
    draft = draft_changed(draft, {}, mistakes)
    status = 422 if mistakes else 200
    return _page(request, target, Shown(draft=draft, way=form, told=told, status=status))


def _weights(
    request: PageRequest, target: Target, parts: list[Part], form: WayForm
) -> tuple[dict[str, Weight] | None, str, list[str]]:
    """What each unit weighs, where that is from, and what could not be read."""
    said = form.cleaned_data
    way: Way = said["way"]
    weights: dict[str, Weight]
    if way is Way.EQUALLY:
        return None, "", []
    if way is Way.AS_NOW:
        return {part.unit.key: part.quantity or 0 for part in parts}, "", []
    if way is Way.COLUMN:
        sent = weights_in(said["file"], parts, said["column"])
        return {**sent.weights}, _told_of_column(sent, parts), sent.mistakes
    weights = {**queries.weights_of(request.actor, target, way)}
    if not any(weights.values()):
        return None, _("Chưa có số nào để chia theo, nên các phần đang bằng nhau."), []
    return weights, "", []


def _told_of_column(sent: Sent, parts: list[Part]) -> str:
    """By which column, and who is not in the workbook and gets nothing."""
    if not sent.column:
        return ""
    told = _("Chia theo cột “{column}” của tệp.").format(column=sent.column)
    if missing := left_out(sent, parts):
        text = ngettext(
            "{number} đơn vị không có trong tệp nên phần bằng 0: {names}.",
            "{number} đơn vị không có trong tệp nên phần bằng 0: {names}.", len(missing),
        )  # fmt: skip
        told = f"{told} {text.format(number=len(missing), names=_named(missing))}"
    return told


def _named(names: list[str]) -> str:
    shown, more = ", ".join(names[:_NAMED]), len(names) - _NAMED
    return _("{names} và {more} nơi khác").format(names=shown, more=more) if more > 0 else shown


def _check(request: PageRequest, target: Target, parts: list[Part]) -> HttpResponse:
    """The sum of what was corrected by hand; nothing is saved."""
    form = SharesForm(request.POST, is_again=False)  # a reason is asked for when it is saved
    draft = _typed(form, request, target, parts)
    status = 200 if form.is_valid() and not draft.mistakes else 422
    return _page(request, target, Shown(draft=draft, shares=form, status=status))


def _upload(request: PageRequest, target: Target, parts: list[Part]) -> HttpResponse:
    form = SheetForm(request.POST, request.FILES)
    draft = draft_of_now(target.quantity, parts)
    if form.is_valid():
        sent = shares_in(form.cleaned_data["file"], parts)
        draft = draft_changed(draft, sent.shares, sent.mistakes)
    told = _("Đã đọc tệp. Hãy xem từng phần rồi lưu.") if form.is_valid() else ""
    status = 200 if form.is_valid() and not draft.mistakes else 422
    return _page(request, target, Shown(draft=draft, sheet=form, told=told, status=status))


def _save(request: PageRequest, target: Target, parts: list[Part]) -> HttpResponse:
    form = _shares_form(parts, request)
    draft = _typed(form, request, target, parts)
    if not form.is_valid() or draft.mistakes or draft.left:
        return _page(request, target, Shown(draft=draft, shares=form, status=422))
    said = form.cleaned_data
    services.split_target(
        request.actor, said["id"], target,
        services.Split(
            seen=said["seen"], quantity=said["quantity"], shares=draft.shares(),
            reason=said["reason"],
        ),
    )  # fmt: skip
    messages.success(request, _("Đã lưu các phần. Cộng lại vừa đúng mức chung."))
    return see_other("plans:target", target.pk)


_DEEDS: dict[str, Callable[[PageRequest, Target, list[Part]], HttpResponse]] = {
    "propose": _propose,
    "check": _check,
    "upload": _upload,
    "save": _save,
}


def _typed(form: SharesForm, request: PageRequest, target: Target, parts: list[Part]) -> Draft:
    form.is_valid()
    whole = form.cleaned_data.get("quantity") or target.quantity
    return draft_typed(request.POST, whole, parts)


def _shares_form(parts: list[Part], request: PageRequest) -> SharesForm:
    return SharesForm(request.POST, is_again=_is_again(parts))


def _is_again(parts: list[Part]) -> bool:
    return any(part.quantity is not None for part in parts)


def _way_form(
    target: Target,
    parts: list[Part],
    request: PageRequest | None = None,
    *,
    whole: int | None = None,
) -> WayForm:
    initial = {"quantity": whole or target.quantity, "way": Way.EQUALLY}
    sent = (request.POST, request.FILES) if request else (None, None)
    ways = _ways(target, _is_again(parts))
    return WayForm(*sent, ways=ways, is_fixed=target.parent is not None, initial=initial)


def _ways(target: Target, is_again: bool) -> list[tuple[Way, str]]:
    """Only what differs: a year has one period before it."""
    last_period, last_year = _days(target, Way.LAST_PERIOD), _days(target, Way.LAST_YEAR)
    ways = {
        Way.EQUALLY: _("Đều nhau"),
        Way.MEMBERS: _("Số thành viên hiện có"),
        Way.LAST_PERIOD: _("Kết quả kỳ trước ({days})").format(days=last_period),
    }
    if last_year != last_period:
        told = _("Kết quả cùng kỳ năm trước ({days})")
        ways[Way.LAST_YEAR] = told.format(days=last_year)
    if is_again:
        ways[Way.AS_NOW] = _("Tỉ lệ các phần hiện có")
    if queries.has_clusters(target):
        ways[Way.CLUSTERS] = _("Đều giữa các cụm, rồi đều trong cụm")
    ways[Way.COLUMN] = _("Cột số trong tệp Excel")
    return [*ways.items()]


def _days(target: Target, way: Way) -> str:
    first, last = queries.before(target, way)
    return said_days(as_date(first), as_date(last))


def _page(request: PageRequest, target: Target, shown: Shown) -> HttpResponse:
    parts = [line.part for line in shown.draft.lines]
    begun = {"id": uuid7(), "seen": target.quantity, "quantity": shown.draft.whole}
    here = Crumb(target.indicator.title, reverse("plans:target", args=[target.pk]))
    page = {
        "target": target,
        "crumbs": [*plan_crumbs(target.plan, is_last=False), here, Crumb(_("Chia chỉ tiêu"))],
        "draft": shown.draft,
        "sum_words": sum_words(shown.draft),
        "told": shown.told,
        "way_form": shown.way or _way_form(target, parts, whole=shown.draft.whole),
        "shares_form": shown.shares or SharesForm(initial=begun, is_again=_is_again(parts)),
        "sheet_form": shown.sheet or SheetForm(),
        "has_units": len(parts) > 1,
    }
    return render(request, "plans/split.html", page, status=shown.status)


def sum_words(draft: Draft) -> str:
    """Whether the shares add up, in words."""
    if draft.left > 0:
        return _("Còn thiếu {left}").format(left=number_format(draft.left))
    if draft.left < 0:
        return _("Thừa {left}").format(left=number_format(draft.too_much))
    return _("Vừa đủ")
