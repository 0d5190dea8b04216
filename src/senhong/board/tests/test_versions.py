"""A board says under which definitions its figures were counted."""

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from senhong.board.tests.make import a_demo, text_of
from senhong.ledger.services import IndicatorFacts, change_indicator
from senhong.ledger.tests.make import an_indicator, client_at, posted
from senhong.org.models import Unit
from senhong.org.tests.make import SYSTEM, a_province, a_unit
from senhong.plans.tests.make import a_target

pytestmark = pytest.mark.django_db


def test_a_target_whose_period_crosses_the_change_shows_both_with_their_days() -> None:
    province, counted = a_province(), an_indicator()
    commune = a_unit("Xã A", province)
    a_demo(province)
    posted(SYSTEM, commune, counted, day=20230317)
    target = a_target(commune, counted)
    told = replace(IndicatorFacts.of(counted), definition="Chỉ đếm lượt từ mười lăm phút.")
    change_indicator(SYSTEM, counted, told, since=20230316, reason="Công văn 12")

    client = client_at(commune)

    for url in (f"/units/{commune.key}/?period=plan", f"/targets/{target.pk}/"):
        page = text_of(client, url)
        assert "Đến 15/03/2023" in page, url
        assert "Từ 16/03/2023" in page, url


def test_a_table_and_its_workbook_say_what_each_column_was_counted_as() -> None:
    province, counted = a_province(), an_indicator("volunteer-turns")
    a_target(province, "sorties")  # so that no card says it
    for name in "ABC":
        unit = a_unit(f"Xã {name}", province)
        Unit.objects.filter(pk=unit.pk).update(lat=10.0 + ord(name) / 100, lon=105.0)
        a_target(unit, counted)
    a_demo(province)
    told = replace(IndicatorFacts.of(counted), definition="Chỉ đếm lượt từ mười lăm phút.")
    change_indicator(SYSTEM, counted, told, since=20230316, reason="Công văn 12")
    client, url = client_at(province), f"/units/{province.key}/"

    for page in (f"{url}matrix/", f"{url}map/?of={counted.code}", url):
        assert "Từ 16/03/2023" in text_of(client, page), page
    book = load_workbook(BytesIO(client.get(f"{url}matrix.xlsx").content))
    rows = [row for row in book["Định nghĩa"].values if row[0] == counted.title]

    assert [row[2] for row in rows] == ["Đến 15/03/2023", "Từ 16/03/2023"]
    assert rows[1][3] == "Chỉ đếm lượt từ mười lăm phút."
