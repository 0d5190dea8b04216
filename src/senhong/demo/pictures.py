"""Pictures for the demo's practices: drawn, never photographed, and they say so."""

from django.core.files.base import ContentFile

from senhong.files import storage
from senhong.files.pictures import bare_picture
from senhong.files.storage import Stored
from senhong.web.charts.drawing import FONT, FONTS

_SKY, _GROUND, _INK, _LOTUS, _LEAF, _CARD = (
    "#dceef7", "#f3e3c3", "#33302b", "#c2185b", "#2e7d32", "#fffdf7",
)  # fmt: skip

# What stands on the ground, at 640 × 480.
_QR = "".join(
    f'<rect x="{292 + 14 * x}" y="{232 + 14 * y}" width="14" height="14" fill="{_INK}"/>'
    for x, y in [(0, 0), (1, 0), (3, 0), (0, 1), (2, 1), (1, 2), (3, 2), (0, 3), (2, 3), (3, 3)]
)
DRAWINGS = {
    "cho": f"""<path d="M150 210h340l-30-70H180z" fill="{_LOTUS}"/>
        <rect x="170" y="210" width="10" height="200" fill="{_INK}"/>
        <rect x="460" y="210" width="10" height="200" fill="{_INK}"/>
        <rect x="170" y="320" width="300" height="90" fill="{_LEAF}"/>
        <rect x="278" y="218" width="84" height="84" rx="6" fill="{_CARD}"/>{_QR}""",
    "nha": f"""<path d="M200 260 330 160l130 100z" fill="{_LOTUS}"/>
        <rect x="225" y="260" width="210" height="150" fill="{_CARD}"/>
        <rect x="300" y="310" width="60" height="100" fill="{_INK}"/>
        <circle cx="510" cy="130" r="40" fill="{_CARD}"/>
        <rect x="120" y="330" width="44" height="80" rx="8" fill="{_INK}"/>
        <rect x="126" y="340" width="32" height="56" fill="{_SKY}"/>""",
    "loa": f"""<rect x="310" y="150" width="14" height="260" fill="{_INK}"/>
        <path d="M324 170l120-50v130l-120-50z" fill="{_LOTUS}"/>
        <path d="M310 170l-90-36v96l90-36z" fill="{_LEAF}"/>
        <path d="M470 130q40 55 0 110M500 110q60 75 0 150" stroke="{_INK}" stroke-width="8"
         fill="none"/>""",
}


def laid_pictures() -> dict[str, Stored]:
    """The drawings as pictures in the store, by name."""
    return {
        name: storage.save(bare_picture(ContentFile(_png(drawing), name=f"{name}.png")))
        for name, drawing in DRAWINGS.items()
    }


def _png(drawing: str) -> bytes:
    import vl_convert  # noqa: PLC0415  # 60 MB that only who builds a demo need carry

    vl_convert.register_font_directory(str(FONTS))
    whole = f"""<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480">
        <rect width="640" height="480" fill="{_SKY}"/>
        <rect y="400" width="640" height="80" fill="{_GROUND}"/>{drawing}
        <text x="320" y="455" text-anchor="middle" font-family="{FONT}" font-size="26"
         fill="{_INK}">Hình minh họa</text></svg>"""
    png: bytes = vl_convert.svg_to_png(whole)
    return png
