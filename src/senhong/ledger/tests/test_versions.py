"""A definition changes from a day on; every figure says under which it was counted."""

import json
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from senhong.ledger.errors import VersionOutOfOrder, VersionToCome
from senhong.ledger.models import Indicator, IndicatorVersion
from senhong.ledger.queries import get_indicator, versions_of
from senhong.ledger.services import IndicatorFacts, change_indicator
from senhong.ledger.tests.make import an_indicator, client_at, indicator_facts, posted
from senhong.org.models import Role, Unit
from senhong.org.tests.make import SYSTEM, a_province, a_unit

pytestmark = pytest.mark.django_db

FIRST, SECOND = "Điều được đếm: test.flow.", "Chỉ đếm lượt từ mười lăm phút."


def redefined(since: int = 20230316, definition: str = SECOND, **facts: Any) -> Indicator:
    """The indicator of the makers, defined anew from a day on."""
    indicator = an_indicator()
    told = replace(IndicatorFacts.of(indicator), definition=definition, **facts)
    return change_indicator(SYSTEM, indicator, told, since=since, reason="Công văn 12")


def words(indicator: Indicator, first: int, last: int) -> list[str]:
    found = versions_of([indicator]).within(indicator, first, last)
    return [each.said.meaning for each in found]


def text_of(client: Client, url: str) -> str:
    page = client.get(url)
    assert page.status_code == 200, (url, page.status_code)
    return str(page.content.decode())


def test_another_definition_holds_from_its_day_and_the_first_before_it() -> None:
    indicator = redefined()

    assert words(indicator, 20230101, 20230315) == [FIRST]
    assert words(indicator, 20230316, 20230331) == [SECOND]
    assert words(indicator, 20230315, 20230316) == [FIRST, SECOND]
    assert get_indicator("test.flow").definition == SECOND


def test_what_never_changed_has_no_versions() -> None:
    indicator = an_indicator()

    assert not versions_of([indicator]).has_changed(indicator)
    assert words(indicator, 20230101, 20231231) == [FIRST]


def test_a_name_a_measure_or_a_translation_makes_no_version() -> None:
    indicator = redefined()
    facts = IndicatorFacts.of(indicator)

    change_indicator(SYSTEM, indicator, replace(facts, name="Tên khác", definition_en="Only…"))

    assert IndicatorVersion.objects.count() == 2
    assert IndicatorVersion.objects.get(from_day=20230316).definition_en == "Only…"


def test_on_the_same_day_a_version_is_corrected() -> None:
    redefined()
    indicator = redefined(definition="Chỉ đếm lượt từ hai mươi phút.")

    assert words(indicator, 20230315, 20230331) == [FIRST, "Chỉ đếm lượt từ hai mươi phút."]


def test_versions_follow_one_another_and_none_is_to_come() -> None:
    redefined()

    with pytest.raises(VersionOutOfOrder):
        redefined(20230310, "Chen vào giữa.")
    with (
        time_machine.travel("2023-03-20T09:00:00+07:00", tick=False),
        pytest.raises(VersionToCome),
    ):
        redefined(20230321, "Mai mới đúng.")


def test_a_state_is_counted_under_the_words_of_the_day_it_is_read() -> None:
    teams = get_indicator("teams.commune")
    first = teams.definition
    told = replace(IndicatorFacts.of(teams), definition="Tổ có ba người trở lên.")
    change_indicator(SYSTEM, teams, told, since=20230316)
    teams = get_indicator("teams.commune")

    assert words(teams, 20230101, 20230331) == ["Tổ có ba người trở lên."]
    assert words(teams, 20230101, 20230315) == [first]


def a_counted_commune() -> Unit:
    commune = a_unit("Xã A", a_province())
    for day in (20230315, 20230317):
        posted(SYSTEM, commune, an_indicator(), day=day)
    return commune


