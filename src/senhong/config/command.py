"""The console script ``senhong``: Django's commands under our name."""

import os
import sys

from senhong.config.port import refuse_a_taken_port


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "senhong.config.settings")
    name, *rest = sys.argv[1:] or ["help"]
    if name == "serve" and not rest:
        refuse_a_taken_port()
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(["senhong", module_of(name), *rest])


def module_of(name: str) -> str:
    """Commands are said with hyphens (check-totals) and are modules with underscores."""
    return name if name.startswith("-") else name.replace("-", "_")


if __name__ == "__main__":
    main()
