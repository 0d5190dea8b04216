"""Makers of valid things of the ledger. A test names only what it is about."""

from uuid import UUID

from django.test import Client

from senhong.core.actor import Actor
from senhong.core.ids import uuid7
from senhong.ledger.models import Indicator, IndicatorGroup, IndicatorNature
from senhong.ledger.services import IndicatorFacts, NewPosting, Outcome, add_indicator, post
from senhong.org.models import Role, Unit
from senhong.org.queries import SYSTEM
from senhong.org.tests.make import a_grant, a_user


def an_indicator(code: str = "test.flow", **facts: object) -> Indicator:
    """The indicator with this code, made if there is none yet."""
    found = Indicator.objects.filter(code=code).first()
    return found or add_indicator(SYSTEM, indicator_facts(code, **facts))


def indicator_facts(code: str, **facts: object) -> IndicatorFacts:
    usual: dict[str, object] = {
        "name": f"Chỉ tiêu {code}",
        "name_en": f"Indicator {code}",
        "group": IndicatorGroup.SOCIETY,
        "nature": IndicatorNature.FLOW,
        "unit_of_measure": "lượt",
        "definition": f"Điều được đếm: {code}.",
        "counting_rule": "Đếm khi ghi.",
    }
    return IndicatorFacts(code=code, **usual | facts)  # type: ignore[arg-type]  # checked by use


def a_posting(
    unit: Unit,
    indicator: Indicator | None = None,
    quantity: int = 1,
    *,
    day: int = 20230315,
    id: UUID | None = None,
    source_id: UUID | None = None,
) -> NewPosting:
    return NewPosting(
        id=id or uuid7(),
        province_id=unit.province_id or 0,
        unit_id=unit.pk,
        indicator_id=(indicator or an_indicator()).pk,
        day=day,
        quantity=quantity,
        source_kind="test",
        source_id=source_id,
    )


def posted(
    actor: Actor,
    unit: Unit,
    indicator: Indicator | None = None,
    quantity: int = 1,
    *,
    day: int = 20230315,
    source_id: UUID | None = None,
) -> UUID:
    """A posting in the ledger; its id."""
    new = a_posting(unit, indicator, quantity, day=day, source_id=source_id)
    assert post(actor, [new]) == [Outcome.RECORDED]
    return new.id


def client_at(unit: Unit, role: Role = Role.PROVINCE_OFFICE) -> Client:
    """Somebody with the role at the unit, at a browser."""
    user = a_user()
    a_grant(user, unit, role)
    client = Client()
    client.force_login(user)
    return client
