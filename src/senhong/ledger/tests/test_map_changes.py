"""A change of the map is prepared by one, confirmed by another, and done by a job."""

from dataclasses import dataclass
from typing import Any

import pytest

from senhong.core.actor import Actor
from senhong.core.errors import Forbidden, IdReused
from senhong.core.ids import uuid7
from senhong.ledger.queries import wrong_totals
from senhong.ledger.tests.make import posted
from senhong.org import errors, services
from senhong.org.changes import Alteration, Change
from senhong.org.jobs import run_map_changes
from senhong.org.models import ChangeState, MapChange, Role, Unit, UnitMap
from senhong.org.queries import (
    actor_of,
    change_in,
    dry_run,
    figures_carried,
    figures_planned,
    get_map_change,
)
from senhong.org.steps import altered, divided, ended, merged, without
from senhong.org.tests.make import (
    SYSTEM,
    a_change,
    a_grant,
    a_new_unit,
    a_province,
    a_unit,
    a_user,
)
from senhong.people.models import TeamKind
from senhong.people.services import form_team

pytestmark = pytest.mark.django_db
DAY = 20250701


@dataclass
class Office:
    """A province of three wards and two people of its office."""

    province: Unit
    a: Unit
    b: Unit
    c: Unit
    first: Actor
    second: Actor


@pytest.fixture
def office() -> Office:
    province = a_province("Tỉnh A")
    wards = [a_unit(f"Phường {name}", province) for name in "ABC"]
    people = [a_user(), a_user()]
    for user in people:
        a_grant(user, province, Role.PROVINCE_OFFICE)
    first, second = (actor_of(user.pk) for user in people)
    return Office(province, wards[0], wards[1], wards[2], first, second)


def drafted(office: Office, change: Change | None = None) -> MapChange:
    made = services.draft_change(
        office.first, uuid7(), province=office.province, name="Sắp xếp", day=DAY
    )
    return services.write_change(office.first, made, change or a_merger_of(office))


def a_merger_of(office: Office) -> Change:
    new = a_new_unit("Phường AB", office.province)
    return a_change(
        DAY, ends=[office.a, office.b], begins=[new], edges=[(office.a, new), (office.b, new)]
    )


def confirmed(office: Office, change: Change | None = None) -> MapChange:
    prepared = drafted(office, change)
    services.propose_change(office.first, prepared)
    services.confirm_change(office.second, prepared)
    return prepared


def done(office: Office, change: Change | None = None) -> MapChange:
    prepared = confirmed(office, change)
    run_map_changes.call(0)
    return get_map_change(SYSTEM, prepared.pk)


def test_what_two_people_agreed_on_is_done(office: Office) -> None:
    prepared = done(office)

    assert prepared.state == ChangeState.DONE
    assert [unit.to_day for unit in Unit.objects.filter(pk__in=[office.a.pk, office.b.pk])] == [
        DAY, DAY,
    ]  # fmt: skip
    assert len(prepared.done) == 1


def test_nobody_confirms_what_she_proposed(office: Office) -> None:
    prepared = drafted(office)
    services.propose_change(office.first, prepared)

    with pytest.raises(errors.OwnProposal):
        services.confirm_change(office.first, prepared)

    assert get_map_change(SYSTEM, prepared.pk).state == ChangeState.PROPOSED


def test_what_is_proposed_is_not_altered_until_it_is_opened_again(office: Office) -> None:
    prepared = drafted(office)
    services.propose_change(office.first, prepared)
    other = a_change(DAY, alters=[(office.c, {"name": "Phường X"})])

    with pytest.raises(errors.NotAtThisStep, match="duyệt"):
        services.write_change(office.first, prepared, other)
    services.reopen_change(office.first, prepared)
    services.write_change(office.first, prepared, other)

    assert change_in(get_map_change(SYSTEM, prepared.pk)).ends == ()


def test_what_cannot_be_is_not_proposed(office: Office) -> None:
    prepared = drafted(office, a_change(DAY, ends=[office.province]))

    with pytest.raises(errors.ChangeRefused):
        services.propose_change(office.first, prepared)

    assert get_map_change(SYSTEM, prepared.pk).state == ChangeState.DRAFT


