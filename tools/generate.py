"""The pages of docs/reference, and the front end's types, that are drawn from the code.

python -m tools.generate           write them anew
python -m tools.generate --check   fail, naming them, where they differ from the code
"""

import ast
import inspect
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import django

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"
PACKAGE = ROOT / "src" / "senhong"
NOTE = "<!-- Drawn from the code by `make generated`. Do not edit. -->\n\n"
HAPPENED = ("happened", "all_happened")
TYPES = "frontend/api.gen.ts"


def main(*options: str) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "senhong.config.settings")
    django.setup()
    drawn = {f"docs/reference/{name}": text for name, text in pages().items()}
    drawn[TYPES] = types_of(drawn["docs/reference/openapi.json"])
    changed = {path: text for path, text in drawn.items() if text_in(ROOT / path) != text}
    for path, text in changed.items():
        if "--check" in options:
            print(f"{path} is not what the code says; run `make generated`.")
        else:
            (ROOT / path).write_text(text, encoding="utf-8")
            print(path)
    return 1 if changed and "--check" in options else 0


def pages() -> dict[str, str]:
    """Every generated page by the name of its file. Needs a Django that is set up."""
    return {
        "settings.md": settings_page(),
        "errors.md": errors_page(),
        "events.md": events_page(),
        "permissions.md": permissions_page(),
        "commands.md": commands_page(),
        "entities.md": entities_page(),
        "openapi.json": openapi_document(),
    }


def kept(name: str) -> str:
    return text_in(REFERENCE / name)


