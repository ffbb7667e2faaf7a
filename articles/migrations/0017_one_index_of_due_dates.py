from django.db import migrations, models

LISTED = ["next_due", "slug", "title", "edition", "article", "risk_tier", "due_why", "last_reviewed_on"]


class Migration(migrations.Migration):

    dependencies = [
        ("articles", "0016_desk"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="published",
            name="published_due",
        ),
        migrations.RemoveIndex(
            model_name="published",
            name="published_tier_due",
        ),
        migrations.RemoveIndex(
            model_name="published",
            name="published_event",
        ),
        migrations.AddIndex(
            model_name="published",
            index=models.Index(fields=LISTED, name="published_due"),
        ),
        migrations.AddIndex(
            model_name="published",
            index=models.Index(
                condition=models.Q(("event_since__isnull", False)),
                fields=["event_since", "edition"],
                name="published_event",
            ),
        ),
    ]
