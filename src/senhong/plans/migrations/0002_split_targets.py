import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="target",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="shares",
                to="plans.target",
            ),
        ),
        migrations.AddField(
            model_name="target",
            name="is_own",
            field=models.BooleanField(default=False),
        ),
        migrations.RemoveConstraint(model_name="target", name="target_once"),
        migrations.RemoveConstraint(model_name="target", name="target_sense"),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.UniqueConstraint(
                models.F("plan"),
                models.F("unit"),
                models.F("indicator"),
                models.F("from_day"),
                models.F("to_day"),
                models.F("is_own"),
                name="target_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("to_day__gt", models.F("from_day")),
                    models.Q(
                        ("quantity__gt", 0),
                        models.Q(("parent__isnull", False), ("quantity", 0)),
                        _connector="OR",
                    ),
                ),
                name="target_sense",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_own", False), ("parent__isnull", False), _connector="OR"),
                name="own_share_of_a_whole",
            ),
        ),
        migrations.CreateModel(
            name="TargetRevision",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("act", models.UUIDField(db_index=True)),
                ("at", models.DateTimeField(verbose_name="lúc")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="lý do")),
                ("old_quantity", models.BigIntegerField(null=True, verbose_name="mức cũ")),
                ("new_quantity", models.BigIntegerField(verbose_name="mức mới")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="plans.target",
                    ),
                ),
            ],
            options={
                "verbose_name": "lần đổi mức",
                "indexes": [models.Index(fields=["target", "at"], name="revisions_of_target")],
            },
        ),
    ]
