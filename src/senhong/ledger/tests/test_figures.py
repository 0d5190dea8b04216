from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from senhong.core.days import LAST_DAY
from senhong.core.errors import Forbidden
from senhong.ledger.errors import (
    MapEnded,
    PeriodReversed,
    PeriodTooLong,
    TooManyFigures,
    UnitNotOnMap,
    UnknownIndicator,
)
from senhong.ledger.models import Indicator
from senhong.ledger.notes import note_of_end
from senhong.ledger.queries import (
    Ask,
    By,
    Reading,
    figure_page,
    figures,
    figures_for,
    get_indicator,
    indicators,
    postings_behind,
    postings_with_ids,
)
from senhong.ledger.services import post, reversal_of
from senhong.ledger.tests.asking import MARCH, by_unit, whole
from senhong.ledger.tests.make import an_indicator, posted
from senhong.org.models import Unit
from senhong.org.services import restructure
from senhong.org.tests.make import (
    SYSTEM,
    a_change,
    a_new_unit,
    a_part_of_the_country,
    an_actor,
)

pytestmark = pytest.mark.django_db


def test_a_figure_sums_the_unit_and_all_below(
    province: Unit, units: dict[str, Unit], flow: Indicator
) -> None:
    for name, quantity in (("Xã 1", 1), ("Xã 2", 2), ("Xã 3", 4), ("huyen a", 8), ("Tỉnh A", 16)):
        posted(SYSTEM, units[name], flow, quantity)
    posted(SYSTEM, units["Xã 1"], flow, 100, day=20230401)

    assert whole(province, flow) == 31
    assert whole(units["huyen a"], flow) == 11
    assert whole(units["Xã 1"], flow) == 1
    assert by_unit(province, flow) == {"Huyện huyen a": 11, "Huyện huyen b": 4, "own": 16}
    assert whole(units["Xã 1"], flow, last=20230401) == 101
    assert whole(units["Xã 1"], flow, first=20230316) == 0


def test_a_figure_in_pieces_of_time(province: Unit, flow: Indicator) -> None:
    for day, quantity in ((20230101, 1), (20230320, 2), (20230321, 4), (20231231, 8)):
        posted(SYSTEM, province, flow, quantity, day=day)

    def pieces(by: By) -> dict[str | None, int]:
        rows = figures(SYSTEM, province, [flow], first=20230101, last=20231231, by=by)
        return {row.period: row.quantity for row in rows if row.quantity}

    assert pieces(By.DAY) == {"2023-01-01": 1, "2023-03-20": 2, "2023-03-21": 4, "2023-12-31": 8}
    assert pieces(By.WEEK) == {"2022-W52": 1, "2023-W12": 6, "2023-W52": 8}
    assert pieces(By.MONTH) == {"2023-01": 1, "2023-03": 6, "2023-12": 8}
    assert pieces(By.QUARTER) == {"2023-Q1": 7, "2023-Q4": 8}
    assert pieces(By.YEAR) == {"2023": 15}


def test_a_corrected_figure_leaves_nothing(province: Unit, flow: Indicator) -> None:
    id = posted(SYSTEM, province, flow, 5)
    post(SYSTEM, [reversal_of(postings_with_ids(province.pk, [id])[0])])

    assert whole(province, flow) == 0


