"""The kinds of units in Việt Nam, and how a title is read: "Phường Cao Lãnh"."""

from senhong.core.text import nfc
from senhong.org.models import Level

# A city is a province in some places and below one in others: the parent says which.
LEVEL_OF_KIND = {
    "xã": Level.COMMUNE, "phường": Level.COMMUNE, "thị trấn": Level.COMMUNE,
    "đặc khu": Level.COMMUNE, "huyện": Level.DISTRICT, "quận": Level.DISTRICT,
    "thị xã": Level.DISTRICT, "thành phố": Level.DISTRICT, "chi đoàn": Level.BRANCH,
}  # fmt: skip
# Those of a level first, so that a form offers what is meant.
KINDS = {
    level: [kind for kind, of in LEVEL_OF_KIND.items() if of == level]
    for level in (Level.COMMUNE, Level.DISTRICT, Level.BRANCH)
}


def kind_and_name(title: str) -> tuple[str, str]:
    """What a title says: "phường", "Cao Lãnh". Without a known kind, the kind is empty.

    A name that is only a number keeps its kind: "Phường 1" is called so.
    """
    said = nfc(title)
    for kind in sorted(LEVEL_OF_KIND, key=len, reverse=True):
        if said.lower().startswith(f"{kind} "):
            name = said[len(kind) + 1 :]
            return kind, said if name.isdigit() else name
    return "", said
