"""Correct and attest: the reviewer's own corrections, read once more as a redline, and then signed."""

from dataclasses import replace
from typing import Any, Self

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import asking, blocks, commenting, reviewing, unsaved
from articles.admin import again, editor, figures, holding, labels, screens, signing
from articles.admin.desk import person
from articles.checking import poor_alternative
from articles.content import FIGURE, MEDICAL, QUESTIONS, Content, SectionContent
from articles.models import Autosave, Review, Section, cited_source
from articles.redline import Row, redline, redline_line
from articles.redline.texts import is_marked
from articles.refusals import Refused
from references.models import Source


class CorrectionForm(forms.Form):
    """Title, summary, and heading and text of each medical section, in place of the frozen ones.

    What was not sent stays as frozen: a form may show one section only.
    """

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)

    def __init__(self, frozen: Content, data: Any = None, *, carried: Content | None = None) -> None:
        self.frozen = frozen
        words = carried or frozen
        sent = {**self._fields(frozen), **dict(data.items())} if data else None
        super().__init__(sent, initial={"title": words.title}, auto_id="id_%s")
        names = labels.of_keys(words.cited_keys())
        self.fields["summary"] = _rich(gettext_lazy("Summary"), words.summary, names)
        for number, section in self._medical(words):
            named = section.form != FIGURE  # a figure may stand under the section before it
            heading = forms.CharField(label=_("Heading"), max_length=200, initial=section.heading, required=named)
            self.fields[f"section-{number}-heading"] = heading
            if section.form == FIGURE and not section.figure_erased:
                self.fields[f"section-{number}-alt"] = _alt_field(section)
            self.fields[f"section-{number}-body"] = _body_field(section, names)

    @classmethod
    def carrying(cls, frozen: Content, corrected: Content) -> Self:
        """An unsent form of the corrected words, to be carried along while they are read again."""
        return cls(frozen, carried=corrected)

    def parts(self, only: str = "") -> list[dict[str, Any]]:
        """For the template: what each part is called and its fields. `only` is an anchor, title or summary; parts
        that are corrected already are shown with it."""
        found: list[dict[str, Any]] = [
            {"was": "", "anchor": name, "fields": [self[name]], "before": (getattr(self.frozen, name),)}
            for name in ("title", "summary")
        ]
        found += [
            {
                "was": blocks.name_of(section),
                "anchor": section.anchor,
                "fields": [self[name] for name in self._of(number)],
                "before": tuple(self._fields(self.frozen)[name] for name in self._of(number)),
                "block": blocks.block_of(section),
                "picture": figures.thumbnail(section.figure, section.size, section.alt) if section.figure else "",
            }
            for number, section in self._medical(self.frozen)
        ]
        known = only in [one["anchor"] for one in found if one["anchor"]]
        return [one for one in found if not known or one["anchor"] == only or self._is_touched(one)]

    def _is_touched(self, part: dict[str, Any]) -> bool:
        return self.is_bound and tuple(field.value() for field in part["fields"]) != part["before"]

    @classmethod
    def _fields(cls, words: Content) -> dict[str, str]:
        """The frozen words under the names of the fields."""
        found = {"title": words.title, "summary": words.summary}
        for number, section in cls._medical(words):
            found |= {f"section-{number}-heading": section.heading, f"section-{number}-body": _as_typed(section)}
            found[f"section-{number}-alt"] = section.alt
        return found

    def _of(self, number: int) -> list[str]:
        """The names of the fields of a section, in their order."""
        return [name for name in self.fields if name.startswith(f"section-{number}-")]

    def corrected(self) -> Content:
        """The corrected words. What reads as before stays to the letter, whatever the editor made of its markup."""
        frozen, sent = self.frozen, self.cleaned_data
        found = list(frozen.sections)
        for number, section in self._medical(frozen):
            heading = _line(section.heading, sent[f"section-{number}-heading"])
            alt = _line(section.alt, sent.get(f"section-{number}-alt", section.alt))
            body = _body(section, sent[f"section-{number}-body"])
            found[number] = replace(section, heading=heading, alt=alt, body=body)
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


def _alt_field(section: SectionContent) -> forms.Field:
    box = forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})
    about = Section._meta.get_field("alt")
    shown: dict[str, Any] = {"label": _("The picture in words"), "help_text": about.help_text, "initial": section.alt}
    return forms.CharField(widget=box, max_length=about.max_length, validators=[_says_something], **shown)


def _says_something(alt: str) -> None:
    if why := poor_alternative.why_not(alt):
        raise ValidationError(why, code="alternative")


