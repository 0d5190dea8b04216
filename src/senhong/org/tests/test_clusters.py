"""Clusters: who is with whom, from which day on."""

from collections import Counter
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from senhong.audit.models import Event
from senhong.core.errors import Forbidden, IdReused
from senhong.core.ids import uuid7
from senhong.org import errors
from senhong.org.models import Cluster, ClusterPlace, Level, Role, Unit
from senhong.org.queries import SYSTEM, clusters_known, clusters_on, planned_change
from senhong.org.services import ClusterDrawn, draw_clusters, found_installation, restructure
from senhong.org.tests.make import (
    a_change,
    a_grant,
    a_merger,
    a_new_unit,
    a_province,
    a_unit,
    a_user,
    an_actor,
)

pytestmark = pytest.mark.django_db
DAY, LATER = 20250801, 20250901


def drawn(name: str, *units: Unit, id: UUID | None = None) -> ClusterDrawn:
    return ClusterDrawn(id=id or uuid7(), name=name, unit_ids=frozenset(u.pk for u in units))


def a_flat_province(communes: int = 4) -> tuple[Unit, list[Unit]]:
    province = a_province()
    names = [f"Xã {number}" for number in range(communes)]
    return province, [a_unit(name, province, level=Level.COMMUNE) for name in names]


def seen(province: Unit, day: int) -> dict[str, set[str]]:
    names = dict(Unit.objects.values_list("pk", "name"))
    found = clusters_on(province, day)
    return {each.cluster.name: {names[unit] for unit in each.unit_ids} for each in found}


def test_clusters_hold_from_their_day_on_and_are_listed_by_name() -> None:
    province, (a, b, c, _d) = a_flat_province()

    draw_clusters(SYSTEM, province, day=DAY, clusters=[drawn("Cụm 10", a), drawn("Cụm 2", b, c)])

    assert [*seen(province, DAY).items()] == [("Cụm 2", {"Xã 1", "Xã 2"}), ("Cụm 10", {"Xã 0"})]
    assert seen(province, 20250731) == {}
    assert Event.objects.get(name="cluster.drawn").facts == {"day": DAY, "clusters": 2}


def test_the_same_drawing_again_changes_nothing() -> None:
    province, (a, b, *_rest) = a_flat_province()
    clusters = [drawn("Cụm 1", a, b)]
    draw_clusters(SYSTEM, province, day=DAY, clusters=clusters)

    assert not draw_clusters(SYSTEM, province, day=LATER, clusters=clusters)

    assert Event.objects.filter(name="cluster.drawn").count() == 1


def test_a_later_drawing_leaves_the_earlier_days_as_they_were() -> None:
    province, (a, b, c, _d) = a_flat_province()
    stays = drawn("Cụm 1", a, b)
    draw_clusters(SYSTEM, province, day=DAY, clusters=[stays, drawn("Cụm 2", c)])

    moved = drawn("Cụm Một", b, c, id=stays.id)
    draw_clusters(SYSTEM, province, day=LATER, clusters=[moved])

    assert seen(province, 20250831) == {"Cụm Một": {"Xã 0", "Xã 1"}, "Cụm 2": {"Xã 2"}}
    assert seen(province, LATER) == {"Cụm Một": {"Xã 1", "Xã 2"}}
    assert [each.name for each in clusters_known(province, LATER)] == ["Cụm Một", "Cụm 2"]


def test_what_was_drawn_on_the_same_day_is_corrected() -> None:
    province, (a, b, *_rest) = a_flat_province()
    first = drawn("Cụm 1", a)
    draw_clusters(SYSTEM, province, day=DAY, clusters=[first, drawn("Nhầm", b)])

    draw_clusters(SYSTEM, province, day=DAY, clusters=[drawn("Cụm 1", a, b, id=first.id)])

    assert seen(province, DAY) == {"Cụm 1": {"Xã 0", "Xã 1"}}
    assert Cluster.objects.count() == 1


def test_clusters_are_drawn_in_the_order_of_days() -> None:
    province, (a, *_rest) = a_flat_province()
    draw_clusters(SYSTEM, province, day=LATER, clusters=[drawn("Cụm 1", a)])

    with pytest.raises(errors.ClustersDrawnLater):
        draw_clusters(SYSTEM, province, day=DAY, clusters=[drawn("Cụm 2", a)])


