"""The catalogues of texts: Vietnamese is the source, the others are translations.

python -m tools.messages update              take new texts into every catalogue (gettext)
python -m tools.messages compile [po …]      .po → .mo, in plain Python
python -m tools.messages check [--complete]  are they sound; with --complete: is nothing missing
"""

import contextlib
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tools.machine import gettext, left_out

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "locale"
LANGUAGES = ["en"]
NOT_OURS = ["tests", "dist"]
_FIELD = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")


def main(task: str, *rest: str) -> int:
    if task == "update":
        update(LOCALE)
        return 0
    if task == "compile":
        for path in [Path(name) for name in rest] or catalogues(LOCALE):
            compile_one(path)
        return 0
    return check(complete="--complete" in rest)


def update(locale: Path) -> None:
    """Take the texts of the sources into the catalogues under ``locale``."""
    import django  # only here is Django needed
    from django.conf import settings
    from django.core.management import call_command

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "senhong.config.settings")
    django.setup()
    settings.LOCALE_PATHS = [locale]
    for language in LANGUAGES:
        (locale / language / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    # From src/, where no folder is called locale: that one would be preferred to ours.
    with contextlib.chdir(ROOT / "src"):
        call_command(
            "makemessages",
            locale=LANGUAGES,
            ignore_patterns=NOT_OURS,
            add_location="file",
            no_wrap=True,
            no_obsolete=True,
            verbosity=0,
        )


def compile_one(path: Path) -> None:
    with path.with_suffix(".mo").open("wb") as target:
        write_mo(target, read(path))


def check(*, complete: bool) -> int:
    wrong = [line for path in catalogues(LOCALE) for line in mistakes(path)]
    print("".join(f"{line}\n" for line in wrong), end="")
    if not gettext():
        return max(len(wrong), left_out("gettext"))
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "locale"
        shutil.copytree(LOCALE, fresh, ignore=shutil.ignore_patterns("*.mo"))
        update(fresh)
        missing = [text for path in catalogues(fresh) for text in untranslated(path)]
    print(f"{len(missing)} texts are not in English yet.")
    if complete:
        print("".join(f"  {text}\n" for text in missing), end="")
    return 1 if wrong or (complete and missing) else 0


def catalogues(locale: Path) -> list[Path]:
    return sorted(locale.glob("*/LC_MESSAGES/*.po"))


def read(path: Path) -> Catalog:
    with path.open("rb") as source:
        return read_po(source, locale=path.parts[-3], abort_invalid=True)


def mistakes(path: Path) -> Iterator[str]:
    """Translations whose named fields are not those of the Vietnamese text."""
    for message in read(path):
        for text in forms(message.string):
            if message.id and text and fields(text) - fields(*forms(message.id)):
                yield f"{path.relative_to(ROOT)}: fields differ: {text}"


def untranslated(path: Path) -> Iterator[str]:
    for message in read(path):
        if message.id and (message.fuzzy or not all(forms(message.string))):
            yield next(iter(forms(message.id)))


def forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def fields(*texts: str) -> set[str]:
    return {name for text in texts for pair in _FIELD.findall(text) for name in pair if name}


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
