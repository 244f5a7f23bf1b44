from django.db import migrations, models

# What a kind of finding was called before checks stood in packs.
CHECKS = {
    "grid_gap": "grid-gap", "grid_overlap": "grid-overlap", "grid_fault": "grid-fault", "profile_missing": "profile-complete",
    "profile_due": "profile-verified", "self_government_none": "self-government", "post_vacant": "posts-held", "term_over": "term-over",
    "term_soon": "term-soon", "branch_due": "branch-due", "group_due": "group-due", "instructor_due": "instructor-due",
    "branch_twice": "branch-twice", "secretary_unfiled": "secretary-filed", "persons_alike": "persons-alike",
    "homes_without_owner": "homes-owned", "survey_late": "survey-late",
}  # fmt: skip


def rename(apps, editor):
    """Findings keep their history under the names of the checks."""
    rows = apps.get_model("compliance", "Finding").objects
    for old, new in CHECKS.items():
        rows.filter(check_code=old).update(check_code=new)


class Migration(migrations.Migration):
    dependencies = [("compliance", "0001_initial")]

    operations = [
        migrations.RemoveConstraint("finding", "finding_open_once"),
        migrations.RemoveConstraint("finding", "finding_kind_known"),
        migrations.RemoveIndex("finding", "finding_open_place"),
        migrations.RenameField("finding", "kind", "check_code"),
        migrations.AlterField("finding", "check_code", models.CharField(max_length=40)),
        migrations.AddField("finding", "pack", models.CharField(max_length=80, default="cn"), preserve_default=False),
        migrations.AddField("finding", "force", models.CharField(max_length=12, default="must"), preserve_default=False),
        migrations.RunPython(rename, migrations.RunPython.noop),
    ]
