"""The console script ``senhong``: Django's commands under our name."""

import os
import sys

from senhong.config.port import refuse_a_taken_port


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "senhong.config.settings")
    refuse_what_is_not_text(sys.argv)
    name, *rest = sys.argv[1:] or ["help"]
    if name == "serve" and not rest:
        refuse_a_taken_port()
    refuse_wrong_settings()
    execute(["senhong", module_of(name), *rest])


def module_of(name: str) -> str:
    """Commands are said with hyphens (check-totals) and are modules with underscores."""
    return name if name.startswith("-") else name.replace("-", "_")


def refuse_what_is_not_text(words: list[str]) -> None:
    """Stop with one line when a word is not UTF-8: no command could say it again."""
    for place, word in enumerate(words[1:], 1):
        if any("\ud800" <= sign <= "\udfff" for sign in word):
            sys.exit(f"Argument {place} is not UTF-8 text. Check the terminal's encoding.")


def refuse_wrong_settings() -> None:
    """Stop with one line when the environment says what cannot be."""
    from django.conf import settings  # noqa: PLC0415
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415

    try:
        _ = settings.INSTALLED_APPS  # else Django goes on without settings
    except ImproperlyConfigured as mistake:
        sys.exit(str(mistake))


def execute(words: list[str]) -> None:
    """Run the command; a database that cannot be used is told in one line, Ctrl-C in none."""
    from django.core.management import execute_from_command_line  # noqa: PLC0415
    from django.db import DatabaseError  # noqa: PLC0415

    try:
        execute_from_command_line(words)
    except DatabaseError as mistake:
        from senhong.config.database import why_not_usable  # noqa: PLC0415

        reason = why_not_usable(mistake)
        if reason is None:
            raise
        sys.exit(reason)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
