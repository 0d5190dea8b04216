from uuid import UUID

import pytest

from senhong.core.actor import Actor, Grant
from senhong.core.errors import Forbidden
from senhong.core.places import paths_above, place_at

TEAM = UUID("01900000-0000-7000-8000-000000000001")
BINH = Actor(2, frozenset({Grant("help.review", f"1/22/t{TEAM}/"), Grant("plan.view", "1/22/")}))


def test_a_path_leads_to_a_unit_or_to_a_team_below_it() -> None:
    assert place_at("1/22/") == ("1/22/", None)
    assert place_at(f"1/22/t{TEAM}/") == ("1/22/", TEAM)
    assert place_at("") == ("", None)


def test_above_a_path_lie_the_places_it_belongs_to() -> None:
    assert paths_above("1/22/333/") == ["1/", "1/22/"]
    assert paths_above("1/") == []
    assert paths_above("") == []


def test_a_verb_reaches_units_and_single_teams() -> None:
    assert BINH.reach("help.review") == ([], [TEAM])
    assert BINH.reach("plan.view") == (["1/22/"], [])
    assert BINH.reach("unit.view") == ([], [])


def test_who_may_do_it_nowhere_is_refused() -> None:
    BINH.require_somewhere("help.review")
    with pytest.raises(Forbidden):
        BINH.require_somewhere("unit.view")


def test_what_belongs_to_no_place_is_the_provinces() -> None:
    assert Actor(1, frozenset({Grant("event.view", "1/")})).can_for_a_province("event.view")
    assert Actor(1, frozenset({Grant("event.view", "")})).can_for_a_province("event.view")
    assert not BINH.can_for_a_province("plan.view")
