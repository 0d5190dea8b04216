"""What is built is documented, in the words of the glossary."""

import re

import pytest
from django.apps import apps
from django.core.management import BaseCommand
from django.urls import resolve

from senhong.audit import wording
from senhong.core.ids import uuid7
from senhong.org.models import ROLE_VERBS
from senhong.people.models import TEAM_VERBS
from tests.code import APPS, ROOT
from tools import generate

DOCS = ROOT / "docs"
GLOSSARY = (DOCS / "glossary.md").read_text(encoding="utf-8")
MODELS = [
    model for label in APPS for model in apps.get_app_config(label).get_models()
]  # fmt: skip
EVENTS = {name for name, _by, _facts in generate.events()}
VERBS = set().union(*ROLE_VERBS.values(), *TEAM_VERBS.values())
# Said of the machine and not of the movement.
NOT_OF_THE_MOVEMENT = {"system"}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_model_is_in_the_glossary(model: type) -> None:
    assert f"`{model.__name__}`" in GLOSSARY


@pytest.mark.parametrize("name", sorted(EVENTS | VERBS))
def test_the_noun_of_every_event_and_permission_is_in_the_glossary(name: str) -> None:
    noun = name.split(".", maxsplit=1)[0].replace("-", " ")
    words = {word.lower() for word in re.findall(r"[\w ]+", GLOSSARY)}

    assert noun in NOT_OF_THE_MOVEMENT or any(
        re.search(rf"(^|\W){noun.removesuffix('s')}s?(\W|$)", word) for word in words
    )


def test_every_event_and_fact_is_in_words() -> None:
    facts = {fact for _name, _by, names in generate.events() for fact in names.split(", ") if fact}

    assert sorted(EVENTS - wording.HAPPENINGS.keys()) == []
    assert sorted(facts - wording.FACTS.keys()) == []


@pytest.mark.parametrize("kind", sorted(wording.SUBJECTS))
def test_what_an_event_is_about_exists_and_its_page_too(kind: str) -> None:
    apps.get_model(kind)
    page = wording.SUBJECTS[kind][1]
    if page:
        resolve(page.format(uuid7()))  # raises when there is none


def test_events_are_said_in_the_past() -> None:
    assert [name for name in EVENTS if not re.fullmatch(r"[a-z-]+\.[a-z-]+", name)] == []


@pytest.mark.parametrize("name", list(generate.pages()))
def test_what_is_drawn_from_the_code_is_what_the_code_says(name: str) -> None:
    assert generate.kept(name) == generate.pages()[name], "run `make generated`"


@pytest.mark.parametrize("error", generate.domain_errors(), ids=lambda error: error.code)
def test_every_error_says_its_rule_and_what_to_do(error: type) -> None:
    assert generate.first_line(error).endswith("."), "its docstring is the rule"
    assert str(vars(error)["message"]).endswith((".", "?", "!")), "its message is a sentence"


@pytest.mark.parametrize(("name", "command"), generate.commands().items())
def test_every_option_of_every_command_says_what_it_is_for(name: str, command: BaseCommand) -> None:
    options = command.create_parser("senhong", name)._actions

    assert command.help.endswith(".")
    assert [option.option_strings for option in options if not option.help] == []


def test_every_decision_says_what_would_change_it() -> None:
    parts = (
        "**Context.**",
        "**Decision.**",
        "**Consequences.**",
        "**What would change our mind.**",
    )
    for record in (DOCS / "adr").glob("*.md"):
        text = record.read_text(encoding="utf-8")
        assert all(part in text for part in parts), record.name


def test_every_dependency_says_why() -> None:
    said = (DOCS / "dependencies.md").read_text(encoding="utf-8")
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    names = re.findall(r'^  "([a-z][a-z0-9-]+)', project.split("[tool.")[0], re.MULTILINE)

    assert [name for name in names if name not in said] == []


def test_user_documents_are_in_both_languages() -> None:
    pages = {lang: len(list((DOCS / "user" / lang).glob("*.md"))) for lang in ("vi", "en")}

    assert pages["vi"] == pages["en"]


def test_nothing_names_a_machine_or_a_registry() -> None:
    secret = re.compile(
        r"pyp[i]\.org|pythonhoste[d]|registry\.npmj[s]|deb\.debia[n]|/roo[t]/|/home/[a-z]+/"
    )
    kept = ["Makefile", "package-lock.json", "requirements.lock", "requirements-dev.lock"]
    paths = [*(ROOT / name for name in kept), *DOCS.rglob("*.md"), *(ROOT / "tools").glob("*.py")]

    assert [p.name for p in paths if secret.search(p.read_text(encoding="utf-8"))] == []