def test_a_refusal_says_why_and_can_be_mended(office: Office) -> None:
    prepared = drafted(office)
    services.propose_change(office.first, prepared)

    services.refuse_change(office.second, prepared, "Chưa có nghị quyết")
    services.refuse_change(office.second, prepared, "Lần nữa")

    assert (prepared.state, prepared.note) == (ChangeState.REFUSED, "Chưa có nghị quyết")
    services.reopen_change(office.first, prepared)
    services.propose_change(office.first, prepared)
    assert prepared.note == ""


def test_who_may_not_is_refused(office: Office) -> None:
    secretary = a_user()
    a_grant(secretary, office.a)
    actor = actor_of(secretary.pk)
    prepared = drafted(office)
    services.propose_change(office.first, prepared)

    for act in (services.confirm_change, services.propose_change, services.reopen_change):
        with pytest.raises(Forbidden):
            act(actor, prepared)
    with pytest.raises(Forbidden):
        services.draft_change(actor, uuid7(), province=office.province, name="X", day=DAY)


def test_an_office_names_no_units_of_another_province(office: Office) -> None:
    far = a_unit("Xã Xa", a_province("Tỉnh B"))

    with pytest.raises(Forbidden):
        drafted(office, a_change(DAY, ends=[office.a], edges=[(office.a, far)]))


def test_the_same_again_changes_nothing(office: Office) -> None:
    id = uuid7()
    facts: dict[str, Any] = {"province": office.province, "name": "Sắp xếp", "day": DAY}
    made = services.draft_change(office.first, id, **facts)
    change = a_merger_of(office)

    assert services.draft_change(office.first, id, **facts) == made
    with pytest.raises(IdReused):
        services.draft_change(office.first, id, **{**facts, "day": 20260101})
    services.write_change(office.first, made, change)
    services.propose_change(office.first, made)
    services.propose_change(office.first, made)
    services.confirm_change(office.second, made)
    services.confirm_change(office.second, made)
    run_map_changes.call(0)
    run_map_changes.call(0)
    assert UnitMap.objects.count() == 2


def test_a_unit_with_teams_does_not_end_without_a_successor(office: Office) -> None:
    form_team(
        SYSTEM, uuid7(), unit=office.a, name="Tổ 1", kind=TeamKind.COMMUNITY, from_day=20240101
    )
    prepared = drafted(office, a_change(DAY, ends=[office.a]))

    with pytest.raises(errors.UnitsLeaveTeams, match="Phường A"):
        services.propose_change(office.first, prepared)

    services.write_change(
        office.first, prepared, ended(change_in(prepared), office.a.key, office.b.key)
    )
    services.propose_change(office.first, prepared)
    assert prepared.state == ChangeState.PROPOSED


def test_what_can_no_longer_be_done_becomes_a_draft_again(office: Office) -> None:
    prepared = confirmed(office)
    services.restructure(SYSTEM, a_change(DAY, alters=[(office.c, {"name": "Phường X"})]))

    run_map_changes.call(0)

    left = get_map_change(SYSTEM, prepared.pk)
    assert left.state == ChangeState.DRAFT
    assert "01/07/2025" in left.note
    assert (left.proposed_by, left.confirmed_by) == (None, None)


def test_a_job_that_was_killed_goes_on_with_the_groups_that_are_left(office: Office) -> None:
    other = a_unit("Xã Xa", a_province("Tỉnh B"))
    change = a_merger_of(office)
    whole = Change(
        DAY, change.ends, change.begins, change.edges, [Alteration(other.key, name="Xã Gần")]
    )
    prepared = services.draft_change(
        SYSTEM, uuid7(), province=office.province, name="Hai tỉnh", day=DAY
    )
    services.write_change(SYSTEM, prepared, whole)
    MapChange.objects.filter(pk=prepared.pk).update(state=ChangeState.CONFIRMED)
    first = services.restructure(SYSTEM, change)  # what the first worker did before it was killed
    MapChange.objects.filter(pk=prepared.pk).update(
        state=ChangeState.RUNNING,
        done=[{"old_maps": [*first.old_maps.values()], "new_maps": [*first.new_maps.values()],
               "units": 3}],
    )  # fmt: skip

    run_map_changes.call(0)

    left = get_map_change(SYSTEM, prepared.pk)
    assert (left.state, len(left.done)) == (ChangeState.DONE, 2)
    assert Unit.objects.get(pk=other.pk).name == "Xã Gần"


