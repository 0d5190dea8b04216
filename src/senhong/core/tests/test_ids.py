from uuid import UUID

from senhong.core.ids import derived_id, uuid7


def test_ids_are_version_7_and_come_in_the_order_of_time() -> None:
    ids = [uuid7() for _number in range(1000)]

    assert len(set(ids)) == 1000
    assert {(id.version, id.variant) for id in ids} == {(7, "specified in RFC 4122")}
    moments = [id.int >> 64 for id in ids]
    assert moments == sorted(moments)


def test_what_follows_from_an_act_has_always_the_same_id_at_the_acts_time() -> None:
    act = UUID("0190a000-0000-7000-8000-000000000001")

    once, again = derived_id(act, 1, "sorties"), derived_id(act, 1, "sorties")

    assert once == again
    assert once.version == 7
    assert once.int >> 80 == act.int >> 80
    assert len({once, derived_id(act, 2, "sorties"), derived_id(act, 1, "activities"), act}) == 4


def test_parts_do_not_run_together() -> None:
    act = uuid7()

    assert derived_id(act, "a", "bc") != derived_id(act, "ab", "c")
