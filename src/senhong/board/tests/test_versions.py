"""A board says under which definitions its figures were counted."""

from dataclasses import replace

import pytest

from senhong.board.tests.make import a_demo, text_of
from senhong.ledger.services import IndicatorFacts, change_indicator
from senhong.ledger.tests.make import an_indicator, client_at, posted
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
