"""Fill the calendar with the years that ship with the project."""

from typing import Any

from django.db import migrations

from linzhi.foundation.calendar.seed import fill


def forwards(apps: Any, _editor: Any) -> None:
    fill(apps.get_model("calendar", "CalendarDay"), apps.get_model("calendar", "CalendarYear"))


class Migration(migrations.Migration):
    dependencies = [("calendar", "0001_initial")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
