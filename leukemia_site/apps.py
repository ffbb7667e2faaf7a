"""The site as an app (it brings its checks), the desk, and the static files without what the editor never uses."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.core import checks

from leukemia_site.checks import any_host, plain_http

# CKEditor 4 ships every plugin it has. These are off in articles/admin/editor.py, and some have known holes.
UNUSED_PLUGINS = """
    about adobeair ajax autoembed autogrow autolink bbcode codesnippet codesnippetgeshi colordialog devtools div
    docprops embed embedbase embedsemantic exportpdf filetools find flash forms iframe iframedialog image image2
    language lineutils mathjax menubutton notification notificationaggregator pagebreak placeholder preview scayt
    sharedspace showblocks smiley sourcedialog stylesheetparser tableresize templates uicolor uploadimage
    uploadwidget widget wsc xml
""".split()
UNUSED_REST = """
    ckeditor/galleriffic/* ckeditor/ckeditor/adapters/* ckeditor/ckeditor/vendor/* ckeditor/ckeditor/skins/moono/*
    ckeditor/ckeditor/skins/kama/* ckeditor/ckeditor/*.md ckeditor/ckeditor/build-config.js
    ckeditor/ckeditor/bender-runner.config.json
""".split()


class SiteConfig(AppConfig):
    name = "leukemia_site"

    def ready(self) -> None:
        checks.register(any_host, checks.Tags.security, deploy=True)
        checks.register(plain_http, checks.Tags.security, deploy=True)


class DeskConfig(AdminConfig):
    default_site = "leukemia_site.desk.Desk"


class StaticConfig(StaticFilesConfig):
    ignore_patterns = [  # noqa: RUF012  the name and the kind are Django's
        *StaticFilesConfig.ignore_patterns,
        # `/*` because collectstatic matches a folder by its last name only.
        *(f"ckeditor/ckeditor/plugins/{name}/*" for name in UNUSED_PLUGINS),
        *UNUSED_REST,
    ]
