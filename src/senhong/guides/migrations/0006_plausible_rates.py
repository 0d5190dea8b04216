"""How many people one volunteer can help with a service in an hour."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("guides", "0005_offered_is_dated")]
    operations = [
        migrations.AddField(
            model_name="helpkind",
            name="plausible_per_hour",
            field=models.SmallIntegerField(default=20, verbose_name="số người hợp lý mỗi giờ"),
        ),
    ]
