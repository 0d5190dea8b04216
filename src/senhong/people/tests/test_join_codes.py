"""The word of a team: one at a time, found however it is typed."""

import pytest
import time_machine

from senhong.core.errors import Forbidden, IdReused
from senhong.core.ids import uuid7
from senhong.org.queries import actor_of
from senhong.org.tests.make import SYSTEM, a_user
from senhong.people.errors import (
    OutsideTeamDays,
)
from senhong.people.models import (
    JoinCode,
)
from senhong.people.queries import find_code
from senhong.people.services import (
    disband_team,
    end_join_code,
    make_join_code,
)
from senhong.people.tests.make import a_code, a_leader, a_membership, a_team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_a_day")]


@pytest.fixture
def on_a_day() -> object:
    with time_machine.travel("2026-03-20T12:00:00+07:00", tick=False) as traveller:
        yield traveller


def test_a_team_has_one_word_and_the_one_before_leads_nowhere() -> None:
    team = a_team()
    first = make_join_code(a_leader(team), uuid7(), team)

    second = make_join_code(SYSTEM, uuid7(), team)

    assert find_code(first.word) is None
    assert find_code(second.word) == second
    assert JoinCode.objects.filter(ended_at=None).count() == 1


def test_the_same_word_is_made_once() -> None:
    team, id = a_team(), uuid7()

    words = [make_join_code(SYSTEM, id, team).word for _ in range(2)]

    assert words[0] == words[1]
    with pytest.raises(IdReused):
        make_join_code(SYSTEM, id, a_team())


@pytest.mark.parametrize("said", ["{}", " {} ", "{}".upper(), "{half}-{rest}", "{half} {rest}"])
def test_the_word_is_found_however_it_is_typed(said: str) -> None:
    code = a_code()

    typed = said.format(code.word, half=code.word[:4], rest=code.word[4:])

    assert find_code(typed) == code
    assert find_code(typed.upper()) == code


def test_a_volunteer_makes_no_word() -> None:
    team = a_team()
    user = a_user()
    a_membership(team, user=user)

    with pytest.raises(Forbidden):
        make_join_code(actor_of(user.pk), uuid7(), team)


def test_a_word_that_was_ended_or_whose_team_is_gone_leads_nowhere() -> None:
    ended, gone = a_code(), a_code()
    end_join_code(SYSTEM, ended)
    disband_team(SYSTEM, gone.team, on=20260101)

    assert find_code(ended.word) is None
    assert find_code(gone.word) is None
    with pytest.raises(OutsideTeamDays):
        make_join_code(SYSTEM, uuid7(), gone.team)
