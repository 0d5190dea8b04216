from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from senhong.activities.privacy import has_personal_number
from senhong.activities.queries import (
    activity_figures,
    next_activities,
    planned_of_units,
    team_figures,
)
from senhong.activities.services import (
    cancel_activity,
    close_activity,
    count_present,
    reopen_activity,
    withdraw_help,
)
from senhong.activities.tests.make import (
    MORNING,
    a_closed_activity,
    an_activity,
    help_given,
    those_present,
)
from senhong.core.errors import Forbidden
from senhong.ledger.models import Posting
from senhong.ledger.queries import get_indicator, indicators, postings_behind
from senhong.org.queries import planned_change
from senhong.org.services import restructure
from senhong.org.tests.make import SYSTEM, a_change, a_new_unit, a_unit, an_actor
from senhong.people.models import Team
from senhong.people.tests.make import a_membership, a_team

pytestmark = pytest.mark.django_db

MARCH = (20230301, 20230331)


def of(team: Team, first: int = MARCH[0], last: int = MARCH[1]) -> dict[str, int]:
    figures = team_figures(SYSTEM, team, indicators(), first, last)
    return {code: quantity for code, quantity in figures.items() if quantity}


def test_a_teams_figures_are_its_own_also_beside_another_of_its_unit() -> None:
    team = a_team()
    other = a_team(team.unit)
    activity = an_activity(team, teams=(other,))
    help_given(activity=activity, people=3)
    help_given(activity=activity, people=2, team_id=other.pk, services=("other",))
    those_present(activity, team, [a_membership(team).member])
    those_present(activity, other, [a_membership(other).member for _ in range(2)])

    close_activity(SYSTEM, activity)

    helped = {"help.vneid": 3, "citizen-turns": 3, "platform-turns": 3}
    assert of(team) == helped | {"activities": 1, "sorties": 1, "volunteer-turns": 1}
    assert of(other) == {"help.other": 2, "citizen-turns": 2, "volunteer-turns": 2}
    assert of(team, 20230401, 20230430) == {}


def test_what_was_taken_back_is_not_in_a_teams_figures() -> None:
    activity = an_activity()
    help = help_given(activity=activity)
    count_present(SYSTEM, activity, number=4, reason="Giấy ướt")
    close_activity(SYSTEM, activity)
    reopen_activity(SYSTEM, activity, reason="Thiếu người")
    withdraw_help(SYSTEM, help, reason="Ghi nhầm")
    assert of(activity.lead_team) == {}

    close_activity(SYSTEM, activity)

    due = {"activities": 1, "sorties": 1, "volunteer-turns": 4}
    assert of(activity.lead_team) == due
    assert activity_figures(activity) == due


def test_a_teams_figures_go_on_where_its_unit_landed() -> None:
    team = a_team()
    new = a_new_unit("Xã Mới", team.unit.province)
    change = a_change(20230310, ends=[team.unit], begins=[new], edges=[(team.unit, new)])
    restructure(SYSTEM, change)
    place = team.unit.province
    help_given(activity=an_activity(team, place_unit=place))
    help_given(activity=an_activity(team, place_unit=place, starts_at=MORNING - timedelta(days=7)))

    assert of(team)["citizen-turns"] == 2


def test_a_teams_figures_take_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    team = a_closed_activity().lead_team
    asked = indicators()

    with django_assert_num_queries(1):
        figures = team_figures(SYSTEM, team, asked, *MARCH)

    assert figures["sorties"] == 1
    assert figures.keys() == {indicator.code for indicator in asked}
    with pytest.raises(Forbidden):
        team_figures(an_actor("team.view", at=team), team, asked, *MARCH)


def test_a_figure_leads_to_help_and_activity() -> None:
    activity = an_activity()
    help = help_given(activity=activity)
    close_activity(SYSTEM, activity)

    behind = {}
    for code in ("citizen-turns", "sorties"):
        page = postings_behind(
            SYSTEM, activity.lead_team.unit, get_indicator(code), first=MARCH[0], last=MARCH[1]
        )
        (line,) = page.lines
        assert line.source
        behind[code] = line.source.url

    assert behind["citizen-turns"] == f"/activities/help/{help.pk}/"
    assert behind["sorties"] == f"/activities/{activity.pk}/"


def test_a_figure_leads_nowhere_for_those_who_may_not_see() -> None:
    activity = an_activity()
    help_given(activity=activity)
    unit = activity.lead_team.unit
    reader = an_actor("posting.view", "figure.view", at=unit)

    page = postings_behind(
        reader, unit, get_indicator("citizen-turns"), first=MARCH[0], last=MARCH[1]
    )

    assert [line.source for line in page.lines] == [None]
    assert Posting.objects.exists()


