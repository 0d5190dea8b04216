"""Codes that a phone's camera reads, as SVG on the page."""

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString

_INK, _GROUND = "#1d2433", "#ffffff"  # the same in the dark: cameras want a light ground


def qr_svg(text: str, label: str) -> SafeString:
    """The text as a code with its quiet margin; ``label`` is what those hear who cannot see it."""
    drawn = segno.make_qr(text, error="m").svg_inline(
        scale=1, border=4, dark=_INK, light=_GROUND, omitsize=True, svgclass="qr", lineclass=None
    )
    return format_html('<div class="qr" role="img" aria-label="{}">{}</div>', label, _safe(drawn))


def _safe(drawn: str) -> SafeString:
    return SafeString(drawn)  # segno writes numbers and our own colours only
