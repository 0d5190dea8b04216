"""A file of boundaries (GeoJSON), proved and simplified before anything is written."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from senhong.org.errors import BoundaryFileRefused

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

MOST_BYTES = 64 * 1024**2
TOLERANCE = 0.0005  # degrees, about 50 m: less than a pixel on the map of a province
_DECIMALS = 4  # about 10 m
# Longitude before latitude on WGS 84; what older files call it.
_CRS = {
    "urn:ogc:def:crs:ogc:1.3:crs84", "urn:ogc:def:crs:ogc::crs84", "ogc:crs84",
    "urn:ogc:def:crs:epsg::4326", "epsg:4326",
}  # fmt: skip
_POLYGONS = {"Polygon", "MultiPolygon"}

Shape = dict[str, Any]  # a GeoJSON geometry


def read_boundaries(path: Path, *, named: str = "code") -> "dict[str, BaseGeometry]":
    """Official code → ground. Features of one code are one ground.

    named  the property that holds the code. Raises BoundaryFileRefused.
    """
    found: dict[str, list[Any]] = defaultdict(list)
    for number, feature in enumerate(_features(_read(path)), start=1):
        code, ground = _feature(feature, number, named)
        found[code].append(ground)
    if not found:
        raise BoundaryFileRefused(reason=_("tệp không có đối tượng nào."))
    return {code: _joined(code, grounds) for code, grounds in found.items()}


def simplified(grounds: "Mapping[str, BaseGeometry]") -> dict[str, Shape]:
    """The grounds with fewer points; what was one line between neighbours stays one line."""
    from shapely import GEOSException, coverage_simplify, simplify  # noqa: PLC0415

    whole = [*grounds.values()]
    try:
        lighter = coverage_simplify(whole, TOLERANCE)
    except GEOSException:  # neighbours overlap too much to be simplified together
        lighter = simplify(whole, TOLERANCE)
    pairs = zip(grounds.items(), lighter, strict=True)
    return {code: _as_shape(ground if new.is_empty else new) for (code, ground), new in pairs}


def digest_of(shape: Shape) -> str:
    """Another shape has another digest."""
    return sha256(json.dumps(shape).encode()).hexdigest()[:16]


def _read(path: Path) -> Any:
    try:
        if path.stat().st_size > MOST_BYTES:
            reason = _("tệp lớn hơn {most} MB.").format(most=MOST_BYTES // 1024**2)
            raise BoundaryFileRefused(reason=reason)
        return json.loads(path.read_bytes())
    except OSError:
        reason = _("không mở được {file}.").format(file=path)
        raise BoundaryFileRefused(reason=reason) from None
    except (ValueError, RecursionError):
        raise BoundaryFileRefused(reason=_("đây không phải tệp GeoJSON.")) from None


def _features(content: Any) -> list[Any]:
    if not isinstance(content, dict) or content.get("type") != "FeatureCollection":
        raise BoundaryFileRefused(reason=_("đây không phải tệp GeoJSON (FeatureCollection)."))
    crs = content.get("crs")
    if crs is not None and _crs_name(crs) not in _CRS:
        reason = _("hệ tọa độ là {crs}. Hãy đổi về EPSG:4326 (WGS 84).")
        raise BoundaryFileRefused(reason=reason.format(crs=_crs_name(crs) or "?"))
    features = content.get("features")
    return features if isinstance(features, list) else []


def _crs_name(crs: Any) -> str:
    named = crs.get("properties") if isinstance(crs, dict) else None
    return str(named.get("name", "")).lower() if isinstance(named, dict) else ""


def _feature(feature: Any, number: int, named: str) -> "tuple[str, BaseGeometry]":
    properties = feature.get("properties") if isinstance(feature, dict) else None
    code = properties.get(named) if isinstance(properties, dict) else None
    if code is None or isinstance(code, bool | float | list | dict) or not str(code).strip():
        reason = _("đối tượng thứ {number} không có mã ở thuộc tính {name}.")
        raise BoundaryFileRefused(reason=reason.format(number=number, name=named))
    return str(code).strip(), _ground(feature.get("geometry"), str(code))


def _ground(geometry: Any, code: str) -> "BaseGeometry":
    from shapely import GEOSException, make_valid  # noqa: PLC0415
    from shapely.geometry import shape  # noqa: PLC0415

    if not isinstance(geometry, dict) or geometry.get("type") not in _POLYGONS:
        raise _refused(_("{code} không phải là vùng (Polygon, MultiPolygon)."), code)
    try:
        ground = shape(geometry)
        ground = ground if ground.is_valid else make_valid(ground)
    except (GEOSException, ValueError, TypeError, IndexError, KeyError, AttributeError):
        raise _refused(_("{code} có tọa độ không đọc được."), code) from None
    west, south, east, north = ground.bounds if not ground.is_empty else (0, 0, 0, 0)
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise _refused(_("{code} có tọa độ ngoài kinh độ, vĩ độ (kinh độ đứng trước)."), code)
    return ground


def _joined(code: str, grounds: "list[BaseGeometry]") -> "BaseGeometry":
    from shapely import MultiPolygon, unary_union  # noqa: PLC0415

    parts = [part for part in _parts(unary_union(grounds)) if part.area > 0]
    if not parts:
        raise _refused(_("{code} không có diện tích."), code)
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def _parts(ground: Any) -> Iterator[Any]:
    """The polygons of whatever mending and joining have made."""
    if ground.geom_type == "Polygon":
        yield ground
    for part in getattr(ground, "geoms", ()):
        yield from _parts(part)


def _as_shape(ground: "BaseGeometry") -> Shape:
    polygons = [_rounded(part) for part in _parts(ground)]
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}


def _rounded(polygon: Any) -> list[list[list[float]]]:
    rings = [polygon.exterior, *polygon.interiors]
    return [[[round(x, _DECIMALS), round(y, _DECIMALS)] for x, y, *_z in r.coords] for r in rings]


def _refused(reason: str, code: str) -> BoundaryFileRefused:
    return BoundaryFileRefused(reason=reason.format(code=code))
