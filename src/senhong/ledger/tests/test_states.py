import pytest
from django.db.models import Value

from senhong.core.days import LAST_DAY
from senhong.core.ids import uuid7
from senhong.ledger.models import IndicatorNature
from senhong.ledger.queries import (
    STATES,
    Ask,
    By,
    figures,
    figures_for,
)
from senhong.ledger.tests.asking import MARCH, by_unit, named, whole
from senhong.ledger.tests.make import an_indicator
from senhong.org.models import Unit
from senhong.org.services import restructure
from senhong.org.tests.make import (
    SYSTEM,
    a_change,
    a_new_unit,
)
from senhong.people.models import Team

pytestmark = pytest.mark.django_db


class TestAState:
    """Read on the last day, from dated rows of the app that owns them."""

    @pytest.fixture(autouse=True)
    def source(self, monkeypatch: pytest.MonkeyPatch, units: dict[str, Unit]) -> None:
        self.units = units
        self.state = an_indicator("test.state", nature=IndicatorNature.STATE)
        monkeypatch.setitem(STATES, "test.state", Team.objects.all)

    def team(self, name: str, first: int, until: int = LAST_DAY) -> None:
        Team.objects.create(
            id=uuid7(), unit=self.units[name], kind="community", name=name,
            search_key=name, from_day=first, to_day=until,
        )  # fmt: skip

    def test_counts_what_stands_on_the_last_day(self) -> None:
        self.team("Xã 1", 20230101, 20230331)
        self.team("Xã 2", 20230315)

        assert whole(self.units["Tỉnh A"], self.state, last=20230330) == 2
        assert whole(self.units["Tỉnh A"], self.state) == 1
        assert whole(self.units["Xã 1"], self.state) == 0
        rows = figures(SYSTEM, self.units["huyen a"], [self.state], by=By.DAY, **MARCH)
        assert [row.quantity for row in rows][13:15] == [1, 2]

    def test_follows_its_unit_over_a_change_also_on_the_very_day(self) -> None:
        old, new = self.units["Xã 1"], a_new_unit("Xã 9", self.units["huyen a"])
        self.team("Xã 1", 20230101)
        restructure(SYSTEM, a_change(20230315, ends=[old], begins=[new], edges=[(old, new)]))
        heir = Unit.objects.select_related("province").get(key=new.key)

        assert whole(old, self.state, last=20230314) == 1
        old = Unit.objects.select_related("province").get(pk=old.pk)
        assert whole(old, self.state, last=20230315) == 1  # read on the last day it stood
        assert whole(old, self.state, last=20230331) == 1
        asked = {"first": 20230301, "last": 20230430}
        rows = figures(SYSTEM, old, [self.state], by=By.MONTH, **asked)
        assert [(row.period, row.quantity, row.stood_until) for row in rows] == [
            ("2023-03", 1, 20230314)
        ]
        ask = Ask(old, self.state, 20230301, 20230331)
        assert figures_for(SYSTEM, [ask]) == {ask: 1}
        assert whole(heir, self.state, last=20230315) == 1
        assert whole(heir, self.state, last=20230314) == 1
        assert by_unit(heir, self.state, last=20230314) == {"Xã 1": 1}

    def test_has_no_row_for_a_unit_that_no_longer_stands(self) -> None:
        old, new = self.units["Xã 1"], a_new_unit("Xã 9", self.units["huyen a"])
        self.team("Xã 1", 20230101)
        restructure(SYSTEM, a_change(20230315, ends=[old], begins=[new], edges=[(old, new)]))

        rows = figures(SYSTEM, self.units["huyen a"], [self.state], by=By.UNIT, **MARCH)

        assert {named(row): row.quantity for row in rows} == {"Xã 2": 0, "Xã 9": 1, "own": 0}

    def test_may_be_weighted(self, monkeypatch: pytest.MonkeyPatch) -> None:
        weighed = Team.objects.annotate(weight=Value(7))
        monkeypatch.setitem(STATES, "test.state", lambda: weighed)
        self.team("Xã 1", 20230101)

        assert whole(self.units["Tỉnh A"], self.state) == 7

    def test_without_a_source_is_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delitem(STATES, "test.state")

        assert whole(self.units["Tỉnh A"], self.state) == 0
