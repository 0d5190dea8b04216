from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from senhong.activities.models import Activity, ActivityState, Help, HelpState, Participant
from senhong.activities.tests.make import (
    MORNING,
    a_cancelled_activity,
    an_activity,
    figures_of,
    help_given,
    those_present,
)
from senhong.core import clock
from senhong.core.ids import uuid7
from senhong.org.models import Role, Unit
from senhong.org.tests.make import a_grant, a_unit, a_user
from senhong.people.models import MembershipRole, Team
from senhong.people.tests.make import a_member, a_membership, a_team

pytestmark = pytest.mark.django_db


def secretary_of(unit: Unit) -> Client:
    user = a_user()
    a_grant(user, unit, Role.SECRETARY)
    client = Client()
    client.force_login(user)
    return client


def in_team(team: Team, role: MembershipRole) -> Client:
    user = a_user()
    a_membership(team, a_member(team.unit, user), role)
    client = Client()
    client.force_login(user)
    return client


def help_typed(activity: Activity, **typed: Any) -> dict[str, Any]:
    usual = {
        "id": str(uuid7()),
        "services": ["vneid"],
        "people": "2",
        "helped": "citizens",
        "team": str(activity.lead_team_id),
        "given_on": "2023-03-15",
        "note": "",
    }
    return usual | typed


def activity_typed(team: Team, **typed: Any) -> dict[str, Any]:
    usual = {
        "id": str(uuid7()),
        "name": "Ra quân ở bến phà",
        "kind": "sortie",
        "level": "commune",
        "on": "2023-03-16",
        "starts": "07:30",
        "ends": "10:00",
        "place": team.unit.key,
        "place_text": "Bến phà",
        "plan": "",
    }
    return usual | typed


def text_of(client: Client, url: str, status: int = 200) -> str:
    page = client.get(url)
    assert page.status_code == status
    return page.content.decode()


def test_a_volunteer_records_help_on_a_page_without_script() -> None:
    activity = an_activity()
    client = in_team(activity.lead_team, MembershipRole.MEMBER)

    form = text_of(client, f"/activities/{activity.pk}/help/")
    sent = client.post(f"/activities/{activity.pk}/help/", help_typed(activity))
    after = text_of(client, sent["Location"])

    assert 'value="vneid"' in form
    assert sent.status_code == 303
    assert "Đã ghi 2 lượt" in after
    assert figures_of(activity.lead_team.unit)["citizen-turns"] == 2


def test_sending_the_form_twice_records_once() -> None:
    activity = an_activity()
    client = in_team(activity.lead_team, MembershipRole.MEMBER)
    typed = help_typed(activity)

    for _ in range(2):
        sent = client.post(f"/activities/{activity.pk}/help/", typed)
        assert sent.status_code == 303

    assert Help.objects.count() == 1


def test_further_services_go_to_the_people_just_recorded() -> None:
    activity = an_activity()
    first = help_given(activity=activity, people=3)
    client = in_team(activity.lead_team, MembershipRole.MEMBER)
    url = f"/activities/{activity.pk}/help/?same={first.pk}"

    form = text_of(client, url)
    client.post(url, help_typed(activity, same_people_as=str(first.pk), services=["other"]))

    assert "không ai bị tính hai lần" in form
    assert f'value="{first.pk}"' in form
    assert figures_of(activity.lead_team.unit)["citizen-turns"] == 3


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"services": []}, "Trường này là bắt buộc"),
        ({"people": "0"}, "1"),
        ({"note": "gọi 0912 345 678"}, "số điện thoại"),
    ],
)
def test_mistakes_are_shown_beside_the_field(typed: dict[str, Any], said: str) -> None:
    activity = an_activity()
    client = in_team(activity.lead_team, MembershipRole.MEMBER)

    page = client.post(f"/activities/{activity.pk}/help/", help_typed(activity, **typed))

    assert page.status_code == 422
    assert said in page.content.decode()
    assert not Help.objects.exists()


def test_a_rule_that_is_not_met_is_a_friendly_page() -> None:
    activity = a_cancelled_activity()
    client = in_team(activity.lead_team, MembershipRole.MEMBER)

    page = client.post(f"/activities/{activity.pk}/help/", help_typed(activity))

    assert page.status_code == 409
    assert "đã hủy" in page.content.decode()


