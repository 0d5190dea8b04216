"""What is no longer offered has not been from the day of this migration on, at the latest."""

from datetime import date
from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

LAST_DAY = 99991231


def date_them(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    today = int(f"{date.today():%Y%m%d}")  # noqa: DTZ011  # a day is precise enough here
    HelpKind: Any = apps.get_model("guides", "HelpKind")
    HelpKind.objects.filter(is_offered=False).update(to_day=today)


def undate_them(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    HelpKind: Any = apps.get_model("guides", "HelpKind")
    HelpKind.objects.exclude(to_day=LAST_DAY).update(is_offered=False)


class Migration(migrations.Migration):
    dependencies = [("guides", "0003_dated_services")]
    operations = [migrations.RunPython(date_them, undate_them)]
