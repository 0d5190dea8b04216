"""Attendance becomes a member's part in an activity; who was on a list was present.

Activities get seats, a deadline for own cancellation, a short name and a key for check-in;
plans of activities can be saved.
"""

import functools
import secrets
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

BATCH = 500
STATES = [
    ("signed-up", "Đã đăng ký"),
    ("waiting", "Chờ chỗ"),
    ("confirmed", "Đã xác nhận"),
    ("present", "Có mặt"),
    ("left", "Đã về"),
    ("no-show", "Vắng"),
    ("cancelled", "Đã hủy đăng ký"),
]


def name_activities(apps: Any, _schema_editor: Any) -> None:
    """Each activity that stands gets a short name of its own; its key comes when it is asked for."""
    Activity = apps.get_model("activities", "Activity")
    nameless = list(Activity.objects.filter(short=None).only("pk"))
    for activity in nameless:
        activity.short = secrets.token_hex(5)
    Activity.objects.bulk_update(nameless, ["short"], batch_size=BATCH)


def moment(name: str) -> Any:
    return models.DateTimeField(blank=True, null=True, verbose_name=name)


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0004_review_and_evidence"),
        ("org", "0004_clusters_and_boundaries"),
        ("people", "0003_first_stays"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="attendance", name="present_once"),
        migrations.RenameModel(old_name="Attendance", new_name="Participant"),
        migrations.AlterModelOptions(
            name="participant", options={"verbose_name": "người tham gia"}
        ),
        migrations.AlterField(
            model_name="participant",
            name="activity",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="participants",
                to="activities.activity",
            ),
        ),
        migrations.AlterField(
            model_name="participant",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="participations",
                to="people.member",
            ),
        ),
        migrations.AddField(
            model_name="participant",
            name="state",
            field=models.CharField(
                choices=STATES, default="present", max_length=10, verbose_name="tình trạng"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="participant",
            name="state_before",
            field=models.CharField(blank=True, choices=STATES, default="", max_length=10),
            preserve_default=False,
        ),
        migrations.AddField("participant", "signed_up_at", moment("đăng ký lúc")),
        migrations.AddField("participant", "confirmed_at", moment("xác nhận lúc")),
        migrations.AddField("participant", "came_at", moment("đến lúc")),
        migrations.AddField("participant", "left_at", moment("về lúc")),
        migrations.AddField("participant", "missed_at", moment("ghi vắng lúc")),
        migrations.AddField("participant", "cancelled_at", moment("hủy lúc")),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.UniqueConstraint(
                models.F("activity"), models.F("member"), name="participates_once"
            ),
        ),
        migrations.CreateModel(
            name="ParticipantAct",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="acts",
                        to="activities.participant",
                    ),
                ),
                ("state", models.CharField(choices=STATES, max_length=10)),
                ("at", models.DateTimeField()),
            ],
            options={"verbose_name": "lượt ghi của người tham gia"},
        ),
        migrations.AddField(
            model_name="activity",
            name="seats",
            field=models.SmallIntegerField(blank=True, null=True, verbose_name="số chỗ"),
        ),
        migrations.AddField(
            model_name="activity",
            name="cancel_hours",
            field=models.SmallIntegerField(default=12, verbose_name="hạn tự hủy"),
        ),
        migrations.AddField(
            model_name="activity",
            name="check_in_key",
            field=models.BinaryField(editable=False, max_length=16, null=True),
        ),
        migrations.AlterField(
            model_name="activity",
            name="check_in_key",
            field=models.BinaryField(
                default=functools.partial(secrets.token_bytes, 16),
                editable=False,
                max_length=16,
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="short",
            field=models.CharField(editable=False, max_length=12, null=True),
        ),
        migrations.RunPython(name_activities, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="activity",
            name="short",
            field=models.CharField(
                default=functools.partial(secrets.token_hex, 5),
                editable=False,
                max_length=12,
                unique=True,
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats", None), ("seats__gt", 0), _connector="OR"),
                name="activity_seats",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(("cancel_hours__range", (0, 336))),
                name="activity_cancel_hours",
            ),
        ),
        migrations.CreateModel(
            name="ActivityTemplate",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=100, verbose_name="tên mẫu")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("sortie", "Lượt ra quân"),
                            ("training", "Tập huấn"),
                            ("event", "Sự kiện"),
                            ("desk-shift", "Ca trực bàn hỗ trợ"),
                            ("everyday", "Hỗ trợ hằng ngày"),
                        ],
                        max_length=12,
                        verbose_name="loại",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="tên")),
                (
                    "place_text",
                    models.CharField(blank=True, max_length=200, verbose_name="địa điểm"),
                ),
                ("starts", models.TimeField(verbose_name="bắt đầu lúc")),
                ("ends", models.TimeField(verbose_name="kết thúc lúc")),
                ("seats", models.SmallIntegerField(blank=True, null=True, verbose_name="số chỗ")),
                ("cancel_hours", models.SmallIntegerField(default=12, verbose_name="hạn tự hủy")),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.team",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="org.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "mẫu hoạt động",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("team", None), ("unit__isnull", False)),
                            models.Q(("team__isnull", False), ("unit", None)),
                            _connector="OR",
                        ),
                        name="template_of_one",
                    )
                ],
            },
        ),
    ]
