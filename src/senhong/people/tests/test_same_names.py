"""Units that are called the same, on the pages of people: told apart by what they hang on."""

import re

import pytest
from django.test import Client

from senhong.org.models import Role, Unit
from senhong.org.tests.make import a_grant, a_province, a_user
from senhong.people.models import Team
from senhong.people.tests.make import a_member, a_membership, a_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Team:
    """Of one of two communes of the same name."""
    province = a_province("Tỉnh A", huyện_B=["Xã Tân"], huyện_C=["Xã Tân"])
    return a_team(Unit.objects.filter(province=province, level="commune").order_by("pk")[0])


def read_at(unit: Unit, url: str) -> str:
    user = a_user()
    a_grant(user, unit, Role.SECRETARY)
    client = Client()
    client.force_login(user)
    page = client.get(url)
    assert page.status_code == 200
    return page.content.decode()


def way_on(text: str) -> list[str]:
    way = text.split('class="crumbs"')[1].split("</nav>", maxsplit=1)[0]
    return re.findall(r">([^<>\s][^<>]*)</(?:a|span)>", way)


@pytest.mark.parametrize("page", ["/people/", "/people/members/"])
def test_the_highest_unit_that_is_seen_says_what_it_hangs_on(team: Team, page: str) -> None:
    text = read_at(team.unit, f"{page}?unit={team.unit.key}")

    assert way_on(text) == ["Xã Tân, Huyện B"]
    assert '<p class="quiet">Xã Tân, Huyện B</p>' in text


def test_a_way_that_begins_at_the_province_says_every_name_once(team: Team) -> None:
    province = Unit.objects.get(level="province")

    text = read_at(province, f"/people/?unit={team.unit.key}")

    assert way_on(text) == ["Tỉnh A", "Huyện B", "Xã Tân"]


def test_a_team_and_those_in_it_say_whose_they_are(team: Team) -> None:
    other = Unit.objects.filter(level="commune").exclude(pk=team.unit.pk).get()
    member = a_member(other)
    a_membership(team, member)
    province = Unit.objects.get(level="province")

    of_team = read_at(province, f"/people/teams/{team.pk}/")
    of_member = read_at(province, f"/people/members/{member.pk}/")

    assert way_on(of_team) == ["Xã Tân, Huyện B", team.name]
    assert "Xã Tân, Huyện C" in of_team  # beside the member's name
    assert way_on(of_member) == ["Xã Tân, Huyện C", member.full_name]
    assert "Xã Tân, Huyện B" in of_member  # beside the team's name


def test_a_form_says_for_which_unit_it_asks(team: Team) -> None:
    text = read_at(team.unit, f"/people/teams/{team.pk}/edit/")

    assert "Xã Tân, Huyện B</p>" in text
