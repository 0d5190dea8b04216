"""A practice is told, changed, shown in pictures."""

from datetime import date
from typing import Any

import pytest
import time_machine

from senhong.audit.models import Event
from senhong.core.actor import Actor
from senhong.core.errors import Forbidden, IdReused, NotFound
from senhong.core.ids import uuid7
from senhong.files.models import StoredFile
from senhong.org.queries import SYSTEM
from senhong.org.tests.make import a_province, a_unit, an_actor
from senhong.practices import queries
from senhong.practices.errors import PracticeAdopted, PracticeToCome, TooManyPictures
from senhong.practices.models import Practice, PracticeState
from senhong.practices.queries import Wanted, Whose
from senhong.practices.services import (
    MOST_PICTURES,
    add_picture,
    change_practice,
    remove_picture,
    start_practice,
)
from senhong.practices.tests.make import a_picture, a_practice, an_adoption, practice_facts

pytestmark = pytest.mark.django_db


def test_a_practice_is_started_once() -> None:
    unit, id = a_unit(), uuid7()

    first = start_practice(SYSTEM, id, unit, practice_facts())
    second = start_practice(SYSTEM, id, unit, practice_facts())

    assert first == second
    assert Event.objects.filter(name="practice.started").count() == 1
    with pytest.raises(IdReused):
        start_practice(SYSTEM, id, unit, practice_facts(name="Khác"))


def test_lines_of_a_text_are_kept_and_signs_that_nobody_sees_are_not() -> None:
    practice = a_practice(description="  Bước một.\nBước\u200b hai.\n", name=" Chợ  số ")

    assert practice.description == "Bước một.\nBước hai."
    assert practice.name == "Chợ số"


def test_what_has_not_begun_is_not_told() -> None:
    with (
        time_machine.travel("2023-03-20T09:00:00+07:00", tick=False),
        pytest.raises(PracticeToCome),
    ):
        a_practice(since_on=date(2023, 3, 21))


def test_what_others_adopted_is_no_draft_and_began_before_them() -> None:
    practice = a_practice()
    an_adoption(practice, on=date(2023, 3, 15))

    for facts in (
        practice_facts(state=PracticeState.DRAFT),
        practice_facts(since_on=date(2023, 3, 16)),
    ):
        with pytest.raises(PracticeAdopted):
            change_practice(SYSTEM, practice, facts)
    ended = change_practice(SYSTEM, practice, practice_facts(state=PracticeState.ENDED))
    assert Practice.objects.get() == ended


def test_the_same_facts_change_nothing() -> None:
    practice = a_practice()

    change_practice(SYSTEM, practice, practice_facts())

    assert not Event.objects.filter(name="practice.changed").exists()


def test_a_draft_is_seen_by_its_unit_alone_and_what_is_shared_by_everybody() -> None:
    province = a_province()
    a, b = a_unit("Xã A", province), a_unit("Xã B", province)
    draft = a_practice(a, state=PracticeState.DRAFT, name="Bản nháp")
    shared = a_practice(a)
    own = an_actor("unit.view", "practice.edit", at=a)
    neighbour = an_actor("unit.view", "practice.edit", at=b)

    assert names(own) == {"Bản nháp", shared.name}
    assert names(neighbour) == {shared.name}
    assert names(an_actor("team.view", at=b)) == set()
    with pytest.raises(NotFound):
        queries.get_practice(neighbour, draft.pk)


def test_practices_are_found_without_tones_and_by_whose_they_are() -> None:
    province = a_province()
    a, b = a_unit("Xã A", province), a_unit("Xã B", province)
    market = a_practice(a, name="Chợ không tiền mặt")
    evening = a_practice(b, name="Tối thứ ba đến nhà")
    a_practice(a_unit("Xã D", province), name="Loa số")
    an_adoption(market, b)
    actor = an_actor("unit.view", at=b)

    assert names(actor, text="cho tien") == {market.name}
    assert names(actor, whose=Whose.STARTED) == {evening.name}
    assert names(actor, whose=Whose.ADOPTED) == {market.name}
    assert names(actor, whose=Whose.OTHERS) == {"Loa số"}


def test_a_list_goes_on_where_it_stopped() -> None:
    for number in range(5):
        a_practice(name=f"Mô hình {number}")

    first = queries.practices(SYSTEM, Wanted(), limit=3)
    rest = queries.practices(SYSTEM, Wanted(), limit=3, after=first.next)

    assert [line.practice.name[-1] for line in [*first.lines, *rest.lines]] == [*"43210"]
    assert rest.next is None


def test_a_practice_has_a_handful_of_pictures() -> None:
    practice = a_practice()
    pictures = [a_picture(practice) for _number in range(MOST_PICTURES)]

    with pytest.raises(TooManyPictures):
        a_picture(practice)
    remove_picture(SYSTEM, pictures[0])
    remove_picture(SYSTEM, pictures[0])
    assert queries.pictures_of(practice) == pictures[1:]
    assert Event.objects.filter(name="practice.picture-removed").count() == 1


def test_a_picture_is_added_once_by_who_may() -> None:
    practice, id = a_practice(), uuid7()
    file = a_picture(practice).file

    first = add_picture(SYSTEM, id, practice, file=file, told="Quầy")
    assert add_picture(SYSTEM, id, practice, file=file, told="Quầy") == first
    with pytest.raises(IdReused):
        add_picture(SYSTEM, id, practice, file=file, told="Khác")
    with pytest.raises(Forbidden):
        add_picture(an_actor("unit.view", at=practice.unit), uuid7(), practice, file=file, told="x")
    assert StoredFile.objects.count() == 1


def names(actor: Actor, **wanted: Any) -> set[str]:
    found = queries.practices(actor, Wanted(**wanted))
    return {line.practice.name for line in found.lines}
