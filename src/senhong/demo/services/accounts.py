"""The sign-ins of the demo. One of each role, so that a newcomer can be everybody."""

from datetime import date

from senhong.accounts.models import User
from senhong.accounts.services import make_user
from senhong.core.days import as_day
from senhong.demo.calendar import PLAN_BEGINS
from senhong.demo.cast import PASSWORD, SIGN_INS
from senhong.demo.services.stage import Stage
from senhong.org.models import Role, Unit
from senhong.org.services import grant_role
from senhong.people.services import link_account

_ROLES = {
    "tinhdoan": Role.PROVINCE_OFFICE,
    "doitac": Role.PARTNER,
    "kiemtra": Role.AUDITOR,
    "quantri": Role.ADMINISTRATOR,
}


def make_sign_ins(stage: Stage, province: Unit) -> None:
    """Roles of 2022 at the old province: they land at the new one when it begins."""
    users = {who.username: _user(stage, who.username, who.full_name) for who in SIGN_INS}
    for username, role in _ROLES.items():
        _grant(stage, users[username], role, province, PLAN_BEGINS)
    crew = stage.busiest_crew()
    _grant(stage, users["bithu"], Role.SECRETARY, crew.team.unit, PLAN_BEGINS)
    link_account(stage.actor, crew.members[0], users["totruong"])
    link_account(stage.actor, crew.members[1], users["tinhnguyen"])


def _user(stage: Stage, username: str, full_name: str) -> User:
    return make_user(stage.actor, username=username, full_name=full_name, password=PASSWORD)


def _grant(stage: Stage, user: User, role: Role, unit: Unit, since: date) -> None:
    grant_role(
        stage.actor, stage.ids.next("role"), user=user, role=role, unit=unit, from_day=as_day(since)
    )
