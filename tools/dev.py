"""Serve with watchers: what you save is what you see.

Vite builds the front end anew when it changes; the server starts anew when Python, templates or
catalogues do. Ctrl-C ends everything.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tools.messages import catalogues, compile_one

ROOT = Path(__file__).resolve().parents[1]
WATCHED = {".py", ".html", ".txt", ".svg", ".csv", ".json"}
LOOK_S = 0.5


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    front = subprocess.Popen(["npm", "run", "watch", "--silent"], cwd=ROOT)
    server = start()
    seen = state()
    try:
        while True:
            time.sleep(LOOK_S)
            now = state()
            if now == seen:
                continue
            print("Changed:", *sorted({path for path, _at in now ^ seen})[:3], flush=True)
            seen = now
            stop(server)
            compile_changed()
            server = start()
    except KeyboardInterrupt:
        return 0
    finally:
        stop(server)
        stop(front)


def start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "senhong.config.command", "serve"],
        env={"DEBUG": "1", **os.environ},
        cwd=ROOT,
    )


def stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait()


def state() -> set[tuple[str, float]]:
    """Every watched file with the time of its last change."""
    found = set()
    for folder, _folders, names in os.walk(ROOT / "src"):
        for name in names:
            path = Path(folder, name)
            if path.suffix in WATCHED and "dist" not in path.parts:
                found.add((str(path.relative_to(ROOT)), path.stat().st_mtime))
    return found | {(path.name, path.stat().st_mtime) for path in catalogues(ROOT / "locale")}


def compile_changed() -> None:
    for path in catalogues(ROOT / "locale"):
        compiled = path.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime:
            compile_one(path)


if __name__ == "__main__":
    sys.exit(main())
