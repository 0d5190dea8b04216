from dataclasses import replace

import pytest

from senhong.core.errors import Forbidden
from senhong.ledger.errors import IndicatorCodeTaken, IndicatorFixed
from senhong.ledger.models import Indicator, IndicatorGroup, IndicatorNature
from senhong.ledger.queries import get_indicator, indicators
from senhong.ledger.services import add_indicator, change_indicator
from senhong.ledger.tests.make import indicator_facts
from senhong.org.tests.make import SYSTEM, a_province, an_actor

pytestmark = pytest.mark.django_db

SHIPPED = [
    "teams.province", "teams.district", "teams.commune", "activities", "activities.province",
    "sorties", "volunteer-turns", "citizen-turns", "platform-turns", "organisations-helped",
]  # fmt: skip


def test_the_shipped_indicators_say_what_they_count_in_both_languages() -> None:
    shipped = indicators(SHIPPED)

    assert [each.code for each in shipped] == SHIPPED
    assert [each.code for each in shipped if each.is_state] == SHIPPED[:3]
    for each in shipped:
        for field in ("name", "unit_of_measure", "definition", "counting_rule"):
            assert getattr(each, field).strip()
            assert getattr(each, f"{field}_en").strip()
        assert each.group in IndicatorGroup.values


def test_adding_again_adds_once() -> None:
    facts = indicator_facts("san-pham-len-san")

    first = add_indicator(SYSTEM, facts)

    assert add_indicator(SYSTEM, facts) == first
    with pytest.raises(IndicatorCodeTaken):
        add_indicator(SYSTEM, replace(facts, name="Khác"))
    assert Indicator.objects.filter(code=facts.code).count() == 1


def test_words_may_change_but_code_and_nature_stay() -> None:
    facts = indicator_facts("san-pham-len-san")
    indicator = add_indicator(SYSTEM, facts)

    change_indicator(SYSTEM, indicator, replace(facts, name="Sản phẩm lên sàn"))

    assert get_indicator(facts.code).name == "Sản phẩm lên sàn"
    for bent in (replace(facts, code="x"), replace(facts, nature=IndicatorNature.STATE)):
        with pytest.raises(IndicatorFixed):
            change_indicator(SYSTEM, indicator, bent)


def test_only_an_indicator_editor_edits_indicators() -> None:
    province = a_province()
    facts = indicator_facts("san-pham-len-san")

    with pytest.raises(Forbidden):
        add_indicator(an_actor("figure.view", at=province), facts)
    indicator = add_indicator(an_actor("indicator.edit", at=province), facts)
    with pytest.raises(Forbidden):
        change_indicator(an_actor("figure.view", at=province), indicator, facts)
