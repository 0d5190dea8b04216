"""Boundaries from a file: whole or not at all."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from senhong.core.errors import Forbidden
from senhong.org.models import Boundary, Level, Unit
from senhong.org.queries import SYSTEM
from senhong.org.services import keep_boundaries, restructure
from senhong.org.tests.make import a_change, a_new_unit, a_province, a_unit, an_actor

pytestmark = pytest.mark.django_db


def square(west: float, south: float, size: float = 0.1) -> dict[str, Any]:
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def a_file(path: Path, shapes: dict[str, Any], **more: Any) -> str:
    features = [
        {"type": "Feature", "properties": {"code": code, "ma_xa": code}, "geometry": shape}
        for code, shape in shapes.items()
    ]
    file = path / "xa.geojson"
    content = {"type": "FeatureCollection", "features": features, **more}
    file.write_text(json.dumps(content), encoding="utf-8")
    return str(file)


def imported(file: str, **options: Any) -> str:
    out = StringIO()
    call_command("import_boundaries", file, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def units() -> list[Unit]:
    province = a_province()
    return [a_unit(f"Xã {name}", province, level=Level.COMMUNE) for name in "AB"]


def test_a_file_is_kept_by_unit_and_again_changes_nothing(
    units: list[Unit], tmp_path: Path
) -> None:
    shapes = {unit.code: square(105 + at / 10, 10) for at, unit in enumerate(units)}
    file = a_file(tmp_path, shapes)

    first, again = imported(file), imported(file)

    assert "2 đơn vị, 2 mới" in first
    assert "2 đơn vị, 0 mới" in again
    assert Boundary.objects.get(unit=units[0]).shape["type"] == "Polygon"


def test_codes_are_those_of_the_day_that_is_said(units: list[Unit], tmp_path: Path) -> None:
    old, other = units
    province = other.province
    assert province is not None
    new = a_new_unit("Xã Mới", province)
    change = a_change(20250701, ends=[old, other], begins=[new], edges=[(old, new), (other, new)])
    restructure(SYSTEM, change)
    file = a_file(tmp_path, {old.code: square(105, 10)})

    with pytest.raises(CommandError, match=old.code):
        imported(file, day="2025-08-01")
    imported(file, day="2025-06-30")

    assert Boundary.objects.get().unit == old


def test_islands_and_rings_that_cross_are_mended(units: list[Unit], tmp_path: Path) -> None:
    bow = {
        "type": "Polygon",
        "coordinates": [[[105, 10], [106, 11], [106, 10], [105, 11], [105, 10]]],
    }
    both = [square(105, 10)["coordinates"], square(106, 10)["coordinates"]]
    islands = {"type": "MultiPolygon", "coordinates": both}

    imported(a_file(tmp_path, {units[0].code: bow, units[1].code: islands}))

    kinds = Boundary.objects.order_by("unit").values_list("shape__type", flat=True)
    assert [*kinds] == ["MultiPolygon", "MultiPolygon"]


def test_unknown_codes_are_listed_and_nothing_is_kept(units: list[Unit], tmp_path: Path) -> None:
    file = a_file(tmp_path, {units[0].code: square(105, 10), "99999": square(106, 10)})

    with pytest.raises(CommandError, match="99999"):
        imported(file)
    assert not Boundary.objects.exists()

    assert "99999" in imported(file, skip_unknown=True)
    assert Boundary.objects.get().unit == units[0]


def test_zeros_in_front_of_a_code_may_be_lost(units: list[Unit], tmp_path: Path) -> None:
    Unit.objects.filter(pk=units[0].pk).update(code="00042")

    imported(a_file(tmp_path, {"42": square(105, 10)}))

    assert Boundary.objects.get().unit == units[0]


def test_the_code_may_stand_in_another_property(units: list[Unit], tmp_path: Path) -> None:
    imported(a_file(tmp_path, {units[0].code: square(105, 10)}), property="ma_xa")

    assert Boundary.objects.count() == 1


POINT = {"type": "Point", "coordinates": [105, 10]}
VN2000 = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3405"}}
BROKEN = {"type": "Polygon", "coordinates": [["x"]]}


@pytest.mark.parametrize(
    ("shape", "more", "said"),
    [
        (POINT, {}, "không phải là vùng"),
        (BROKEN, {}, "tọa độ không đọc được"),
        (square(586_000, 1_155_000), {}, "ngoài kinh độ"),
        ({"type": "Polygon", "coordinates": []}, {}, "không có diện tích"),
        (square(105, 10), {"crs": VN2000}, "hệ tọa độ"),
        (square(105, 10), {"type": "Feature"}, "không phải tệp GeoJSON"),
        (square(105, 10), {"features": []}, "không có đối tượng nào"),
    ],
)
def test_a_bad_file_is_refused_whole(
    units: list[Unit], tmp_path: Path, shape: Any, more: dict[str, Any], said: str
) -> None:
    file = a_file(tmp_path, {units[0].code: square(105, 10), units[1].code: shape}, **more)

    with pytest.raises(CommandError, match=said):
        imported(file)

    assert not Boundary.objects.exists()


def test_what_is_no_json_or_not_there_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.geojson"
    file.write_bytes(b"\xff{")

    with pytest.raises(CommandError, match="không phải tệp GeoJSON"):
        imported(str(file))
    with pytest.raises(CommandError, match="không mở được"):
        imported(str(tmp_path / "b.geojson"))


def test_the_axes_of_older_files_are_known(units: list[Unit], tmp_path: Path) -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}

    imported(a_file(tmp_path, {units[0].code: square(105, 10)}, crs=crs))

    assert Boundary.objects.count() == 1


def test_who_may_not_change_the_map_may_not_bring_in_boundaries(units: list[Unit]) -> None:
    with pytest.raises(Forbidden):
        keep_boundaries(an_actor("unit.view", at=units[0]), {units[0]: square(105, 10)})
