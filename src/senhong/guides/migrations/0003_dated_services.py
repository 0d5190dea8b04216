import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("guides", "0002_shipped_services")]

    operations = [
        migrations.AddField(
            model_name="helpkind",
            name="to_day",
            field=models.IntegerField(default=99991231, verbose_name="hướng dẫn đến trước ngày"),
        ),
        migrations.CreateModel(
            name="PlatformChange",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("from_day", models.IntegerField(verbose_name="từ ngày")),
                ("is_platform", models.BooleanField(verbose_name="là nền tảng số")),
                (
                    "help_kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="platform_changes",
                        to="guides.helpkind",
                    ),
                ),
            ],
            options={
                "verbose_name": "lần đổi nền tảng số",
                "ordering": ["help_kind", "from_day"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("help_kind"), models.F("from_day"), name="platform_change_once"
                    )
                ],
            },
        ),
    ]
