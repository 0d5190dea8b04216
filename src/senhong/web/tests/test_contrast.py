"""WCAG 2.2 AA contrast, computed from the tokens themselves, in both themes."""

import re
from pathlib import Path

import pytest

from senhong.web.charts.cleaning import PALETTE

TOKENS = (Path(__file__).parents[4] / "frontend" / "styles" / "tokens.css").read_text()
TONES = ("reached", "on-pace", "behind", "not-begun")
GROUNDS = ("ground", "card", "sunken")

# What is read as words: 4.5 to 1.
WORDS = [
    *((ink, ground) for ink in ("ink", "quiet", "act", "brand", "wrong") for ground in GROUNDS),
    *((f"{tone}-ink", f"{tone}-wash") for tone in TONES),
    *((f"{tone}-ink", "card") for tone in TONES),
    ("on-act", "act"),
    ("on-act", "act-over"),
    ("act", "act-wash"),
    ("on-wrong", "wrong"),
    ("wrong", "wrong-wash"),
    ("ink", "brand-wash"),
    ("quiet", "brand-wash"),
    ("act", "brand-wash"),
    ("ink", "act-wash"),
]
# What is seen as shapes: 3 to 1.
SHAPES = [
    *((f"{tone}-fill", "card") for tone in TONES),
    *((f"series-{number}", "card") for number in range(1, 6)),
    ("edge", "card"),
    ("edge", "ground"),
    ("focus", "card"),
    ("focus", "ground"),
]


def tokens(selector: str) -> dict[str, str]:
    """The colours that the block after the selector sets."""
    block = TOKENS.split(selector, 1)[1].split("{", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


LIGHT = tokens(":root ")
THEMES = {"light": LIGHT, "dark": LIGHT | tokens(':root[data-theme="dark"] ')}


def brightness(colour: str) -> float:
    """Relative luminance. Source: WCAG 2.2, definition of relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((brightness(one), brightness(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_words_stand_out_from_their_ground(theme: str) -> None:
    colours = THEMES[theme]

    found = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in WORDS}

    assert {pair: round(seen, 2) for pair, seen in found.items() if seen < 4.5} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_shapes_stand_out_from_their_ground(theme: str) -> None:
    colours = THEMES[theme]

    found = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in SHAPES}

    assert {pair: round(seen, 2) for pair, seen in found.items() if seen < 3} == {}


def test_the_device_and_the_choice_give_the_same_dark() -> None:
    assert tokens('data-theme="light"]) ') == tokens(':root[data-theme="dark"] ')


def test_charts_are_drawn_in_the_light_tokens() -> None:
    assert {name: LIGHT[name] for name in PALETTE} == PALETTE
