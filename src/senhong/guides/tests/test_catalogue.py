import re

import pytest
from django.test import Client

from senhong.core.errors import Forbidden, NotFound
from senhong.guides.errors import ServiceCodeTaken, ServiceFixed
from senhong.guides.models import HelpKind
from senhong.guides.queries import get_help_kind, help_kinds, help_kinds_by_code
from senhong.guides.services import HelpKindFacts, add_help_kind, change_help_kind
from senhong.ledger.models import Indicator, IndicatorGroup
from senhong.org.models import Role
from senhong.org.tests.make import SYSTEM, a_grant, a_province, a_user, an_actor

pytestmark = pytest.mark.django_db

SHIPPED = {
    "online-public-services", "cashless-payment", "e-dong-thap", "y-te-dong-thap", "vneid",
    "thanh-nien-viet-nam", "email-account", "administrative-procedure", "e-commerce",
    "hoi-quan-it", "other",
}  # fmt: skip
PLATFORMS = {"cashless-payment", "e-dong-thap", "y-te-dong-thap", "vneid", "thanh-nien-viet-nam"}


def facts(**other: object) -> HelpKindFacts:
    usual: dict[str, object] = {
        "code": "smart-tv",
        "name": "Cài truyền hình số",
        "group": IndicatorGroup.SOCIETY,
        "is_platform": True,
    }
    return HelpKindFacts(**usual | other)  # type: ignore[arg-type]  # checked by use


def office() -> Client:
    user = a_user()
    a_grant(user, a_province(), Role.PROVINCE_OFFICE)
    client = Client()
    client.force_login(user)
    return client


def test_every_installation_has_the_movements_services() -> None:
    kinds = help_kinds_by_code()

    assert kinds.keys() == SHIPPED
    assert {code for code, kind in kinds.items() if kind.is_platform} == PLATFORMS
    assert help_kinds()[-1].code == "other"


def test_each_service_has_an_indicator_with_definition_and_rule_in_both_languages() -> None:
    for kind in help_kinds():
        indicator = kind.indicator
        assert indicator.code == f"help.{kind.code}"
        texts = [indicator.definition, indicator.counting_rule, indicator.name]
        english = [indicator.definition_en, indicator.counting_rule_en, indicator.name_en]
        assert all(texts)
        assert all(english)
        assert kind.name in indicator.definition


def test_a_new_service_is_counted_from_then_on() -> None:
    kind = add_help_kind(SYSTEM, facts())

    assert kind in help_kinds()
    assert Indicator.objects.get(code="help.smart-tv").name == "Cài truyền hình số"


def test_adding_twice_adds_once() -> None:
    first = add_help_kind(SYSTEM, facts())

    assert add_help_kind(SYSTEM, facts()) == first
    with pytest.raises(ServiceCodeTaken, match="smart-tv"):
        add_help_kind(SYSTEM, facts(name="Khác"))


def test_a_service_may_be_said_better_or_no_longer_offered() -> None:
    kind = add_help_kind(SYSTEM, facts())

    change_help_kind(SYSTEM, kind, facts(name="Truyền hình số", to_day=20230101))

    changed = get_help_kind("smart-tv")
    assert changed.indicator.name == changed.name == "Truyền hình số"
    assert changed not in help_kinds()
    assert changed in help_kinds(offered=False)


def test_the_code_stays() -> None:
    kind = add_help_kind(SYSTEM, facts())

    with pytest.raises(ServiceFixed):
        change_help_kind(SYSTEM, kind, facts(code="tv"))


def test_the_office_keeps_the_catalogue() -> None:
    province = a_province()
    secretary = an_actor("activity.edit", at=province)

    with pytest.raises(Forbidden):
        add_help_kind(secretary, facts())
    with pytest.raises(Forbidden):
        change_help_kind(secretary, get_help_kind("vneid"), facts(code="vneid"))
    add_help_kind(an_actor("service.edit", "indicator.edit", at=province), facts())


def test_an_unknown_service_is_not_found() -> None:
    with pytest.raises(NotFound):
        get_help_kind("horoscopes")


def test_the_page_shows_each_service_with_how_it_is_counted() -> None:
    page = office().get("/services/").content.decode()

    assert "Định danh điện tử VNeID" in page
    assert "help.vneid" in page
    assert "tính một lượt" in page
    assert 'href="/services/new/"' in page


def test_the_office_adds_and_changes_a_service_on_pages() -> None:
    client = office()
    typed = {
        "name": "Cài truyền hình số",
        "code": "smart-tv",
        "group": "society",
        "position": "50",
    }

    wrong = client.post("/services/new/", typed | {"code": "có dấu"})
    added = client.post("/services/new/", typed)
    shown = client.get("/services/smart-tv/").content.decode()
    changed = client.post("/services/smart-tv/", typed | {"name": "Truyền hình số"})

    assert (wrong.status_code, added.status_code, changed.status_code) == (422, 303, 303)
    assert re.search(r'value="Cài truyền hình số"', shown)
    assert 'name="code"' not in shown
    assert HelpKind.objects.get(code="smart-tv").name == "Truyền hình số"


def test_others_read_and_do_not_change() -> None:
    user = a_user()
    a_grant(user, a_province(), Role.SECRETARY)
    client = Client()
    client.force_login(user)

    assert 'href="/services/new/"' not in client.get("/services/").content.decode()
    assert client.get("/services/new/").status_code == 403
    assert client.post("/services/vneid/", {}).status_code == 403


def test_the_catalogue_over_the_api() -> None:
    client = office()

    services = client.get("/api/v1/services").json()

    vneid = next(one for one in services if one["code"] == "vneid")
    assert (vneid["is_platform"], vneid["indicator"]) == (True, "help.vneid")
    assert (vneid["platform_from"], vneid["offered_until"]) == (None, None)
    assert {one["code"] for one in services} == SHIPPED
