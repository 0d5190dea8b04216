"""Facts about a page for search engines, as a script that nobody runs."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

# What could end the element, or begin a comment in it; JSON reads the escapes as the signs.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def json_ld(facts: Mapping[str, Any]) -> SafeString:
    text = json.dumps(facts, ensure_ascii=False).translate(_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', _safe(text))


def _safe(text: str) -> SafeString:
    return SafeString(text)
