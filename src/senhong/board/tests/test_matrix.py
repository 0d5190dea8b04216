"""Units × targets."""

import re
from datetime import date
from html import unescape
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from openpyxl import load_workbook

from senhong.board.queries import tree_on
from senhong.board.queries.matrix import Asked, Layout, Matrix, matrix_of
from senhong.board.tests.make import a_demo, helped, signed_in, text_of
from senhong.board.tests.test_page_costs import taken
from senhong.core.days import as_day
from senhong.core.ids import uuid7
from senhong.ledger.queries import figures
from senhong.ledger.tests.make import an_indicator, posted
from senhong.org.models import Level, Role, Unit
from senhong.org.queries import SYSTEM, clusters_on
from senhong.org.services import ClusterDrawn, draw_clusters
from senhong.org.tests.make import a_province, a_unit
from senhong.plans.models import Plan
from senhong.plans.tests.make import a_plan, a_target

pytestmark = pytest.mark.django_db
MARCH_20 = date(2023, 3, 20)


def matrix(unit: Unit, on: date = MARCH_20, **asked: str) -> Matrix:
    tree = tree_on(unit, as_day(on))
    assert tree is not None
    return matrix_of(SYSTEM, unit, tree, Asked(reading_on=on, **asked))


def told(found: Matrix) -> dict[str, list[int | None]]:
    return {line.title: [mark.figure for mark in line.marks] for line in found.lines}


def communes_of(province: Unit) -> list[Unit]:
    return list(Unit.objects.filter(province=province, level=Level.COMMUNE).order_by("pk"))


def a_flat_province(communes: int) -> Unit:
    province = a_province()
    for number in range(communes):
        a_unit(f"Xã {number}", province, level=Level.COMMUNE)
    return province


def cluster(name: str, *units: Unit) -> ClusterDrawn:
    return ClusterDrawn(id=uuid7(), name=name, unit_ids=frozenset(unit.pk for unit in units))


@pytest.fixture
def plan() -> Plan:
    return a_plan(a_province("Tỉnh A", huyện_B=["Xã C", "Xã D"], huyện_E=["Xã G"]))


def test_a_column_for_each_target_and_a_row_for_each_unit_below(plan: Plan) -> None:
    district = Unit.objects.get(name="huyện B")
    a_target(plan.unit, "citizen-turns", 100, plan)
    a_target(district, "citizen-turns", 40, plan)
    a_target(district, "sorties", 2, plan)
    helped(communes_of(plan.unit)[0], 7)

    found = matrix(plan.unit)

    assert [each.indicator.code for each in found.measures] == ["citizen-turns", "sorties"]
    assert told(found) == {"Huyện B": [7, 0], "Huyện E": [0, 0]}
    [mark, _sorties] = next(line for line in found.lines if line.title == "Huyện B").marks
    assert mark.progress is not None
    assert (mark.progress.target.quantity, mark.progress.figure) == (40, 7)
    assert [mark.figure for mark in found.whole.marks] == [7, 0]


def test_without_targets_the_usual_figures_of_the_year_are_shown(plan: Plan) -> None:
    helped(communes_of(plan.unit)[0], 7)

    found = matrix(plan.unit)

    assert "citizen-turns" in [each.indicator.code for each in found.measures]
    assert all(mark.progress is None for line in found.lines for mark in line.marks)


def test_communes_stand_under_their_districts(plan: Plan) -> None:
    found = matrix(plan.unit, layout="communes")

    assert [(g.head.title if g.head else "", [e.title for e in g.lines]) for g in found.groups] == [
        ("Huyện B", ["Xã C", "Xã D"]),
        ("Huyện E", ["Xã G"]),
    ]


def test_what_was_recorded_at_the_unit_itself_is_a_row_of_its_own(plan: Plan) -> None:
    a_target(plan.unit, "citizen-turns", 100, plan)
    posted(SYSTEM, plan.unit, an_indicator("citizen-turns"), 5)
    helped(communes_of(plan.unit)[0], 7)

    found = matrix(plan.unit)

    assert found.own is not None
    assert [mark.figure for mark in found.own.marks] == [5]
    assert [mark.figure for mark in found.whole.marks] == [12]


def test_a_target_whose_days_have_not_begun_has_no_figure(plan: Plan) -> None:
    a_target(plan.unit, "sorties", 100, plan)
    a_target(plan.unit, "citizen-turns", 9, plan, from_day=20230401, to_day=20230501)

    assert [each.indicator.code for each in matrix(plan.unit).measures] == ["sorties"]


