"""django-ckeditor (CKEditor 4.22), locked down as docs/decisions/0002-editor.md says. Each line closes something."""

import html
import re
from typing import Any

from ckeditor.widgets import CKEditorWidget
from django.forms.widgets import Media
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.admin.labels import CitedTextarea

OFF = """
    about bidi colorbutton colordialog div editorplaceholder elementspath exportpdf filebrowser find flash font
    forms iframe image justify language newpage pagebreak preview print resize save scayt showblocks smiley
    sourcearea stylescombo templates uploadimage wsc wysiwygarea
""".split()
CONFIG: dict[str, Any] = {
    # Nothing is loaded but what stands here.
    "customConfig": "",
    "stylesSet": False,
    "contentsCss": [],
    "skin": "moono-lisa",
    "versionCheck": False,
    # divarea: the text lives in our own document, so the page's policy can forbid script blocks.
    "extraPlugins": "divarea,citation,facts",
    "removePlugins": ",".join(OFF),
    # What markup.clean keeps, and no more. The server cleans again; this only shows the writer what will stay.
    "allowedContent": (
        "p h3 h4 strong em sub sup ul ol li br caption thead tbody tr; a[!href]; table;"
        " th[scope,colspan,rowspan]; td[colspan,rowspan]; cite[!data-source,data-locator,data-quote]; data[!value]"
    ),
    "disallowedContent": "script style iframe object embed svg math form input *[on*]; *{*}",
    "fullPage": False,
    "linkShowAdvancedTab": False,
    "linkShowTargetTab": False,
    "linkJavaScriptLinksAllowed": False,
    "entities": False,
    "basicEntities": True,
    "disableNativeSpellChecker": False,
    "browserContextMenuOnCtrl": True,
    "format_tags": "p;h3;h4",
    "toolbar": [
        ["Format", "Bold", "Italic", "Subscript", "Superscript"],
        ["NumberedList", "BulletedList"],
        ["Link", "Unlink"],
        ["Table", "SpecialChar"],
        ["Citation", "Fact"],
        ["RemoveFormat", "Undo", "Redo", "Maximize"],
    ],
    "height": 260,
    "width": "100%",
}


class CKEditor(CitedTextarea, CKEditorWidget):  # type: ignore[misc]  # the package ships no types
    """The package's widget with our configuration and our plugins; settings.CKEDITOR_CONFIGS has no say."""

    def __init__(self, *, citing: bool = True) -> None:
        super().__init__()
        self.config = {
            **CONFIG,
            "citationSources": reverse("admin:articles_article_sources"),
            "citationNewSource": reverse("admin:articles_article_new_source"),
            "facts": reverse("admin:articles_article_facts"),
        }
        if not citing:
            self.config["removePlugins"] += ",citation,facts"
        ours = ("citation", "facts")
        self.external_plugin_resources = [(name, static(f"articles/editor/{name}/"), "plugin.js") for name in ours]

    @property
    def media(self) -> Media:
        ours = Media(
            css={"all": ["articles/editor/editor.css", "articles/editor/citation/dialog.css"]},
            js=[
                "articles/editor/units.js",
                *("articles/editor/citation/chosen.js", "articles/editor/citation/dialog.js"),
                "articles/editor/facts/dialog.js",
            ],
        )
        package: Media = super().media
        return package + ours

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        self.config["title"] = _("Summary text") if name.endswith("summary") else _("Section text")
        context: dict[str, Any] = super().get_context(name, value, attrs)
        return context

    def refused(self, value: str) -> str:
        """The words only: what the gate refused must not reach the editor as HTML."""
        return f"<p>{html.escape(re.sub(r'<[^>]*>?', ' ', value), quote=False)}</p>"
