"""Parking spaces and shops become kinds of their own."""

from django.db import migrations


def kinds(apps, schema_editor):
    dwellings = apps.get_model("places", "Dwelling").objects
    for kind in ("parking", "shop"):
        dwellings.filter(use=kind).update(kind=kind)


class Migration(migrations.Migration):
    dependencies = [("places", "0002_registers")]
    operations = [migrations.RunPython(kinds, migrations.RunPython.noop)]
