"""Makers of units and of those who act at them. A test names only what it is about."""

from collections.abc import Collection
from functools import cache
from itertools import count
from typing import Any, Protocol

from senhong.accounts.models import User
from senhong.accounts.services import make_user
from senhong.core.actor import Actor, Grant
from senhong.core.ids import uuid7
from senhong.org.changes import Alteration, Change, Edge, NewUnit
from senhong.org.models import Level, Role, RoleGrant, Unit
from senhong.org.queries import SYSTEM, pending_units
from senhong.org.services import found_units, grant_role, import_units, restructure
from senhong.org.unit_files import Country, read_country

__all__ = [
    "SYSTEM", "Alteration", "Change", "Edge", "NewUnit",
    "a_change", "a_grant", "a_merger", "a_new_unit", "a_part_of_the_country", "a_province", "a_unit", "a_user", "an_actor",
]  # fmt: skip

# Keys of one length: they sort as they were made, whatever ran before.
_numbers = count(100_000)
_KINDS = {
    "tỉnh": Level.PROVINCE, "thành phố": Level.DISTRICT, "quận": Level.DISTRICT,
    "huyện": Level.DISTRICT, "thị xã": Level.DISTRICT, "phường": Level.COMMUNE,
    "xã": Level.COMMUNE, "thị trấn": Level.COMMUNE, "đặc khu": Level.COMMUNE,
    "chi đoàn": Level.BRANCH,
}  # fmt: skip
_BELOW = {
    Level.PROVINCE: (Level.DISTRICT, "huyện"),
    Level.DISTRICT: (Level.COMMUNE, "xã"),
    Level.COMMUNE: (Level.BRANCH, "chi đoàn"),
    Level.BRANCH: (Level.BRANCH, "chi đoàn"),
}
_LETTERS = {Level.PROVINCE: "P", Level.DISTRICT: "D", Level.COMMUNE: "W", Level.BRANCH: "B"}


class Placed(Protocol):
    @property
    def path(self) -> str: ...


def a_province(name: str = "Tỉnh A", **districts: list[str]) -> Unit:
    """A province with its districts and their communes: a_province(huyen_a=["Xã 1"])."""
    top = a_new_unit(name, None, level=Level.PROVINCE)
    units = [top]
    for district, communes in districts.items():
        middle = a_new_unit(district.replace("_", " "), top.key, level=Level.DISTRICT)
        units.append(middle)
        units += [a_new_unit(commune, middle.key, level=Level.COMMUNE) for commune in communes]
    return found_units(SYSTEM, units)[0]


def a_unit(name: str = "Xã A", parent: Unit | None = None, level: str | None = None) -> Unit:
    """A unit below ``parent`` (a new province when None), from the province's first day on.

    Its level follows from how its name begins ("Xã …", "Huyện …"), else from its parent.
    Only before the province's map has changed; afterwards units begin by ``a_change``.
    """
    parent = parent or a_province()
    level = level or _kind(name)[0] or _BELOW[Level(parent.level)][0]
    return found_units(SYSTEM, [a_new_unit(name, parent.key, level=level)])[0]


def a_new_unit(
    name: str, parent: Unit | str | None, *, level: str = Level.COMMUNE, key: str = ""
) -> NewUnit:
    """Facts of a unit that is to begin; its key is made up when not given."""
    number = next(_numbers)
    usual = {Level.PROVINCE: "tỉnh", Level.DISTRICT: "huyện", Level.COMMUNE: "xã"}
    return NewUnit(
        key=key or f"{_LETTERS[Level(level)]}t{number}",
        code=f"t{number}",
        level=level,
        kind=_kind(name)[1] or usual.get(Level(level), "chi đoàn"),
        name=name,
        parent=parent.key if isinstance(parent, Unit) else parent,
    )


def _kind(name: str) -> tuple[str | None, str]:
    """Level and kind that the beginning of a name tells."""
    for kind, level in _KINDS.items():
        if name.lower().startswith(kind):
            return level, kind
    return None, ""


def a_change(day: int, **parts: Any) -> Change:
    """A change from ``day`` on. Units may stand where keys belong.

    a_change(20250701, ends=[old], begins=[new], edges=[(old, new)], alters=[(unit, {…})])
    """
    edges = [e if isinstance(e, Edge) else Edge(*map(_key, e)) for e in parts.get("edges", ())]
    alters = [
        a if isinstance(a, Alteration) else Alteration(_key(a[0]), **a[1])
        for a in parts.get("alters", ())
    ]
    ends = [_key(unit) for unit in parts.get("ends", ())]
    return Change(day, ends, list(parts.get("begins", ())), edges, alters)


def a_merger(communes: int, day: int = 20250701) -> Unit:
    """A province that two others have become, so many communes of each two by two; no district."""
    districts = {"huyện_A": [f"Xã {number}" for number in range(communes)]}
    old = [a_province(f"Tỉnh {name}", **districts) for name in "AB"]
    new = a_new_unit("Tỉnh C", None, level=Level.PROVINCE)
    begins = [a_new_unit(f"Xã Mới {number}", new.key) for number in range(communes)]
    edges: list[tuple[Unit, NewUnit]] = [(province, new) for province in old]
    for province in old:
        below = Unit.objects.filter(province=province, level=Level.COMMUNE).order_by("pk")
        edges += zip(below, begins, strict=True)
    ends = Unit.objects.filter(province__in=old)
    restructure(SYSTEM, a_change(day, ends=ends, begins=[new, *begins], edges=edges))
    return Unit.objects.select_related("province").get(key=new.key)


def _key(unit: Any) -> Any:
    return unit.key if isinstance(unit, Unit | NewUnit) else unit


def an_actor(*verbs: str, at: Placed | str, user: User | None = None) -> Actor:
    """Somebody who may do these verbs at the unit or team, and below."""
    path = at if isinstance(at, str) else at.path
    return Actor(user.pk if user else None, frozenset(Grant(verb, path) for verb in verbs))


def a_user(username: str = "", *, full_name: str = "Nguyễn Văn An") -> User:
    """Somebody with an account; a user name is made up when not given."""
    username = username or f"nguoi-{next(_numbers)}"
    return make_user(SYSTEM, username=username, full_name=full_name)


def a_grant(user: User, unit: Unit, role: Role = Role.SECRETARY, **days: int) -> RoleGrant:
    """The user holds the role at the unit, from the beginning when no day is given."""
    return grant_role(
        SYSTEM, uuid7(), user=user, role=role, unit=unit, **{"from_day": 10101, **days}
    )


@cache
def _country() -> Country:
    return read_country()


def a_part_of_the_country(provinces: Collection[str]) -> dict[str, Unit]:
    """The real units of these provinces with the real changes of their maps, by key.

    Say all provinces that a merger joins: a_part_of_the_country(["P87-2", "P82-2", "P82-3"]).
    """
    part = _country().part(provinces)
    import_units(SYSTEM, pending_units(part))
    found = Unit.objects.select_related("province").filter(key__in=list(part.units))
    return {unit.key: unit for unit in found}
