"""Record help; one help at its doorstep; correct and withdraw it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from senhong.activities import queries, services
from senhong.activities.forms import CorrectionForm, HelpForm, ReasonForm
from senhong.activities.models import STANDING, Activity, Help, HelpState
from senhong.activities.queries import Doorstep, HelpLine
from senhong.activities.telling import hours
from senhong.activities.views.frame import STATE_TONES, Asked, ask, crumbs_to, page_of
from senhong.activities.views.review import place_words
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_date
from senhong.guides.queries import help_kinds
from senhong.ledger.models import Posting
from senhong.web.components import Cell, Column, Fact, Row, Table
from senhong.web.http import PageRequest, see_other


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def record_help(request: PageRequest, id: UUID) -> HttpResponse:
    """Three taps; afterwards the activity, with the way to the next."""
    activity = queries.get_activity(request.actor, id)
    teams = queries.recording_teams(request.actor, activity)
    if not teams and not request.actor.can("help.propose", at=activity.lead_team.path):
        request.actor.require("help.record", at=activity.lead_team.path)
    first = _first(request, activity)
    form = HelpForm(
        request.POST or None, kinds=help_kinds(), teams=teams, initial=_initial(activity, first)
    )
    if not form.is_valid():
        return _record_page(request, activity, form, first)
    help = services.record_help(request.actor, form.read(activity))
    waits = help.state == HelpState.WAITING
    said = _("Đã ghi {people} lượt, chờ duyệt.") if waits else _("Đã ghi {people} lượt.")
    messages.success(request, said.format(people=help.people))
    return see_other(f"{page_of(activity)}?last={help.pk}")


@login_required
@require_safe
def doorstep(request: PageRequest, id: UUID) -> HttpResponse:
    """The doorstep: what, where, when, by which team; what it posted, what became of it."""
    seen = queries.doorstep(request.actor, id)
    page = {
        "help": seen.help,
        "returned_by": seen.returned_by,
        "photos": seen.photos,
        "flags": seen.flags,
        "review": _review_of(request.actor, seen),
        "corrected_by": getattr(seen.help, "corrected_by", None),
        "title": ", ".join(seen.services),
        "tone": STATE_TONES[seen.help.state],
        "crumbs": crumbs_to(seen.help.activity, _("Lượt hỗ trợ")),
        "facts": _facts(seen),
        "postings": _posting_table(seen.postings),
        "others": _other_table(seen.others),
        "may_correct": seen.may_correct and seen.help.state in STANDING,
    }
    return render(request, "activities/help.html", page)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct_help(request: PageRequest, id: UUID) -> HttpResponse:
    seen = queries.get_help(request.actor, id)
    activity = queries.get_activity(request.actor, seen.activity_id)
    teams = queries.recording_teams(request.actor, activity)
    form = CorrectionForm(
        request.POST or None,
        kinds=help_kinds(),
        teams=teams or [seen.team],
        initial=CorrectionForm.of(seen),
    )
    form.fields["reason"].required = not seen.review_reason  # the reviewer's is enough
    if not form.is_valid():
        return ask(request, form, _correcting(seen))
    told = form.cleaned_data
    new = services.correct_help(
        request.actor, told["id"], seen, form.read_facts(), reason=told["reason"]
    )
    waits = new.state == HelpState.WAITING
    messages.success(
        request, _("Đã sửa, chờ duyệt.") if waits else _("Đã sửa. Số liệu đã tính lại.")
    )
    return see_other("activities:help", new.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_help(request: PageRequest, id: UUID) -> HttpResponse:
    seen = queries.get_help(request.actor, id)
    form = ReasonForm(request.POST or None)
    if not form.is_valid():
        return ask(request, form, _withdrawing(seen))
    services.withdraw_help(request.actor, seen, **form.cleaned_data)
    messages.success(request, _("Đã rút lượt hỗ trợ. Số liệu đã trừ lại."))
    return see_other("activities:help", seen.pk)


def _record_page(
    request: PageRequest, activity: Activity, form: HelpForm, first: Help | None
) -> HttpResponse:
    page = {
        "activity": activity,
        "hours": hours(activity),
        "crumbs": crumbs_to(activity, _("Ghi lượt hỗ trợ")),
        "form": form,
        "first": first,
        "waits": queries.records_wait(request.actor, activity.lead_team),
    }
    status = 422 if form.is_bound else 200
    return render(request, "activities/record_help.html", page, status=status)


def _first(request: PageRequest, activity: Activity) -> Help | None:
    """The help to whose people further services go, when the address names one."""
    try:
        help = queries.get_help(request.actor, UUID(request.GET.get("same", "")))
    except ValueError:
        return None
    return help if help.activity_id == activity.pk else None


def _initial(activity: Activity, first: Help | None) -> dict[str, object]:
    day = min(clock.today(), activity.last_on)
    if first is None:
        return {"given_on": day}
    return {
        "given_on": day,
        "same_people_as": first.pk,
        "people": first.people,
        "helped": first.helped,
    }


def _correcting(help: Help) -> Asked:
    return Asked(
        title=_("Sửa lượt hỗ trợ"),
        submit=_("Lưu bản sửa"),
        cancel_url=_page(help),
        crumbs=crumbs_to(help.activity, _("Sửa lượt hỗ trợ")),
        lead=help.activity.name,
        counted=_(
            "Bản cũ vẫn còn để xem. Những gì bản cũ đã tính được trừ lại, vào đúng ngày và đơn vị "
            "cũ; bản mới được tính thay vào."
        ),
    )


def _withdrawing(help: Help) -> Asked:
    return Asked(
        title=_("Rút lượt hỗ trợ"),
        submit=_("Rút lượt này"),
        cancel_url=_page(help),
        crumbs=crumbs_to(help.activity, _("Rút lượt hỗ trợ")),
        lead=help.activity.name,
        counted=_("Những gì lượt này đã tính được trừ lại, vào đúng ngày và đơn vị cũ."),
        tone="danger",
    )


def _page(help: Help) -> str:
    return reverse("activities:help", args=[help.pk])


def _facts(seen: Doorstep) -> list[Fact]:
    help, team = seen.help, seen.help.team
    facts = [
        Fact(_("Việc được giúp"), ", ".join(seen.services)),
        Fact(_("Số lượng"), help.people),
        Fact(_("Ai"), help.get_helped_display()),
        Fact(_("Ngày"), help.given_on),
        Fact(_("Tổ đã giúp"), team.name, f"/teams/{team.pk}/"),
        Fact(_("Tính cho"), help.unit.title, f"/units/{help.unit.key}/"),
        Fact(_("Trong hoạt động"), help.activity.name, page_of(help.activity)),
        Fact(_("Ghi lúc"), help.recorded_at),
    ]
    if help.given_at:
        facts.append(Fact(_("Giờ trên máy"), help.given_at))
    if place := place_words(help):
        facts.append(Fact(_("Nơi ghi"), place))
    if seen.recorded_by:
        facts.append(Fact(_("Người ghi"), seen.recorded_by))
    if help.note:
        facts.append(Fact(_("Ghi chú"), help.note))
    if help.reason:
        facts.append(Fact(_("Lý do sửa hoặc rút"), help.reason))
    return facts


def _review_of(actor: Actor, seen: Doorstep) -> dict[str, bool] | None:
    """What a reviewer can do about it; nothing for who does not review."""
    help = seen.help
    if not actor.can("help.review", at=help.team.path) or help.state not in STANDING:
        return None
    own = actor.user_id is not None and help.recorded_by == actor.user_id
    seen_already = help.state == HelpState.COUNTED and help.reviewed_at is not None
    return {
        "may_accept": not seen_already and not (own and help.state == HelpState.WAITING),
        "may_return": help.state != HelpState.RETURNED,
    }


def _posting_table(postings: list[Posting]) -> Table:
    columns = [Column(pgettext("một", "Chỉ tiêu")), Column(_("Số lượng"), numeric=True)]
    columns += [Column(_("Ngày")), Column(_("Đơn vị"))]
    rows = [_posting_row(posting) for posting in postings]
    return Table(_("Đã tính vào số liệu"), columns, rows, _("Lượt này chưa tính vào đâu."))


def _posting_row(posting: Posting) -> Row:
    note = _("trừ lại") if posting.reverses else ""
    return Row(
        [
            Cell(posting.indicator.title, is_header=True, note=note),
            Cell(posting.quantity),
            Cell(as_date(posting.day)),
            Cell(posting.unit.title),
        ]
    )


def _other_table(lines: list[HelpLine]) -> Table:
    columns = [Column(_("Việc được giúp")), Column(_("Số lượng"), numeric=True)]
    columns += [Column(_("Tình trạng"))]
    rows = [
        Row(
            [
                Cell(", ".join(line.services), _page(line.help), is_header=True),
                Cell(line.help.people),
                Cell(line.help.get_state_display(), tone=STATE_TONES[line.help.state]),
            ]
        )
        for line in lines
    ]
    return Table(_("Cho chính những người này"), columns, rows)
