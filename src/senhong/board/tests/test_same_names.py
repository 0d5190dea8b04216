"""Units that are called the same, on the first pages: told apart by what they hang on."""

import re
from datetime import date

import pytest

from senhong.board.tests.make import a_demo, helped, signed_in, text_of
from senhong.org.models import Role, Unit
from senhong.org.queries import SYSTEM
from senhong.org.services import restructure
from senhong.org.tests.make import a_change, a_new_unit, a_province
from senhong.people.models import Team
from senhong.people.tests.make import a_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def namesakes() -> list[Unit]:
    province = a_province("Tỉnh A", huyện_B=["Xã Tân"], huyện_C=["Xã Tân"])
    return list(Unit.objects.filter(province=province, level="commune").order_by("pk"))


@pytest.fixture
def team(namesakes: list[Unit]) -> Team:
    a_demo(Unit.objects.get(level="province"))
    return a_team(namesakes[0])


def test_the_table_of_units_has_a_row_for_each_and_names_its_parent(
    namesakes: list[Unit],
) -> None:
    province = Unit.objects.get(level="province")
    a_demo(province, date(2025, 8, 15))
    for unit, people in zip(namesakes, (40, 2), strict=True):
        helped(unit, people, day=20250615)
    new = a_new_unit("Xã Tân Mới", province)
    edges = [(unit, new) for unit in namesakes]
    restructure(SYSTEM, a_change(20250701, ends=namesakes, begins=[new], edges=edges))

    table = text_of(signed_in(province), f"/units/{new.key}/").split('id="units-title"')[1]

    names = re.findall(r'<th scope="row">\s*<a[^>]*>([^<]+)</a>', table)
    assert sorted(names) == ["Xã Tân, Huyện B", "Xã Tân, Huyện C"]
    assert ">40</a>" in table
    assert ">2</a>" in table


def test_the_way_to_a_page_begins_with_what_its_top_hangs_on(team: Team) -> None:
    commune = team.unit

    text = text_of(signed_in(commune, Role.SECRETARY), f"/units/{commune.key}/communes/")

    assert f'<a href="/units/{commune.key}/">Xã Tân, Huyện B</a>' in text


def test_a_team_says_whose_it_is(team: Team) -> None:
    text = text_of(signed_in(team.unit, Role.SECRETARY), f"/teams/{team.pk}/")

    assert "Xã Tân, Huyện B" in text.split('class="crumbs"')[1].split("</nav>")[0]
