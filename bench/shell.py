"""The phone app's shell as Lighthouse sees it: a slow 4G, and a processor four times slower.

Lighthouse comes from npm when it is first asked for, into var/bench; Chromium is Debian's.
"""

import json
import os
import subprocess
import urllib.request
from typing import Any

from bench.measures import KEPT, Facts
from tools.live import Home, Server
from tools.machine import chromium

_LIGHTHOUSE = "lighthouse@12"  # the last for Node 20
_FOLDER = KEPT / "lighthouse"
_CATEGORIES = ("performance", "accessibility", "best-practices")
_FLAGS = "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-sync"
_RUNS = 3
_SHELL = {"Document", "Script", "Stylesheet"}

Ground = dict[str, Any]


def shell(home: Home, ground: Ground) -> Facts:
    """Scores from 0 to 100, of three runs the middle one by time until it is ready for input."""
    _install()
    with Server(home) as server:
        told = sorted((_run(f"{server.url}/field/") for _ in range(_RUNS)), key=_ready_ms)
        bundle = _bundle_bytes(server.url, ground["activities"][0]["token"])
    middle = told[_RUNS // 2]
    scores = {name: round(100 * middle["categories"][name]["score"]) for name in _CATEGORIES}
    audits = middle["audits"]
    return {
        **scores,
        "ready_ms": round(_ready_ms(middle)),
        "largest_paint_ms": round(audits["largest-contentful-paint"]["numericValue"]),
        "sent_kb": round(audits["total-byte-weight"]["numericValue"] / 1000),
        "shell_kb": round(_shell_bytes(audits) / 1000, 1),
        "bundle_kb": round(bundle / 1000, 1),
        "missed": [
            name
            for name, audit in audits.items()
            if audit["score"] == 0 and audit["scoreDisplayMode"] == "binary"
        ],
    }


def _ready_ms(told: dict[str, Any]) -> float:
    return float(told["audits"]["interactive"]["numericValue"])


def _shell_bytes(audits: dict[str, Any]) -> int:
    """What came over the network before the app was there, fonts apart."""
    asked = audits["network-requests"]["details"]["items"]
    parts = [one for one in asked if one.get("resourceType") in _SHELL]
    return sum(int(one["transferSize"]) for one in parts)


def _bundle_bytes(url: str, token: str) -> int:
    """The first bundle of somebody with a sortie, as it travels."""
    headers = {"Authorization": f"Bearer {token}", "Accept-Encoding": "gzip"}
    asked = urllib.request.Request(f"{url}/api/v1/field/bundle", headers=headers)  # noqa: S310  # ours
    with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310
        return len(answer.read())


def _install() -> None:
    _FOLDER.mkdir(parents=True, exist_ok=True)
    if not (_FOLDER / "node_modules" / "lighthouse").exists():
        quiet = ["--no-audit", "--no-fund", "--no-save"]
        install = ["npm", "install", "--prefix", str(_FOLDER), *quiet, _LIGHTHOUSE]
        subprocess.run(install, cwd=_FOLDER, check=True, stdout=subprocess.DEVNULL)


def _run(url: str) -> dict[str, Any]:
    program = str(_FOLDER / "node_modules" / ".bin" / "lighthouse")
    asked = [
        program, url, "--quiet", "--output=json", f"--only-categories={','.join(_CATEGORIES)}",
        f"--chrome-flags={_FLAGS}",
    ]  # fmt: skip
    environment = {**os.environ, "CHROME_PATH": str(chromium())}
    done = subprocess.run(
        asked, capture_output=True, text=True, timeout=180, env=environment, check=True
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told