@pytest.mark.parametrize("page", ["/figures/", "/figures/postings/"])
def test_a_period_that_crosses_the_change_shows_both_with_their_days(page: str) -> None:
    commune = a_counted_commune()
    redefined()
    client, asked = client_at(commune), f"{page}?unit={commune.key}&indicator=test.flow"

    across = text_of(client, f"{asked}&from=2023-03-01&to=2023-03-31")
    after = text_of(client, f"{asked}&from=2023-03-16&to=2023-03-31")
    before = text_of(client, f"{asked}&from=2023-03-01&to=2023-03-15")

    assert "Đến 15/03/2023" in across
    assert "Từ 16/03/2023" in across
    assert FIRST in across
    assert SECOND in across
    assert FIRST not in after
    assert SECOND not in before


def test_programs_are_told_under_which_versions_a_figure_was_counted() -> None:
    commune = a_counted_commune()
    redefined()
    client = client_at(commune)
    asked = f"/api/v1/figures?unit={commune.key}&from=2023-03-15&to=2023-03-16"

    [whole] = client.get(f"{asked}&indicator=test.flow").json()
    days = client.get(f"{asked}&indicator=test.flow&by=day").json()
    [never] = client.get(f"{asked}&indicator=sorties").json()
    told = {each["code"]: each["versions"] for each in client.get("/api/v1/indicators").json()}

    assert whole["versions"] == ["0001-01-01", "2023-03-16"]
    assert [day["versions"] for day in days] == [["0001-01-01"], ["2023-03-16"]]
    assert "versions" not in never
    assert [each["from_on"] for each in told["test.flow"]] == ["0001-01-01", "2023-03-16"]
    assert told["sorties"] == []


def test_the_command_line_tells_them_too() -> None:
    commune = a_counted_commune()
    redefined()
    words = ["--unit", commune.key, "--from", "2023-03-01", "--to", "2023-03-31"]
    words += ["--indicator", "test.flow"]
    table, answer = StringIO(), StringIO()

    call_command("figures", *words, stdout=table)
    call_command("figures", *words, "--json", stdout=answer)

    told = " ".join(table.getvalue().split())
    assert "Đến 15/03/2023: Điều được đếm: test.flow." in told
    assert "Từ 16/03/2023: Chỉ đếm lượt" in told
    assert json.loads(answer.getvalue())[0]["versions"] == ["0001-01-01", "2023-03-16"]


def test_the_office_defines_anew_and_everybody_reads_the_history() -> None:
    province = a_province()
    an_indicator()
    office, secretary = client_at(province), client_at(province, Role.SECRETARY)
    facts = vars(indicator_facts("test.flow"))
    fields = {name: value for name, value in facts.items() if isinstance(value, str)}
    fields |= {"definition": SECOND, "since": "2023-03-16", "reason": ""}
    url = "/indicators/test.flow/edit/"

    unsaid = office.post(url, fields)
    saved = office.post(url, fields | {"reason": "Công văn 12"})

    assert unsaid.status_code == 422
    assert "Hãy ghi vì sao đổi" in unsaid.content.decode()
    assert saved.status_code == 303
    history = text_of(secretary, "/indicators/test.flow/history/")
    for said in ("Từ 16/03/2023", "Đến 15/03/2023", FIRST, SECOND, "Công văn 12"):
        assert said in history
    assert "Người đổi" not in history
    assert "Người đổi" in text_of(office, "/indicators/test.flow/history/")


def test_the_office_says_until_when_it_is_counted() -> None:
    an_indicator()
    office = client_at(a_province())
    facts = vars(indicator_facts("test.flow"))
    fields = {name: value for name, value in facts.items() if isinstance(value, str)}

    fields |= {"first_on": "2023-01-01", "last_on": "2023-12-31", "since": "", "reason": ""}
    office.post("/indicators/test.flow/edit/", fields)

    kept = get_indicator("test.flow")
    assert (kept.from_day, kept.to_day) == (20230101, 20240101)
    assert not IndicatorVersion.objects.exists()
