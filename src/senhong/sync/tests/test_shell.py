"""The shell of the app: the same for everybody, and allowed what the app needs."""

import gzip
import json
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from senhong.org.queries import actor_of
from senhong.org.tests.make import a_user
from senhong.sync.tests.make import a_crew
from senhong.web import assets
from senhong.web.navigation import navigation_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """What the front end's build leaves behind."""
    said = {
        "frontend/main.ts": {"file": "assets/main-1.js", "src": "frontend/main.ts"},
        "frontend/field/main.ts": {
            "file": "assets/field-2.js", "src": "frontend/field/main.ts", "isEntry": True,
            "css": ["assets/field-3.css"],
        },
    }  # fmt: skip
    (tmp_path / "manifest.json").write_text(json.dumps(said))
    (tmp_path / "field-sw.js").write_text("self.skipWaiting();")
    monkeypatch.setattr(assets, "DIST", tmp_path)
    monkeypatch.setattr(assets, "MANIFEST", tmp_path / "manifest.json")
    return tmp_path


def test_the_shell_names_what_was_built(built: Path) -> None:
    page = Client().get("/field/").content.decode()

    assert 'src="/static/web/dist/assets/field-2.js"' in page
    assert 'href="/static/web/dist/assets/field-3.css"' in page
    assert page.count('rel="stylesheet"') == 1
    assert '<meta name="csrf" content="' in page
    assert "<noscript>" in page
    assert assets.address("main.ts") == "/static/web/dist/assets/main-1.js"


def test_the_shell_is_the_same_for_everybody() -> None:
    user = a_user(full_name="Trần Thị Lan")
    client = Client()
    client.force_login(user)

    assert "Lan" not in client.get("/field/").content.decode()
    assert Client().get("/field/").headers["Cache-Control"] == "no-cache"


def test_the_shell_is_allowed_what_the_app_needs_and_no_more() -> None:
    policy = Client().get("/field/").headers["Content-Security-Policy"]
    parts = {part.split()[0]: set(part.split()[1:]) for part in policy.split(";")}

    assert parts["worker-src"] == parts["manifest-src"] == parts["connect-src"] == {"'self'"}
    assert parts["img-src"] == {"'self'", "data:", "blob:"}
    assert parts["default-src"] == {"'self'"}
    assert "unsafe" not in policy


def test_the_worker_is_asked_for_anew_and_serves_the_app_only(built: Path) -> None:
    answer = Client().get("/field/sw.js")

    assert answer.content == b"self.skipWaiting();"
    assert answer.headers["Service-Worker-Allowed"] == "/field/"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Content-Type"].startswith("text/javascript")


def test_the_worker_travels_packed_where_that_is_understood(built: Path) -> None:
    (built / "field-sw.js.gz").write_bytes(gzip.compress(b"self.skipWaiting();"))

    answer = Client().get("/field/sw.js", headers={"Accept-Encoding": "gzip, br"})

    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.content) == b"self.skipWaiting();"
    assert Client().get("/field/sw.js").content == b"self.skipWaiting();"


def test_the_manifest_makes_it_installable(settings: Settings) -> None:
    said = Client().get("/field/manifest.webmanifest").json()

    assert (said["start_url"], said["scope"], said["display"]) == (
        "/field/",
        "/field/",
        "standalone",
    )
    assert {icon["purpose"] for icon in said["icons"]} == {"any", "maskable"}
    for icon in said["icons"]:
        file = Path(assets.__file__).parent / "static" / icon["src"].removeprefix("/static/")
        assert file.read_bytes().startswith(b"\x89PNG")


def test_people_of_teams_find_the_way_to_the_app() -> None:
    crew = a_crew()

    def ways(user_id: int) -> list[str]:
        return [entry.url for entry in navigation_for(actor_of(user_id), "/")]

    assert "/field/" in ways(crew.volunteer.pk)
    assert "/field/" not in ways(a_user().pk)
