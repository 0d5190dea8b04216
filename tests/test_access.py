"""Who may: one table of every page and API operation, and what each of the cast is answered.

The table is ``access_table.txt``: a method, an address with {names} of the world in ``cast.py``,
and the status for each of the cast. A route that is not in it fails. Signed out, pages answer
302 (sign in) and the API 401; 404: you may not know that it exists; 403: you see it but may not;
405 and 422 come after one was let in.

When a test fails it prints the line as it would be. Read it before you put it into the table.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from senhong.activities.models import Help
from senhong.config.api import api
from tests.cast import CAST, MEMBERS, World, a_world

TABLE = Path(__file__).with_name("access_table.txt")
API = "api/v1/"
SENT = '{"sent": "1"}'  # a form that came back with nothing filled in
SHARES = 4  # the table is walked in as many tests, so that they run side by side


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table."""

    method: str
    address: str
    body: str  # JSON with {names}, or nothing
    statuses: tuple[int, ...]

    def __str__(self) -> str:
        said = " ".join(str(status) for status in self.statuses)
        return f"{said}  {self.method:<6} {self.address}" + (f"  {self.body}" if self.body else "")


def read_line(text: str) -> Line:
    words = text.split(maxsplit=len(CAST) + 2)
    statuses, (method, address, *body) = words[: len(CAST)], words[len(CAST) :]
    return Line(method, address, body[0] if body else "", tuple(map(int, statuses)))


LINES = [
    read_line(text)
    for text in TABLE.read_text(encoding="utf-8").splitlines()
    if text and not text.startswith("#")
]


class Undone(Exception):
    """Takes back what a question changed."""


def answer(name: str, line: Line, world: World) -> int:
    """The status that this one of the cast gets; what the request changed is taken back."""
    try:
        with transaction.atomic():
            response = ask(name, line, world)
            raise Undone
    except Undone:
        return int(response.status_code)


def ask(name: str, line: Line, world: World) -> Any:
    """What this one of the cast is answered. Programs send JSON, pages a form."""
    address, call = fill(line.address, world), getattr(world.client(name), line.method.lower())
    if line.method == "GET":
        return call(address)
    if address.startswith(f"/{API}"):
        return call(address, data=fill(line.body, world), content_type="application/json")
    return call(address, data=json.loads(fill(line.body, world) or SENT))


def fill(text: str, world: World) -> str:
    for name, id in world.ids.items():
        text = text.replace(f"{{{name}}}", id)
    return text


@pytest.mark.django_db
@pytest.mark.usefixtures("one_connection")
@pytest.mark.parametrize("share", range(SHARES))
def test_everyone_is_answered_as_the_table_says(share: int) -> None:
    world = a_world()

    wrong = []
    for line in LINES[share::SHARES]:
        got = tuple(answer(name, line, world) for name in CAST)
        if got != line.statuses:
            wrong.append(f"{Line(line.method, line.address, line.body, got)}\n    not: {line}")

    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.django_db
@pytest.mark.usefixtures("one_connection")
@pytest.mark.parametrize("name", ["partner", "other"])
def test_no_name_of_a_member_reaches_those_who_may_not_see_her(name: str) -> None:
    world = a_world()

    pages = [line for line in LINES if line.method == "GET"]
    shown = [line.address for line in pages if MEMBERS in text_of(ask(name, line, world))]
    assert shown == []


@pytest.mark.django_db
@pytest.mark.usefixtures("one_connection")
@pytest.mark.parametrize("name", ["partner", "auditor", "administrator", "other"])
def test_of_a_batch_nothing_is_recorded_for_those_who_may_not(name: str) -> None:
    world = a_world()
    [batch] = [line for line in LINES if line.address == "/api/v1/helps"]

    answered = ask(name, batch, world).json()

    assert Help.objects.count() == 1, answered  # the one of the world


def text_of(response: Any) -> str:
    return "" if response.streaming else response.content.decode(errors="replace")


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Every route of the pages, as ``resolve`` names it."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def operations() -> Iterator[str]:
    for path, methods in api.get_openapi_schema()["paths"].items():
        yield from (f"{method.upper()} {path}" for method in methods)


@pytest.mark.django_db
def test_every_route_is_in_the_table() -> None:
    world = a_world()
    known = {resolve(fill(line.address, world).split("?")[0]).route for line in LINES}

    assert [r for r in routes(get_resolver().url_patterns) if r not in known] == []


@pytest.mark.django_db
def test_every_api_operation_is_in_the_table() -> None:
    world = a_world()
    asked = ((line.method, fill(line.address, world).split("?")[0]) for line in LINES)
    known = {f"{method} /{resolve(address).route}" for method, address in asked}

    missing = [o for o in operations() if o not in known and as_route(o) not in known]
    assert missing == []


def as_route(operation: str) -> str:
    """ninja writes {id} where Django's route has <uuid:id>; compare without the converter."""
    return operation.replace("{", "<").replace("}", ">")


def test_the_table_is_read_as_it_is_written() -> None:
    body = json.dumps({"a": "b c"})
    line = Line("POST", "/x/", body, tuple(range(200, 200 + len(CAST))))

    assert read_line(str(line)) == line
