import django.db.models.deletion
from django.db import migrations, models

LISTED = ["next_due", "slug", "title", "edition", "article", "risk_tier", "due_why", "last_reviewed_on"]


def fill(apps, schema_editor):
    """What the deeds would have written, had they known these columns."""
    mine = apps.get_model("articles", "Article").objects.filter(pk=models.OuterRef("article"))
    apps.get_model("articles", "Published").objects.filter(moved_to=None).update(
        reviewer=models.Subquery(mine.values("reviewer")), about=models.Subquery(mine.values("condition"))
    )


def nullable(to, **more):
    return models.ForeignKey(
        to, on_delete=django.db.models.deletion.PROTECT, null=True, blank=True, related_name="+", **more
    )


class Migration(migrations.Migration):

    dependencies = [("articles", "0018_what_readers_see")]

    operations = [
        migrations.RemoveIndex("published", "published_due"),
        migrations.AddField("published", "about", nullable("articles.condition")),
        migrations.AddField("published", "reviewer", nullable("articles.reviewer", db_index=False)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex("published", models.Index(fields=[*LISTED, "reviewer", "about"], name="published_due")),
        migrations.AddIndex(
            "published", models.Index(fields=["reviewer", "next_due", "slug", "edition"], name="published_reviewer")
        ),
        migrations.AddIndex(
            "published", models.Index(fields=["due_why", "next_due", "slug", "edition"], name="published_why")
        ),
        migrations.AddIndex(
            "published", models.Index(fields=["last_reviewed_on", "risk_tier", "edition"], name="published_read")
        ),
    ]
