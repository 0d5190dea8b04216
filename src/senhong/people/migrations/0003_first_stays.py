"""Whoever took part before stays were kept has one: from joining to leaving, at her unit."""

from datetime import date

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_BATCH = 1000
_LAST_DAY = 99991231


def first_stays(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    member, stay = apps.get_model("people", "Member"), apps.get_model("people", "Stay")
    batch = []
    for row in member.objects.order_by("pk").iterator(_BATCH):
        until = _LAST_DAY if row.left_on is None else _as_day(row.left_on)
        facts = {"unit_id": row.unit_id, "from_day": _as_day(row.joined_on), "to_day": until}
        batch.append(stay(id=row.pk, member_id=row.pk, **facts))
        if len(batch) == _BATCH:
            stay.objects.bulk_create(batch, ignore_conflicts=True)
            batch = []
    stay.objects.bulk_create(batch, ignore_conflicts=True)


def _as_day(value: date) -> int:
    return value.year * 10000 + value.month * 100 + value.day


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("people", "0002_stays_and_merges")]

    operations = [migrations.RunPython(first_stays, migrations.RunPython.noop)]
