"""What the tests need from the system, installed where it is missing and we may.

Where it cannot be installed, the tests that need it are left out, and that is said; with
CI=true it is a failure. Needs nothing but Python.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Need:
    name: str
    package: str  # Debian's
    find: Callable[[], str | None]


def postgresql_bin() -> str | None:
    """The folder of initdb and postgres: on the path, or where Debian hides them, newest first."""
    if initdb := shutil.which("initdb"):
        return str(Path(initdb).resolve().parent)
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = sorted(found, key=lambda path: int(path.parts[-3]), reverse=True)
    return str(newest[0].parent) if newest else None


def chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


def gettext() -> str | None:
    return shutil.which("xgettext")


NEEDS = (
    Need("PostgreSQL", "postgresql", postgresql_bin),
    Need("Chromium", "chromium", chromium),
    Need("gettext", "gettext", gettext),
)


def left_out(need: str) -> int:
    """Say that the tests which need it are not run; the status to leave with."""
    print(f"{need} is not here and cannot be installed: its tests are LEFT OUT.", flush=True)
    if os.environ.get("CI") == "true":
        print("CI=true: that is a failure.", flush=True)
        return 1
    return 0


def main() -> int:
    missing = [need for need in NEEDS if not need.find()]
    if missing and (apt := apt_get()):
        packages = [need.package for need in missing]
        print(f"Installing {', '.join(packages)}…", flush=True)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run([*apt, "update", "-qq"], check=False, env=quiet)
        install = [*apt, "install", "-y", "-qq", "--no-install-recommends", *packages]
        subprocess.run(install, check=False, env=quiet)
    return max([left_out(need.name) for need in missing if not need.find()], default=0)


def apt_get() -> list[str] | None:
    """The command that installs packages, if this person may."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return ["apt-get"]
    may = (
        shutil.which("sudo")
        and not subprocess.run(
            ["sudo", "-n", "true"], check=False, stderr=subprocess.DEVNULL
        ).returncode
    )
    return ["sudo", "-n", "--preserve-env=DEBIAN_FRONTEND", "apt-get"] if may else None


if __name__ == "__main__":
    sys.exit(main())
