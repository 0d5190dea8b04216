"""Lays the ground under a live server: a province, teams, running activities, a sign-in.

Run inside a ``tools.live.Home`` (``Home.answer_of``); prints what was made as one line of JSON.
Everything goes through the services, so it is what people would have made.
"""

import argparse
import json
import sys
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.test import Client

from senhong.accounts.models import User
from senhong.accounts.services import issue_token, make_user
from senhong.activities.models import Activity, ActivityKind, ActivityLevel
from senhong.activities.services import ActivityFacts, plan_activity, start_activity
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import LAST_DAY, as_day
from senhong.core.ids import uuid7
from senhong.org.models import Role, Unit
from senhong.org.queries import SYSTEM, get_installation
from senhong.org.services import NewUnit, found_installation, found_units, grant_role
from senhong.people.models import Member, MembershipRole, Team, TeamKind
from senhong.people.services import add_member, form_team, join_team

PROVINCE = "P82-3"
USERNAME, PASSWORD = "nguoi-ghi", "sen-hong-thu-2023"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--communes", type=int, default=12, help="how many get a team")
    parser.add_argument("--small", action="store_true", help="an invented province, no import")
    asked = parser.parse_args()

    call_command("migrate", verbosity=0)
    ground = lay_ground(asked.communes, small=asked.small)
    sys.stdout.write(json.dumps(ground) + "\n")


def lay_ground(communes: int, *, small: bool) -> dict[str, Any]:
    province, below = _small_province(communes) if small else _real_province(communes)
    office = _somebody(province)
    return {
        "province": province.key,
        "username": USERNAME,
        "password": PASSWORD,
        **_ways_in(office),
        "activities": [_running_activity(unit, n, office) for n, unit in enumerate(below)],
    }


def _small_province(communes: int) -> tuple[Unit, list[Unit]]:
    top = NewUnit(key="P1", code="1", level="province", kind="tỉnh", name="Thử", parent=None)
    others = [
        NewUnit(key=f"W{n}", code=f"{n}", level="commune", kind="xã", name=f"Số {n}", parent="P1")
        for n in range(10, 10 + communes)
    ]
    found_units(SYSTEM, [top, *others])
    province = Unit.objects.get(key="P1")
    found_installation(SYSTEM, province=province, demo_reading_on=None)
    return province, list(Unit.objects.filter(level="commune"))


def _real_province(communes: int) -> tuple[Unit, list[Unit]]:
    call_command("import_units", stdout=sys.stderr)
    province = Unit.objects.get(key=PROVINCE)
    if get_installation() is None:
        found_installation(SYSTEM, province=province, demo_reading_on=None)
    standing = Unit.objects.filter(province=province, level="commune", to_day=LAST_DAY)
    return province, list(standing.order_by("key")[:communes])


def _somebody(province: Unit) -> User:
    """Somebody of the province's office, who may record for every team."""
    user = make_user(SYSTEM, username=USERNAME, full_name="Người Ghi", password=PASSWORD)
    grant_role(SYSTEM, uuid7(), user=user, role=Role.PROVINCE_OFFICE, unit=province)
    return user


def _running_activity(unit: Unit, number: int, office: User) -> dict[str, str]:
    """An activity of today, its team, and how the team's leader comes in.

    The office's own person leads the first: a journey records there as both.
    """
    leader = office if number == 0 else _leader(number)
    activity = _started(unit, _team(unit, leader))
    member = Member.objects.get(user=leader)
    return {
        "id": str(activity.pk),
        "team": str(activity.lead_team_id),
        "member": str(member.pk),
        **_ways_in(leader),
    }


def _leader(number: int) -> User:
    name = f"to-truong-{number}"
    return make_user(SYSTEM, username=name, full_name="Lê Thị Sen", password=None)


def _started(unit: Unit, team: Team) -> Activity:
    facts = ActivityFacts(
        kind=ActivityKind.SORTIE,
        level=ActivityLevel.COMMUNE,
        name=f"Ra quân {unit.title}",
        lead_team=team,
        place_unit=unit,
        starts_at=clock.now() - timedelta(minutes=1),
        ends_at=clock.now() + timedelta(hours=3),
    )
    return start_activity(SYSTEM, plan_activity(SYSTEM, uuid7(), facts))


def _team(unit: Unit, leader: User) -> Team:
    team = form_team(
        SYSTEM, uuid7(), unit=unit, kind=TeamKind.COMMUNITY, name=f"Tổ {unit.title}",
        from_day=as_day(clock.today().replace(month=1, day=1)),
    )  # fmt: skip
    member = add_member(
        SYSTEM, uuid7(), unit=unit, full_name="Lê Thị Sen", joined_on=clock.today(), user=leader
    )
    join_team(
        SYSTEM, uuid7(), member=member, team=team, role=MembershipRole.LEADER,
        from_day=as_day(clock.today()),
    )  # fmt: skip
    return team


def _ways_in(user: User) -> dict[str, str]:
    """A token for programs and a session for browsers."""
    browser = Client()
    browser.force_login(user)
    return {
        "token": issue_token(Actor(user.pk), uuid7(), user=user, name="thử tải"),
        "session": browser.cookies[settings.SESSION_COOKIE_NAME].value,
    }
