"""A change of the map that waits for a second person."""

from datetime import date

from senhong.accounts.queries import find_user
from senhong.core import clock
from senhong.core.days import as_day
from senhong.demo.services.stage import Stage
from senhong.org.changes import Change, NewUnit
from senhong.org.models import Unit
from senhong.org.queries import actor_of
from senhong.org.services import draft_change, propose_change, write_change
from senhong.org.steps import merged

_WARDS = ("Mỹ Ngãi", "Mỹ Trà")
_NEW_NAME = "Mỹ Ngãi Trà (minh họa)"


def prepare_a_merger(stage: Stage, province: Unit) -> None:
    """Two wards become one on the first day of next year: proposed, and not confirmed."""
    office = find_user("tinhdoan")
    wards = Unit.objects.filter(province=province, kind="phường", name__in=_WARDS).order_by("key")
    if office is None or len(wards) < len(_WARDS):
        return
    actor, day = actor_of(office.pk), as_day(date(clock.today().year + 1, 1, 1))
    if not actor.can("map.change", at=province.path):
        return  # the demo is read before its new map
    prepared = draft_change(
        actor, stage.ids.next("map-change"), province=province,
        name="Sắp xếp phường ở Cao Lãnh (minh họa)", day=day,
    )  # fmt: skip
    new = NewUnit(key=f"N{prepared.pk.hex[-12:]}", code="", level="commune", kind="phường",
                  name=_NEW_NAME, parent=province.key)  # fmt: skip
    write_change(actor, prepared, merged(Change(day), [ward.key for ward in wards], new))
    propose_change(actor, prepared)
