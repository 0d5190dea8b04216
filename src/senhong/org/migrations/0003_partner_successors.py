import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("org", "0002_map_changes")]

    operations = [
        migrations.AddField(
            model_name="partner",
            name="successor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="predecessors",
                to="org.partner",
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("successor", None),
                    models.Q(("to_day", 99991231), _negated=True),
                    _connector="OR",
                ),
                name="partner_ends_before_successor",
            ),
        ),
    ]