def test_who_needs_support_comes_first_and_any_column_sorts() -> None:
    province = a_flat_province(3)
    plan, (a, b, c) = a_plan(province), communes_of(province)
    for unit, people in ((a, 90), (b, 5), (c, 40)):
        a_target(unit, "citizen-turns", 100, plan)
        helped(unit, people)

    def order(sort: str) -> list[str]:
        return [line.title for line in matrix(province, sort=sort).lines]

    assert order("") == ["Xã 1", "Xã 2", "Xã 0"]
    assert order("name") == ["Xã 0", "Xã 1", "Xã 2"]
    assert order("1") == ["Xã 1", "Xã 2", "Xã 0"]
    assert order("-1") == ["Xã 0", "Xã 2", "Xã 1"]
    assert order("99") == order("abc") == order("")


def test_plans_that_ask_for_the_same_share_a_column() -> None:
    province = a_flat_province(2)
    first, second = a_plan(province), a_plan(province, name="Kế hoạch thứ hai")
    a, b = communes_of(province)
    a_target(province, "sorties", 50, first)
    a_target(a, "sorties", 20, second)
    for plan, quantity in ((first, 30), (second, 5)):
        a_target(b, "sorties", quantity, plan)

    found, alone = matrix(province), matrix(province, plan=str(second.pk))

    def asked(table: Matrix) -> dict[str, int]:
        marks = {line.title: line.marks[0].progress for line in table.lines}
        return {title: each.target.quantity for title, each in marks.items() if each}

    assert len(found.measures) == 1
    assert asked(found) == {"Xã 0": 20, "Xã 1": 30}
    assert asked(alone) == {"Xã 0": 20, "Xã 1": 5}
    assert found.whole.marks[0].progress is not None
    assert alone.whole.marks[0].progress is None
    assert {plan.pk for plan in alone.plans} == {first.pk, second.pk}


def test_clusters_sum_their_units_and_their_targets() -> None:
    province = a_flat_province(3)
    plan, (a, b, c) = a_plan(province), communes_of(province)
    for unit, quantity, people in ((a, 10, 4), (b, 20, 8), (c, 30, 1)):
        a_target(unit, "citizen-turns", quantity, plan)
        helped(unit, people)
    draw_clusters(SYSTEM, province, day=20230101, clusters=[cluster("Cụm 1", a, b)])

    found = matrix(province, layout="clusters")

    assert found.layouts == [Layout.UNITS, Layout.GROUPED, Layout.CLUSTERS]
    assert told(found) == {"Cụm 1": [12], "Xã 2": [1]}
    progress = found.lines[0].marks[0].progress if found.lines[0].cluster else None
    progress = progress or found.lines[1].marks[0].progress
    assert progress is not None
    assert (progress.figure, progress.target.quantity) == (12, 30)


def test_one_cluster_alone() -> None:
    province = a_flat_province(3)
    a, b, _c = communes_of(province)
    helped(a, 4)
    draw_clusters(SYSTEM, province, day=20230101, clusters=[cluster("Cụm 1", a, b)])
    [grouping] = clusters_on(province, 20230320)

    found = matrix(province, cluster=str(grouping.cluster.pk))

    assert {line.title for line in found.lines} == {"Xã 0", "Xã 1"}
    assert found.whole.title == "Cụm 1"
    assert 4 in [mark.figure for mark in found.whole.marks]


def test_the_units_of_a_cluster_may_be_reminded_together() -> None:
    province = a_flat_province(3)
    a, b, _c = communes_of(province)
    draw_clusters(SYSTEM, province, day=20230101, clusters=[cluster("Cụm 1", a, b)])
    a_demo(province)
    [grouping] = clusters_on(province, 20230320)
    page = f"/units/{province.key}/matrix/?cluster={grouping.cluster.pk}"

    link = re.search(
        rf'href="(/units/{province.key}/needs/[^"]+)"', text_of(signed_in(province), page)
    )

    assert link is not None
    asked = parse_qs(urlsplit(unescape(link[1])).query)
    assert set(asked["units"]) == {a.key, b.key}
    assert "/needs/" not in text_of(signed_in(province, Role.PARTNER), page)


class AClusterIsTheSumOfItsUnits(TestCase):
    @settings(max_examples=15, deadline=None)
    @given(
        places=st.lists(st.integers(0, 2), min_size=6, max_size=6),
        people=st.lists(st.integers(1, 50), min_size=6, max_size=6),
    )
    def test_whatever_is_recorded(self, places: list[int], people: list[int]) -> None:
        province = a_flat_province(6)
        units = communes_of(province)
        a_target(province, "citizen-turns", 100, a_plan(province))
        for unit, number in zip(units, people, strict=True):
            helped(unit, number)
        groups = [
            cluster(f"Cụm {n}", *(u for u, at in zip(units, places, strict=True) if at == n))
            for n in range(3)
        ]
        draw_clusters(SYSTEM, province, day=20230101, clusters=groups)

        found = told(matrix(province, layout="clusters"))

        counted = an_indicator("citizen-turns")
        for grouping in clusters_on(province, 20230320):
            rows = [
                figures(SYSTEM, unit, [counted], first=20230101, last=20230320)[0].quantity
                for unit in units
                if unit.pk in grouping.unit_ids
            ]
            assert found[grouping.cluster.name] == [sum(rows)]
        assert sum(row[0] or 0 for row in found.values()) == sum(people)


