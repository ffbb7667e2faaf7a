"""The desk: what waits for this person, before anything else. One query a pile."""

from typing import Any

from articles import roles
from articles.admin.waiting import keeper, many, news, publisher, reminders, reviewer, writer
from articles.admin.waiting.pile import Pile


def piles(user: Any) -> list[Pile]:
    """What waits for somebody with these permissions, the most urgent first."""
    by_permission = [
        ("attest_article", reviewer.waiting_for_me),
        ("attest_article", reviewer.my_pages),
        ("sign_language", reviewer.waiting_for_language),
        ("request_review", writer.mine),
        ("reassign_review", writer.left_behind),
        ("reassign_review", writer.to_be_written),
        ("decide_news", news.waiting),
        ("attest_article", news.for_reviewers),
        ("publish_article", publisher.ready),
        ("publish_article", publisher.scheduled),
        ("view_article", many.unfinished),
        ("keep_dates", reminders.undone),
        ("keep_dates", keeper.dates),
        ("confirm_redaction", keeper.redactions),
        ("view_message", keeper.failed_mail),
        ("view_message", reminders.for_administrators),
    ]
    made = [pile(user) for permission, pile in by_permission if roles.may(user, permission)]
    piles = [pile for pile in made if pile]
    checks = publisher.second_checks(user)
    return [checks, *piles] if checks.rows else piles