class TestTheRealMap:
    """Đồng Tháp and Tiền Giang before and after 2025-07-01."""

    @pytest.fixture(autouse=True)
    def country(self, db: None) -> None:
        self.units = a_part_of_the_country(["P87-2", "P82-2", "P82-3"])
        self.flow = an_indicator("test.flow")
        self.old, self.new = self.units["P87-2"], self.units["P82-3"]
        districts = [u for u in self.units.values() if u.level == "district"]
        communes = [u for u in self.units.values() if u.level == "commune" and u.to_day == 20250701]
        mine = [u for u in (*districts, *communes) if u.province_id == self.old.pk]
        self.district = next(u for u in mine if u.level == "district")
        self.commune = next(u for u in mine if u.level == "commune" and u.from_day < 20230101)
        theirs = [u for u in districts if u.province_id == self.units["P82-2"].pk]
        for unit, quantity in (
            (self.old, 1), (self.district, 2), (self.commune, 4),
            (self.units["P82-2"], 8), (theirs[0], 16),
        ):  # fmt: skip
            posted(SYSTEM, unit, self.flow, quantity)

    def test_a_merged_province_has_what_its_predecessors_had(self) -> None:
        assert whole(self.old, self.flow) == 7
        assert whole(self.units["P82-2"], self.flow) == 24
        assert whole(self.new, self.flow, on=20260101) == 31
        assert whole(self.new, self.flow) == 31

    def test_days_before_a_unit_stood_are_listed_under_its_predecessors(self) -> None:
        rows = figures(SYSTEM, self.new, [self.flow], by=By.UNIT, **MARCH)

        assert {(row.unit, row.quantity) for row in rows if row.quantity} == {
            ("P87-2", 7), ("P82-2", 24),
        }  # fmt: skip
        assert all(row.unit in {"P87-2", "P82-2"} or row.is_own for row in rows)

    def test_across_the_change_predecessors_and_units_stand_together(self) -> None:
        new_commune = next(
            u for u in self.units.values() if u.level == "commune" and u.province_id == self.new.pk
        )
        posted(SYSTEM, new_commune, self.flow, 32, day=20250705)
        asked = {"first": 20230301, "last": 20250731}

        rows = figures(SYSTEM, self.new, [self.flow], by=By.UNIT, **asked)

        by_key = {row.unit: row for row in rows if row.quantity}
        assert {key: row.quantity for key, row in by_key.items()} == {
            "P87-2": 7, "P82-2": 24, new_commune.key: 32,
        }  # fmt: skip
        assert by_key["P87-2"].stood_until == 20250630
        assert whole(self.new, self.flow, **asked) == 63

    def test_on_a_later_map_the_abolished_districts_are_a_row_apart(self) -> None:
        found = by_unit(self.new, self.flow, on=20260101)

        assert found["cấp huyện trước 01/07/2025"] == 18
        assert found["own"] == 9
        assert sum(found.values()) == 31

    def test_a_unit_that_is_not_on_the_map_names_its_relatives(self) -> None:
        with pytest.raises(UnitNotOnMap, match=r"Tỉnh Đồng Tháp \(P82-3\)"):
            whole(self.old, self.flow, on=20260101)
        with pytest.raises(UnitNotOnMap, match=r"P82-3"):
            whole(self.district, self.flow, on=20260101)
        with pytest.raises(UnitNotOnMap, match=r"P82-2.*P87-2|P87-2.*P82-2"):
            whole(self.new, self.flow, on=20230301)

    @pytest.mark.parametrize("by", By)
    def test_a_period_after_its_end_names_what_the_unit_became(self, by: By) -> None:
        asked: dict[str, Any] = {"first": 20260101, "last": 20260331, "by": by}

        for unit in (self.old, self.district):
            with pytest.raises(UnitNotOnMap, match=r"01/01/2026.*Tỉnh Đồng Tháp \(P82-3\)"):
                figures(SYSTEM, unit, [self.flow], **asked)
        with pytest.raises(MapEnded, match=r"01/12/2024.*31/12/2024.*P82-3"):
            figures(SYSTEM, self.old, [self.flow], on=20241201, **asked)
        with pytest.raises(UnitNotOnMap):
            postings_behind(SYSTEM, self.old, self.flow, first=20260101, last=20260331)
        assert figures_for(SYSTEM, [Ask(self.old, self.flow, 20260101, 20260331)]) == {}

    @pytest.mark.parametrize(
        ("on", "until"), [(None, 20250630), (20241201, 20241231), (20250601, 20250630)]
    )
    def test_a_period_across_its_end_says_how_far_it_was_read(
        self, on: int | None, until: int
    ) -> None:
        asked: dict[str, Any] = {"first": 20230101, "last": 20251231, "on": on}

        [row] = figures(SYSTEM, self.old, [self.flow], **asked)
        months = figures(SYSTEM, self.old, [self.flow], by=By.MONTH, **asked)
        own = next(
            row for row in figures(SYSTEM, self.old, [self.flow], by=By.UNIT, **asked) if row.is_own
        )
        around = figure_page(SYSTEM, Reading(self.old, 20230101, 20251231, on), [self.flow]).around
        note = note_of_end(self.old, around, on)

        assert (row.quantity, row.stood_until, own.stood_until) == (7, until, until)
        assert months[-1].period == f"{until // 10000}-{until // 100 % 100:02d}"
        assert {row.stood_until for row in months} == {until}
        assert note.count(f"{until % 100}/{until // 100 % 100:02d}/{until // 10000}") == 2
        assert ("P82-3" if until == 20250630 else "P87-2") in note

    def test_a_period_in_which_it_stood_needs_no_note(self) -> None:
        found = figure_page(SYSTEM, Reading(self.old, 20230101, 20250630), [self.flow])

        assert found.rows[0].stood_until is None
        assert note_of_end(self.old, found.around, None) == ""
        assert whole(self.new, self.flow, last=LAST_DAY) == 31

    def test_predecessors_say_when_they_ended_also_after_the_period(self) -> None:
        rows = figures(SYSTEM, self.new, [self.flow], by=By.UNIT, **MARCH)

        ends = {row.unit: row.stood_until for row in rows}
        assert ends == {"P87-2": 20250630, "P82-2": 20250630, "P82-3": None}

    def test_after_its_end_a_unit_has_no_figure(self) -> None:
        posted(SYSTEM, self.commune, self.flow, 64, day=20250705)

        assert whole(self.commune, self.flow, last=20251231) == 4
        rows = figures(
            SYSTEM, self.commune, [self.flow], first=20250501, last=20250930, by=By.MONTH
        )
        assert [row.period for row in rows] == ["2025-05", "2025-06"]
        assert whole(self.new, self.flow, first=20250701, last=20250731) == 64


