"""Who waits for a team, and the word by which they come."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from senhong.core.ids import uuid7
from senhong.org.queries import unit_names
from senhong.people import queries, services
from senhong.people.forms import OnceForm
from senhong.people.models import Member, Newcomer, Team
from senhong.people.queries import NewcomerLine
from senhong.people.words import as_said
from senhong.web.http import PageRequest, see_other
from senhong.web.qr import qr_svg

_NEW = "new"  # in place of the id of a member: she is nobody who is there already


@login_required
@require_safe
def newcomers(request: PageRequest) -> HttpResponse:
    """Everybody whom the reader may confirm, first come first; or those of one team."""
    request.actor.require_somewhere("newcomer.confirm")
    team = _asked_team(request)
    lines = queries.newcomers_waiting(request.actor, team)
    names = unit_names([line.newcomer.team.unit for line in lines])
    page = {
        "team": team,
        "lines": [_line(line, names) for line in lines],
        "back": request.get_full_path(),
        "most": queries.MOST_SHOWN if len(lines) == queries.MOST_SHOWN else 0,
    }
    return render(request, "people/newcomers.html", page)


@login_required
@require_POST
def decide(request: PageRequest) -> HttpResponse:
    """Confirms or refuses all that were ticked, in one go."""
    found = queries.chosen_newcomers(request.actor, _ids(request))
    if not found:
        messages.warning(request, _("Chưa chọn ai. Hãy đánh dấu những người cần xác nhận."))
        return see_other(_list(request))
    if request.POST.get("decision") == "refuse":
        services.refuse_newcomers(request.actor, found)
        said = ngettext("Không nhận {number} người.", "Không nhận {number} người.", len(found))
    else:
        services.confirm_newcomers(request.actor, {n: _same_as(request, n) for n in found})
        said = ngettext("Đã nhận {number} người.", "Đã nhận {number} người.", len(found))
    messages.success(request, said.format(number=len(found)))
    return see_other(_list(request))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def join_code(request: PageRequest, id: UUID) -> HttpResponse:
    """The team's word and its code, to be shown or printed; made anew on demand."""
    team = queries.get_team(request.actor, id)
    request.actor.require("newcomer.confirm", at=team.path)
    form = OnceForm(request.POST or None)
    if form.is_valid():
        services.make_join_code(request.actor, form.cleaned_data["id"], team)
        messages.success(request, _("Mã mới dùng được ngay. Mã cũ thôi dùng."))
        return see_other("people:join-code", team.pk)
    code = queries.code_of(team)
    page: dict[str, object] = {
        "team": team,
        "code": code,
        "form": OnceForm(initial={"id": uuid7()}),
    }
    if code is not None:
        address = request.build_absolute_uri(reverse("people:join", args=[code.word]))
        page |= {"said": as_said(code.word), "address": address, "qr": _qr(address)}
    [unit_name] = unit_names([team.unit]).values()
    waiting = queries.waiting_number(request.actor, team)
    page |= {"unit_name": unit_name, "waiting": waiting}
    return render(request, "people/join_code.html", page)


@login_required
@require_POST
def end_code(request: PageRequest, id: UUID) -> HttpResponse:
    """Nobody comes in by the word any more, until there is another."""
    team = queries.get_team(request.actor, id)
    request.actor.require("newcomer.confirm", at=team.path)
    if code := queries.code_of(team):
        services.end_join_code(request.actor, code)
        messages.success(request, _("Mã đã thôi dùng. Muốn nhận người mới, hãy lập mã khác."))
    return see_other("people:join-code", team.pk)


def _qr(address: str) -> str:
    return qr_svg(address, _("Mã QR của trang vào tổ"))


def _line(line: NewcomerLine, names: dict[int, str]) -> dict[str, object]:
    newcomer = line.newcomer
    return {
        "newcomer": newcomer,
        "place": f"{newcomer.team.name} · {names[newcomer.team.unit_id]}",
        "has_account": not newcomer.user.has_joined,
        "alike": [(member, _told_apart(member)) for member in line.alike],
    }


def _told_apart(member: Member) -> str:
    return f"{member.full_name} ({member.distinction})" if member.distinction else member.full_name


def _asked_team(request: PageRequest) -> Team | None:
    try:
        return queries.get_team(request.actor, UUID(request.GET.get("team", "")))
    except ValueError:
        return None


def _ids(request: PageRequest) -> list[UUID]:
    found = []
    for text in request.POST.getlist("newcomer")[: queries.MOST_SHOWN]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue  # not from our page
    return found


def _same_as(request: PageRequest, newcomer: Newcomer) -> Member | None:
    chosen = request.POST.get(f"same-{newcomer.pk}", _NEW)
    try:
        return queries.get_namesake(request.actor, newcomer, UUID(chosen))
    except ValueError:
        return None


def _list(request: PageRequest) -> str:
    team = _asked_team(request)
    query = f"?team={team.pk}" if team else ""
    return f"{reverse('people:newcomers')}{query}"
