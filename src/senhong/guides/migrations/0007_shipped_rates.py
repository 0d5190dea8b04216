"""Rates for the shipped services: estimates to begin with, which an office can change."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

RATES = {
    "online-public-services": 10,
    "cashless-payment": 15,
    "e-dong-thap": 20,
    "y-te-dong-thap": 20,
    "vneid": 15,
    "thanh-nien-viet-nam": 25,
    "email-account": 12,
    "administrative-procedure": 12,
    "e-commerce": 8,
    "hoi-quan-it": 8,
    "other": 30,
}


def set_rates(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    HelpKind: Any = apps.get_model("guides", "HelpKind")
    for code, rate in RATES.items():
        HelpKind.objects.filter(code=code).update(plausible_per_hour=rate)


class Migration(migrations.Migration):
    dependencies = [("guides", "0006_plausible_rates")]
    operations = [migrations.RunPython(set_rates, migrations.RunPython.noop)]