def test_a_divided_commune_gives_its_history_to_one(
    province: Unit, units: dict[str, Unit], flow: Indicator
) -> None:
    old = units["Xã 1"]
    one, two = (a_new_unit(name, units["huyen a"]) for name in ("Xã 8", "Xã 9"))
    posted(SYSTEM, old, flow, 5)
    edges = [(old, one, "part", False), (old, two, "part", True)]
    restructure(SYSTEM, a_change(20240101, ends=[old], begins=[one, two], edges=edges))
    heir = Unit.objects.select_related("province").get(key=two.key)

    assert whole(heir, flow, on=20250101) == 5
    assert by_unit(heir, flow) == {"Xã 1": 5}
    assert by_unit(units["huyen a"], flow, on=20250101) == {"Xã 9": 5}
    assert by_unit(units["huyen a"], flow) == {"Xã 1": 5}


def test_a_commune_that_moves_keeps_its_history(units: dict[str, Unit], flow: Indicator) -> None:
    posted(SYSTEM, units["Xã 1"], flow, 5)
    restructure(
        SYSTEM, a_change(20240101, alters=[(units["Xã 1"], {"parent": units["huyen b"].key})])
    )

    assert whole(units["huyen a"], flow) == 5
    assert whole(units["huyen a"], flow, on=20250101) == 0
    assert whole(units["huyen b"], flow, on=20250101) == 5


