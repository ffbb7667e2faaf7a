"""Two people at one article in random interleavings: whatever either typed can be found again, each time."""

import re
from random import Random

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article, Autosave
from tests import browser as browsers
from tests import cast
from tests.articles.admin import desk
from tests.journeys.test_editing import editable

pytestmark = pytest.mark.django_db(transaction=True)
STEPS = 8
TOKEN = re.compile(r"[a-z]+word\d+")
SAVE = "Save and continue editing"
VALUES = """() => {
  Object.values(CKEDITOR.instances).forEach((editor) => editor.updateElement());
  const fields = document.querySelectorAll("#article_form input[type=text], #article_form textarea");
  return [...fields].map((field) => field.value).join(" ");
}"""


class Writer:
    """Somebody with a window. `typed` are all words that they ever typed, `saved` those in a form that was saved,
    `given_up` those of the form that they chose against when they merged."""

    def __init__(self, name: str, page: Page, url: str, article: Article) -> None:
        self.name, self.page, self.url, self.article = name, page, url, article
        self.typed: list[str] = []
        self.saved: set[str] = set()
        self.given_up: set[str] = set()
        self.change = url + desk.change_url(article)
        page.on("dialog", lambda dialog: dialog.accept())
        self.sign_in()
        self.open()

    def sign_in(self) -> None:
        cookie = desk.client(self.name).cookies["sessionid"].value
        self.page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": self.url}])

    def open(self) -> None:
        self.page.goto(self.change)
        editable(self.page, 0)

    def word(self) -> str:
        self.typed.append(f"{self.name}word{len(self.typed)}")
        return self.typed[-1]

    def held(self) -> set[str]:
        """The words in the form."""
        return set(TOKEN.findall(self.page.evaluate(VALUES)))

    # -- what they do ----------------------------------------------------------------------------------------------

    def type(self, random: Random) -> None:
        number = random.randrange(2)
        editable(self.page, number).click()
        self.page.keyboard.press("Control+End")
        self.page.keyboard.type(f" {self.word()}")

    def add(self, random: Random) -> None:
        self.page.get_by_role("button", name="Add section").click()
        self.page.keyboard.type(f"Section {self.word()}")

    def reopen(self, random: Random) -> None:
        """Away without saving, and back; perhaps the unsaved text is put into the form."""
        self.open()
        offered = self.page.get_by_role("link", name="Restore it into the form")
        if offered.count() and random.random() < 0.7:
            offered.first.click()
            editable(self.page, 0)
            self.page.wait_for_load_state()

    def save(self, random: Random) -> None:
        for _again in range(4):
            words = self.held()
            self.page.evaluate("document.body.dataset.sent = 1")  # what stands there now is no answer
            self.page.get_by_role("button", name=SAVE).click()
            fresh = self.page.locator("body:not([data-sent])")
            done, stale = fresh.locator(".messagelist .success"), fresh.locator(".meanwhile")
            expect(done.or_(stale).first).to_be_visible()
            self.page.wait_for_load_state()  # what is counted and read below waits for nothing
            if done.count():
                self.saved |= words
                return
            assert self.held() == words, "a refused form lost words"
            self.mend(random)
        raise AssertionError("four refusals, though nobody else saved")

    def mend(self, random: Random) -> None:
        """After a refusal: merge, or overwrite with knowledge. Who chooses the other's text gives up their own."""
        before = self.held()
        if random.random() < 0.7:
            for group in self.page.locator(".beside fieldset").all():
                group.get_by_role("radio").nth(random.randrange(3)).check()
            self.page.get_by_role("button", name="Merge both texts into the form").click()
            expect(self.page.locator("[data-held]")).to_be_visible()
            self.page.wait_for_load_state()
            self.given_up |= before - self.held()
        else:
            self.page.get_by_label("I have read this. Save my text in its place.").check()
        editable(self.page, 0)

    def expire(self, random: Random) -> None:
        """The session ends while they type; they are told, sign in in another window, and save."""
        self.type(random)
        self.page.context.clear_cookies(name="sessionid")
        words = self.held()
        self.page.get_by_role("button", name=SAVE).click()
        expect(self.page.get_by_text("You are signed out")).to_be_visible()
        assert self.held() == words
        self.sign_in()
        self.save(random)


DEEDS = ("type", "type", "type", "add", "save", "save", "reopen", "expire")


def kept_words(article: Article) -> tuple[set[str], set[str]]:
    """Words in kept revisions, and in unsaved texts."""
    revisions = article.revisions.filter(thinned_at=None).values_list("content", flat=True)
    unsaved = Autosave.objects.values_list("fields", flat=True)
    return set(TOKEN.findall(" ".join(revisions))), set(TOKEN.findall(str(list(unsaved))))


@pytest.mark.parametrize("seed", range(20))
def test_nothing_is_lost(seed, proof, page, browser, live_server):
    if proof == "sample" and seed >= 4:
        pytest.skip("PROOF=full runs all twenty")
    random, article = Random(seed), cast.draft()
    with browsers.window(browser) as other:
        writers = [Writer(name, where, live_server.url, article) for name, where in (("wanda", page), ("edith", other))]
        for _step in range(STEPS):
            writer, deed = random.choice(writers), random.choice(DEEDS)
            getattr(writer, deed)(random)
            check(article, writers)


def check(article: Article, writers: list[Writer]) -> None:
    """Every saved word is in a kept revision; every other one in a form or in an unsaved text."""
    in_revisions, in_unsaved = kept_words(article)
    for writer in writers:
        assert writer.saved <= in_revisions
        found = in_revisions | in_unsaved | writer.held()
        lost = set(writer.typed) - writer.given_up - found
        assert not lost, f"lost of {writer.name}: {lost}"
