import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("files", "0001_tables"),
        ("org", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Practice",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=160, verbose_name="tên")),
                ("since_on", models.DateField(verbose_name="từ ngày")),
                ("description", models.TextField(verbose_name="cách làm")),
                ("results", models.TextField(blank=True, verbose_name="kết quả")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Đang soạn"),
                            ("shared", "Đang chia sẻ"),
                            ("ended", "Đã dừng"),
                        ],
                        max_length=10,
                        verbose_name="tình trạng",
                    ),
                ),
                ("search_key", models.CharField(max_length=400)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="practices",
                        to="org.unit",
                    ),
                ),
            ],
            options={"verbose_name": "mô hình"},
        ),
        migrations.CreateModel(
            name="PracticePicture",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("told", models.CharField(max_length=200, verbose_name="ảnh cho thấy gì")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pictures",
                        to="practices.practice",
                    ),
                ),
            ],
            options={"verbose_name": "ảnh của mô hình"},
        ),
        migrations.CreateModel(
            name="Adoption",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("adopted_on", models.DateField(verbose_name="ngày áp dụng")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="ghi chú")),
                (
                    "withdrawn_on",
                    models.DateField(blank=True, null=True, verbose_name="ngày rút"),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adoptions",
                        to="practices.practice",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adoptions",
                        to="org.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "lần áp dụng mô hình",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_on", None)),
                        fields=("practice", "unit"),
                        name="adoption_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_on", None),
                            ("withdrawn_on__gte", models.F("adopted_on")),
                            _connector="OR",
                        ),
                        name="adoption_days",
                    ),
                ],
            },
        ),
    ]
