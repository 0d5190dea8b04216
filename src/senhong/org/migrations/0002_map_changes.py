import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("org", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MapChange",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200, verbose_name="tên")),
                ("day", models.IntegerField(verbose_name="từ ngày")),
                ("content", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "đang soạn"),
                            ("proposed", "chờ người thứ hai duyệt"),
                            ("confirmed", "đã duyệt, chờ thực hiện"),
                            ("running", "đang thực hiện"),
                            ("done", "đã thực hiện"),
                            ("refused", "không được duyệt"),
                            ("undo-proposed", "chờ duyệt hoàn tác"),
                            ("undoing", "đang hoàn tác"),
                            ("undone", "đã hoàn tác"),
                        ],
                        max_length=13,
                        verbose_name="bước",
                    ),
                ),
                ("done", models.JSONField(default=list)),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="lý do")),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="map_changes",
                        to="org.unit",
                    ),
                ),
                (
                    "undo_confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "undo_proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "thay đổi bản đồ",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("proposed_by", models.F("confirmed_by")),
                                _negated=True,
                            ),
                            models.Q(
                                ("undo_proposed_by", models.F("undo_confirmed_by")),
                                _negated=True,
                            ),
                        ),
                        name="change_by_two",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EndedRole",
            fields=[
                (
                    "grant",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="ended_by",
                        serialize=False,
                        to="org.rolegrant",
                    ),
                ),
                ("to_day", models.IntegerField()),
                (
                    "map",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unitmap",
                    ),
                ),
            ],
            options={"verbose_name": "vai trò hết theo đơn vị"},
        ),
    ]
