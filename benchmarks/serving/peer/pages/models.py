"""An article as users of Wagtail model it: sections in a StreamField, references in rows, who reviewed it a snippet."""

from django.conf import settings
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.blocks import CharBlock, RichTextBlock, StructBlock
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.snippets.models import register_snippet

if settings.CACHED:
    from wagtailcache.cache import WagtailCacheMixin
else:

    class WagtailCacheMixin:
        """Nothing is kept."""


@register_snippet
class Reviewer(models.Model):
    name = models.CharField(max_length=200)
    credentials = models.CharField(max_length=200)
    role = models.CharField(max_length=200)
    institution = models.CharField(max_length=200)

    def __str__(self):
        return f"{self.name}, {self.credentials}"


class HomePage(Page):
    pass


class SectionBlock(StructBlock):
    heading = CharBlock()
    body = RichTextBlock()


class ArticlePage(WagtailCacheMixin, Page):
    summary = models.TextField()
    reviewer = models.ForeignKey(Reviewer, on_delete=models.PROTECT, related_name="+")
    reviewed_on = models.DateField()
    body = StreamField([("section", SectionBlock())])


class Reference(Orderable):
    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="references")
    text = models.TextField()
