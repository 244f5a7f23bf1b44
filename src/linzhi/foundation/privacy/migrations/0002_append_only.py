"""The database itself refuses to change or delete these rows."""

from django.db import migrations

from linzhi.foundation.privacy.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("privacy", "0001_initial")]
    operations = [append_only("privacy_opening")]
