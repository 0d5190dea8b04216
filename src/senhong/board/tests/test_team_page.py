import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from senhong.board.tests.make import a_demo, signed_in
from senhong.org.models import Role
from senhong.org.tests.make import a_province, a_unit, a_user
from senhong.people.tests.make import a_member, a_membership, a_team

pytestmark = pytest.mark.django_db


def test_a_volunteer_reads_her_team_and_no_other() -> None:
    province = a_province()
    a_demo(province)
    unit = a_unit("Xã A", province)
    team, other = a_team(unit), a_team(unit, name="Tổ khác")
    user = a_user()
    a_membership(team, user=user)
    client = Client()
    client.force_login(user)

    page = client.get(f"/teams/{team.pk}/")

    assert page.status_code == 200
    assert team.name in page.content.decode()
    assert client.get(f"/teams/{other.pk}/").status_code == 404


def test_a_figure_leads_to_the_activities_of_its_days() -> None:
    province = a_province()
    a_demo(province)  # read on 2023-03-20
    team = a_team(a_unit("Xã A", province))
    client = signed_in(province, Role.AUDITOR)

    page = client.get(f"/teams/{team.pk}/?period=month").content.decode()

    behind = f"/activities/?team={team.pk}&amp;from=2023-03-01&amp;to=2023-03-20"
    assert f'href="{behind}"' in page
    assert f'href="{behind}&amp;kind=sortie"' in page


def test_the_page_takes_the_same_queries_however_many_members() -> None:
    province = a_province()
    a_demo(province)
    team = a_team(a_unit("Xã A", province))
    client = signed_in(province, Role.AUDITOR)
    counts = []
    for _ in range(2):
        for _ in range(15):
            a_membership(team, a_member(team.unit))
        client.get(f"/teams/{team.pk}/")
        with CaptureQueriesContext(connection) as taken:
            page = client.get(f"/teams/{team.pk}/")
        counts.append(len(taken))

    assert counts[0] == counts[1] <= 20
    assert "30 thành viên" in page.content.decode()


def test_a_team_that_did_not_stand_on_the_day_says_so() -> None:
    province = a_province()
    a_demo(province)  # read on 2023-03-20
    later = a_team(a_unit("Xã A", province), from_day=20240101)
    client = signed_in(province, Role.AUDITOR)

    page = client.get(f"/teams/{later.pk}/")

    assert "Tổ thành lập ngày 01/01/2024" in page.content.decode()
