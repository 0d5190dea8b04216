from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("guides", "0004_offered_until")]

    operations = [migrations.RemoveField(model_name="helpkind", name="is_offered")]
