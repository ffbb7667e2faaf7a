"""Correct and attest: the reviewer's own corrections, read once more as a redline, and then signed."""

from dataclasses import replace
from typing import Any, Self

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import reviewing
from articles.admin import editor, labels, screens
from articles.admin.desk import person
from articles.content import MEDICAL, Content, SectionContent
from articles.models import AS_SIGNED, Review, cited_source
from articles.page import Signature
from articles.redline import Row, redline, redline_line
from articles.redline.texts import is_marked
from articles.refusals import Refused
from references.models import Source


class CorrectionForm(forms.Form):
    """Title, summary, and heading and text of each medical section, in place of the frozen ones."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)

    def __init__(self, frozen: Content, data: Any = None, *, carried: Content | None = None) -> None:
        self.frozen = frozen
        words = carried or frozen
        super().__init__(data, initial={"title": words.title}, auto_id="id_%s")
        names = labels.of_keys(words.cited_keys())
        self.fields["summary"] = _rich(gettext_lazy("Summary"), words.summary, names)
        for number, section in self._medical(words):
            heading = forms.CharField(label=_("Heading"), max_length=200, initial=section.heading)
            self.fields[f"section-{number}-heading"] = heading
            self.fields[f"section-{number}-body"] = _rich(_("Text"), section.body, names)

    @classmethod
    def carrying(cls, frozen: Content, corrected: Content) -> Self:
        """An unsent form of the corrected words, to be carried along while they are read again."""
        return cls(frozen, carried=corrected)

    def sections(self) -> list[dict[str, Any]]:
        """For the template: the two fields of each section, and its present heading."""
        return [
            {
                "was": section.heading,
                "anchor": section.anchor,
                "heading": self[f"section-{number}-heading"],
                "body": self[f"section-{number}-body"],
            }
            for number, section in self._medical(self.frozen)
        ]

    def corrected(self) -> Content:
        """The corrected words. What reads as before stays to the letter, whatever the editor made of its markup."""
        frozen, sent = self.frozen, self.cleaned_data
        found = list(frozen.sections)
        for number, section in self._medical(frozen):
            heading = _line(section.heading, sent[f"section-{number}-heading"])
            found[number] = replace(section, heading=heading, body=_text(section.body, sent[f"section-{number}-body"]))
        words = replace(
            frozen,
            title=_line(frozen.title, sent["title"]),
            summary=_text(frozen.summary, sent["summary"]),
            sections=tuple(found),
        )
        return replace(words, sources=_sources(words))

    @staticmethod
    def _medical(words: Content) -> list[tuple[int, SectionContent]]:
        return [(number, section) for number, section in enumerate(words.sections) if section.kind == MEDICAL]


def _rich(label: Any, body: str, names: dict[str, str]) -> forms.Field:
    widget: Any = editor.backend().widget()
    widget.names = names
    return editor.RichText(label=label, required=False, widget=widget, initial=body)


def _line(old: str, new: str) -> str:
    return new if is_marked(redline_line(old, new)) else old


def _text(old: str, new: str) -> str:
    return new if is_marked(redline(old, new)) else old


def _sources(words: Content) -> tuple[Any, ...]:
    """Sources as frozen; those that the reviewer cited now, from the library."""
    frozen = {source.key: source for source in words.sources}
    new = Source.objects.filter(key__in=set(words.cited_keys()) - set(frozen))
    found = {**frozen, **{source.key: cited_source(source) for source in new}}
    return tuple(found[key] for key in sorted(words.cited_keys()) if key in found)


@screens.of_review(see="attest_article", do="attest_article")
def correct(request: HttpRequest, review: Review) -> HttpResponse:
    """Correct in the editor, read the redline, sign. Nothing typed is lost when the signature is refused."""
    if request.method != "POST" and (review.answer or review.reviewer.account_id != request.user.pk):
        return redirect("admin:articles_review_read", review.pk)
    form = CorrectionForm(review.words(), request.POST or None)
    step = request.POST.get("step", "")
    if step not in ("show", "sign") or not form.is_valid():
        return _editor(request, review, form)
    corrected = form.corrected()
    rows = screens.changes(review.words(), corrected)
    if not rows:
        messages.warning(request, _("Nothing is corrected yet. To sign the words as they are, go back and attest."))
        return _editor(request, review, form)
    if step == "sign" and _signed(request, review, corrected):
        messages.success(request, _("You signed the corrected words. Somebody else will accept them. Thank you."))
        return redirect("admin:index")
    return _redline(request, review, corrected, rows)


def _signed(request: HttpRequest, review: Review, corrected: Content) -> bool:
    by, digest = person(request), request.POST.get("digest", "")
    try:
        reviewing.correct_and_attest(review, corrected, by=by, at=timezone.now(), digest=digest)
    except Refused as no:
        review.refresh_from_db()
        screens.say_no(request, no, review.article)
        return False
    return True


def _editor(request: HttpRequest, review: Review, form: CorrectionForm) -> HttpResponse:
    title = _("Correct: %(title)s") % {"title": review.words().title}
    apart = [section for section in form.frozen.sections if section.kind != MEDICAL]
    response = screens.page(request, "review/correct", title, review=review, form=form, apart=apart)
    return editor.allow(response)


def _redline(request: HttpRequest, review: Review, corrected: Content, rows: list[Row]) -> HttpResponse:
    context = {
        "review": review,
        "rows": rows,
        "kept": CorrectionForm.carrying(review.words(), corrected),
        "corrected": corrected,
        "digest": request.POST.get("digest", ""),
        "signature": Signature(**{part: getattr(review.reviewer, part) for part in AS_SIGNED}),
        "texts": [(s.heading, labels.shown(s.body)) for s in corrected.sections] if review.answer else [],
    }
    return screens.page(request, "review/sign", _("Your corrections"), **context)
