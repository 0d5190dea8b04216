"""What is personal stays in its field: in no event, no error, no log."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from tests.code import PACKAGE, name_of, nodes, sources
from tools.generate import domain_errors

_PERSONAL = re.compile(r"^    (\w+) = (?:models\.|EncryptedTextField\().*?# personal", re.MULTILINE)
_SAYS = {"happened", "all_happened"}
_LOGS = {"debug", "info", "warning", "error", "exception", "critical"}


def personal_fields() -> set[str]:
    """Names of the fields that the models mark ``# personal``."""
    return {
        name
        for path in [*PACKAGE.rglob("models.py"), *PACKAGE.rglob("models/*.py")]
        for name in _PERSONAL.findall(path.read_text(encoding="utf-8"))
    }


def calls(path: Path, names: set[str]) -> Iterator[ast.Call]:
    for call in nodes(path, ast.Call):
        called = call.func
        name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
        if name in names:
            yield call


def mentioned(call: ast.Call) -> set[str]:
    """Every attribute and keyword that takes part in a call."""
    inside = list(ast.walk(call))
    read = {node.attr for node in inside if isinstance(node, ast.Attribute)}
    keywords = {node.arg or "" for node in inside if isinstance(node, ast.keyword)}
    texts = {str(node.value) for node in inside if isinstance(node, ast.Constant)}
    return read | keywords | texts


def test_personal_fields_are_marked() -> None:
    assert {"full_name", "phone", "secret"} <= personal_fields()


@pytest.mark.parametrize("path", sources(), ids=name_of)
def test_nothing_personal_is_in_the_facts_of_an_event(path: Path) -> None:
    for call in calls(path, _SAYS):
        assert not mentioned(call) & personal_fields(), ast.unparse(call)


@pytest.mark.parametrize("path", sources(), ids=name_of)
def test_nothing_personal_is_logged(path: Path) -> None:
    for call in calls(path, _LOGS):
        if isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) in {
            "log", "logger", "logging",
        }:  # fmt: skip
            assert not mentioned(call) & personal_fields(), ast.unparse(call)


def test_nothing_personal_is_a_parameter_of_an_error() -> None:
    found = {
        f"{error.__name__}.{field.name}"
        for error in domain_errors()
        for field in fields(error)
        if field.name in personal_fields()
    }

    assert found == set()
