"""The database itself refuses to change or delete these rows."""

from django.db import migrations

from linzhi.foundation.privacy.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [append_only("audit_entry"), append_only("audit_seal"), append_only("audit_link")]
