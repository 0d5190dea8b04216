"""How to help with a service, short enough for a phone without a signal."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("guides", "0007_shipped_rates")]
    operations = [
        migrations.AddField(
            model_name="helpkind",
            name="how_to",
            field=models.TextField(blank=True, default="", verbose_name="cách giúp"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="helpkind",
            name="how_to_en",
            field=models.TextField(blank=True, default="", verbose_name="cách giúp, tiếng Anh"),
            preserve_default=False,
        ),
    ]
