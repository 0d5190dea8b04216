"""What every test stands on, beside the code and in tests/ alike."""

from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker, Settings

from senhong.core.rows import run


@pytest.fixture(autouse=True)
def home_of_its_own(settings: Settings, tmp_path: Path) -> None:
    """No test reads or writes what another, or a running server, keeps on disk."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": str(tmp_path),
        }
    }
    # Signing in is part of many tests; a slow digest would be most of their time.
    # (What a class made before the fixture ran keeps its slow one.)
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Opens the latches of what is append-only: ``flush`` after a test with commits deletes."""
    with django_db_blocker.unblock():
        run("INSERT INTO audit_latch (open) VALUES (1)")
        run("INSERT INTO ledger_latch (open) VALUES (2)")
