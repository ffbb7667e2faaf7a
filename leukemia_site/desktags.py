"""The tags of the admin's templates, loaded for the first of those: the template engine wants every library there is
for its first page, and a reader's page needs none of the desk."""

from typing import Any

from django.utils.module_loading import import_string


class Later:
    """As a library of tags, whose tags are found when a template asks for them."""

    @property
    def tags(self) -> dict[str, Any]:
        """By name."""
        tags: dict[str, Any] = _library().tags
        return tags

    @property
    def filters(self) -> dict[str, Any]:
        """By name."""
        filters: dict[str, Any] = _library().filters
        return filters


def _library() -> Any:
    return import_string("articles.admin.tags.register")


register = Later()
