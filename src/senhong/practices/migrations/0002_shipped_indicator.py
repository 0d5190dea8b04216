"""The indicator that adoptions move. Its words may be changed afterwards."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CODE = "practices-adopted"


def ship(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("ledger", "Indicator").objects.create(
        code=CODE,
        name="Mô hình được áp dụng",
        name_en="Practices adopted",
        group="organisation",
        nature="flow",
        unit_of_measure="lần",
        unit_of_measure_en="adoptions",
        definition="Một đơn vị bắt đầu áp dụng một mô hình do đơn vị khác khởi xướng.",
        definition_en="A unit takes up a practice that another unit started.",
        counting_rule=(
            "Tính một lần cho mỗi đơn vị và mỗi mô hình, tại đơn vị áp dụng, vào ngày bắt đầu áp "
            "dụng. Nơi khởi xướng không được tính. Rút lại thì trừ đi ở chính ngày ấy."
        ),
        counting_rule_en=(
            "Counted once for each unit and practice, at the unit that adopts, on the day it "
            "begins to. Who started it does not count. Withdrawing takes it off the same day."
        ),
        position=11,
    )


def take_back(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("ledger", "Indicator").objects.filter(code=CODE).delete()


class Migration(migrations.Migration):
    dependencies = [("practices", "0001_tables"), ("ledger", "0003_shipped_indicators")]
    operations = [migrations.RunPython(ship, take_back)]
