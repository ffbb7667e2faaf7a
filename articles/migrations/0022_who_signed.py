from django.db import migrations, models

from articles.outdated import installing


def fill(apps, schema_editor):
    """What the deeds would have written."""
    review = apps.get_model("articles", "Review").objects.filter(pk=models.OuterRef("review"))
    pages = apps.get_model("articles", "Published").objects.filter(review__isnull=False)
    pages.update(reviewed_by=models.Subquery(review.values("signed_name")))


def unwatch(apps, schema_editor):
    """Triggers that name the column go before it does; the migrate of the release without it installs its own."""
    installing.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("articles", "0021_words_in_hand")]

    operations = [
        migrations.AddField("published", "reviewed_by", models.CharField(max_length=200, null=True)),
        migrations.RunPython(fill, unwatch),
        migrations.AddIndex(
            "published",
            models.Index(
                fields=["reviewed_by", "article"], condition=models.Q(moved_to=None), name="published_reviewed_by"
            ),
        ),
        migrations.RemoveIndex("published", "published_event"),
        migrations.AddIndex(
            "published",
            models.Index(
                fields=["event_since", "edition", "article"],
                condition=models.Q(event_since__isnull=False),
                name="published_event",
            ),
        ),
    ]
