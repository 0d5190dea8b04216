"""The demo through its doors: the command line, the first page, its removal."""

import json
import re
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import TestCase

from senhong import demo
from senhong.activities.models import (
    Activity,
    ActivityKind,
    ActivityState,
    Help,
    HelpState,
    Participant,
    ParticipantState,
)
from senhong.core.days import as_day
from senhong.demo.calendar import NEW_MAP
from senhong.demo.cast import PASSWORD, SIGN_INS, invented_names
from senhong.demo.services.sessions import EVENING
from senhong.ledger.models import Posting, Total
from senhong.ledger.queries import wrong_totals
from senhong.org.models import Installation, Unit
from senhong.people.models import Member, Team

CLOSE_ABOVE = {"activities": 560, "sorties": 195, "volunteer-turns": 2_100}
YOUTH_MONTH = ("--from", "2023-03-01", "--to", "2023-03-20")


def figures(unit: str, *words: str) -> list[dict[str, Any]]:
    out = StringIO()
    call_command("figures", "--unit", unit, *words, "--json", stdout=out)
    rows: list[dict[str, Any]] = json.loads(out.getvalue())
    return rows


def counted_results() -> list[dict[str, Any]]:
    """What the interview counted, from its own file."""
    file = Path(demo.__file__).parent / "data" / "interview-figures.json"
    results: list[dict[str, Any]] = json.loads(file.read_text())["results"]
    return [said for said in results if "from" in said]


def shown(number: int) -> str:
    """As people read it: 15.964."""
    return f"{number:,}".replace(",", ".")


def card_values(page: Any) -> set[str]:
    """The large figures on a first page."""
    return set(re.findall(r'<(?:a|span) class="figure"[^>]*>([^<]+)<', page.content.decode()))


def by_indicator(unit: str, *words: str) -> dict[str, int]:
    return {row["indicator"]: row["quantity"] for row in figures(unit, *words)}


class TheMovementOfTheInterview(TestCase):
    """Built once for all of these: it takes half a minute."""

    @classmethod
    def setUpTestData(cls) -> None:
        call_command("demo", stdout=StringIO())

    def test_the_figures_of_the_interview_hold_on_the_command_line(self) -> None:
        """ "Over" stays close above, "nearly" close below what was said."""
        for said in counted_results():
            of_period = by_indicator("P87-2", "--from", said["from"], "--to", said["to"])
            figure = of_period[said["indicator"]]
            with self.subTest(said["indicator"]):
                if "over" in said:
                    assert said["over"] < figure < CLOSE_ABOVE[said["indicator"]]
                else:
                    assert said["nearly"] - 100 <= figure < said["nearly"]

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

    def test_a_leader_finds_odd_acts_and_one_that_went_back(self) -> None:
        self.client.login(username="totruong", password=PASSWORD)
        self.client.post("/reading-date/", {"reading_on": "today"})
        back = Help.objects.get(state=HelpState.RETURNED)

        page = self.client.get(f"/teams/{back.team_id}/review/").content.decode()

        assert "lượt có dấu hiệu lạ" in page
        assert "60 người trong một lần ghi." in page
        assert back.review_words.startswith("Ghi 50 người một lần")
        assert Help.objects.filter(state=HelpState.WAITING).count() == 3

    def test_people_are_plainly_invented(self) -> None:
        """A family name and two words of flowers, birds, waters: nobody is called so."""
        names = {name.lower() for name in Member.objects.values_list("full_name", flat=True)}

        assert names <= {name.lower() for name in invented_names(Random(0))}

    def test_past_activities_are_closed_and_some_are_to_come(self) -> None:
        planned = Activity.objects.exclude(kind=ActivityKind.EVERYDAY)
        states = set(planned.values_list("state", flat=True))

        assert states == {ActivityState.CLOSED, ActivityState.PLANNED}

    def test_activities_to_come_have_seats_and_sign_ups_and_one_is_full(self) -> None:
        coming = Activity.objects.filter(state=ActivityState.PLANNED)
        waiting = Participant.objects.filter(state=ParticipantState.WAITING)

        assert not coming.filter(seats=None).exists()
        assert not coming.filter(participants=None).exists()
        assert [one.activity.name for one in waiting.select_related("activity")] == [EVENING]

    def test_the_first_page_shows_the_figures_of_the_command_line(self) -> None:
        self.client.login(username="tinhdoan", password=PASSWORD)
        year = by_indicator("P87-2", "--from", "2023-01-01", "--to", "2023-03-20")

        page = self.client.get("/", follow=True)

        assert page.redirect_chain[-1][0] == "/units/P87-2/"
        assert "20/03/2023" in page.content.decode()
        for code in ("sorties", "platform-turns", "activities.province"):
            assert shown(year[code]) in card_values(page), code

    def test_the_page_of_youth_month_shows_the_interviews_figures(self) -> None:
        self.client.login(username="kiemtra", password=PASSWORD)
        youth_month = by_indicator("P87-2", *YOUTH_MONTH)
        asked = "unit=P87-2&from=2023-03-01&to=2023-03-20"

        text = self.client.get(f"/figures/?{asked}").content.decode()
        links = set(re.findall(r">([\d.]+)</a>", text))

        for code in ("sorties", "volunteer-turns", "citizen-turns"):
            assert shown(youth_month[code]) in links, code

    def test_everybody_signs_in_to_a_page_of_their_own_with_figures(self) -> None:
        for who in SIGN_INS:
            self.client.login(username=who.username, password=PASSWORD)
            with self.subTest(who.username):
                page = self.client.get("/", follow=True)
                assert page.status_code == 200
                assert card_values(page) - {"0"}
            self.client.logout()

    def test_the_secretarys_commune_has_targets_on_both_maps(self) -> None:
        self.client.login(username="bithu", password=PASSWORD)

        for day in ("2023-03-20", "today"):
            with self.subTest(day):
                self.client.post("/reading-date/", {"reading_on": day})
                assert "/targets/" in self.client.get("/", follow=True).content.decode()

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
