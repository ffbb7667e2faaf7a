"""Whether nobody has worked in a database yet."""

from django.apps import apps
from django.conf import settings
from django.db import connection

from leukemia_site.backups import rows
from leukemia_site.backups.refusals import Refused


def require() -> None:
    """Refuse a database in which somebody has an account, or something is written.

    What else may be there was put there by migrations, or by hand: every deed, and the admin, ask for an account.
    """
    existing = set(connection.introspection.table_names())
    models = [apps.get_model(name) for name in (settings.AUTH_USER_MODEL, "articles.Article", "references.Source")]
    counts = {m._meta.verbose_name_plural: rows.count(m) for m in models if m._meta.db_table in existing}
    found = [f"{name}: {count}" for name, count in counts.items() if count]
    if found:
        raise Refused(
            f"This database is in use ({', '.join(found)}), and restore only fills an empty one. Nothing is changed. "
            "Make a new database (or name another SQLite file) and give it as DATABASE_URL; the accounts come with "
            "the backup."
        )


def lock() -> None:
    """Keep everybody else out until the end of the transaction (SQLite does that by itself)."""
    if connection.vendor == "postgresql":
        names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in rows.kept())
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '20s'")
            cursor.execute(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE")
