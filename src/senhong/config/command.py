"""The console script ``senhong``: Django's commands under our name."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "senhong.config.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    # Commands are said with hyphens (check-totals) and are modules with underscores.
    name, *rest = [*sys.argv[1:2], *sys.argv[2:]] or ["help"]
    execute_from_command_line(["senhong", name.replace("-", "_") if name[:1] != "-" else name, *rest])