def test_an_activity_is_planned_changed_and_closed_by_its_leader() -> None:
    team = a_team()
    client = in_team(team, MembershipRole.LEADER)

    form = text_of(client, "/activities/new/")
    sent = client.post("/activities/new/", activity_typed(team))
    activity = Activity.objects.get()
    changed = activity_typed(team, name="Ra quân ở chợ")
    client.post(f"/activities/{activity.pk}/edit/", changed)
    client.post(f"/activities/{activity.pk}/start/")
    asked = text_of(client, f"/activities/{activity.pk}/close/")
    client.post(f"/activities/{activity.pk}/close/")

    activity.refresh_from_db()
    assert "Bắt đầu lúc" in form
    assert sent["Location"] == f"/activities/{activity.pk}/"
    assert "1 lượt ra quân" in asked
    assert (activity.name, activity.state) == ("Ra quân ở chợ", ActivityState.CLOSED)
    assert figures_of(team.unit) == {"activities": 1, "sorties": 1}


def test_who_may_plan_nowhere_is_told_so(client: Client) -> None:
    auditor = a_user()
    a_grant(auditor, a_team().unit, Role.AUDITOR)
    client.force_login(auditor)

    assert client.get("/activities/new/").status_code == 403


def test_a_secretary_first_says_whose_activity_it_is() -> None:
    team = a_team()
    other = a_team(team.unit, name="Đội hình khác")
    client = secretary_of(team.unit)

    asked = text_of(client, "/activities/new/")
    form = text_of(client, f"/activities/new/?team={other.pk}")

    assert "Tổ nào chủ trì?" in asked
    assert team.name in form  # may take part
    assert "Đội hình khác" in form


def test_hours_that_cannot_be_are_shown_beside_the_field() -> None:
    team = a_team()
    client = in_team(team, MembershipRole.LEADER)

    page = client.post("/activities/new/", activity_typed(team, ends="07:00"))

    assert page.status_code == 422
    assert "Giờ kết thúc phải sau giờ bắt đầu" in page.content.decode()


def test_cancelling_and_reopening_ask_for_a_reason() -> None:
    activity = an_activity()
    help_given(activity=activity)
    client = in_team(activity.lead_team, MembershipRole.LEADER)
    url = f"/activities/{activity.pk}"

    empty = client.post(f"{url}/cancel/", {"reason": ""})
    client.post(f"{url}/cancel/", {"reason": "Mưa bão"})
    cancelled = text_of(client, f"{url}/")
    nothing = figures_of(activity.lead_team.unit)
    client.post(f"{url}/reopen/", {"reason": "Hủy nhầm"})

    assert empty.status_code == 422
    assert "Mưa bão" in cancelled
    assert nothing == {}
    assert figures_of(activity.lead_team.unit)["citizen-turns"] == 1


def test_those_present_are_ticked() -> None:
    activity = an_activity()
    team = activity.lead_team
    one, two = a_membership(team).member, a_membership(team).member
    client = in_team(team, MembershipRole.LEADER)
    url = f"/activities/{activity.pk}/present/"

    form = text_of(client, url)
    client.post(url, {f"{team.pk}-present": [str(one.pk), str(two.pk)]})
    client.post(url, {f"{team.pk}-present": [str(two.pk)]})

    assert str(one.pk) in form
    assert list(Participant.objects.there().values_list("member_id", flat=True)) == [two.pk]


def test_a_number_may_stand_for_the_list_and_go_again() -> None:
    activity = an_activity()
    client = in_team(activity.lead_team, MembershipRole.LEADER)
    url = f"/activities/{activity.pk}/present/number/"

    wrong = client.post(url, {"number": "5", "reason": ""})
    client.post(url, {"number": "5", "reason": "Giấy ướt"})
    counted = text_of(client, f"/activities/{activity.pk}/present/")
    client.post(url, {"back": "1"})

    activity.refresh_from_db()
    assert wrong.status_code == 422
    assert "Đã ghi 5 người" in counted
    assert activity.present_number is None


def test_the_doorstep_of_a_figure() -> None:
    help = help_given(people=3, note="Ở nhà văn hóa")
    client = in_team(help.activity.lead_team, MembershipRole.LEADER)

    page = text_of(client, f"/activities/help/{help.pk}/")

    for said in ("Định danh điện tử VNeID", "Ở nhà văn hóa", "15/03/2023", "Xã A", "Rút lượt này"):
        assert said in page


def test_help_is_corrected_and_withdrawn_on_pages() -> None:
    help = help_given(people=3)
    client = in_team(help.activity.lead_team, MembershipRole.LEADER)
    typed = help_typed(help.activity, people="1", reason="Ghi nhầm số người")

    form = text_of(client, f"/activities/help/{help.pk}/correct/")
    sent = client.post(f"/activities/help/{help.pk}/correct/", typed)
    new = Help.objects.get(state=HelpState.COUNTED)
    old = text_of(client, f"/activities/help/{help.pk}/")
    corrected = figures_of(help.unit)
    client.post(f"/activities/help/{new.pk}/withdraw/", {"reason": "Không có thật"})
    withdrawn = text_of(client, f"/activities/help/{new.pk}/")

    assert 'value="3"' in form
    assert sent["Location"] == f"/activities/help/{new.pk}/"
    assert "Xem bản đã sửa" in old
    assert corrected["citizen-turns"] == 1
    assert "trừ lại" in withdrawn
    assert figures_of(help.unit) == {}


