"""Draw the icons of the installed app anew, from our own lotus (web/static/web/icon.svg).

    python -m tools.icons

They are committed: a phone asks for PNG, and the lotus seldom changes.
"""

import re
from pathlib import Path

import vl_convert

STATIC = Path(__file__).resolve().parents[1] / "src" / "senhong" / "web" / "static" / "web"
GROUND = "#fbf9f6"
_SIDE = 32  # of the lotus
# A launcher may cut a maskable icon to a circle of four fifths of its side.
_SHARES = {"icon-192": (192, 0.78), "icon-512": (512, 0.78), "icon-maskable-512": (512, 0.56)}


def main() -> None:
    lotus = (STATIC / "icon.svg").read_text(encoding="utf-8")
    drawn = re.sub(r"^<svg[^>]*>|</svg>\s*$", "", lotus.strip())
    for name, (pixels, share) in _SHARES.items():
        svg = _on_ground(drawn, share, is_round="maskable" not in name)
        png = vl_convert.svg_to_png(svg, scale=pixels / _SIDE, ppi=72)
        (STATIC / f"{name}.png").write_bytes(png)


def _on_ground(drawn: str, share: float, *, is_round: bool) -> str:
    corner = 7 if is_round else 0
    margin = _SIDE * (1 - share) / 2
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_SIDE}" height="{_SIDE}" '
        f'viewBox="0 0 {_SIDE} {_SIDE}"><rect width="{_SIDE}" height="{_SIDE}" rx="{corner}" '
        f'fill="{GROUND}"/><g fill="#c2255c" transform="translate({margin} {margin}) '
        f'scale({share})">{drawn}</g></svg>'
    )


if __name__ == "__main__":
    main()
