"""Partners: what they are called when, who carries on, and what they did."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from senhong.activities.models import Activity, ActivityPartner
from senhong.activities.services import cancel_activity, say_parts
from senhong.activities.tests.make import a_running_activity, an_activity
from senhong.audit.models import Event
from senhong.core.errors import Forbidden
from senhong.core.ids import uuid7
from senhong.org.errors import AlreadyHandedOn, NoSuchSuccessor, PartnerNotThere, PeriodTurned
from senhong.org.models import Partner, Role, Unit
from senhong.org.services import add_partner, change_partner, end_partner, hand_on_partner
from senhong.org.tests.make import SYSTEM, a_grant, a_province, a_unit, a_user, an_actor
from senhong.people import queries
from senhong.people.tests.make import a_team
from senhong.plans.models import PlanPartner
from senhong.plans.services import take_part
from senhong.plans.tests.make import a_plan

pytestmark = pytest.mark.django_db
ON = date(2025, 3, 1)


def a_partner(unit: Unit, name: str = "Sở TT&TT", **days: int) -> Partner:
    return add_partner(SYSTEM, uuid7(), unit=unit, name=name, **days)


def a_pair() -> tuple[Partner, Partner]:
    province = a_province("Tỉnh A")
    return a_partner(province), a_partner(province, "Sở KH&CN")


def who_holds(role: Role, unit: Unit) -> Client:
    user = a_user()
    a_grant(user, unit, role)
    client = Client()
    client.force_login(user)
    return client


def test_what_a_partner_had_still_to_do_passes_on_and_the_past_keeps_its_name() -> None:
    old, new = a_pair()
    plan = a_plan(old.unit)
    for first, last in ((20220630, 20250101), (20230101, 20270101), (20260101, 20270101)):
        take_part(
            SYSTEM, uuid7(), plan=plan, partner=old, part="cùng chủ trì", from_day=first,
            to_day=last,
        )  # fmt: skip

    for _time in range(2):
        hand_on_partner(SYSTEM, old, successor=new, on=ON)

    parts = PlanPartner.objects.order_by("from_day", "to_day")
    assert [(p.partner.name, p.from_day, p.to_day) for p in parts] == [
        ("Sở TT&TT", 20220630, 20250101),
        ("Sở TT&TT", 20230101, 20250301),
        ("Sở KH&CN", 20250301, 20270101),
        ("Sở KH&CN", 20260101, 20270101),
    ]
    assert {p.part for p in parts} == {"cùng chủ trì"}
    assert Event.objects.filter(name="partner.handed-on").count() == 1


def test_the_successor_comes_to_what_is_planned_from_that_day_on() -> None:
    old, new = a_pair()
    team = a_team(old.unit)
    mornings = {day: datetime(2025, 3, day, 8, tzinfo=UTC) for day in (1, 2, 3)}
    early = datetime(2025, 2, 27, 8, tzinfo=UTC)
    with time_machine.travel(datetime(2025, 2, 1, tzinfo=UTC), tick=False):
        both = an_activity(team, partners=[old, new], starts_at=mornings[1])
        planned = an_activity(team, partners=[old], starts_at=mornings[2])
        cancelled = an_activity(team, partners=[old], starts_at=mornings[3])
        before = an_activity(team, partners=[old], starts_at=early)
        say_parts(SYSTEM, planned, {old.pk: "Tập huấn"})
        cancel_activity(SYSTEM, cancelled, reason="Mưa")

        hand_on_partner(SYSTEM, old, successor=new, on=ON)

    taking = {
        (part.activity_id, part.partner_id): part.part for part in ActivityPartner.objects.all()
    }
    assert taking == {
        (both.pk, new.pk): "",
        (planned.pk, new.pk): "Tập huấn",
        (cancelled.pk, old.pk): "",
        (before.pk, old.pk): "",
    }
    handed_on = Event.objects.filter(name="activity.partner-handed-on")
    assert {event.subject.partition(":")[2] for event in handed_on} == {
        str(both.pk), str(planned.pk),
    }  # fmt: skip


def test_nobody_carries_on_her_own_work() -> None:
    old, new = a_pair()
    with pytest.raises(NoSuchSuccessor):
        hand_on_partner(SYSTEM, old, successor=old, on=ON)

    hand_on_partner(SYSTEM, old, successor=new, on=ON)

    with pytest.raises(NoSuchSuccessor):
        hand_on_partner(SYSTEM, new, successor=old, on=date(2026, 1, 1))
    with pytest.raises(AlreadyHandedOn):
        hand_on_partner(SYSTEM, old, successor=new, on=date(2026, 1, 1))


def test_who_carries_on_takes_part_by_then() -> None:
    province = a_province()
    old, late = a_partner(province, from_day=20240101), a_partner(province, from_day=20260101)

    with pytest.raises(PartnerNotThere):
        hand_on_partner(SYSTEM, old, successor=late, on=ON)
    with pytest.raises(PeriodTurned):
        hand_on_partner(SYSTEM, old, successor=a_partner(province), on=date(2024, 1, 1))


def test_only_who_keeps_both_hands_on() -> None:
    old, _new = a_pair()
    theirs = a_partner(a_province("Tỉnh B"))
    office = an_actor("partner.edit", at=old.unit)

    with pytest.raises(Forbidden):
        hand_on_partner(office, old, successor=theirs, on=ON)
    with pytest.raises(Forbidden):
        change_partner(office, theirs, name="X", from_day=20200101)


def test_a_partner_is_corrected_and_ends_after_it_began() -> None:
    partner, _other = a_pair()

    change_partner(SYSTEM, partner, name="Sở Thông tin", from_day=20200101)
    end_partner(SYSTEM, partner, on=ON)
    with pytest.raises(PeriodTurned):
        change_partner(SYSTEM, partner, name="Sở Thông tin", from_day=20260101)

    assert Partner.objects.get(pk=partner.pk).from_day == 20200101


def test_the_page_shows_everything_under_its_name_of_the_time() -> None:
    old, new = a_pair()
    commune = a_unit("Xã B", old.unit)
    take_part(
        SYSTEM, uuid7(), plan=a_plan(old.unit), partner=old, part="cùng chủ trì",
        from_day=20220630, to_day=20270101,
    )  # fmt: skip
    activity = a_running_activity(a_team(commune))
    activity.partners.add(old)
    say_parts(SYSTEM, activity, {old.pk: "tài trợ SIM"})
    hand_on_partner(SYSTEM, old, successor=new, on=ON)

    page = who_holds(Role.SECRETARY, commune).get(f"/people/partners/{new.pk}/").content.decode()

    assert page.count("Sở TT&amp;TT") == 3  # its name of before, a plan and an activity
    assert "tài trợ SIM" in page
    assert activity.name in page
    assert "Ghi kế thừa" not in page


def test_the_page_costs_the_same_however_much_a_partner_did() -> None:
    counts = []
    for number in (1, 10):
        partner = a_partner(a_province("Tỉnh A"))
        for _ in range(number):
            activity = a_running_activity(a_team(a_unit("Xã B", partner.unit)))
            activity.partners.add(partner)
        client = who_holds(Role.PROVINCE_OFFICE, partner.unit)
        client.get(f"/people/partners/{partner.pk}/")
        with CaptureQueriesContext(connection) as seen:
            client.get(f"/people/partners/{partner.pk}/")
        counts.append(len(seen))

    assert counts[0] == counts[1] <= 12


def test_the_office_writes_down_a_successor_and_corrects_a_name() -> None:
    old, new = a_pair()
    client = who_holds(Role.PROVINCE_OFFICE, old.unit)
    page = f"/people/partners/{old.pk}/"

    client.post(f"{page}edit/", {"name": "Sở Thông tin và Truyền thông", "from_day": ""})
    shown = client.get(f"{page}hand-on/").content.decode()
    client.post(f"{page}hand-on/", {"successor": str(new.pk), "on": "2025-03-01"})

    old.refresh_from_db()
    assert str(new.pk) in shown
    assert (old.name, old.successor, old.to_day) == (
        "Sở Thông tin và Truyền thông", new, 20250301,
    )  # fmt: skip


def test_a_partner_of_another_province_is_not_there() -> None:
    partner, _other = a_pair()

    with pytest.raises(Exception, match="Không tìm thấy"):
        queries.get_partner(an_actor("unit.view", at=a_province("Tỉnh B")), partner.pk)


def test_the_part_of_a_partner_is_said_on_the_activity_page() -> None:
    partner, _other = a_pair()
    activity = a_running_activity(a_team(a_unit("Xã B", partner.unit)))
    activity.partners.add(partner)
    client = who_holds(Role.PROVINCE_OFFICE, partner.unit)
    page = f"/activities/{activity.pk}/partners/"

    number = client.post(page, {partner.pk.hex: "gọi 0912345678"})
    said = client.post(page, {partner.pk.hex: "tài trợ SIM"})

    assert (number.status_code, said.status_code) == (422, 303)
    assert "tài trợ SIM" in client.get(f"/activities/{activity.pk}/").content.decode()
    assert Activity.objects.get().partner_parts.get().part == "tài trợ SIM"
