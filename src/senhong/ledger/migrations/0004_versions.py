import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_shipped_indicators")]

    operations = [
        migrations.CreateModel(
            name="IndicatorVersion",
            fields=[
                ("definition", models.TextField(verbose_name="định nghĩa")),
                ("definition_en", models.TextField(verbose_name="định nghĩa tiếng Anh")),
                ("counting_rule", models.TextField(verbose_name="cách đếm")),
                ("counting_rule_en", models.TextField(verbose_name="cách đếm tiếng Anh")),
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("from_day", models.IntegerField(verbose_name="từ ngày")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="lý do")),
                ("recorded_by", models.IntegerField(null=True)),
                ("recorded_at", models.DateTimeField(null=True)),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="ledger.indicator",
                    ),
                ),
            ],
            options={
                "verbose_name": "bản định nghĩa",
                "ordering": ["indicator", "from_day"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("indicator"), models.F("from_day"), name="indicator_version_once"
                    )
                ],
            },
        ),
    ]
