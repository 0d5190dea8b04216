"""What every test stands on, beside the code and in tests/ alike."""

from pathlib import Path

import pytest
from pytest_django import Settings


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
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
