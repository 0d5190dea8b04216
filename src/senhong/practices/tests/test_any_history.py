"""Whatever units adopt, take back and become, the figure is how many adoptions stand."""

from contextlib import suppress
from datetime import date

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from senhong.core.days import as_day
from senhong.core.errors import DomainError
from senhong.core.ids import uuid7
from senhong.ledger.queries import figures, get_indicator, wrong_totals
from senhong.org.models import Unit
from senhong.org.queries import SYSTEM
from senhong.org.services import restructure
from senhong.org.tests.make import a_change, a_new_unit, a_province
from senhong.practices.models import COUNTED, Adoption, Practice
from senhong.practices.services import adopt_practice, withdraw_adoption
from senhong.practices.tests.make import a_practice

pick = st.integers(0, 9)
acts = st.lists(
    st.one_of(
        st.tuples(st.just("adopt"), pick, pick),
        st.tuples(st.just("adopt"), pick, pick),
        st.tuples(st.just("withdraw"), pick, pick),
        st.tuples(st.just("merge"), pick, pick),
    ),
    max_size=12,
)


class World:
    """A province whose communes merge two by two, a month apart, with two practices."""

    def __init__(self) -> None:
        self.province = a_province("Tỉnh P", huyện_Q=["Xã A", "Xã B", "Xã C", "Xã D"])
        self.communes = list(Unit.objects.filter(level="commune").order_by("pk"))
        self.practices = [a_practice(self.communes[0]), a_practice(self.communes[1], name="Khác")]
        self.merged = 0

    def adopt(self, which: int, where: int) -> None:
        practice = self.practices[which % 2]
        unit = self.communes[where % len(self.communes)]
        on = date(2023, 2 + which, 1 + where)
        adopt_practice(SYSTEM, uuid7(), practice, unit=unit, adopted_on=on)

    def withdraw(self, which: int, _where: int) -> None:
        found = Adoption.objects.select_related("practice__unit", "unit").order_by("pk")
        if found:
            withdraw_adoption(SYSTEM, found[which % len(found)])

    def merge(self, which: int, where: int) -> None:
        units = [self.communes[which % len(self.communes)], self.communes[where % 4]]
        self.merged += 1
        new = a_new_unit(f"Xã Mới {self.merged}", Unit.objects.get(level="district"))
        edges = [(unit, new) for unit in units]
        day = as_day(date(2023, 1 + self.merged % 12, 1)) + 10000 * (self.merged // 12)
        restructure(SYSTEM, a_change(day, ends=units, begins=[new], edges=edges))
        self.communes.append(Unit.objects.get(key=new.key))


class AdoptionsAreCounted(TestCase):
    @settings(
        max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(acts)
    def test_the_figure_is_how_many_adoptions_stand(self, acts: list[tuple[str, int, int]]) -> None:
        world = World()

        for what, which, where in acts:
            with suppress(DomainError), transaction.atomic():
                getattr(world, what)(which, where)

        standing = Adoption.objects.filter(withdrawn_on=None)
        assert self.figure(world.province, None) == standing.count()
        assert self.figure(world.province, 20260101) == standing.count()
        assert wrong_totals() == []
        for practice in Practice.objects.all():
            units = [each.unit_id for each in standing.filter(practice=practice)]
            assert len(units) == len(set(units))
            assert practice.unit_id not in units

    @staticmethod
    def figure(province: Unit, on: int | None) -> int:
        [row] = figures(
            SYSTEM, province, [get_indicator(COUNTED)], first=20220101, last=20260101, on=on
        )
        return row.quantity
