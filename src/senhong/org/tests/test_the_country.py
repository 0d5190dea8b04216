"""The real map of Việt Nam, loaded by the command; every official count of data/README.md."""

from io import StringIO

from django.core.management import call_command
from django.db.models import Count
from django.test import TestCase

from senhong.audit.models import Event
from senhong.core.days import LAST_DAY
from senhong.org.models import Landing, Lineage, Placement, Unit, UnitMap
from senhong.org.queries import landed_unit, map_of, predecessors_of, search_units
from senhong.org.tests.make import SYSTEM


def imported(*options: str) -> str:
    out = StringIO()
    call_command("import_units", *options, stdout=out)
    return out.getvalue()


class TheCountry(TestCase):
    said: str

    @classmethod
    def setUpTestData(cls) -> None:
        cls.said = imported()

    def counted(self, day: int, **where: str) -> dict[str, int]:
        """How many units of each level are placed on the maps of the day."""
        on = Placement.objects.filter(map__from_day__lte=day, map__to_day__gt=day, **where)
        return dict(on.values_list("unit__level").annotate(Count("unit_id")).order_by())

    def kinds(self, province: str, day: int) -> dict[str, int]:
        on = Placement.objects.filter(
            map__province__key=province,
            map__from_day__lte=day,
            map__to_day__gt=day,
            unit__level="commune",
        )
        return dict(on.values_list("kind").annotate(Count("unit_id")).order_by())

    def test_63_provinces_696_districts_10035_communes_on_the_last_day_of_the_old_map(self) -> None:
        assert self.counted(20250630) == {"province": 63, "district": 696, "commune": 10035}

    def test_34_provinces_and_3321_communes_from_2025_07_01(self) -> None:
        assert self.counted(20250701) == {"province": 34, "commune": 3321}
        assert Unit.objects.filter(to_day=LAST_DAY).count() == 34 + 3321

    def test_dong_thap_in_march_2023(self) -> None:
        assert self.kinds("P87-2", 20230320) == {"xã": 115, "phường": 19, "thị trấn": 9}
        on_map = {"map__province__key": "P87-2"}
        assert self.counted(20230320, **on_map) == {"province": 1, "district": 12, "commune": 143}

    def test_dong_thap_from_2025_01_01(self) -> None:
        assert sum(self.kinds("P87-2", 20241231).values()) == 143
        assert sum(self.kinds("P87-2", 20250101).values()) == 141
        assert sum(self.kinds("P87-2", 20250630).values()) == 141

    def test_dong_thap_from_2025_07_01(self) -> None:
        assert self.kinds("P82-3", 20250701) == {"xã": 82, "phường": 20}
        assert self.kinds("P87-2", 20250701) == {}

    def test_14153_units_10669_edges_98_maps_25107_landings(self) -> None:
        assert Unit.objects.count() == 14153
        assert Lineage.objects.count() == 10669
        assert UnitMap.objects.count() == 98
        assert Landing.objects.count() == 25107

    def test_both_changes_went_through_the_service(self) -> None:
        changes = Event.objects.filter(name="map.changed").values_list("facts__day", flat=True)
        assert sorted(changes) == [20250101, *[20250701] * 34]

    def test_every_unit_lands_once_on_every_later_day(self) -> None:
        for day in (20230320, 20250315, 20250701):
            here = Landing.objects.filter(map__from_day__lte=day, map__to_day__gt=day)
            begun = Unit.objects.filter(from_day__lte=day)
            assert here.count() == here.values("unit").distinct().count() == begun.count()

    def test_what_a_unit_lands_on_stands_on_that_map(self) -> None:
        placed = set(Placement.objects.values_list("map_id", "unit_id"))
        landed = set(Landing.objects.values_list("map_id", "landed_id"))
        assert landed <= placed

    def test_every_path_follows_the_last_map(self) -> None:
        hangs = Placement.objects.exclude(parent=None).values_list(
            "unit__path", "unit_id", "parent__path"
        )
        assert [unit for path, unit, above in hangs if path != f"{above}{unit}/"] == []

    def test_both_old_provinces_are_todays_dong_thap(self) -> None:
        new = Unit.objects.get(key="P82-3")
        for key in ("P87-2", "P82-2"):
            assert landed_unit(Unit.objects.get(key=key).pk, 20260101) == new
        assert [unit.key for unit in predecessors_of(new)] == ["P87-2", "P82-2"]

    def test_an_abolished_district_lands_on_its_new_province(self) -> None:
        city = Unit.objects.get(key="D866-2")
        assert landed_unit(city.pk, 20250701).key == "P82-3"

    def test_the_ward_of_2025_january_carries_on_to_july(self) -> None:
        before = Unit.objects.get(key="W29866-1")
        january = landed_unit(before.pk, 20250301)
        assert (january.key, january.title) == ("W29869-2", "Phường 1")
        assert landed_unit(before.pk, 20250701).title == "Phường Cao Lãnh"

    def test_a_second_import_changes_nothing(self) -> None:
        before = Event.objects.count(), Unit.objects.count()

        assert "không có gì thay đổi" in imported()

        assert (Event.objects.count(), Unit.objects.count()) == before
        assert "14153" in self.said

    def test_a_province_has_one_map_of_a_day(self) -> None:
        old = Unit.objects.get(key="P87-2")
        days = [20230320, 20250101, 20250701]
        found = [map_of(old.pk, day) for day in days]
        assert [map and map.from_day for map in found] == [10101, 20250101, None]

    def test_a_ward_called_by_number_is_told_by_its_parent(self) -> None:
        found = search_units(SYSTEM, "phuong 1", day=20250101, limit=50)
        told = [(line.title, line.parent_title) for line in found if line.title == "Phường 1"]
        assert len(told) > 20
        assert len(set(told)) == len(told)
        assert ("Phường 1", "Thành phố Cao Lãnh, Tỉnh Đồng Tháp") in told
