"""What our pages ask of an SVG: no styles or sizes of its own, tokens for colours, real links."""

import re
from xml.etree import ElementTree as ET

# The light tokens of frontend/styles/tokens.css. A picture keeps these colours where our style
# sheet does not reach (paper); on our pages each becomes its token, so that dark is dark.
PALETTE = {
    "ink": "#1d2433",
    "quiet": "#5d6678",
    "line": "#e7e2da",
    "card": "#ffffff",
    "series-1": "#3b7dd8",
    "series-2": "#c2255c",
    "series-3": "#2b7a4b",
    "series-4": "#b45309",
    "series-5": "#7a5ea8",
    "not-begun-fill": "#838c9c",
}
_TOKEN = {colour: token for token, colour in PALETTE.items()}
_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
NOWHERE = "#nowhere"  # where a mark without an address leads: its link is taken away
_DROPPED = {"style", "class", "pointer-events", "target", "role", "aria-roledescription"}
_DROPPED |= {"aria-label", "aria-hidden"}  # each mark says its name in a <title> instead
_LONG_NUMBER = re.compile(r"(\d+\.\d)\d+")
_ID = re.compile(r"(?<=url\(#)|^(?=clip|gradient)")


def cleaned(svg: str, *, label: str, name: str, key: str) -> str:
    """The drawing as a part of a page.

    label  what the whole picture says
    name   its size: "narrow" or "wide"
    key    makes the ids in it unique on the page
    """
    ET.register_namespace("", _SVG[1:-1])
    root = ET.fromstring(svg)  # noqa: S314  # our own drawing, not a stranger's
    has_links = any(part.get(_LINK, NOWHERE) != NOWHERE for part in root.iter())
    view = root.get("viewBox", "")
    _clean_inside(root, f"{key}-{name}-")
    root.attrib.clear()
    # A picture may not hold links, so one that has links is a group.
    role = "group" if has_links else "img"
    root.attrib.update({"viewBox": view, "class": f"chart-{name}", "role": role})
    root.set("aria-label", label)
    return ET.tostring(root, encoding="unicode")


def _clean_inside(part: ET.Element, prefix: str) -> None:
    for child in list(part):
        if _is_nothing(child):
            part.remove(child)
            continue
        told = child.get("aria-label", "") if child.get("role") == "graphics-symbol" else ""
        _clean_attributes(child, prefix)
        if told:
            _name(child, part, told)
        _clean_inside(child, prefix)


def _is_nothing(part: ET.Element) -> bool:
    """An area that only catches the pointer of a script that we do not have."""
    is_area = part.get("class") in {"background", "foreground"} or not part.get("d", "-")
    return is_area and not ({"fill", "stroke"} & set(part.attrib))


def _clean_attributes(part: ET.Element, prefix: str) -> None:
    url = part.attrib.pop(_LINK, "")
    kept = {name: value for name, value in part.attrib.items() if name not in _DROPPED}
    tokens = [
        f"{name}-{_TOKEN[kept[name]]}" for name in ("fill", "stroke") if kept.get(name) in _TOKEN
    ]
    part.attrib.clear()
    for name, value in kept.items():
        short = _LONG_NUMBER.sub(r"\1", value) if name in {"d", "transform"} else value
        part.set(name, _ID.sub(prefix, short) if name in {"id", "clip-path"} else short)
    if tokens:
        part.set("class", " ".join(tokens))
    if url == NOWHERE:
        part.tag = f"{_SVG}g"
    elif url:
        part.set("href", url)


def _name(mark: ET.Element, parent: ET.Element, told: str) -> None:
    title = ET.Element(f"{_SVG}title")
    title.text = told
    mark.insert(0, title)
    if parent.tag == f"{_SVG}a":
        parent.set("aria-label", told)
