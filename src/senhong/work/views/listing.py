"""All tasks that the reader sees, narrowed by what the address asks; and ways of looking kept."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from senhong.core import clock
from senhong.core.days import as_day
from senhong.org.queries import get_unit
from senhong.plans.queries import plan_choices, units_where
from senhong.web.http import PageRequest, see_other
from senhong.work import queries, services
from senhong.work.errors import NothingSaid
from senhong.work.forms.lists import FilterChoices, FilterForm, ViewNameForm
from senhong.work.models import SavedView
from senhong.work.views.frame import attempted, id_in, tasks_table

_KIND = "list"
_SILENT_DAYS = 7  # where no unit is asked about


@login_required
@require_safe
def tasks(request: PageRequest) -> HttpResponse:
    """Open tasks by deadline, or those that are asked for."""
    return tasks_page(request, request.GET)


def tasks_page(
    request: PageRequest, said: QueryDict, name: ViewNameForm | None = None
) -> HttpResponse:
    form = FilterForm(said, choices=_choices(request, said.get("unit", "")))
    form.is_valid()
    after = id_in(said.get("after", ""))
    shown = queries.task_slice(request.actor, form.read(_silent_days(form)), after=after)
    asked = urlencode(form.asked, doseq=True)
    page = {
        "form": form,
        "asked": asked,
        "is_narrowed": bool(asked),
        "tasks": tasks_table(list(shown.items), empty=_("Không có nhiệm vụ nào như vậy.")),
        "next_url": f"?{asked}&after={shown.next}" if shown.next else "",
        "views": [(v, address_of(v)) for v in queries.saved_views_of(request.actor, _KIND)],
        "name_form": name or ViewNameForm(prefix="view"),
        "may_make": any(True for _path in request.actor.paths("task.edit")),
    }
    return render(request, "work/tasks.html", page, status=422 if name else 200)


@login_required
@require_POST
def save_view(request: PageRequest) -> HttpResponse:
    """What the list is narrowed to is kept by a name; or the form and its mistakes (422)."""
    said = QueryDict(request.POST.get("asked", "")[:2000])
    filters = FilterForm(said, choices=_choices(request, said.get("unit", "")))
    filters.is_valid()
    name = ViewNameForm(request.POST, prefix="view")

    def act() -> object:
        typed = name.cleaned_data
        return services.save_view(
            request.actor, typed["id"], name=typed["name"], kind=_KIND, asked=filters.asked
        )

    if not name.is_valid() or not attempted(name, act, at={NothingSaid: "name"}):
        return tasks_page(request, said, name)
    messages.success(request, _("Đã lưu cách xem."))
    return see_other(f"{reverse('work:tasks')}?{urlencode(filters.asked, doseq=True)}")


@login_required
@require_POST
def remove_view(request: PageRequest, id: UUID) -> HttpResponse:
    services.remove_view(request.actor, queries.get_saved_view(request.actor, id))
    messages.success(request, _("Đã bỏ cách xem."))
    return see_other("work:tasks")


def address_of(view: SavedView) -> str:
    return f"{reverse('work:tasks')}?{urlencode(view.asked, doseq=True)}"


def _silent_days(form: FilterForm) -> int:
    """As the unit's rule says, where one is asked about."""
    unit = form.unit_asked
    return queries.work_rule_of(unit).silent_days if unit and form.asks_silent else _SILENT_DAYS


def _choices(request: PageRequest, key: str) -> FilterChoices:
    """The unit that is asked for can be chosen, also where there are too many to list."""
    actor, day = request.actor, as_day(clock.today())
    units = units_where(actor, "task.view", first=day, last=day)
    asked = next((unit for unit, _above in units if unit.key == key), None)
    if key and asked is None:
        asked = get_unit(actor, key)
        units = [(asked, ""), *units]
    return FilterChoices(
        units=units,
        plans=plan_choices(actor),
        people=queries.people_at(asked) if asked else [],
        me=actor.user_id,
    )
