"""News that dates do not follow yet is told apart from dates that somebody changed."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles import policy
from articles.models import Alert, AlertPage, Published
from articles.verifying import addresses, problems
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _news():
    """It came a second ago."""
    article = cast.published().article
    alert = Alert.objects.create(kind="safety", title="A warning", by=cast.person("stan"), at=timezone.now())
    AlertPage.objects.create(alert=alert, article=article)


def found():
    return [str(problem) for problem in problems()]


def test_it_is_late_and_no_tampering(capsys):
    assert (found(), addresses.late()) == ([], 1)
    call_command("verify_history", verbosity=0)
    assert "The dates of 1 page do not follow the latest news yet" in capsys.readouterr().out
    policy.settle()
    assert (found(), addresses.late()) == ([], 0)


@pytest.mark.parametrize("column", ["next_due", "overdue_from", "last_reviewed_on"])
@pytest.mark.parametrize("followed", [False, True])
def test_a_date_that_somebody_changed_is_found_all_the_same(followed, column):
    if followed:
        policy.settle()
    Published.objects.update(**{column: "2030-01-01"})
    [problem] = found()
    assert column in problem
