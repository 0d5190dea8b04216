"""The rules of CONTRIBUTING.md that no linter knows."""

import ast
import builtins
import inspect
import re
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from django.db.migrations.loader import MigrationLoader

from senhong.core.errors import DomainError
from tests.code import (
    APPS,
    PACKAGE,
    ROOT,
    module_of,
    name_of,
    nodes,
    services,
    sources,
    tree_of,
    written_out,
)
from tools.commit_rules import mistakes
from tools.generate import domain_errors

MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 40
MOST_ARGUMENTS = 6
HOMELESS = {"utils", "common", "helpers", "misc"}

# Services that need not ask or say it themselves. Each with its reason; a review reads this list.
TRUSTED = {
    "accounts.see_device": "notes that a phone asked; nobody acts",
    "accounts.add_device_by_link": "the link is the permission; it goes on as the link's person",
    "activities.carry_recorded": "follows from account.united, in that event's transaction",
    "audit.happened": "it is the saying",
    "audit.all_happened": "it is the saying",
    "audit.subject_of": "names, and writes nothing",
    "config.take_up_jobs": "the machine's own queue; nobody acts",
    "config.enter_schedule": "the machine's own schedule; nobody acts",
    "config.take_up_recurrences": "the machine's own schedule; nobody acts",
    "config.claim_recurrence": "the machine's own schedule; nobody acts",
    "config.note_run": "the machine's own schedule; nobody acts",
    "comms.carry_messages": "follows from account.united, in that event's transaction",
    "comms.deliver": "the caller, a service or a job, has asked whether the actor may",
    "comms.claim_delivery": "the machine's own queue; the delivery says its state",
    "comms.forget_deliveries": "deletes what is old; what happened stays in the events",
    "comms.note_sent": "the machine's own queue; the delivery says its state",
    "activities.hand_on_activities": "follows from partner.handed-on, in its transaction",
    "files.carry_uploads": "follows from account.united, in that event's transaction",
    "ledger.post": "the caller, a service, has asked for this very act and says it in its words",
    "ledger.reversal_of": "computes, and writes nothing",
    "ledger.carry_totals": "follows from map.changed, in that event's transaction",
    "ledger.restore_totals": "follows from map.restored, in that event's transaction",
    "activities.accept_helps_of_newcomer": "follows from newcomer.confirmed, in its transaction",
    "activities.return_helps_of_newcomer": "follows from newcomer.refused, in its transaction",
    "activities.attach_photo": "follows from upload.finished, in that event's transaction",
    "files.take_piece": "a piece is no act: it is said when the photo is whole",
    "activities.answer_activity": "confirms or cancels, and those say it",
    "activities.carry_participants": "follows from member.merged, in that event's transaction",
    "sync.carry_kept": "follows from account.united, in that event's transaction",
    "sync.receive_acts": "each act of a delivery is a service of its own, which asks and says",
    "sync.do_act": "the service of the act's type asks and says it in its words",
    "sync.keep_acts": "a phone may say anything about its acts; who may see them is asked later",
    "sync.keep_body": "the same",
    "sync.replay_held_of": "follows from newcomer.confirmed or newcomer.refused, as their sender",
    "work.forget_notices": "deletes what is old; what people were told stays in the events",
    "work.make_deadline_feed": "everybody's own; who is nobody is refused",
    "work.pass_over": "notes what a job has told; the delivery is its event",
    "work.revoke_deadline_feed": "everybody's own; who is nobody is refused",
    "work.remove_view": "everybody's own; another's is refused",
    "work.save_view": "everybody's own; who is nobody is refused",
    "work.carry_tasks": "follows from map.changed, in that event's transaction",
    "work.restore_tasks": "follows from map.restored, in that event's transaction",
    "work.carry_tasks_of_account": "follows from account.united, in that event's transaction",
    "work.release_tasks_of_member": "follows from member.left and member.transferred, in theirs",
    "plans.hand_on_parts": "follows from partner.handed-on, in that event's transaction",
}
SAYS = ("happened(", "all_happened(")
NAMES = [name for name, _service in services()]


@pytest.mark.parametrize(("name", "service"), services(), ids=NAMES)
def test_a_service_asks_who_acts_and_says_what_happened(
    name: str, service: Callable[..., object]
) -> None:
    source = written_out(service)

    if name not in TRUSTED:
        assert "@transaction.atomic" in source, f"{name} is no transaction"
        assert re.search(r"actor\.(require|can)(_somewhere)?\(", source), f"{name} asks nobody"
        assert any(word in source for word in SAYS), f"{name} says nothing"