def test_what_cannot_be_is_refused() -> None:
    province, (a, b, *_rest) = a_flat_province()
    other = a_unit("Xã lạ", a_province("Tỉnh B"), level=Level.COMMUNE)

    for clusters, refusal in (
        ([drawn("Cụm 1", other)], errors.UnitsNotBelow),
        ([drawn("Cụm 1", province)], errors.UnitsNotBelow),
        ([drawn("Cụm 1", a), drawn("Cụm 2", a, b)], errors.UnitsInTwoClusters),
        ([drawn("Cụm Đông", a), drawn("cụm đông", b)], errors.ClusterNameTwice),
        ([drawn("  ", a)], errors.ClusterNameless),
    ):
        with pytest.raises(refusal):
            draw_clusters(SYSTEM, province, day=DAY, clusters=clusters)

    assert not Cluster.objects.exists()
    assert not ClusterPlace.objects.exists()


def test_an_id_names_one_cluster_for_ever() -> None:
    province, (a, *_rest) = a_flat_province()
    cluster = drawn("Cụm 1", a)
    draw_clusters(SYSTEM, province, day=DAY, clusters=[cluster])
    draw_clusters(SYSTEM, province, day=LATER, clusters=[])

    with pytest.raises(IdReused):
        draw_clusters(SYSTEM, province, day=20251001, clusters=[cluster])


def test_only_the_office_draws_clusters() -> None:
    province, (a, *_rest) = a_flat_province()

    with pytest.raises(Forbidden):
        draw_clusters(an_actor("unit.view", at=province), province, day=DAY, clusters=[])
    draw_clusters(
        an_actor("cluster.edit", at=province), province, day=DAY, clusters=[drawn("Cụm 1", a)]
    )

    assert seen(province, DAY) == {"Cụm 1": {"Xã 0"}}


def test_a_merged_unit_stands_where_most_of_its_predecessors_stood() -> None:
    province, (a, b, c, d) = a_flat_province()
    clusters = [drawn("Cụm 1", a), drawn("Cụm 2", b, c, d)]
    draw_clusters(SYSTEM, province, day=DAY, clusters=clusters)
    new = a_new_unit("Xã Mới", province)
    edges = [(each, new) for each in (a, b, c)]

    restructure(SYSTEM, a_change(LATER, ends=[a, b, c], begins=[new], edges=edges))

    assert seen(province, LATER) == {"Cụm 1": set(), "Cụm 2": {"Xã 3", "Xã Mới"}}
    assert seen(province, DAY) == {"Cụm 1": {"Xã 0"}, "Cụm 2": {"Xã 1", "Xã 2", "Xã 3"}}


def test_a_merged_unit_may_be_given_another_place() -> None:
    province, (a, b, c, _d) = a_flat_province()
    one, two = drawn("Cụm 1", a, b), drawn("Cụm 2", c)
    draw_clusters(SYSTEM, province, day=DAY, clusters=[one, two])
    new = a_new_unit("Xã Mới", province)
    edges = [(a, new), (b, new)]
    restructure(SYSTEM, a_change(LATER, ends=[a, b], begins=[new], edges=edges))
    unit = Unit.objects.get(name="Xã Mới")

    clusters = [drawn("Cụm 2", c, unit, id=two.id)]
    draw_clusters(SYSTEM, province, day=LATER, clusters=clusters)

    assert seen(province, LATER) == {"Cụm 2": {"Xã 2", "Xã Mới"}}


def test_a_province_keeps_the_clusters_of_those_it_was_made_of() -> None:
    province = a_merger(2)
    old = Unit.objects.filter(level=Level.DISTRICT).order_by("pk")[0]
    top = old.province
    assert top is not None
    draw_clusters(SYSTEM, top, day=20250101, clusters=[drawn("Cụm Đông", old)])

    assert seen(province, 20250801) == {"Cụm Đông": set()}  # a district leaves no successor
    assert [each.name for each in clusters_known(province, 20250801)] == ["Cụm Đông"]


