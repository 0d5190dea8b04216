"""Make a virtual environment with the locked packages and our own, editable.

    python3 tools/environment.py .venv requirements.lock

uv where it is there and finds the packages, else pip. Needs nothing but Python.
"""

import shutil
import subprocess
import sys
import venv
from pathlib import Path


def main(folder: str, lock: str) -> int:
    where = Path(folder)
    python = where / "bin" / "python"
    print(f"Installing Python packages into {folder} ({lock})…", flush=True)
    if not works(python):
        shutil.rmtree(where, ignore_errors=True)
    if with_uv(where, python, lock) or with_pip(where, python, lock):
        return 0
    print(f"The packages of {lock} could not be installed; see above.", file=sys.stderr)
    return 1


def with_uv(where: Path, python: Path, lock: str) -> bool:
    if not shutil.which("uv") or not succeeds("uv", "--version", quiet=True):
        return False
    if not python.exists() and not succeeds("uv", "venv", "-q", "--python", sys.executable, where):
        return False
    install: list[str | Path] = ["uv", "pip", "install", "-q", "--python", python]
    if succeeds(*install, "--require-hashes", "-r", lock) and succeeds(
        *install, "--no-deps", "-e", "."
    ):
        return True
    print("uv did not succeed; trying pip.", flush=True)
    return False


def with_pip(where: Path, python: Path, lock: str) -> bool:
    if not (python.exists() and succeeds(python, "-m", "pip", "--version", quiet=True)):
        try:
            venv.create(where, with_pip=True, symlinks=True)
        except subprocess.CalledProcessError:
            print(
                "This Python cannot make environments. On Debian: apt-get install python3-venv",
                file=sys.stderr,
            )
            return False
    install: list[str | Path] = [
        python,
        "-m",
        "pip",
        "install",
        "-q",
        "--disable-pip-version-check",
    ]
    return succeeds(*install, "--require-hashes", "-r", lock) and succeeds(
        *install, "--no-deps", "-e", "."
    )


def works(python: Path) -> bool:
    """Whether the environment is of this very version of Python and starts."""
    version = f"import sys; sys.exit(sys.version_info[:2] != {tuple(sys.version_info[:2])})"
    return python.exists() and succeeds(python, "-c", version, quiet=True)


def succeeds(*command: str | Path, quiet: bool = False) -> bool:
    output = subprocess.DEVNULL if quiet else None
    return subprocess.run(command, check=False, stdout=output, stderr=output).returncode == 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