def test_whom_we_trust_exists() -> None:
    assert set(TRUSTED) <= set(NAMES)


@pytest.mark.parametrize("path", sources("services", "queries"), ids=name_of)
def test_a_rule_that_is_not_met_is_a_domain_error(path: Path) -> None:
    module = import_module(module_of(path))

    for raised in nodes(path, ast.Raise):
        called = raised.exc.func if isinstance(raised.exc, ast.Call) else raised.exc
        if not isinstance(called, ast.Name) or not called.id[0].isupper():
            continue  # raised again, or a variable
        if hasattr(builtins, called.id):
            continue  # a bug, not a rule
        kind = getattr(module, called.id, None)
        assert isinstance(kind, type), f"{called.id} is not known at the top of the module"
        assert issubclass(kind, DomainError), f"{called.id} is no DomainError"


@pytest.mark.parametrize("path", sources("services"), ids=name_of)
def test_who_acts_comes_first(path: Path) -> None:
    for name, service in services():
        if name not in TRUSTED and service.__module__ == module_of(path):
            assert next(iter(inspect.signature(service).parameters)) == "actor", name


@pytest.mark.parametrize(
    "path",
    [*PACKAGE.rglob("*.py"), *(ROOT / "tests").rglob("*.py"), *(ROOT / "tools").rglob("*.py")],
    ids=name_of,
)
def test_files_and_functions_stay_small(path: Path) -> None:
    if "migrations" in path.parts:
        return

    assert path.read_text(encoding="utf-8").count("\n") <= MOST_LINES
    for node in nodes(path, ast.FunctionDef):
        if "tests" not in path.parts:
            assert (node.end_lineno or 0) - node.lineno < MOST_LINES_OF_A_FUNCTION, node.name


@pytest.mark.parametrize(
    "path",
    sources("views", "api", "management", "jobs", "middleware", "forms", "urls", "admin"),
    ids=name_of,
)
def test_adapters_do_not_query(path: Path) -> None:
    source = path.read_text(encoding="utf-8")

    assert ".objects" not in source
    assert "_default_manager" not in source


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("templates/**/*.html")), ids=name_of)
def test_templates_do_not_query(path: Path) -> None:
    assert not re.search(r"\.objects|_set\.all|\.all\b", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", sources(), ids=name_of)
def test_tables_are_asked_only_by_models_queries_and_services(path: Path) -> None:
    asks = ".objects" in path.read_text(encoding="utf-8")

    assert not asks or {"models", "queries", "services"} & {*path.parts, path.stem}


@pytest.mark.parametrize("path", sources(), ids=name_of)
def test_relations_are_named(path: Path) -> None:
    source = path.read_text(encoding="utf-8")

    assert not re.search(r"(select|prefetch)_related\(\s*\)", source)


@pytest.mark.parametrize("path", sources("services"), ids=name_of)
def test_a_service_waits_for_nothing_outside_the_database(path: Path) -> None:
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree_of(path))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }

    assert not imported & {"requests", "httpx", "urllib", "socket", "subprocess", "time"}


def test_error_codes_are_unique_and_kebab_case() -> None:
    codes = [error.code for error in domain_errors()]

    assert [code for code, times in Counter(codes).items() if times > 1] == []
    assert [code for code in codes if not re.fullmatch(r"[a-z]+(-[a-z]+)*", code)] == []


def test_migrations_say_what_they_change() -> None:
    loader = MigrationLoader(None)
    names = [name for app, name in loader.disk_migrations if app in APPS]

    assert names
    assert [name for name in names if re.search(r"_auto_|_initial$", name)] == []


def test_what_is_committed_keeps_the_rules() -> None:
    """NFC, no private key, nothing large: what pre-commit asks, asked again."""
    kept = [*PACKAGE.rglob("*"), *(ROOT / "docs").rglob("*"), *(ROOT / "locale").rglob("*")]
    paths = [p for p in kept if p.is_file() and not {"__pycache__", "_build", "dist"} & {*p.parts}]

    assert [f"{name_of(p)}: {mistake}" for p in paths for mistake in mistakes(p)] == []


def test_everything_has_a_home() -> None:
    assert [name_of(p) for p in PACKAGE.rglob("*.py") if {p.stem, *p.parts} & HOMELESS] == []
