"""The product's own source, as the tests of its rules read it."""

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

from django.apps import apps

T = TypeVar("T", bound=ast.AST)
ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "senhong"
APPS = [app.label for app in apps.get_app_configs() if app.name.startswith("senhong.")]


def sources(*parts: str) -> list[Path]:
    """Python files, without tests and migrations; ``parts``: only modules of these names."""
    found = (
        path
        for path in sorted(PACKAGE.rglob("*.py"))
        if not {"tests", "migrations"} & set(path.parts)
    )
    return [path for path in found if not parts or part_of(path) in parts]


def part_of(path: Path) -> str:
    """ "services" for org/services.py and for org/services/founding.py."""
    inside = path.relative_to(PACKAGE).with_suffix("").parts
    return inside[1] if len(inside) > 1 else inside[0]


def module_of(path: Path) -> str:
    names = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(names[:-1] if names[-1] == "__init__" else names)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def nodes(path: Path, kind: type[T]) -> Iterator[T]:
    return (node for node in ast.walk(tree_of(path)) if isinstance(node, kind))


def services() -> list[tuple[str, Callable[..., object]]]:
    """Every public service as ("app.name", function)."""
    found: list[tuple[str, Callable[..., object]]] = []
    for app in APPS:
        if not list(PACKAGE.glob(f"{app}/services*")):
            continue
        module = import_module(f"senhong.{app}.services")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            own = function.__module__.startswith(f"senhong.{app}.services")
            if own and not name.startswith("_"):
                found.append((f"{app}.{name}", function))
    return found


def written_out(service: Callable[..., object]) -> str:
    """A service's source with that of the services and their parts through which it speaks."""
    seen: dict[str, str] = {}
    waiting: list[Any] = [service]
    while waiting:
        part = inspect.unwrap(waiting.pop())
        key = f"{part.__module__}.{part.__qualname__}"
        if key in seen or ".services" not in part.__module__:
            continue
        seen[key] = inspect.getsource(part)
        around = vars(import_module(part.__module__))
        used = set(re.findall(r"\b[A-Za-z_]\w*\b", seen[key])) & set(around)
        parts = (around[name] for name in used)
        waiting += [p for p in parts if inspect.isfunction(p) or inspect.isclass(p)]
    return "".join(seen.values())
