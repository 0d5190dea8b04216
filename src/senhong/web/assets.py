"""Where the built front end lies: Vite's manifest says which name carries which digest."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.templatetags.static import static

DIST = Path(__file__).parent / "static" / "web" / "dist"
MANIFEST = DIST / "manifest.json"


def address(name: str) -> str:
    """``main.css`` → ``/static/web/dist/main-Bx3….css``; unbuilt, the name as it is."""
    chunk = _built().get(name)
    return static(f"web/dist/{chunk['file'] if chunk else name}")


def styles_of(name: str) -> list[str]:
    """The style sheets that belong to a script."""
    return [static(f"web/dist/{file}") for file in _built().get(name, {}).get("css", [])]


def _built() -> dict[str, dict[str, Any]]:
    """What is built, by the path of its source in ``frontend/`` and, but for the app of phones,
    by its name alone."""
    return _read(MANIFEST.stat().st_mtime_ns) if MANIFEST.exists() else {}


@lru_cache(maxsize=1)
def _read(changed_at: int) -> dict[str, dict[str, Any]]:
    chunks = {}
    for name, chunk in json.loads(MANIFEST.read_text()).items():
        source = chunk.get("src", name).removeprefix("frontend/")
        chunks[source] = chunk
        if not source.startswith("field/"):
            chunks[Path(source).name] = chunk
    return chunks
