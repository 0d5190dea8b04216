"""What no commit may contain: large files, private keys, text that is not NFC, nameless migrations.

python -m tools.commit_rules path …
"""

import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

MOST_BYTES = 2_500_000
_PRIVATE_KEY = re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----")
_NAMELESS = re.compile(r"/migrations/\d+_(auto|initial)")


def main(*names: str) -> int:
    wrong = [f"{name}: {mistake}" for name in names for mistake in mistakes(Path(name))]
    print("".join(f"{line}\n" for line in wrong), end="")
    return 1 if wrong else 0


def mistakes(path: Path) -> Iterator[str]:
    content = path.read_bytes()
    if len(content) > MOST_BYTES:
        yield f"larger than {MOST_BYTES} bytes"
    if _PRIVATE_KEY.search(content):
        yield "a private key"
    if _NAMELESS.search(path.as_posix()):
        yield "a migration's name says what changes"
    if not is_nfc(content):
        yield "not NFC: the same letter would be another message and another search result"


def is_nfc(content: bytes) -> bool:
    try:
        return unicodedata.is_normalized("NFC", content.decode())
    except UnicodeDecodeError:
        return True  # not text


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
