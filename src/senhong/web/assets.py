"""Where the built front end lies: Vite's manifest says which name carries which digest."""

import json
from functools import lru_cache
from pathlib import Path, PurePosixPath

from django.templatetags.static import static

DIST = Path(__file__).parent / "static" / "web" / "dist"
MANIFEST = DIST / "manifest.json"


def address(name: str) -> str:
    """``main.css`` → ``/static/web/dist/main-Bx3….css``; unbuilt, the name as it is."""
    changed_at = MANIFEST.stat().st_mtime_ns if MANIFEST.exists() else 0
    return static(f"web/dist/{_built(changed_at).get(name, name)}")


@lru_cache(maxsize=1)
def _built(changed_at: int) -> dict[str, str]:
    if not changed_at:
        return {}
    return {
        _asked_for(chunk.get("src", name)): chunk["file"]
        for name, chunk in json.loads(MANIFEST.read_text()).items()
    }


def _asked_for(source: str) -> str:
    """``frontend/styles/main.css`` → ``main.css``; the phone app's own keep their folder."""
    path = PurePosixPath(source)
    field = PurePosixPath("frontend/field")
    return str(path.relative_to(field.parent)) if path.is_relative_to(field) else path.name