def test_a_volunteer_sees_no_button_that_is_not_hers() -> None:
    activity = an_activity()
    help = help_given(activity=activity)
    client = in_team(activity.lead_team, MembershipRole.MEMBER)

    page = text_of(client, f"/activities/{activity.pk}/")

    assert "Ghi lượt hỗ trợ" in page
    assert "Kết thúc hoạt động" not in page
    assert "Rút lượt này" not in text_of(client, f"/activities/help/{help.pk}/")
    assert client.post(f"/activities/{activity.pk}/close/").status_code == 403


def test_a_neighbour_sees_nothing() -> None:
    help = help_given()
    neighbour = secretary_of(a_unit("Xã B", help.unit.province))

    for url in (f"/activities/{help.activity_id}/", f"/activities/help/{help.pk}/"):
        assert neighbour.get(url).status_code == 404
    assert "Ra quân" not in text_of(neighbour, "/activities/?when=all")


def test_the_list_is_of_today_to_come_or_past() -> None:
    team = a_team()
    an_activity(team, name="Hôm ấy")
    an_activity(team, name="Bây giờ", starts_at=clock.now())
    an_activity(team, name="Tuần sau", starts_at=clock.now() + timedelta(days=7))
    client = secretary_of(team.unit)

    shown = {
        when: {name for name in ("Hôm ấy", "Bây giờ", "Tuần sau") if name in page}
        for when in ("today", "upcoming", "past", "all")
        if (page := text_of(client, f"/activities/?when={when}"))
    }

    assert shown == {
        "today": {"Bây giờ"},
        "upcoming": {"Tuần sau"},
        "past": {"Hôm ấy"},
        "all": {"Hôm ấy", "Bây giờ", "Tuần sau"},
    }


def test_the_list_goes_on_and_is_narrowed() -> None:
    team = a_team()
    for number in range(25):
        an_activity(team, name=f"Số {number:02d}.", starts_at=MORNING + timedelta(days=number))
    an_activity(team, name="Lớp học", kind="training")
    client = secretary_of(team.unit)

    first = client.get(f"/activities/?unit={team.unit.key}&kind=sortie")
    rest = text_of(client, "/activities/" + first.context["next_url"])

    assert "Số 24." in first.content.decode()
    assert "Lớp học" not in first.content.decode()
    assert [n for n in range(25) if f"Số {n:02d}." in rest] == [0, 1, 2, 3, 4]


def test_the_list_is_narrowed_to_days_and_says_so() -> None:
    team = a_team()
    for day in range(3):
        an_activity(team, name=f"Ngày {day}.", starts_at=MORNING + timedelta(days=day))
    client = secretary_of(team.unit)

    page = text_of(client, f"/activities/?team={team.pk}&from=2023-03-16&to=2023-03-16")
    odd = text_of(client, f"/activities/?team={team.pk}&from=9999-12-31&to=hôm qua")

    assert [n for n in range(3) if f"Ngày {n}." in page] == [1]
    assert "Từ 16/03/2023 đến 16/03/2023" in page
    assert [n for n in range(3) if f"Ngày {n}." in odd] == [0, 1, 2]


def test_an_empty_list_says_what_to_do() -> None:
    assert "thêm một hoạt động" in text_of(secretary_of(a_team().unit), "/activities/")


def fill(activity: Activity, number: int) -> None:
    team = activity.lead_team
    for _ in range(number):
        help_given(activity=activity)
        an_activity(team)
    those_present(activity, team, [a_membership(team).member for _ in range(number)])


@pytest.mark.parametrize(
    ("path", "most"),
    [("/activities/?when=all", 12), ("/activities/{}/", 25), ("/activities/{}/present/", 15)],
)
def test_a_page_takes_as_many_queries_with_one_row_as_with_many(path: str, most: int) -> None:
    activity = an_activity()
    client = secretary_of(activity.lead_team.unit)
    url = path.format(activity.pk)
    taken = []

    for number in (1, 8):
        fill(activity, number)
        client.get(url)
        with CaptureQueriesContext(connection) as seen:
            text_of(client, url)
        taken.append(len(seen))

    assert taken[0] == taken[1] <= most