def text_in(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def types_of(document: str) -> str:
    """The OpenAPI document as TypeScript, for the phone app. Needs what npm installs."""
    program = ROOT / "node_modules" / ".bin" / "openapi-typescript"
    told = subprocess.run([program], input=document, capture_output=True, text=True, check=True)
    return told.stdout


def table(*columns: str, rows: Sequence[tuple[str, ...]]) -> str:
    lines = [columns, tuple("---" for _ in columns), *rows]
    cells = (tuple(cell.replace("|", "\\|").replace("\n", " ") for cell in line) for line in lines)
    return "".join(f"| {' | '.join(line)} |\n" for line in cells) + "\n"


def first_line(thing: object) -> str:
    return (inspect.getdoc(thing) or "").split("\n\n")[0].replace("\n", " ")


# Settings


def settings_page() -> str:
    from senhong.config import env, settings

    rows = [
        (f"`{one.name}`", shown_default(one.default, str(settings.BASE_DIR)), one.meaning)
        for one in env.DECLARED
    ]
    return (
        f"# Settings\n\n{NOTE}What differs between installations comes from the environment."
        " `SECRET_KEY` and `VAPID_KEY` can also be given as files, `SECRET_KEY_FILE` and"
        " `VAPID_KEY_FILE`.\n\n" + table("name", "default", "meaning", rows=rows)
    )


def shown_default(default: str, base: str) -> str:
    """Without the place of this very checkout."""
    return f"`{default.replace(base + '/', '')}`" if default else "none"


# Errors


def domain_errors() -> list[type[Any]]:
    """Every domain error of the product, by code."""
    from senhong.web import known_errors

    for path in sorted([*PACKAGE.glob("*/errors.py"), *PACKAGE.glob("*/errors/__init__.py")]):
        import_module(f"senhong.{path.relative_to(PACKAGE).parts[0]}.errors")
    return list(known_errors.domain_errors())


def errors_page() -> str:
    from senhong.web.known_errors import known_errors

    domain_errors()  # so that every app's are loaded
    said = f"# Errors\n\n{NOTE}Every error has a code that never changes. Programs receive it as\n"
    said += "`application/problem+json` (RFC 9457), whose `type` leads to the product's own page\n"
    said += "`/errors/`; people see its sentence.\n\n"
    for error in known_errors():
        said += entry(error.code, error.status, error.title, error.message)
    return said


def entry(code: str, status: int, title: str, message: str) -> str:
    return f"({code})=\n## {code}\n\nStatus {status}. {title}\n\n> {message}\n\n"


# Events


def events() -> list[tuple[str, str, str]]:
    """(name, service that says it, names of its facts), by name."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        if "tests" in path.parts or "happened(" not in path.read_text(encoding="utf-8"):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]:
            for call in [node for node in ast.walk(function) if isinstance(node, ast.Call)]:
                found |= set(said_by(path, function.name, call))
    return sorted(found)


def said_by(path: Path, function: str, call: ast.Call) -> Iterator[tuple[str, str, str]]:
    named = isinstance(call.func, ast.Name) and call.func.id in HAPPENED and len(call.args) > 1
    if named and isinstance(call.args[1], ast.Constant):
        app = path.relative_to(PACKAGE).parts[0]
        facts = ", ".join(keyword.arg for keyword in call.keywords if keyword.arg)
        yield str(call.args[1].value), f"{app}.{function}", facts


def events_page() -> str:
    from senhong.audit.services import AFTERWARDS, TOGETHER

    follows = {
        name: ", ".join(
            [reaction.__name__ for reaction in TOGETHER.get(name, [])]
            + [f"{job.func.__name__} (afterwards)" for job in AFTERWARDS.get(name, [])]
        )
        for name in {*TOGETHER, *AFTERWARDS}
    }
    rows = [(f"`{n}`", f"`{by}`", facts, follows.get(n, "")) for n, by, facts in events()]
    return (
        f"# Events\n\n{NOTE}What the product remembers, who says it, and what follows from it"
        " (`config/reactions.py`).\n\n"
        + table("event", "said by", "facts", "what follows", rows=rows)
    )


# Permissions


def permissions_page() -> str:
    from senhong.org.models import ROLE_VERBS, Role
    from senhong.people.models import NEWCOMER_VERBS, TEAM_VERBS

    holders: dict[str, frozenset[str]] = {
        **{Role(role).value: verbs for role, verbs in ROLE_VERBS.items()},
        **{f"team {role}": frozenset(verbs) for role, verbs in TEAM_VERBS.items()},
        "newcomer": NEWCOMER_VERBS,
    }
    verbs = sorted(set().union(*holders.values()))
    rows = [(f"`{v}`", *("✓" if v in held else "" for held in holders.values())) for v in verbs]
    return (
        f"# Permissions\n\n{NOTE}A role is a bundle of verbs, granted at a place in the tree and"
        " valid there and below.\nA place in a team grants its verbs at that team;"
        "\na newcomer, who waits for a leader's word, holds hers there.\n\n"
        + table("verb", *holders, rows=rows)
    )


# Commands


def commands() -> dict[str, Any]:
    """Our own commands by the name that is typed."""
    from django.core.management import load_command_class

    return {
        path.stem.replace("_", "-"): load_command_class(
            f"senhong.{path.relative_to(PACKAGE).parts[0]}", path.stem
        )
        for path in sorted(PACKAGE.glob("*/management/commands/*.py"), key=lambda path: path.stem)
        if path.stem != "__init__"
    }


def commands_page() -> str:
    said = f"# Commands\n\n{NOTE}Besides Django's own, `senhong` knows:\n\n"
    for name, command in commands().items():
        parser = command.create_parser("senhong", name.replace("-", "_"))
        own = [action for action in parser._actions if not is_djangos(action)]
        said += f"## senhong {name}\n\n{command.help}\n\n"
        if own:
            rows = [(f"`{spelled(action)}`", said_of(action)) for action in own]
            said += table("argument", "meaning", rows=rows)
    return said


def said_of(action: Any) -> str:
    return str(action.help or "") + (" (required)" if action.required else "")


def spelled(action: Any) -> str:
    return ", ".join(action.option_strings) or str(action.metavar or action.dest)


def is_djangos(action: Any) -> bool:
    from django.core.management.base import DjangoHelpFormatter

    shown_last = DjangoHelpFormatter.show_last | {"--help"}
    return bool(shown_last.intersection(action.option_strings))


# Entities


def entities_page() -> str:
    from django.apps import apps

    said = (
        f"# Entities\n\n{NOTE}One row of each table is one sentence. Arrows are foreign keys.\n\n"
    )
    for app in apps.get_app_configs():
        models = [m for m in app.get_models() if app.name.startswith("senhong.")]
        if not models:
            continue
        said += f"## {app.label}\n\n```mermaid\nerDiagram\n"
        said += "".join(sorted({arrow for model in models for arrow in arrows(model)}))
        said += "```\n\n" + "".join(
            f"- **{model.__name__}**: {first_line(model)}\n" for model in models
        )
        said += "\n"
    return said


def arrows(model: Any) -> Iterator[str]:
    yield f"    {model.__name__}\n"
    for field in model._meta.get_fields():
        if field.is_relation and field.concrete and field.related_model:
            many = "}o--o{" if field.many_to_many else "}o--||"
            yield f"    {model.__name__} {many} {field.related_model.__name__} : {field.name}\n"


# OpenAPI


def openapi_document() -> str:
    from senhong.config.api import api

    return json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=1, default=str) + "\n"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
