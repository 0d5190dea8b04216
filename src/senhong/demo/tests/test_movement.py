"""The demo through its doors: the command line, the first page, its removal."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import TestCase

from senhong.activities.models import Activity, ActivityState
from senhong.core.days import as_day
from senhong.demo.calendar import NEW_MAP
from senhong.demo.cast import PASSWORD, SIGN_INS
from senhong.ledger.models import Posting, Total
from senhong.ledger.queries import wrong_totals
from senhong.org.models import Installation, Unit
from senhong.people.models import Member, Team

SINCE_PLAN = ("--from", "2022-06-30", "--to", "2023-03-20")
YOUTH_MONTH = ("--from", "2023-03-01", "--to", "2023-03-20")


def figures(unit: str, *words: str) -> list[dict[str, Any]]:
    out = StringIO()
    call_command("figures", "--unit", unit, *words, "--json", stdout=out)
    rows: list[dict[str, Any]] = json.loads(out.getvalue())
    return rows


def by_indicator(unit: str, *words: str) -> dict[str, int]:
    return {row["indicator"]: row["quantity"] for row in figures(unit, *words)}


class TheMovementOfTheInterview(TestCase):
    """Built once for all of these: it takes half a minute."""

    @classmethod
    def setUpTestData(cls) -> None:
        call_command("demo", stdout=StringIO())

    def test_the_figures_of_the_interview_hold_on_the_command_line(self) -> None:
        since_plan, youth_month = (
            by_indicator("P87-2", *SINCE_PLAN),
            by_indicator("P87-2", *YOUTH_MONTH),
        )

        assert 500 < since_plan["activities"] < 560
        assert 182 < youth_month["sorties"] < 195
        assert 2_000 < youth_month["volunteer-turns"] < 2_100
        assert 15_900 <= youth_month["citizen-turns"] <= 15_999

    def test_there_are_1_and_12_and_123_teams(self) -> None:
        teams = by_indicator("P87-2", *YOUTH_MONTH)

        assert [teams[f"teams.{level}"] for level in ("province", "district", "commune")] == [
            1,
            12,
            123,
        ]

    def test_todays_map_gives_the_same_province(self) -> None:
        of_day = by_indicator("P87-2", *YOUTH_MONTH)
        today = by_indicator("P82-3", *YOUTH_MONTH, "--map", "2026-01-01")

        assert today == of_day

    def test_the_units_below_and_the_provinces_own_add_up(self) -> None:
        rows = figures("P87-2", *YOUTH_MONTH, "--indicator", "citizen-turns", "--by", "unit")

        assert len(rows) == 12 + 1
        assert (
            sum(row["quantity"] for row in rows)
            == by_indicator("P87-2", *YOUTH_MONTH)["citizen-turns"]
        )

    def test_a_unit_that_did_not_stand_is_an_error_that_names_its_successor(self) -> None:
        with pytest.raises(CommandError, match="P82-3"):
            figures("P87-2", *YOUTH_MONTH, "--map", "2026-01-01")

    def test_old_tien_giang_has_no_activity_and_its_communes_have_teams_from_the_merger_on(
        self,
    ) -> None:
        before = by_indicator("P82-2", "--from", "2022-06-30", "--to", "2025-06-30")
        tien_giang = Unit.objects.get(key="P82-2").province_id
        landed_from_there = Unit.objects.filter(
            landed_here__unit__province=tien_giang, level="commune", from_day=as_day(NEW_MAP)
        )

        assert not any(before.values())
        assert Team.objects.filter(unit__in=landed_from_there, from_day=as_day(NEW_MAP)).exists()

    def test_every_total_is_the_sum_of_its_postings(self) -> None:
        assert wrong_totals() == []

    def test_people_are_plainly_invented(self) -> None:
        names = set(Member.objects.values_list("full_name", flat=True))

        assert all(len(name.split()) == 3 for name in names)

    def test_past_activities_are_closed_and_some_are_to_come(self) -> None:
        states = set(Activity.objects.values_list("state", flat=True))

        assert states == {ActivityState.CLOSED, ActivityState.PLANNED}

    def test_the_first_page_shows_the_interviews_figures(self) -> None:
        self.client.login(username="tinhdoan", password=PASSWORD)

        page = self.client.get("/", follow=True)

        assert page.redirect_chain[-1][0] == "/units/P87-2/"
        assert "20/03/2023" in page.content.decode()
        assert "190" in page.content.decode()

    def test_everybody_signs_in_to_a_page_of_their_own(self) -> None:
        for who in SIGN_INS:
            self.client.login(username=who.username, password=PASSWORD)
            with self.subTest(who.username):
                assert self.client.get("/", follow=True).status_code == 200
            self.client.logout()

    def test_a_second_demo_is_refused(self) -> None:
        with pytest.raises(CommandError, match="đã có dữ liệu"):
            call_command("demo", stdout=StringIO())

    def test_only_an_administrator_removes_it(self) -> None:
        self.client.login(username="tinhdoan", password=PASSWORD)

        assert self.client.post("/demo/remove/").status_code == 403
        assert Posting.objects.exists()

    def test_it_is_removed_as_one_act_and_the_map_stays(self) -> None:
        self.client.login(username="quantri", password=PASSWORD)

        answer = self.client.post("/demo/remove/")

        assert (answer.status_code, answer["Location"]) == (302, "/start/")
        for gone in (Posting, Total, Activity, Team, Member, Installation):
            assert not gone._default_manager.exists(), gone
        assert Unit.objects.filter(key="P82-3").exists()
