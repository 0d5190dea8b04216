"""The pages of reviewers, of what came back, and of the unit's rule."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from senhong.accounts.models import User
from senhong.activities.models import Activity, Help, HelpState, ReturnReason
from senhong.activities.services import return_helps, set_counting_rule
from senhong.activities.tests.make import an_activity, figures_of, help_given
from senhong.org.models import Role
from senhong.org.tests.make import SYSTEM, a_grant, a_user, an_actor
from senhong.people.models import MembershipRole, Team
from senhong.people.tests.make import a_member, a_membership, a_team

pytestmark = pytest.mark.django_db

TODAY = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


def today(team: Team | None = None) -> Activity:
    return an_activity(team, starts_at=TODAY)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def leader_of(team: Team) -> Client:
    user = a_user()
    a_membership(team, a_member(team.unit, user), MembershipRole.LEADER)
    return signed_in(user)


def secretary_of(team: Team) -> Client:
    user = a_user()
    a_grant(user, team.unit, Role.SECRETARY)
    return signed_in(user)


def text_of(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


def test_a_leader_returns_one_with_words_and_accepts_the_rest_in_one_press() -> None:
    team = a_team()
    set_counting_rule(SYSTEM, team.unit, after_acceptance=True)
    activity, lead = today(team), leader_of(team)
    odd = help_given(activity=activity, people=60, services=("other",))
    plain = [help_given(activity=activity) for _ in range(3)]
    page = text_of(lead.get(f"/teams/{team.pk}/review/"))

    words = "Ghi 60 người một lần, em tách giúp anh."
    gone = lead.post(f"/activities/help/{odd.pk}/return/", {"reason": "too-many", "words": words})
    lead.post(f"/teams/{team.pk}/review/", {"do": "accept", "help": [h.pk for h in plain]})

    assert "Chấp nhận 3 lượt không có dấu hiệu lạ" in page
    assert "60 người trong một lần ghi." in page
    assert gone["Location"] == f"/teams/{team.pk}/review/"
    assert figures_of(team.unit)["citizen-turns"] == 3
    odd.refresh_from_db()
    assert (odd.state, odd.review_words) == (HelpState.RETURNED, words)


def test_several_go_back_at_once_and_another_reason_needs_words() -> None:
    activity = today()
    team, lead = activity.lead_team, leader_of(activity.lead_team)
    helps = [help_given(activity=activity) for _ in range(2)]
    chosen = {"do": "return", "help": [help.pk for help in helps], "reason": "other"}

    wordless = lead.post(f"/teams/{team.pk}/review/", chosen)
    lead.post(f"/teams/{team.pk}/review/", chosen | {"words": "Ghi lại theo từng người."})

    assert wordless.status_code == 422
    assert "Hãy ghi vài lời" in text_of(wordless)
    assert set(Help.objects.values_list("state", flat=True)) == {HelpState.RETURNED}
    assert figures_of(team.unit) == {}
    assert "Ghi lại theo từng người." in text_of(
        lead.get(f"/teams/{team.pk}/review/?show=returned")
    )


def test_a_secretary_reviews_her_whole_unit() -> None:
    activity = today()
    help_given(activity=activity, people=7)
    client = secretary_of(activity.lead_team)

    page = text_of(client.get(f"/units/{activity.lead_team.unit.key}/review/"))

    assert "Chấp nhận 1 lượt không có dấu hiệu lạ" in page


def test_helps_of_a_period_are_shown_seen_or_not() -> None:
    activity = an_activity()
    help_given(activity=activity)
    lead = leader_of(activity.lead_team)

    address = f"/teams/{activity.lead_team_id}/review/?show=all&first=2023-03-01&last=2023-03-31"

    assert "Chấp nhận 1 lượt" in text_of(lead.get(address))
    assert "Không còn lượt nào" in text_of(lead.get(address.replace("2023", "2022")))


def test_the_recorder_reads_the_reviewers_words_first_and_sends_it_again() -> None:
    activity = today()
    user = a_user()
    a_membership(activity.lead_team, a_member(activity.lead_team.unit, user))
    actor = an_actor("activity.view", "help.record", at=activity.lead_team, user=user)
    help = help_given(actor, activity, people=50)
    words = "Ghi 50 người một lần, em tách theo dịch vụ giúp anh."
    return_helps(SYSTEM, [help], reason=ReturnReason.TOO_MANY, words=words)
    Help.objects.update(recorded_at="2023-03-15T01:00:00Z")
    client = signed_in(user)

    page = text_of(client.get(f"/activities/help/{help.pk}/"))
    client.post(
        f"/activities/help/{help.pk}/correct/",
        {"id": "01890000-0000-7000-8000-000000000001", "services": "vneid", "people": 5,
         "helped": "citizens", "team": str(activity.lead_team_id),
         "given_on": activity.first_on.isoformat()},
    )  # fmt: skip

    assert page.index(words) < page.index('class="facts"')
    assert "Sửa và gửi lại" in page
    assert figures_of(activity.lead_team.unit)["citizen-turns"] == 5


def test_the_unit_and_team_say_how_many_wait() -> None:
    team = a_team()
    set_counting_rule(SYSTEM, team.unit, after_acceptance=True)
    activity = today(team)
    help_given(activity=activity)

    unit = text_of(secretary_of(team).get(f"/units/{team.unit.key}/"))
    lead = leader_of(team)

    assert "1 lượt chờ duyệt" in unit
    assert f"/units/{team.unit.key}/review/" in unit
    assert "1 lượt chờ duyệt" in text_of(lead.get(f"/teams/{team.pk}/"))
    assert "1 lượt chờ duyệt" in text_of(lead.get(f"/activities/{activity.pk}/"))


def test_the_figure_says_when_help_counts_only_after_acceptance() -> None:
    team = a_team()
    client, key = secretary_of(team), team.unit.key
    addresses = [f"/figures/?unit={key}", f"/figures/postings/?unit={key}&indicator=citizen-turns"]
    words = "chỉ được tính sau khi người phụ trách duyệt"
    before = [words in text_of(client.get(address)) for address in addresses]

    saved = client.post(f"/units/{key}/counting/", {"rule": "accepted"})

    assert saved.status_code == 303
    assert before == [False, False]
    assert [words in text_of(client.get(address)) for address in addresses] == [True, True]
    other = client.get(f"/figures/?unit={key}&indicator=volunteer-turns")
    assert words not in text_of(other)


def test_programs_are_told_which_figures_count_only_after_acceptance() -> None:
    team = a_team()
    client = secretary_of(team)
    asked = {
        "unit": team.unit.key, "from": "2023-03-01", "to": "2023-03-31",
        "indicator": ["citizen-turns", "volunteer-turns"],
    }  # fmt: skip
    before = client.get("/api/v1/figures", asked).json()
    set_counting_rule(SYSTEM, team.unit, after_acceptance=True)

    after = client.get("/api/v1/figures", asked).json()

    words = "Ở đây lượt hỗ trợ chỉ được tính sau khi người phụ trách duyệt."
    assert [row.get("notes") for row in before] == [None, None]
    assert {row["indicator"]: row.get("notes") for row in after} == {
        "citizen-turns": [words],
        "volunteer-turns": None,
    }


def test_who_closes_is_told_when_the_help_counts() -> None:
    accepting, at_once = a_team(), a_team()
    set_counting_rule(SYSTEM, accepting.unit, after_acceptance=True)
    pages = {}
    for name, lead, teams in [
        ("at once", at_once, ()),
        ("accepted", accepting, ()),
        ("both", accepting, (at_once,)),
    ]:
        activity = an_activity(lead, teams=teams, starts_at=TODAY)
        closing = secretary_of(lead).get(f"/activities/{activity.pk}/close/")
        page = secretary_of(lead).get(f"/activities/{activity.pk}/")
        pages[name] = text_of(closing) + text_of(page)

    assert pages["at once"].count("Lượt hỗ trợ đã tính ngay khi ghi.") == 2
    assert pages["accepted"].count("chỉ được tính sau khi người phụ trách duyệt") == 2
    assert pages["both"].count("ở đơn vị chỉ tính sau khi duyệt thì tính khi được duyệt") == 2
    assert "đã tính ngay khi ghi" not in pages["accepted"] + pages["both"]


def test_the_page_of_the_rule_says_who_decided() -> None:
    team = a_team()
    client, key = secretary_of(team), team.unit.key
    client.post(f"/units/{key}/counting/", {"rule": "accepted"})

    assert "Nguyễn Văn An quyết định lúc" in text_of(client.get(f"/units/{key}/counting/"))
    assert client.post(f"/units/{key}/counting/", {"rule": "above"}).status_code == 303
    assert leader_of(team).get(f"/units/{key}/counting/").status_code == 403


def test_a_volunteer_does_not_review() -> None:
    team = a_team()
    user = a_user()
    a_membership(team, a_member(team.unit, user))

    assert signed_in(user).get(f"/teams/{team.pk}/review/").status_code == 403


@pytest.mark.parametrize("number", [1, 30])
def test_the_review_page_takes_a_constant_number_of_queries(
    number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    activity = today()
    for _ in range(number):
        help_given(activity=activity, people=60, given_at=TODAY)
        help_given(activity=activity)
    lead = leader_of(activity.lead_team)
    lead.get("/")

    with django_assert_max_num_queries(15):
        page = lead.get(f"/teams/{activity.lead_team_id}/review/")

    assert text_of(page).count('<input type="checkbox" name="help"') == 2 * number