def a_busy_province(communes: int, targets: int) -> Unit:
    province = a_flat_province(communes)
    plan, units = a_plan(province), communes_of(province)
    for number in range(targets):
        for unit in (province, *units):
            a_target(unit, an_indicator(f"test.{number}"), 100, plan)
    for unit in units:
        helped(unit, 3)
    draw_clusters(SYSTEM, province, day=20230101, clusters=[cluster("Cụm 1", *units)])
    return province


@pytest.mark.parametrize(
    ("view", "most"), [("matrix/", 18), ("matrix/?rows=clusters", 18), ("map/", 18)]
)
def test_the_pages_take_the_same_queries_however_much_there_is(view: str, most: int) -> None:
    counts: list[int] = []
    for communes, targets in ((3, 2), (20, 12)):
        province = a_busy_province(communes, targets)
        if not counts:
            a_demo(province)
        counts.append(taken(signed_in(province), f"/units/{province.key}/{view}"))

    assert counts[0] == counts[1] <= most


@pytest.fixture
def office(plan: Plan) -> Client:
    a_demo(plan.unit)
    c, d, _g = communes_of(plan.unit)
    a_target(Unit.objects.get(name="huyện B"), "citizen-turns", 40, plan)
    helped(c, 7)
    helped(d, 33)
    return signed_in(plan.unit)


def test_each_cell_says_its_state_and_leads_to_what_is_behind_it(
    office: Client, plan: Plan
) -> None:
    page = text_of(office, f"/units/{plan.unit.key}/matrix/")

    assert "40 / 40" in page
    assert "Đã đạt · 100 %" in page
    assert f'href="/targets/{plan.targets.get().pk}/"' in page
    assert "/figures/?unit=" in page
    assert "?sort=1" in page


def test_a_sorted_column_says_so_and_turns_round(office: Client, plan: Plan) -> None:
    page = text_of(office, f"/units/{plan.unit.key}/matrix/?rows=communes&sort=1")

    assert 'aria-sort="ascending"' in page
    assert "rows=communes&amp;sort=-1" in page


def test_a_plan_may_be_chosen(office: Client, plan: Plan) -> None:
    other = a_plan(plan.unit, name="Tháng Thanh niên")
    a_target(plan.unit, "sorties", 9, other)

    page = text_of(office, f"/units/{plan.unit.key}/matrix/?plan={other.pk}")

    assert 'href="?sort=1' not in page
    assert f"?plan={other.pk}&amp;sort=1" in page
    assert "?sort=2" not in page
    assert "Tháng Thanh niên" in page


def test_the_table_leaves_as_a_workbook(office: Client, plan: Plan) -> None:
    answer = office.get(f"/units/{plan.unit.key}/matrix.xlsx?rows=communes")

    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert rows[0][:3] == ["Mã số", "Đơn vị", "Thuộc"]
    by_name = {row[1]: row[2:] for row in rows[1:]}
    assert by_name["Huyện B"][1:] == [40, 40, 100, "Đã đạt"]
    assert by_name["Xã C"][:3] == ["Huyện B", 7, None]
    assert by_name["Cộng"][1] == 40
    assert 'filename="tinh-a-2023-03-20.xlsx"' in answer["Content-Disposition"]


def test_a_unit_that_does_not_stand_has_no_table(office: Client, plan: Plan) -> None:
    assert office.get("/units/P00-0/matrix/").status_code == 404


def test_a_commune_has_nothing_below(office: Client, plan: Plan) -> None:
    commune = communes_of(plan.unit)[0]

    assert "Không có đơn vị nào ở đây." in text_of(office, f"/units/{commune.key}/matrix/")


def test_the_first_page_of_a_province_has_a_row_for_each_cluster() -> None:
    province = a_flat_province(3)
    plan, (a, b, c) = a_plan(province), communes_of(province)
    for unit, quantity, people in ((a, 10, 4), (b, 20, 8), (c, 30, 1)):
        a_target(unit, "citizen-turns", quantity, plan)
        helped(unit, people)
    draw_clusters(SYSTEM, province, day=20230101, clusters=[cluster("Cụm Đông", a, b)])
    a_demo(province)

    page = text_of(signed_in(province, Role.PARTNER), f"/units/{province.key}/")

    assert "Cụm Đông" in page
    assert "12 / 30" in page
