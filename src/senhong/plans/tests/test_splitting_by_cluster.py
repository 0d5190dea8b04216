"""Where no level stands between a province and its communes, clusters weigh alike."""

import pytest

from senhong.core.ids import uuid7
from senhong.org.models import Level, Unit
from senhong.org.queries import SYSTEM
from senhong.org.services import ClusterDrawn, draw_clusters
from senhong.org.tests.make import a_province, a_unit
from senhong.plans.models import Target
from senhong.plans.queries import Way, has_clusters, weights_of
from senhong.plans.tests.make import a_target

pytestmark = pytest.mark.django_db


@pytest.fixture
def target() -> Target:
    province = a_province()
    for number in range(6):
        a_unit(f"Xã {number}", province, level=Level.COMMUNE)
    return a_target(province, quantity=120)


def communes() -> list[Unit]:
    return list(Unit.objects.filter(level=Level.COMMUNE).order_by("pk"))


def test_each_cluster_gets_as_much_and_each_unit_in_it(target: Target) -> None:
    a, b, c, *rest = communes()
    clusters = [
        ClusterDrawn(id=uuid7(), name="Cụm 1", unit_ids=frozenset({a.pk, b.pk, c.pk})),
        ClusterDrawn(id=uuid7(), name="Cụm 2", unit_ids=frozenset({rest[0].pk})),
    ]
    draw_clusters(SYSTEM, target.unit, day=target.from_day, clusters=clusters)

    weights = weights_of(SYSTEM, target, Way.CLUSTERS)

    assert has_clusters(target)
    shares = [weights[unit.key] / sum(weights.values()) for unit in communes()]
    assert shares == pytest.approx([1 / 9, 1 / 9, 1 / 9, 1 / 3, 1 / 6, 1 / 6])


def test_without_clusters_there_is_no_such_way(target: Target) -> None:
    assert not has_clusters(target)
    assert weights_of(SYSTEM, target, Way.CLUSTERS) == {}
