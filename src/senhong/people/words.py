"""Words that are said across a market and typed as they are heard: no letters that sound alike."""

import secrets

from senhong.core.text import search_key

# In the south v is said as d, and s as x; in the north l as n: one of each is enough.
_SYLLABLES = [a + b for a in "bghkmnprstv" for b in "aeiou" if a + b not in {"bu", "ku", "me"}]
_LENGTH = 4  # syllables; about seven million words, and who guesses is slowed down


def a_word() -> str:
    """A word such as "bamotiru", by chance."""
    return "".join(secrets.choice(_SYLLABLES) for _ in range(_LENGTH))


def as_heard(typed: str) -> str:
    """The word that somebody typed with capitals, spaces, hyphens or tone marks."""
    return search_key(typed).replace(" ", "")


def as_said(word: str) -> str:
    """In two parts, as it is read aloud: "bamo-tiru"."""
    return f"{word[:4]}-{word[4:]}"
