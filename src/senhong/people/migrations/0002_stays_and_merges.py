import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [
        ("org", "0003_partner_successors"),
        ("people", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="member",
            name="distinction",
            field=models.CharField(blank=True, default="", max_length=50, verbose_name="phân biệt"),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="Stay",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("from_day", models.IntegerField(verbose_name="từ ngày")),
                ("to_day", models.IntegerField(default=99991231, verbose_name="đến trước ngày")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stays",
                        to="people.member",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stays",
                        to="org.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "quãng tham gia",
                "indexes": [models.Index(fields=["unit", "from_day"], name="stays_of_unit")],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(("to_day__gt", F("from_day"))), name="stay_days"
                    ),
                    models.UniqueConstraint(
                        condition=Q(("to_day", 99991231)), fields=("member",), name="one_open_stay"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MemberMerge",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(verbose_name="lúc")),
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
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="merges",
                        to="people.member",
                    ),
                ),
                (
                    "merged",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="merge",
                        to="people.member",
                    ),
                ),
            ],
            options={"verbose_name": "lần gộp thành viên"},
        ),
    ]
