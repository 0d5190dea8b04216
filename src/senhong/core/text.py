"""Vietnamese text: searched without tone marks, people sorted by given name."""

import re
import unicodedata

# The order of the Vietnamese alphabet: a ă â b c d đ e ê … ; z-a-b: letters after plain ones.
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_SORTED = f"0123456789{_ALPHABET}"
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền hỏi ngã sắc nặng
_SPACES = re.compile(r"\s+")
_NUMBER = re.compile(r"[0-9]+")
_NOT_WORDS = re.compile(r"[^a-z0-9]+")
_JOINERS = "\u200c\u200d"  # they shape letters of other scripts, and join faces to families
_UNSEEN = {"Cc", "Cf", "Cs"}  # control signs, marks of direction and width, halves of a sign


def plain(text: str) -> str:
    """One spelling for one letter (NFC), and nothing that neither is typed nor can be seen.

    It comes along with what is copied from files and chats; a mark of direction makes a name
    look like another, and PostgreSQL keeps no NUL.
    """
    if not text.isprintable():
        text = "".join(map(_seen, text))
    return unicodedata.normalize("NFC", text)


def _seen(char: str) -> str:
    if char in "\t\n\r" or char in _JOINERS or unicodedata.category(char) not in _UNSEEN:
        return char
    return " " if char.isspace() else ""


def nfc(text: str) -> str:
    """Plain text of one line, its spaces single."""
    return _SPACES.sub(" ", plain(text)).strip()


def is_blank(text: str) -> bool:
    """Whether nothing of the text can be seen: spaces, and signs without a width (Cf)."""
    return all(c.isspace() or unicodedata.category(c) == "Cf" for c in text)


def search_key(text: str) -> str:
    """Lower case, without tone marks and đ: "Hoà", "Hòa" and "HOA" are all "hoa"."""
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    letters = "".join(c for c in bare if not unicodedata.combining(c))
    return _NOT_WORDS.sub(" ", letters).strip()


def sort_key(text: str) -> str:
    """A plain string whose order is that of a Vietnamese dictionary: letters, then tones.

    Numbers come by size: "Phường 2" before "Phường 10".
    """
    padded = _NUMBER.sub(lambda number: number[0].zfill(4), nfc(text).lower())
    letters, tones = [], []
    for char in padded:
        bare, tone = _without_tone(char)
        letters.append(f"{_SORTED.find(bare) + 1:02d}")  # 00: spaces and signs
        tones.append(str(tone))
    return f"{''.join(letters)}.{''.join(tones)}"


def person_sort_key(full_name: str) -> str:
    """People are sorted by given name (the last word), then family and middle names."""
    words = nfc(full_name).split(" ")
    return sort_key(" ".join([words[-1], *words[:-1]]))


def spelling_key(text: str) -> str:
    """A name as it is heard: case, and where the tone mark stands, make no difference.

    "Hoà" and "HÒA" are one name; "Hoa" and "Hòa" are two.
    """
    return " ".join(map(_syllable, nfc(text).lower().split(" ")))


def _syllable(word: str) -> str:
    pairs = [_without_tone(char) for char in word]
    return "".join(bare for bare, _tone in pairs) + "".join(str(t) for _bare, t in pairs if t)


def _without_tone(char: str) -> tuple[str, int]:
    parts = unicodedata.normalize("NFD", char)
    tone = next((_TONES.index(p) + 1 for p in parts if p in _TONES), 0)
    bare = "".join(p for p in parts if p not in _TONES)
    return unicodedata.normalize("NFC", bare), tone
