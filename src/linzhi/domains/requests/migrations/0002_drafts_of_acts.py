import django.db.models.deletion
from django.db import migrations, models

import linzhi.foundation.privacy.fields


class Migration(migrations.Migration):
    dependencies = [
        ("requests", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ActDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("account_id", models.BigIntegerField()),
                ("act", models.CharField(max_length=60)),
                ("words", linzhi.foundation.privacy.fields.SealedField(blank=True, default="", kind="text")),
                ("at", models.DateTimeField(db_index=True)),
                ("request", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="act_drafts", to="requests.request")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("request", "account_id", "act"), name="act_draft_once")],
            },
        ),
    ]
