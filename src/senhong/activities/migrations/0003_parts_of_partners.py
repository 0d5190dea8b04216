"""The table of an activity's partners becomes a model, so that each partner can have a part."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0002_state_before_cancelling"),
        ("org", "0003_partner_successors"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="ActivityPartner",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "activity",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="partner_parts",
                                to="activities.activity",
                            ),
                        ),
                        (
                            "partner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="activity_parts",
                                to="org.partner",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "đối tác trong hoạt động",
                        "db_table": "activities_activity_partners",
                        "unique_together": {("activity", "partner")},
                    },
                ),
                migrations.AlterField(
                    model_name="activity",
                    name="partners",
                    field=models.ManyToManyField(
                        blank=True,
                        related_name="activities",
                        through="activities.ActivityPartner",
                        to="org.partner",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="activitypartner",
            name="part",
            field=models.CharField(blank=True, default="", max_length=200, verbose_name="vai trò"),
            preserve_default=False,
        ),
    ]
