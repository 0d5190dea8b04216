import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("org", "0003_partner_successors"),
    ]

    operations = [
        migrations.CreateModel(
            name="Boundary",
            fields=[
                (
                    "unit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="boundary",
                        serialize=False,
                        to="org.unit",
                    ),
                ),
                ("shape", models.JSONField()),
                ("digest", models.CharField(max_length=16)),
            ],
            options={
                "verbose_name": "ranh giới",
            },
        ),
        migrations.CreateModel(
            name="Cluster",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=100, verbose_name="tên")),
                ("from_day", models.IntegerField(verbose_name="từ ngày")),
                ("to_day", models.IntegerField(default=99991231, verbose_name="đến trước ngày")),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clusters",
                        to="org.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "cụm",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_day__gt", django.db.models.expressions.F("from_day"))
                        ),
                        name="cluster_days",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ClusterPlace",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("from_day", models.IntegerField(verbose_name="từ ngày")),
                ("to_day", models.IntegerField(default=99991231, verbose_name="đến trước ngày")),
                (
                    "cluster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="places",
                        to="org.cluster",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cluster_places",
                        to="org.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "chỗ trong cụm",
                "constraints": [
                    models.UniqueConstraint(
                        models.F("unit"), models.F("from_day"), name="cluster_place_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("to_day", 99991231)),
                        fields=("unit",),
                        name="cluster_place_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_day__gt", django.db.models.expressions.F("from_day"))
                        ),
                        name="cluster_place_days",
                    ),
                ],
            },
        ),
    ]
