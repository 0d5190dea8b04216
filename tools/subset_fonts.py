#!/usr/bin/env python3
# /// script
# requires-python = ">=3.11"
# dependencies = ["brotli", "fonttools"]
# ///
"""Make our two small weights of Be Vietnam Pro from the npm package's whole ones.

Run it with ``uv run tools/subset_fonts.py`` after ``npm ci``; only when the font changes. The page
loads the woff2 files, charts are measured with the TrueType ones.
"""

import shutil
from pathlib import Path

from fontTools import subset

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "node_modules" / "@expo-google-fonts" / "be-vietnam-pro"
WEIGHTS = {400: "400Regular", 700: "700Bold"}
# Latin, Latin-1, Vietnamese, combining tone marks, punctuation, đồng, arrows and signs in use.
CHARACTERS = (
    "U+0020-007E,U+00A0-00FF,U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,"
    "U+0300-0301,U+0303,U+0309,U+0323,U+1EA0-1EF9,U+2010-2015,U+2018-201E,U+2022,U+2026,U+2030,"
    "U+2039-203A,U+20AB,U+2190-2193,U+2212,U+2264-2265,U+00D7"
)
FEATURES = "kern,liga,mark,mkmk,ccmp,locl,tnum,lnum,calt"


def main() -> None:
    for weight, name in WEIGHTS.items():
        whole = next((SOURCE / name).glob("*.ttf"))
        made = f"be-vietnam-pro-{weight}"
        _subset(whole, ROOT / "frontend" / "fonts" / f"{made}.woff2", "--flavor=woff2")
        _subset(whole, ROOT / "src" / "senhong" / "web" / "fonts" / f"{made}.ttf")
    shutil.copy(SOURCE / "LICENSE_FONT", ROOT / "frontend" / "fonts" / "OFL.txt")
    shutil.copy(SOURCE / "LICENSE_FONT", ROOT / "src" / "senhong" / "web" / "fonts" / "OFL.txt")


def _subset(whole: Path, made: Path, *options: str) -> None:
    subset.main(
        [
            str(whole),
            f"--output-file={made}",
            f"--unicodes={CHARACTERS}",
            f"--layout-features={FEATURES}",
            "--no-hinting",
            *options,
        ]
    )
    print(f"{made.name}: {made.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
