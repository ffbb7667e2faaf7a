"""Which stories readers may see today. All that the public side asks about stories; it looks at no consent."""

from datetime import date

from articles.content import Content, sha256
from articles.models import StoryText
from articles.page import Story
from articles.told import Told


def of(*words: Content, today: date) -> dict[tuple[str, str], Story]:
    """By key and hash, the stories in these words whose consent holds today and whose text is there, to the letter.

    One query, none where no story stands.
    """
    wanted = {(section.story, section.story_hash) for content in words for section in content.sections if section.story}
    if not wanted:
        return {}
    named = {"story__key__in": {key for key, _hash in wanted}, "hash__in": {hashed for _key, hashed in wanted}}
    rows = StoryText.objects.shown(today).filter(**named).order_by()
    found = rows.values_list("story__key", "hash", "content", "story__ends_on")
    return {
        (key, hashed): Story(told=Told.from_json(content), until=until)
        for key, hashed, content, until in found
        if (key, hashed) in wanted and sha256(content) == hashed
    }