def test_what_is_next_is_neither_closed_nor_cancelled() -> None:
    team = a_team()
    coming = an_activity(team)
    a_closed_activity(team)
    cancel_activity(SYSTEM, an_activity(team), reason="Mưa bão")
    elsewhere = a_team(a_unit("Xã B", team.unit.province))

    assert next_activities(SYSTEM, team=team, on=date(2023, 3, 15)) == [coming]
    assert next_activities(SYSTEM, unit=team.unit, on=date(2023, 3, 1)) == [coming]
    assert next_activities(SYSTEM, team=team, on=date(2023, 3, 16)) == []
    assert next_activities(SYSTEM, team=elsewhere, on=date(2023, 3, 1)) == []


def test_what_hangs_on_ending_units() -> None:
    activity = an_activity()
    a_closed_activity(activity.lead_team)

    assert planned_of_units([activity.lead_team.unit_id]).number == 1
    assert planned_of_units([]).number == 0


def test_what_is_scheduled_by_a_team_of_a_unit_that_ended_is_told_by_the_next_dry_run() -> None:
    activity = an_activity()
    old = activity.lead_team.unit
    new, last = (a_new_unit(name, old.province) for name in ("Xã Giữa", "Xã Cuối"))
    restructure(SYSTEM, a_change(20250101, ends=[old], begins=[new], edges=[(old, new)]))

    plan = planned_change(
        SYSTEM, a_change(20270101, ends=[new], begins=[last], edges=[(new, last)])
    )

    told = {str(answer.what): answer.number for answer in plan.heirs}
    assert told["hoạt động chưa kết thúc"] == 1


@pytest.mark.parametrize(
    "text",
    [
        "087203001234", "CCCD: 087 203 001 234", "số 0872-0300-1234", "0912345678",
        "0912 345 678", "0912.345.678", "+84 912 345 678", "84912345678", "(+84) 912345678",
        "02773 851 234", "gọi 09 1234 5678 nhé", "087 201 012345", "0872 01012345", "0123456789",
        "0912/345/678", "0912,345,678", "0912_345_678", "0912\u200b345\u2060678",
        "+84.912.345.678", "0912  345  678", "+84 (0)912 345 678",
        "123456789012", "căn cước 345678901234, anh Ba",
    ],
)  # fmt: skip
def test_numbers_of_persons_are_found(text: str) -> None:
    assert has_personal_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "Giúp 12 người ở chợ", "Ngày 05.03.2023, 14 giờ", "15/03/2023 – 20/03/2023",
        "2.000.000 đồng", "Từ 7h30 đến 10h30, 3 bàn", "Hộp thư 1900", "Mã hồ sơ 2023-0315",
        "15.964 lượt", "05/03/2023 07:30", "07:30 - 10:30", "300-KH/TĐTN-PT", "01/2023-05/2023",
        "84.500.000.000 đồng", "100.000.000.000 đồng", "000.00.01.H20-230315-0001",
        "05/03 - 07/03 - 09/03", "ngày 05, 06, 07, 08, 09 và 10",
    ],
)  # fmt: skip
def test_other_numbers_are_no_mistake(text: str) -> None:
    assert not has_personal_number(text)


@given(
    st.from_regex(r"0[1-9][0-9]{8}|84[1-9][0-9]{8}|0[0-9]{11}", fullmatch=True),
    st.lists(st.sampled_from(["", *" ./-_,", "\u200b", "\xad", " - "]), min_size=11, max_size=11),
)
def test_no_sign_between_hides_a_number(digits: str, signs: list[str]) -> None:
    places = {4, 7}  # as it is read aloud
    parted = "".join(c + (signs[i] if i + 1 in places else "") for i, c in enumerate(digits))

    assert has_personal_number(f"gọi {parted} nhé")


@given(
    st.lists(
        st.one_of(
            st.dates(date(2000, 1, 1), date(2099, 12, 31)).map("{:%d/%m/%Y}".format),
            st.times().map("{:%H:%M}".format),
            st.integers(0, 10**14).map(lambda n: f"{n:,} đồng".replace(",", ".")),
            st.integers(1, 999).map("{}-KH/TĐTN-PT".format),
            st.integers(0, 10**6).map("{} lượt".format),
        )
    )
)
def test_dates_times_money_and_plans_are_no_numbers_of_persons(said: list[str]) -> None:
    assert not has_personal_number(", ".join(said))
    assert not has_personal_number(" ".join(said))
