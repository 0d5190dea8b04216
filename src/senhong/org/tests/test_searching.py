from functools import partial

import pytest
from pytest_django import DjangoAssertNumQueries

from senhong.core.days import LAST_DAY
from senhong.org.models import Unit
from senhong.org.queries import search_units, told_apart
from senhong.org.services import found_units, restructure
from senhong.org.tests.make import SYSTEM, NewUnit, a_change, a_province, a_unit, an_actor

pytestmark = pytest.mark.django_db


def named(kind: str, name: str, parent: Unit, level: str = "commune") -> Unit:
    key = f"{parent.key}-{Unit.objects.count()}"
    facts = NewUnit(key=key, code="1", level=level, kind=kind, name=name, parent=parent.key)
    return found_units(SYSTEM, [facts])[0]


def titles(text: str, **options: int) -> list[str]:
    return [found.title for found in search_units(SYSTEM, text, **options)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("cao lanh", "Thành phố Cao Lãnh"),
        ("CAO LÃNH", "Thành phố Cao Lãnh"),
        ("thanh pho cao lanh", "Thành phố Cao Lãnh"),
        ("lãnh", "Thành phố Cao Lãnh"),
        ("hoà", "Xã Hòa An"),
        ("hòa", "Xã Hòa An"),
        ("dong thap", "Tỉnh Đồng Tháp"),
        ("phuong 1", "Phường 1"),
    ],
)
def test_tone_marks_and_spelling_do_not_matter(typed: str, found: str) -> None:
    province = a_province("Tỉnh Đồng Tháp")
    city = named("thành phố", "Cao Lãnh", province, "district")
    named("phường", "1", city)
    named("xã", "Hòa An", city)

    assert titles(typed) == [found]


def test_a_word_is_found_from_its_beginning_only() -> None:
    named("xã", "Thạnh Lợi", a_province("Tỉnh A"))

    assert titles("anh") == []
    assert titles("thanh xa") == ["Xã Thạnh Lợi"]


@pytest.mark.parametrize("typed", ["P82-3", "p82-3", " 29869 "])
def test_a_unit_is_found_by_its_key_and_its_code(typed: str) -> None:
    facts = NewUnit(
        key="P82-3", code="29869", level="province", kind="tỉnh", name="Đồng Tháp", parent=None
    )
    found_units(SYSTEM, [facts])
    a_province("Tỉnh A")

    assert titles(typed) == ["Tỉnh Đồng Tháp"]


def test_the_last_words_may_be_those_of_what_it_hangs_on() -> None:
    province = a_province("Tỉnh A")
    city, other = (named("thành phố", name, province, "district") for name in ("Cao Lãnh", "B"))
    ours = named("phường", "1", city)
    named("phường", "1", other)
    named("phường", "2", city)

    found = search_units(SYSTEM, "phường 1 cao lãnh")

    assert [line.unit for line in found] == [ours]
    assert titles("phường 3 cao lãnh") == []


def test_the_kind_is_not_said_twice() -> None:
    named("xã", "Mỹ Thọ (Xã)", a_province("Tỉnh A"))

    assert titles("xa my tho") == ["Xã Mỹ Thọ"]
    assert Unit.objects.get(level="commune").search_key == "xa my tho"


@pytest.mark.parametrize("nothing", ["", "   ", "!?"])
def test_nothing_typed_finds_nothing(nothing: str) -> None:
    a_province()

    assert titles(nothing) == []


def test_exactly_so_comes_before_beginning_so_before_having_it_and_the_higher_first() -> None:
    province = a_province("Tỉnh A")
    district = named("huyện", "Tân", province, "district")
    named("xã", "An Tân", district)
    named("xã", "Tân Mỹ", district)
    named("xã", "Tân", district)

    assert titles("tân") == ["Huyện Tân", "Xã Tân", "Xã Tân Mỹ", "Xã An Tân"]


def test_same_named_units_are_told_apart_by_what_they_hang_on() -> None:
    province = a_province("Tỉnh A")
    for district in ("Huyện B", "Huyện C"):
        named("xã", "Tân Mỹ", a_unit(district, province))

    found = search_units(SYSTEM, "tan my")

    assert [line.parent_title for line in found] == ["Huyện B, Tỉnh A", "Huyện C, Tỉnh A"]


def test_standing_units_come_first_and_ended_ones_say_until_when() -> None:
    province = a_province("Tỉnh A")
    old, other = named("xã", "Tân", province), named("xã", "Tân Mỹ", province)
    restructure(SYSTEM, a_change(20250701, ends=[old], edges=[(old, other)]))

    today = search_units(SYSTEM, "tan", day=20260101)
    before = search_units(SYSTEM, "tan", day=20250101)

    assert [(f.title, f.years) for f in today] == [("Xã Tân Mỹ", ""), ("Xã Tân", "đến 30/06/2025")]
    assert [(f.title, f.years) for f in before] == [("Xã Tân", ""), ("Xã Tân Mỹ", "")]


def test_the_parent_is_that_of_the_last_map() -> None:
    province = a_province("Tỉnh A")
    district = a_unit("Huyện B", province)
    commune = named("xã", "Tân", district)
    restructure(
        SYSTEM,
        a_change(20250701, ends=[district], alters=[(commune, {"parent": province.key})]),
    )

    assert search_units(SYSTEM, "tan")[0].parent_title == "Tỉnh A"


def test_only_what_may_be_seen_is_found() -> None:
    province = a_province("Tỉnh A")
    seen, unseen = named("xã", "Tân Một", province), named("xã", "Tân Hai", province)

    found = search_units(an_actor("unit.view", at=seen), "tan")

    assert [line.unit for line in found] == [seen]
    assert unseen.to_day == LAST_DAY


@pytest.mark.parametrize("units", [1, 30])
def test_a_search_takes_two_queries_however_much_is_found(
    units: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    province = a_province("Tỉnh A")
    for number in range(units):
        named("xã", f"Tân {number}", province)

    with django_assert_num_queries(2):
        found = partial(search_units, SYSTEM, limit=20)("tan")

    assert len(found) == min(units, 20)


def test_units_shown_together_say_as_much_of_what_they_hang_on_as_parts_them() -> None:
    titles = {
        1: "Xã Phú Tân",
        2: "Xã Phú Tân",
        3: "Xã Phú Tân",
        4: "Xã Tân",
        5: "Xã Mỹ",
        6: "Xã Mỹ",
    }
    near, far = ("Huyện Châu Thành", "Tỉnh A"), ("Huyện Châu Thành", "Tỉnh B")
    above = {1: near, 2: far, 3: ("Huyện Cù Lao", "Tỉnh B"), 4: near, 5: near, 6: near}

    assert told_apart(titles, above) == {
        1: "Xã Phú Tân, Huyện Châu Thành, Tỉnh A",
        2: "Xã Phú Tân, Huyện Châu Thành, Tỉnh B",
        3: "Xã Phú Tân, Huyện Cù Lao, Tỉnh B",
        4: "Xã Tân",
        5: "Xã Mỹ",
        6: "Xã Mỹ",
    }
