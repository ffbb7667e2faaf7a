"""Our own system checks, each seen to speak and to be silent."""

import pytest
from django.core.checks import run_checks

from leukemia_site.checks import W001, W002


def spoken():
    return {message.id for message in run_checks(include_deployment_checks=True)}


def test_any_host_is_a_warning(settings):
    settings.ALLOWED_HOSTS = ["*"]
    assert W001.id in spoken()


def test_named_hosts_are_none(settings):
    settings.ALLOWED_HOSTS = ["patients.example.org"]
    assert W001.id not in spoken()


@pytest.mark.parametrize(
    ("public", "https", "warned"), [(True, False, True), (True, True, False), (False, False, False)]
)
def test_plain_http_is_a_warning_in_public(settings, public, https, warned):
    settings.PUBLIC, settings.HTTPS = public, https
    assert (W002.id in spoken()) is warned