def test_the_dry_run_says_what_becomes_of_places_in_clusters() -> None:
    province, (a, b, *_rest) = a_flat_province()
    draw_clusters(SYSTEM, province, day=DAY, clusters=[drawn("Cụm 1", a, b)])

    plan = planned_change(SYSTEM, a_change(LATER, ends=[a], edges=[(a, b)]))

    assert [each.number for each in plan.heirs if each.what == "chỗ trong cụm"] == [1]


class NoUnitIsInTwoClusters(TestCase):
    @settings(max_examples=40, deadline=None)
    @given(st.data())
    def test_on_any_day_after_any_history(self, data: Any) -> None:
        province, units = a_flat_province(5)
        days = [20250000 + month * 100 + 1 for month in range(1, 9)]
        ids = [uuid7() for _number in range(3)]
        for day in days:
            standing = [unit for unit in units if unit.to_day > day]
            if data.draw(st.booleans()) and len(standing) > 2:
                first, second = standing[:2]
                new = a_new_unit(f"Xã của {day}", province)
                edges = [(first, new), (second, new)]
                change = a_change(day, ends=[first, second], begins=[new], edges=edges)
                restructure(SYSTEM, change)
                units = list(Unit.objects.filter(province=province, level=Level.COMMUNE))
                standing = [unit for unit in units if unit.to_day > day]
            places = data.draw(st.lists(st.integers(0, 3), min_size=len(standing)))
            if data.draw(st.booleans()):
                groups = [
                    drawn(
                        f"Cụm {n}",
                        *(u for u, at in zip(standing, places, strict=False) if at == n),
                        id=id,
                    )
                    for n, id in enumerate(ids)
                ]
                draw_clusters(SYSTEM, province, day=day, clusters=groups)

        for day in days:
            counted = Counter(u for each in clusters_on(province, day) for u in each.unit_ids)
            standing_ids = {u.pk for u in units if u.from_day <= day < u.to_day}
            assert max(counted.values(), default=1) == 1
            assert counted.keys() <= standing_ids


def office(province: Unit, role: Role = Role.PROVINCE_OFFICE) -> Client:
    user = a_user()
    a_grant(user, province, role)
    client = Client()
    client.force_login(user)
    return client


def form_of(client: Client) -> dict[str, str]:
    """What the page would send as it stands."""
    form = client.get("/clusters/draw/").context["form"]
    fields = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else str(value) for name, value in fields.items()}


@pytest.fixture
def province() -> Unit:
    province, _units = a_flat_province()
    found_installation(SYSTEM, province=province)
    return province


def test_the_office_draws_clusters_on_a_page(province: Unit) -> None:
    client, units = office(province), Unit.objects.filter(level=Level.COMMUNE).order_by("pk")
    sent = form_of(client) | {"day": "2026-01-01", "name-1": "Cụm Đông", "name-2": "Cụm Tây"}
    sent |= {f"unit-{units[0].pk}": "1", f"unit-{units[1].pk}": "2", f"unit-{units[2].pk}": "2"}

    answer = client.post("/clusters/draw/", sent)

    assert answer.status_code == 303
    assert seen(province, 20260101) == {"Cụm Đông": {"Xã 0"}, "Cụm Tây": {"Xã 1", "Xã 2"}}
    page = client.get(answer["Location"]).content.decode()
    assert "Cụm Đông" in page
    assert "1 đơn vị chưa ở cụm nào." in page
    again = form_of(client)
    assert (again["name-1"], again[f"unit-{units[2].pk}"]) == ("Cụm Đông", "2")


def test_a_cluster_with_units_needs_a_name(province: Unit) -> None:
    client, unit = office(province), Unit.objects.filter(level=Level.COMMUNE)[0]

    answer = client.post(
        "/clusters/draw/", form_of(client) | {"day": "2026-01-01", f"unit-{unit.pk}": "1"}
    )

    assert answer.status_code == 422
    assert "Hãy đặt tên cho cụm" in answer.content.decode()
    assert not Cluster.objects.exists()


def test_who_is_not_of_the_office_reads_but_does_not_draw(province: Unit) -> None:
    client = office(province, Role.PARTNER)

    page = client.get("/clusters/")

    assert page.status_code == 200
    assert "/clusters/draw/" not in page.content.decode()
    assert client.get("/clusters/draw/").status_code == 403
