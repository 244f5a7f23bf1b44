from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("flow", "0002_the_desk_that_gave_it"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                condition=models.Q(("confirmed", False), ("stopped_at__isnull", True)), fields=["due_at"], name="clock_unconfirmed"
            ),
        ),
    ]
