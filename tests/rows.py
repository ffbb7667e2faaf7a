"""Which tables of models have rows, and their rows as statements that bring them back. In the engine's own words."""

from django.db import connection

# What `post_migrate` puts there. Every test finds it as a migrate leaves it.
KEPT = ("auth_group", "auth_group_permissions", "auth_permission", "django_content_type")
# What triggers write goes on from test to test, as it does from year to year.
LOG = ("articles_readerchange", "articles_readercounter")


def filled() -> list[str]:
    """Tables of models that have rows. What an index of full text is made of belongs to the engine."""
    tables = sorted(set(connection.introspection.django_table_names()).difference(KEPT, LOG))
    asked = (f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\")" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return [row[0] for row in cursor.fetchall()]


def insert(table: str) -> str:
    """One statement that puts back every row, its number included."""
    with connection.cursor() as cursor:
        names = _written(table)
        quoted = " || ',' || ".join(map(_literal, names))
        cursor.execute(f'SELECT {quoted} FROM "{table}" ORDER BY {_name(names[0])}')
        values = ", ".join(f"({row[0]})" for row in cursor.fetchall())
    return f'INSERT INTO "{table}" ({", ".join(map(_name, names))}) VALUES {values}'


def _written(table: str) -> list[str]:
    """Columns that are written, and not made by the engine of others."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"SELECT name FROM pragma_table_info('{table}')")
        else:
            cursor.execute(
                "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema()"
                f" AND table_name = '{table}' AND is_generated = 'NEVER' ORDER BY ordinal_position"
            )
        return [row[0] for row in cursor.fetchall()]


def _name(column: str) -> str:
    return f'"{column}"'


def _literal(column: str) -> str:
    return f"quote({_name(column)})" if connection.vendor == "sqlite" else f"quote_nullable({_name(column)}::text)"
