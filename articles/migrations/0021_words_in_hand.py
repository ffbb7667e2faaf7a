from django.db import migrations, models


def fill(apps, schema_editor):
    """What the deeds would have written: the words of a page are put down when they are published."""
    editions = apps.get_model("articles", "Edition").objects.filter(closed_how="")
    online = editions.filter(article=models.OuterRef("pk"), revision=models.OuterRef("revision"))
    apps.get_model("articles", "Article").objects.filter(models.Exists(online)).update(in_hand=False)


class Migration(migrations.Migration):
    dependencies = [("articles", "0020_what_came_back")]

    operations = [
        migrations.AddField("article", "in_hand", models.BooleanField(default=True, editable=False)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            "article",
            models.Index(fields=["started_by"], condition=models.Q(in_hand=True), name="article_in_hand"),
        ),
        migrations.AddIndex(
            "review",
            models.Index(fields=["answered_at"], condition=models.Q(origin="correction"), name="review_corrected"),
        ),
        migrations.AddIndex(
            "review",
            models.Index(
                fields=["article", "corrects"], condition=models.Q(corrects__isnull=False), name="review_corrects"
            ),
        ),
        migrations.AddIndex(
            "article",
            models.Index(fields=["title", "id"], condition=models.Q(binned_at=None), name="article_listed"),
        ),
        migrations.AddIndex(
            "published",
            models.Index(
                fields=["unreviewed_since"],
                condition=models.Q(unreviewed_since__isnull=False),
                name="published_unreviewed",
            ),
        ),
    ]
