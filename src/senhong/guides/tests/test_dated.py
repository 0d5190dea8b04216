"""What changes about a service changes from a day on."""

from dataclasses import replace

import pytest
import time_machine

from senhong.guides.errors import PlatformChangeTooSoon
from senhong.guides.models import HelpKind, PlatformChange
from senhong.guides.queries import get_help_kind, help_kinds
from senhong.guides.services import HelpKindFacts, change_help_kind
from senhong.ledger.models import IndicatorVersion
from senhong.ledger.services import IndicatorFacts, change_indicator
from senhong.ledger.tests.make import client_at
from senhong.org.tests.make import SYSTEM, a_province

pytestmark = pytest.mark.django_db

MONDAY = "2023-03-20T09:00:00+07:00"


def platform(kind: HelpKind, *, is_platform: bool, since: int | None = None) -> HelpKind:
    facts = replace(HelpKindFacts.of(kind), is_platform=is_platform)
    return change_help_kind(SYSTEM, kind, facts, platform_from=since)


@pytest.mark.parametrize("since", [20230320, 20230101])
def test_being_a_platform_does_not_change_today_or_before(since: int) -> None:
    with (
        time_machine.travel(MONDAY, tick=False),
        pytest.raises(PlatformChangeTooSoon),
    ):
        platform(get_help_kind("vneid"), is_platform=False, since=since)


def test_a_decision_for_a_day_to_come_is_taken_back_as_if_it_had_never_been() -> None:
    with time_machine.travel(MONDAY, tick=False):
        vneid = get_help_kind("vneid")
        platform(vneid, is_platform=False, since=20230401)
        platform(vneid, is_platform=True)

    assert get_help_kind("vneid").is_platform
    assert not PlatformChange.objects.exists()


def test_what_is_offered_until_a_day_is_not_offered_after_it() -> None:
    kind = get_help_kind("vneid")
    change_help_kind(SYSTEM, kind, replace(HelpKindFacts.of(kind), to_day=20230316))

    with time_machine.travel("2023-03-15T09:00:00+07:00", tick=False):
        assert get_help_kind("vneid") in help_kinds()
    with time_machine.travel("2023-03-16T09:00:00+07:00", tick=False):
        assert get_help_kind("vneid") not in help_kinds()


def test_another_name_is_another_version_and_another_order_is_none() -> None:
    kind = get_help_kind("vneid")
    change_help_kind(SYSTEM, kind, replace(HelpKindFacts.of(kind), position=7))
    assert not IndicatorVersion.objects.exists()

    change_help_kind(SYSTEM, kind, replace(HelpKindFacts.of(kind), name="VNeID mức 2"))

    newest = IndicatorVersion.objects.latest("from_day")
    assert "VNeID mức 2" in newest.definition
    assert newest.reason


def test_what_the_office_said_of_the_indicator_itself_stays() -> None:
    kind = get_help_kind("vneid")
    told = replace(IndicatorFacts.of(kind.indicator), counting_rule="Chỉ tính khi đã kích hoạt.")
    kind.indicator = change_indicator(SYSTEM, kind.indicator, told, reason="Công văn 12")

    change_help_kind(SYSTEM, kind, replace(HelpKindFacts.of(kind), name="VNeID mức 2"))

    assert get_help_kind("vneid").indicator.counting_rule == "Chỉ tính khi đã kích hoạt."


def test_the_office_does_it_on_a_page() -> None:
    client = client_at(a_province())
    fields = {
        "name": "Định danh điện tử VNeID", "group": "society", "position": "5",
        "last_on": "2030-12-31", "platform_from": "2020-01-01",
    }  # fmt: skip

    refused = client.post("/services/vneid/", fields)
    saved = client.post("/services/vneid/", fields | {"platform_from": "2029-01-01"})
    page = client.get("/services/").content.decode()

    assert (refused.status_code, saved.status_code) == (422, 303)
    assert "chỉ đổi được từ ngày mai" in refused.content.decode()
    assert "từ 01/01/2029" in page
    assert "đến hết 31/12/2030" in page