def test_undoing_takes_two_people_again_and_restores_every_figure(office: Office) -> None:
    posted(SYSTEM, office.a, quantity=5, day=20250615)
    posted(SYSTEM, office.c, quantity=2, day=20250615)
    prepared = done(office)
    posted(SYSTEM, office.a, quantity=3, day=20250702)  # late, for a unit that has ended
    posted(SYSTEM, office.c, quantity=4, day=20250702)

    services.propose_undo(office.second, prepared)
    with pytest.raises(errors.OwnProposal):
        services.confirm_undo(office.second, prepared)
    services.confirm_undo(office.first, prepared)
    run_map_changes.call(0)

    left = get_map_change(SYSTEM, prepared.pk)
    assert (left.state, left.done) == (ChangeState.UNDONE, [])
    assert UnitMap.objects.count() == 1
    assert wrong_totals() == []


def test_undoing_is_refused_once_a_new_unit_is_used(office: Office) -> None:
    prepared = done(office)
    new = Unit.objects.get(name="Phường AB")
    posted(SYSTEM, new, day=20250702)

    with pytest.raises(errors.NewUnitsInUse, match="1 ghi nhận"):
        services.propose_undo(office.first, prepared)

    assert get_map_change(SYSTEM, prepared.pk).state == ChangeState.DONE


def test_undoing_that_came_too_late_leaves_the_change_done(office: Office) -> None:
    prepared = done(office)
    services.propose_undo(office.first, prepared)
    services.confirm_undo(office.second, prepared)
    posted(SYSTEM, Unit.objects.get(name="Phường AB"), day=20250702)

    run_map_changes.call(0)

    left = get_map_change(SYSTEM, prepared.pk)
    assert left.state == ChangeState.DONE
    assert "ghi nhận" in left.note


def test_a_proposal_to_undo_may_be_refused(office: Office) -> None:
    prepared = done(office)
    services.propose_undo(office.first, prepared)

    services.refuse_change(office.second, prepared, "Giữ nguyên")

    assert (prepared.state, prepared.undo_proposed_by_id) == (ChangeState.DONE, None)


def test_the_dry_run_and_the_change_carry_the_same_figures(office: Office) -> None:
    posted(SYSTEM, office.a, quantity=5, day=20250615)
    posted(SYSTEM, office.b, quantity=6, day=20230320)
    posted(SYSTEM, office.a, quantity=9, day=20250715)  # after the day of the change
    prepared = drafted(office)
    planned = figures_planned(dry_run(prepared))

    services.propose_change(office.first, prepared)
    services.confirm_change(office.second, prepared)
    run_map_changes.call(0)
    left = get_map_change(SYSTEM, prepared.pk)
    carried = figures_carried(left.done[0]["old_maps"], DAY)

    assert planned.agree()
    assert carried.agree()
    assert [line.quantities for line in planned.after] == [{"test.flow": 11}]
    assert sorted(carried.before, key=str) == sorted(planned.before, key=str)
    assert carried.after == planned.after


def test_new_units_lie_where_what_they_are_made_of_lay(office: Office) -> None:
    Unit.objects.filter(pk=office.a.pk).update(lat=10.0, lon=105.0)
    Unit.objects.filter(pk=office.b.pk).update(lat=10.2, lon=105.2)

    prepared = drafted(office)

    [new] = change_in(prepared).begins
    assert (new.lat, new.lon) == (10.1, 105.1)


def test_the_parts_of_a_unit_lie_apart(office: Office) -> None:
    Unit.objects.filter(pk=office.a.pk).update(lat=10.0, lon=105.0)
    parts = [a_new_unit(f"Phường A{n}", office.province) for n in (1, 2)]

    prepared = drafted(office, divided(a_change(DAY), office.a.key, parts, parts[1].key))

    assert len({unit.lon for unit in change_in(prepared).begins}) == 2


def test_steps_are_put_together_and_taken_out_again() -> None:
    new, far = a_new_unit("Phường AB", "P"), a_new_unit("Phường D", "P")
    change = merged(a_change(DAY), ["A", "B"], new)
    change = altered(change, Alteration("C", name="Phường X"))
    change = altered(change, Alteration("C", parent="D"))
    change = ended(change, "E", "C")

    assert [each.parent for each in change.alters] == ["D"]
    assert [each.name for each in change.alters] == ["Phường X"]
    assert without(change, "A").ends == ("B", "E")
    assert without(change, new.key).ends == ("E",)
    assert [*merged(change, ["A", "B"], new).edges][-2:] == [*change.edges][:2]
    assert without(merged(change, ["A", "C"], far), far.key).ends == ("B",)
