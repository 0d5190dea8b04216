"""Acts that could not be recorded: looked at, repaired and sent on, or dismissed."""

import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from senhong.core.errors import DomainError, Forbidden
from senhong.sync import queries, services
from senhong.sync.forms import DismissForm, RepairForm
from senhong.sync.models import KeptAct, KeptKind
from senhong.sync.queries import KeptLine
from senhong.sync.wording import facts_of, help_facts, problem_of, summary_of
from senhong.web.components import Cell, Column, Crumb, Option, Row, Table
from senhong.web.http import PageRequest, see_other


@login_required
@require_safe
def kept_acts(request: PageRequest) -> HttpResponse:
    """What waits for a decision, or what was decided."""
    request.actor.require_somewhere("help.correct")
    is_open = request.GET.get("state") != "decided"
    found = queries.kept_acts(request.actor, is_open=is_open, after=_after(request))
    page = {
        "ways": _ways(is_open=is_open),
        "is_open": is_open,
        "table": _table(found.items, is_open=is_open),
        "next_url": _next(found.next, is_open=is_open),
    }
    return render(request, "sync/kept_acts.html", page)


@login_required
@require_safe
def kept_act(request: PageRequest, id: UUID) -> HttpResponse:
    """One kept act: what came, why it was kept, what stands under its id."""
    line = queries.get_kept_act(request.actor, id)
    return _shown(request, line)


@login_required
@require_POST
def replay(request: PageRequest, id: UUID) -> HttpResponse:
    """Send the text on; what is still wrong with it is said above it."""
    line = queries.get_kept_act(request.actor, id)
    form = RepairForm(request.POST)
    if not form.is_valid():
        return _shown(request, line, repair=form, status=422)
    text, as_new = form.cleaned_data["text"], "as_new" in request.POST
    try:
        services.replay_act(request.actor, line.kept, text, as_new=as_new)
    except Forbidden:
        raise
    except DomainError as mistake:  # of the text, so it is said at the text
        form.add_error("text", str(mistake))
        return _shown(request, line, repair=form, status=422)
    messages.success(request, _("Đã ghi lượt này."))
    return see_other("sync:kept-acts")


@login_required
@require_POST
def dismiss(request: PageRequest, id: UUID) -> HttpResponse:
    """It is not recorded, for this reason."""
    line = queries.get_kept_act(request.actor, id)
    form = DismissForm(request.POST)
    if not form.is_valid():
        return _shown(request, line, dismissal=form, status=422)
    services.dismiss_act(request.actor, line.kept, reason=form.cleaned_data["reason"])
    messages.success(
        request,
        _("Đã bỏ lượt này. Nội dung gốc còn được giữ {days} ngày.").format(
            days=settings.KEPT_BYTES_DAYS
        ),
    )
    return see_other("sync:kept-acts")


def _after(request: PageRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("after", ""))
    except ValueError:
        return None


def _next(after: UUID | None, *, is_open: bool) -> str:
    return f"?after={after}{'' if is_open else '&state=decided'}" if after else ""


def _ways(*, is_open: bool) -> list[Option]:
    url = reverse("sync:kept-acts")
    return [
        Option(_("Cần xem"), url, is_open),
        Option(_("Đã xử lý"), f"{url}?state=decided", not is_open),
    ]


def _table(items: Any, *, is_open: bool) -> Table:
    titles = [_("Lượt"), _("Vì sao giữ"), _("Người ghi"), _("Tổ"), _("Nhận lúc")]
    titles += [] if is_open else [_("Xử lý")]
    rows = [_row(kept, is_open=is_open) for kept in items]
    return Table(_("Lượt giữ lại"), [Column(title) for title in titles], rows)


def _row(kept: KeptAct, *, is_open: bool) -> Row:
    cells = [
        Cell(summary_of(kept), reverse("sync:kept-act", args=[kept.pk]), is_header=True),
        Cell(kept.get_kind_display()),
        Cell(str(kept.sender) if kept.sender else None),
        Cell(kept.team.name if kept.team else None, note=kept.team.unit.title if kept.team else ""),
        Cell(date_format(localtime(kept.received_at), "SHORT_DATETIME_FORMAT")),
    ]
    if not is_open:
        cells.append(Cell(kept.get_state_display(), note=kept.reason))
    return Row(cells, id=f"kept-{kept.pk}")


def _shown(
    request: PageRequest,
    line: KeptLine,
    *,
    repair: RepairForm | None = None,
    dismissal: DismissForm | None = None,
    status: int = 200,
) -> HttpResponse:
    kept, text = line.kept, _pretty(line.kept)
    page = {
        "kept": kept,
        "title": summary_of(kept),
        "crumbs": [Crumb(_("Lượt giữ lại"), reverse("sync:kept-acts")), Crumb(summary_of(kept))],
        "problem": problem_of(line),
        "facts": facts_of(kept),
        "stands": help_facts(line.stands) if line.stands else [],
        "standing": line.stands,
        "is_conflict": kept.kind == KeptKind.CONFLICT,
        "text": text,
        "repair": repair or RepairForm(initial={"text": text}),
        "dismissal": dismissal or DismissForm(),
    }
    return render(request, "sync/kept_act.html", page, status=status)


def _pretty(kept: KeptAct) -> str:
    """The act with a line for each key; what is no JSON as it came."""
    value = queries.value_of(kept)
    if value is None:
        return queries.text_of(kept)
    return json.dumps(value, ensure_ascii=False, indent=2).encode(errors="replace").decode()
