"""The whole demo in one transaction: all of it, or nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db import transaction

from senhong.audit.services import happened
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.demo.calendar import (
    READING_DAY,
    sessions_before_new_map,
    sessions_on_new_map,
    sessions_to_come,
)
from senhong.demo.cast import invented_names
from senhong.demo.errors import AlreadyFounded
from senhong.demo.ids import Ids
from senhong.demo.queries import times_built
from senhong.demo.services.accounts import make_sign_ins
from senhong.demo.services.clusters import draw_clusters_of_new_map
from senhong.demo.services.door import open_the_door
from senhong.demo.services.maps import prepare_a_merger
from senhong.demo.services.messages import send_messages
from senhong.demo.services.people import hand_on_the_department, write_two_people_twice
from senhong.demo.services.phones import leave_acts_aside
from senhong.demo.services.plans import (
    PLAN_OF_NEW_MAP,
    YOUTH_MONTH_PLAN,
    make_plans_of_2023,
    make_plans_of_later_years,
    set_targets_of_crews,
)
from senhong.demo.services.practices import define_sorties_anew, tell_practices
from senhong.demo.services.reminders import send_reminders
from senhong.demo.services.review import leave_acts_to_review
from senhong.demo.services.sessions import fill_an_evening, hold, look_ahead
from senhong.demo.services.stage import NEW_PROVINCE, OLD_PROVINCE, Stage
from senhong.demo.services.teams import form_first_teams, form_teams_of_new_map
from senhong.demo.services.work import give_work
from senhong.files.storage import Stored
from senhong.org.queries import get_installation, get_unit
from senhong.org.services import found_installation

Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Movement:
    """What was built, in numbers."""

    teams: int
    activities: int


@transaction.atomic
def build_movement(
    actor: Actor,
    told: Told = lambda step: None,
    pictures: Mapping[str, Stored] = MappingProxyType({}),
) -> Movement:
    """Build the movement of the interview on the imported map, and found the installation.

    told  is called with each step's name, for a progress line; pictures lie in the store, by
    name (see ``demo.pictures``). Raises AlreadyFounded when the
    installation has been founded, so that demo and real data never mix.
    """
    actor.require("demo.remove", at="")
    if get_installation() is not None:
        raise AlreadyFounded()
    stage = Stage(actor, ids=Ids(times_built()))
    stage.names = invented_names(stage.random)
    installation = found_installation(
        actor, province=get_unit(actor, OLD_PROVINCE), demo_reading_on=READING_DAY
    )
    held = _years_on_old_map(stage, told) + _years_on_new_map(stage, told)
    new = get_unit(actor, NEW_PROVINCE)
    make_sign_ins(stage, get_unit(actor, OLD_PROVINCE))
    hand_on_the_department(stage)
    fill_an_evening(stage)
    write_two_people_twice(stage, stage.busiest_crew())
    open_the_door(stage, stage.busiest_crew())
    tell_practices(stage, new, pictures)
    define_sorties_anew(stage)
    prepare_a_merger(stage, new)
    send_reminders(stage, new)
    give_work(stage, new)
    leave_acts_to_review(stage, pictures)
    send_messages(stage)
    leave_acts_aside(stage)
    teams = 1 + len({crew.team.pk for crew in [*stage.crews, *stage.new_crews]})
    happened(actor, "demo.built", installation, teams=teams, activities=held)
    return Movement(teams, held)


def _years_on_old_map(stage: Stage, told: Told) -> int:
    old = get_unit(stage.actor, OLD_PROVINCE)
    told("Tổ và thành viên")
    form_first_teams(stage, old)
    told("Kế hoạch và chỉ tiêu")
    make_plans_of_2023(stage, old)
    set_targets_of_crews(stage, old, YOUTH_MONTH_PLAN)
    make_plans_of_later_years(stage, old, get_unit(stage.actor, NEW_PROVINCE))
    told("Hoạt động 2022–2025")
    return hold(stage, sessions_before_new_map(stage.random, len(stage.crews)))


def _years_on_new_map(stage: Stage, told: Told) -> int:
    new = get_unit(stage.actor, NEW_PROVINCE)
    told("Tổ trên bản đồ mới")
    form_teams_of_new_map(stage, new)
    draw_clusters_of_new_map(stage, new)
    set_targets_of_crews(stage, new, PLAN_OF_NEW_MAP)
    told("Hoạt động từ 01/07/2025")
    teams, today = len(stage.new_crews), clock.today()
    held = hold(stage, sessions_on_new_map(stage.random, teams, today))
    look_ahead(stage, sessions_to_come(stage.random, teams, today))
    return held
