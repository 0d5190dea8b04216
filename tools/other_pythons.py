"""Run the tests on SQLite with every other Python ≥ 3.11 that is here, each in a .venv-3.N."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = 11
NEWEST_LOOKED_FOR = 20


def main() -> int:
    failed = [version for version, python in others() if not passes(version, python)]
    if failed:
        print(f"Failed with Python {', '.join(failed)}.", flush=True)
    return len(failed)


def others() -> list[tuple[str, str]]:
    """(version, program) of each Python that starts, except the one that runs this."""
    found = []
    for minor in range(OLDEST, NEWEST_LOOKED_FOR):
        version = f"3.{minor}"
        if minor != sys.version_info.minor and (python := program(version)):
            found.append((version, python))
    return found


def program(version: str) -> str | None:
    """The real program behind ``python3.N``; a version manager's shim may lead nowhere."""
    name = f"python{version}"
    if not shutil.which(name):
        return None
    asked = subprocess.run(
        [name, "-c", "import sys; print(sys.version.split()[0]); print(sys.executable)"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYENV_VERSION": version},  # pyenv's shims obey it
    )
    lines = asked.stdout.split()
    fits = asked.returncode == 0 and re.match(re.escape(version) + r"\.\d+$", lines[0])
    return lines[1] if fits else None


def passes(version: str, python: str) -> bool:
    folder, lock = Path(f".venv-{version}"), Path("requirements-dev.lock")
    stamp = folder / ".dev"
    if not stamp.exists() or stamp.stat().st_mtime < lock.stat().st_mtime:
        if subprocess.run([python, "tools/environment.py", folder, lock], check=False).returncode:
            return False
        stamp.touch()
    print(f"Python {version}:", flush=True)
    tests = [str(folder / "bin/python"), "-m", "pytest", "-m", "not journey", "-n", "2"]
    plain = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(tests, check=False, env=plain).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
