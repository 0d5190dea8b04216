"""Browsers inside other apps, and the way out of them."""

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from django.http import HttpRequest

# Zalo, Facebook and Messenger, and what Android's WebView says of itself.
_IN_APP = re.compile(r"Zalo|FBAN|FBAV|FB_IAB|Messenger|Instagram|; wv\)")
_CHROME = "com.android.chrome"


@dataclass(frozen=True, slots=True)
class WayOut:
    """How the reader comes from this browser to one in which an app can be installed."""

    url: str  # of the button
    address: str  # as it is copied by hand
    is_in_app: bool
    by_hand: bool  # the app lets nobody out: the reader opens its menu


def is_in_app(request: HttpRequest) -> bool:
    """Whether the page is read inside another app, where nothing can be installed."""
    return bool(_IN_APP.search(request.headers.get("User-Agent", "")))


def way_out(request: HttpRequest, path: str) -> WayOut:
    """From an app on Android straight to Chrome; else the address itself."""
    address, inside = request.build_absolute_uri(path), is_in_app(request)
    on_android = "Android" in request.headers.get("User-Agent", "")
    url = _intent(address) if inside and on_android else address
    return WayOut(url, address, inside, by_hand=inside and not on_android)


def _intent(address: str) -> str:
    """Where there is no Chrome, Android opens the address in what there is."""
    parts = urlsplit(address)
    return (
        f"intent://{parts.netloc}{parts.path}#Intent;scheme={parts.scheme};"
        f"package={_CHROME};S.browser_fallback_url={quote(address, safe='')};end"
    )