def test_what_climbed_twice_is_one_row_of_the_level_abolished_last(
    province: Unit, units: dict[str, Unit], flow: Indicator
) -> None:
    for name, quantity in (("Xã 1", 4), ("huyen a", 2), ("Tỉnh A", 1)):
        posted(SYSTEM, units[name], flow, quantity)
    restructure(SYSTEM, a_change(20240101, ends=[units["Xã 1"]]))
    up = [(units["Xã 2"], {"parent": province.key})]
    restructure(SYSTEM, a_change(20250701, ends=[units["huyen a"]], alters=up))

    assert by_unit(province, flow, on=20240601) == {"Huyện huyen a": 6, "own": 1}
    assert by_unit(units["huyen a"], flow, on=20240601) == {
        "cấp xã trước 01/01/2024": 4, "own": 2,
    }  # fmt: skip
    assert by_unit(province, flow, on=20260101) == {"cấp huyện trước 01/07/2025": 6, "own": 1}


def test_many_figures_take_as_many_queries_as_one(
    units: dict[str, Unit], flow: Indicator, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    other = an_indicator("test.other")
    for unit in units.values():
        posted(SYSTEM, unit, flow, 2)
    asks = [
        Ask(unit, each, 20230301, last, on)
        for unit in units.values()
        for each in (flow, other)
        for last in (20230314, 20230331)
        for on in (None, 20250101)
    ]

    with django_assert_num_queries(2):
        few = figures_for(SYSTEM, asks[-1:])
    with django_assert_num_queries(2):
        found = figures_for(SYSTEM, asks)

    assert found.keys() == set(asks)
    assert few[asks[-1]] == found[asks[-1]]
    for ask in asks:
        [row] = figures(
            SYSTEM, ask.unit, [ask.indicator], first=ask.first, last=ask.last, on=ask.on
        )
        assert found[ask] == row.quantity


def test_an_ask_on_a_map_without_its_unit_is_left_out(
    units: dict[str, Unit], flow: Indicator
) -> None:
    old, new = units["Xã 1"], a_new_unit("Xã 9", units["huyen a"])
    restructure(SYSTEM, a_change(20240101, ends=[old], begins=[new], edges=[(old, new)]))
    old.refresh_from_db()
    asks = [Ask(old, flow, 20230301, 20230331, 20250101), Ask(old, flow, 20230301, 20230331)]

    assert figures_for(SYSTEM, asks).keys() == {asks[1]}


def test_figures_and_postings_need_their_own_permission(
    units: dict[str, Unit], flow: Indicator
) -> None:
    here, there = units["huyen a"], units["huyen b"]
    partner = an_actor("figure.view", at=here)
    asked = Ask(there, flow, 20230301, 20230331)

    assert figures(partner, units["Xã 1"], [flow], **MARCH)
    with pytest.raises(Forbidden):
        figures(partner, there, [flow], **MARCH)
    with pytest.raises(Forbidden):
        figures_for(partner, [asked])
    with pytest.raises(Forbidden):
        postings_behind(partner, here, flow, **MARCH)


def test_what_cannot_be_asked(province: Unit, flow: Indicator) -> None:
    with pytest.raises(PeriodReversed):
        whole(province, flow, last=20230228)
    with pytest.raises(TooManyFigures, match="chia theo tháng"):
        figures(SYSTEM, province, indicators(), first=20200101, last=20231231, by=By.DAY)
    many = [*indicators()] * 40
    with pytest.raises(TooManyFigures, match=r"kỳ ngắn hơn hoặc ít chỉ tiêu hơn.$"):
        figures(SYSTEM, province, many, first=19900101, last=20231231, by=By.YEAR)
    with pytest.raises(TooManyFigures, match=r"20\.000 số liệu\. Hãy chọn ít chỉ tiêu hơn.$"):
        figures(SYSTEM, province, many * 20, by=By.UNIT, **MARCH)
    with pytest.raises(PeriodTooLong):
        figures(SYSTEM, province, [flow], first=10101, last=LAST_DAY, by=By.YEAR)
    with pytest.raises(UnknownIndicator):
        get_indicator("nothing")
    assert whole(province, flow, first=10101, last=LAST_DAY) == 0
