"""How long the automatic checks take on a long page, and how long a writer's panel waits for its answer."""

import sys
import time
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import Group, User
from django.test import Client
from django.test.utils import setup_databases, teardown_databases
from django.utils import timezone

from articles import answering, checking, drafting, roles
from articles.checking import statements
from articles.content import Content, SectionContent
from articles.models import Article

SECTIONS, PARAGRAPHS, RUNS = 60, 5, 7
PARAGRAPH = (
    "<p>Treatment depends on the subtype of the disease, on your age and on what matters to you. Tell your care team "
    "how you feel, because there is help for many side effects. About 1 in {n} people need another course of it.</p>"
)
BOUND = 0.5  # seconds for one answer


def best(work: Callable[[], Any]) -> float:
    """The shortest of some runs, in seconds; nothing is remembered from one to the next."""
    found = []
    for _run in range(RUNS):
        statements.unsupported.cache_clear()
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)


def page() -> Content:
    """A long page, a third of whose sentences say something that needs support."""
    body = "".join(PARAGRAPH.format(n=20 + n) for n in range(PARAGRAPHS))
    sections = [SectionContent(anchor=f"part-{n}", heading=f"Part {n}", body=body) for n in range(SECTIONS)]
    return Content(title="A long page", summary="<p>What it says.</p>", sections=tuple(sections))


def posted(words: Content) -> dict[str, Any]:
    """The article form with these words."""
    fields = {"title": words.title, "summary": words.summary, "sections-TOTAL_FORMS": SECTIONS}
    for number, one in enumerate(words.sections):
        row = {"was": one.anchor, "heading": one.heading, "kind": one.kind, "body": one.body, "position": number}
        fields |= {f"sections-{number}-{name}": value for name, value in row.items()}
    return fields


def measure() -> float:
    """Print the figures; the seconds of one answer."""
    writer = User.objects.create_user("writer", is_staff=True)
    writer.groups.add(Group.objects.get(name=roles.WRITER))
    words, at = page(), timezone.now()
    article: Article = drafting.start(words, by=writer, at=at)
    browser, fields = Client(headers={"host": "127.0.0.1"}), posted(words)
    browser.force_login(writer)
    found = len(answering.remarks(article, words, at=at).open)
    print(f"{SECTIONS} sections, {len(words.to_json()):,} characters, {found} findings")
    print(f"all rules            {best(lambda: checking.check(words)) * 1000:6.1f} ms")
    address = f"/admin/articles/article/{article.pk}/hints/"
    if len(browser.post(address, fields).json()["hints"]) != found:
        raise SystemExit("the answer is not whole")
    answer = best(lambda: browser.post(address, fields))
    print(f"one answer, whole    {answer * 1000:6.1f} ms")
    return answer


def main() -> int:
    """1 if an answer takes longer than the bound."""
    old = setup_databases(verbosity=0, interactive=False, serialized_aliases=())
    try:
        return int(measure() > BOUND)
    finally:
        teardown_databases(old, verbosity=0)


if __name__ == "__main__":
    sys.exit(main())