def _body_field(section: SectionContent, names: dict[str, str]) -> forms.Field:
    if section.form != QUESTIONS:
        return _rich(_("Caption") if section.form == FIGURE else _("Text"), section.body, names)
    box = forms.Textarea(attrs={"rows": 6, "class": "vLargeTextField"})
    help_text = _("One question a line.")
    return forms.CharField(
        label=_("Questions"), required=False, widget=box, initial=_as_typed(section), help_text=help_text
    )


def _as_typed(section: SectionContent) -> str:
    """What the field of its text holds before anybody corrects it."""
    return blocks.questions_of(section.body) if section.form == QUESTIONS else section.body


def _body(section: SectionContent, sent: str) -> str:
    if section.form == QUESTIONS:
        return blocks.body_of_questions(sent, section.body)
    return _text(section.body, sent)


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
    new = Source.objects.by_key(set(words.cited_keys()) - set(frozen))
    found = {**frozen, **{key: cited_source(source, key) for key, source in new.items()}}
    return tuple(found[key] for key in sorted(words.cited_keys()) if key in found)


@screens.of_review(see="attest_article", do="attest_article")
def correct(request: HttpRequest, review: Review) -> HttpResponse:
    """Correct in the editor, read the redline, sign. Nothing typed is lost when the signature is refused."""
    if request.method != "POST" and _closed_to(request.user, review):
        return redirect("admin:articles_review_read", review.pk)
    key = f"{unsaved.CORRECTION}{review.pk}"
    kept = unsaved.of_form(key, by=person(request))
    put_back = kept if kept and request.method == "GET" and "unsaved" in request.GET else None
    form = CorrectionForm(review.words(), holding.fields(put_back.fields) if put_back else request.POST or None)
    step = request.POST.get("step", "")
    if step not in ("show", "sign") or not form.is_valid():
        return _editor(request, review, form, kept=kept if request.method == "GET" and not put_back else None)
    corrected = form.corrected()
    rows = screens.changes(review.words(), corrected)
    if not rows:
        messages.warning(request, _("Nothing is corrected yet. To sign the words as they are, go back and attest."))
        return _editor(request, review, form)
    if step == "sign" and _signed(request, review, corrected):
        unsaved.discard(key, by=person(request))
        messages.success(request, _("You signed the corrected words. Somebody else will accept them. Thank you."))
        return redirect("admin:index")
    return _redline(request, review, corrected, rows)


def _closed_to(user: Any, review: Review) -> bool:
    today = timezone.localdate()
    mine = review.reviewer.account_id == user.pk and review.kind == Review.Kind.CLINICAL
    return bool(review.answer or not mine or asking.why_not(review.reviewer, review.kind, today))


def _signed(request: HttpRequest, review: Review, corrected: Content) -> bool:
    by, at, digest = person(request), timezone.now(), request.POST.get("digest", "")
    try:
        if not review.answer:  # a closed request is refused by the deed, whoever asks
            again.require(request)
        reviewing.correct_and_attest(review, corrected, by=by, at=at, digest=digest, **signing.said(request))
    except Refused as no:
        review.refresh_from_db()
        screens.say_no(request, no, review.article)
        return False
    return True


def _editor(
    request: HttpRequest, review: Review, form: CorrectionForm, *, kept: Autosave | None = None
) -> HttpResponse:
    """The form; `kept` are corrections that were typed and not signed."""
    title = _("Correct: %(title)s") % {"title": review.words().title}
    only = request.GET.get("section", "")
    parts = form.parts(only)
    context = {
        "review": review,
        "form": form,
        "parts": parts,
        "others": len(parts) < len(form.parts()),
        "threads": [one for one in commenting.threads(review.article) if one.comment.anchor == only and only],
        "kept": kept,
        "draft_key": f"{unsaved.CORRECTION}{review.pk}",
        "apart": [section for section in form.frozen.sections if section.kind != MEDICAL],
    }
    return editor.allow(screens.page(request, "review/correct", title, **context))


def _redline(request: HttpRequest, review: Review, corrected: Content, rows: list[Row]) -> HttpResponse:
    base = reviewing.base_of(review)
    since = len(screens.changes(base.words(), corrected)) if base else 0
    context = {
        "review": review,
        "rows": rows,
        "kept": CorrectionForm.carrying(review.words(), corrected),
        "corrected": corrected,
        "digest": request.POST.get("digest", ""),
        "offer": signing.offer(request, review, base, since, corrected.digest),
        "texts": [(blocks.name_of(s), figures.shown(s) + labels.shown(s.body)) for s in corrected.sections]
        if review.answer
        else [],
    }
    return screens.page(request, "review/sign", _("Your corrections"), **context)
