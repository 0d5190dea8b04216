"""Signs that are neither typed nor seen break no page and are kept nowhere."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.db import models, transaction
from django.test import Client
from django.test.utils import ContextList

from senhong.org.models import Role, Unit
from senhong.org.tests.make import a_grant
from tests.cast import World, a_world
from tests.code import APPS
from tests.test_access import LINES, fill

ODD = "Sen\x01\x0bho\u0302\u0300ng\u202e\ufeff"  # copied from a cell, a file, a chat
PLAIN = "Sen hồng"
NO_TEXT = "%01%E2%80%AE%ED%A0%80%FF%EF%BF%BE"  # also half a pair, a byte that is no UTF-8
UNSEEN = re.compile("[\x01\x0b\u0300\u0302\u202e\ufeff]")
PAGES = [line.address for line in LINES if line.method == "GET" and "/api/" not in line.address]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_connection")]


@pytest.fixture
def world() -> World:
    """In which the province may do everything, so that every form is shown."""
    world = a_world()
    province = Unit.objects.get(key=world.ids["a_province"])
    a_grant(world.users["province"], province, Role.ADMINISTRATOR)
    return world


def test_a_form_keeps_what_can_be_seen_of_what_was_typed(world: World) -> None:
    client = world.client("province")
    kept = set()

    for address in PAGES:
        page = fill(address, world)
        for form in forms_on(client, page):
            with transaction.atomic():
                answer = client.post(page, filled(form))
                assert answer.status_code < 500, page
                assert list(texts_matching(UNSEEN)) == [], page
                if answer.status_code != 422 and list(texts_matching(re.compile(PLAIN))):
                    kept.add(type(form).__name__)
                transaction.set_rollback(True)

    assert {"ActivityForm", "DirectiveForm", "HelpKindForm", "IndicatorForm", "MemberForm"} <= kept
    assert {"PartForm", "PartnerForm", "PlanForm", "ReasonForm", "TeamForm", "TokenForm"} <= kept


def test_a_question_in_an_address_may_say_anything(world: World) -> None:
    client = world.client("province")
    names = ("q", "unit", "after", "map", "show", "period", "from", "to", "by", "next", "team")

    for address in PAGES:
        page, _mark, asked = fill(address, world).partition("?")
        question = "&".join([asked, *(f"{name}={NO_TEXT}" for name in names)])
        assert client.get(f"{page}?{question}").status_code < 500, page


@pytest.mark.parametrize(
    ("sign", "told"),
    [
        ("\\u0001", "Nội dung có ký tự điều khiển. Hãy gõ lại."),
        ("\\ud800", "Nội dung có ký tự điều khiển. Hãy gõ lại."),
        ("\u0958" * 200, "Nhiều nhất 300 ký tự."),  # each is kept as two
    ],
)
def test_a_program_is_told_what_it_may_not_send(world: World, sign: str, told: str) -> None:
    answer = cancelled(world, sign)

    assert answer.status_code == 422
    assert answer.json()["params"] == {"body.body.reason": told}


def test_a_program_may_copy_marks_of_direction_that_are_not_kept(world: World) -> None:
    answer = cancelled(world, "\u202emu\u031ba")

    assert answer.json()["cancel_reason"] == "mưa"


def cancelled(world: World, reason: str) -> Any:
    return world.client("province").post(
        f"/api/v1/activities/{world.ids['activity']}/cancel",
        f'{{"reason": "{reason}"}}',
        content_type="application/json",
    )


def forms_on(client: Client, page: str) -> list[forms.Form]:
    """The forms that the page shows, each once."""
    answer: Any = client.get(page)
    if answer.context is None:
        return []
    # Of one template only Django keeps its context, of several a list of theirs.
    told: Any = answer.context
    contexts: list[Any] = list(told) if isinstance(told, ContextList) else [told]
    held = [value for layer in contexts for each in layer for value in each.values()]
    shown = {id(value): value for value in held if isinstance(value, forms.Form)}
    return [form for form in shown.values() if not form.is_bound]


def filled(form: forms.Form) -> dict[str, Any]:
    return {form.add_prefix(name): said(form[name]) for name in form.fields}


def said(asked: forms.BoundField) -> Any:
    """What somebody might say: odd wherever text is free."""
    field, value = asked.field, asked.value()
    if isinstance(field, forms.SlugField | forms.RegexField | forms.FileField):
        return "sen-hong"
    if type(field) is forms.CharField:
        return ODD
    if isinstance(field, forms.ChoiceField):
        offered = [choice.data["value"] for choice in asked.subwidgets if choice.data["value"]]
        return value or offered[:1]
    if isinstance(field, forms.IntegerField | forms.FloatField):
        return value or 5
    return "2023-03-15" if isinstance(field, forms.DateField) else value or ""


def texts_matching(wanted: re.Pattern[str]) -> Iterator[str]:
    """Every text of a row of ours that holds such a sign."""
    for label in APPS:
        for model in apps.get_app_config(label).get_models():
            names = [f.attname for f in model._meta.fields if isinstance(f, models.CharField)]
            names += [f.attname for f in model._meta.fields if isinstance(f, models.TextField)]
            for row in model._base_manager.values_list(*names) if names else ():
                yield from (text for text in row if text and wanted.search(text))
