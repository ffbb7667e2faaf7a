"""What follows the authors where no journal locator is printed: book, chapter, report, data set, preprint, web page."""

from dataclasses import dataclass, replace

from references.reading import organizations
from references.reading.dates import DATE, UNDATED
from references.reading.later import later
from references.reading.letters import GONE, any_of
from references.reading.locators import PAGES
from references.reading.sentences import Span, sentences, trim

_ORDINAL = any_of(
    *(r"\d{1,2}(?:st|nd|rd|th)", r"[Rr]ev(?:ised)?\.?", "[Ff]irst", "[Ss]econd", "[Tt]hird", "[Ff]ourth", "[Ff]ifth"),
    *("[Ii]nternational", "[Nn]ew"),
)
_EDITION = rf"(?:{_ORDINAL}\s)?(?:\w+\s)?[Ee]d(?:itio)?n?\b\.?"
_SERIES = any_of(
    *("report", r"publication", r"pub\.?", "technical report", "document", "dhhs", "nih", "who", "ahrq", "abstract"),
    *("poster", "version", r"vol(?:ume)?\.?", "isbn", "issn", r"no\."),
)
_NUMBER = rf"(?i:{_SERIES}\s?(?:pub(?:lication)?\.?\s)?(?:no\.?|number|id)?\s?[\w./–-]*\d[\w./–-]*)(?:\s\d{{4}})?"
_PP = rf"(?:pp?\.?\s?{PAGES}|{PAGES}\sp(?:p|ages)?\.?|\d+\sp)"
_STATE = (
    r"(?:[A-Z]{2}|Ala|Ariz|Calif|Colo|Conn|Fla|Ga|Ill|Ind|Ky|La|Mass|Md|Mich|Minn|Mo|Ohio|Pa|Tenn|Tex|Utah|Va|Wash|Wis)"
)
_TOWN = rf"[A-Z][\w. ]{{2,24}},\s{_STATE}\.?"
_PAGES_ONLY = later(rf"pp?\.?\s?(?P<pages>{PAGES})")
_REMARK = any_of(
    *("in press", "forthcoming", "advance online publication", "preprint", "published correction.*"),
    *("presented at.*", "poster presented.*", "paper presented.*", "accessed.*", "personal communication"),
    *("also available.*", r"part \w+", r"abstract \S+", "licen[cs]e.*"),
)
_ASIDE = later(rf"(?:{_EDITION}|{_NUMBER}|{_PP}|\d+\spages|(?i:{_REMARK})|{_TOWN})")
_UNDATED = later(UNDATED)
UNPUBLISHED = later(r"(?i)(?:in press|forthcoming|advance online|preprint)")
_MEETING = later(rf"(?i:presented|poster|paper)\b.*?(?P<date>{DATE})")
_TAIL = later(rf"\s*\((?:[^()]*\b(?:{_EDITION}|pp?\.\s?(?P<pages>{PAGES}))[^()]*|{_NUMBER}[^()]*)\)$")
_DATE_ONLY = later(rf"(?:©|c(?=\d)|[Cc]opyright\s)?(?P<date>{DATE})(?:\s*[,;]\s*.{{0,60}})?")
_CHAPTER = r"(?:Section|[Cc]hap(?:ter)?|Part)\.?\s\w+"
_IMPRINT = later(
    rf"(?:(?P<city>[^:;\0]{{2,60}}?)\s?:\s*)?(?P<publisher>[^:;\0]{{2,140}}?)\s*(?P<mark>[;,:])\s*(?:©|c(?=\d))?"
    rf"(?P<date>{DATE})"
    rf"(?:\s*:\s*(?P<pages>{PAGES})|[,.;]\s*(?:{_CHAPTER}[,;]\s*)?pp?\.?\s*(?P<pp>{PAGES})|,\s*{_CHAPTER})?"
)
_PLACE = later(r"(?P<city>[^:;\0.]{2,40}(?:,\s?[A-Z][\w.]{1,14}|\s\([A-Z]{2,3}\))?):\s+(?P<publisher>[^:;\0]{2,140})")
_EDITED = r"\b(?<!\dst\s)(?<!\dnd\s)(?<!\drd\s)(?<!\dth\s)(?:[Ee]ds?|[Ee]ditors?|[Hh]rsg)\b\.?\)?"
_IN = later(
    r"(?:(?<=[.?!\0]\s)|(?<=[.?!\0]))In(?::\s*|\s+(?=[A-Z]))"
    rf"(?:(?P<editors>[^\0]{{2,400}}?)(?:[,.]?\s*\(?{_EDITED})[.,:]*\s+)?"
)
_PREPRINT_SERVER = later(
    r"(?:medRxiv|bioRxiv|arXiv|SSRN|Research Square|Preprints(?:\.org)?|ChemRxiv|PsyArXiv|OSF Preprints)\b.*"
)
_SITE = later(r"\s+(?i:web\s?site|web\s?page|home\s?page)$")


@dataclass(frozen=True)
class Body:
    """Spans of what is printed after the authors."""

    title: Span | None = None
    publisher: Span | None = None
    container: Span | None = None
    date: Span | None = None
    pages: Span | None = None
    organization: Span | None = None  # who stands where authors stand


def read(text: str, start: int, *, headed: bool, in_journal: bool, host: str) -> Body:
    """`headed`: somebody stands before the title; `in_journal`: a journal is likelier than a publisher."""
    chapter = _IN.search(text, start)
    if chapter:
        book = read(text, chapter.end(), headed=True, in_journal=False, host="")
        return Body(trim(text, start, chapter.start()), book.publisher, book.title, book.date, book.pages)
    found = sentences(text, start)
    asides = [span for span in found if _ASIDE.fullmatch(text, *span)]
    kept = [span for span in found if span not in asides and not _UNDATED.fullmatch(text, *span)]
    imprint = _imprint(text, kept)
    kept = kept[:-1] if imprint else kept
    dates = [date for span in kept if (date := _date_of(text, span))] or [
        match.span("date") for span in asides if (match := _MEETING.match(text, *span))
    ]
    kept = _unbroken(text, found, [span for span in kept if not _date_of(text, span)])
    kept, pages = _without_tails(text, kept)
    in_journal = in_journal or any(UNPUBLISHED.match(text, *span) for span in asides)
    body = _titled(text, kept, imprint or Body(), headed=headed, in_journal=in_journal, host=host)
    date = imprint.date if imprint else None
    pages = (imprint.pages if imprint else None) or pages or _pages(text, asides)
    return replace(body, date=date or (dates[-1] if dates else None), pages=pages)


def _pages(text: str, asides: list[Span]) -> Span | None:
    found = [match.span("pages") for span in asides if (match := _PAGES_ONLY.fullmatch(text, *span))]
    return found[0] if found else None


def _unbroken(text: str, found: list[Span], kept: list[Span]) -> list[Span]:
    """Up to the first sentence or remark that was left out: the title does not go on behind it."""
    run = kept[:1]
    for span in kept[1:]:
        follows = found.index(span) == found.index(run[-1]) + 1
        if follows and GONE not in text[run[-1][1] : span[0]]:
            run.append(span)
        elif len(run) == 1 and span == kept[-1] and organizations.is_title_case(text[slice(*span)]):
            run.append(span)  # the publisher, behind an edition
        else:
            break
    return run


def _imprint(text: str, kept: list[Span]) -> Body | None:
    """`New York, NY: Springer; 2010:241-9` as the last sentence."""
    match = _IMPRINT.fullmatch(text, *kept[-1]) if kept else None
    if match is None:
        return _place(text, kept[-1]) if kept else None
    publisher = trim(text, *match.span("publisher"))
    mark = match.group("mark")
    sure = mark == ";" or match.group("city") or match.group("pp") or (mark == ":" and len(kept) > 1)
    if not sure and not organizations.is_organization(text[slice(*publisher)]):
        return None
    if len(kept) == 1 and not organizations.is_organization(text[slice(*publisher)]):
        return None
    pages = "pages" if match.group("pages") else "pp" if match.group("pp") else None
    return Body(None, publisher, None, match.span("date"), match.span(pages) if pages else None)


def _place(text: str, span: Span) -> Body | None:
    match = _PLACE.fullmatch(text, *span)
    if match and organizations.is_organization(match.group("publisher")):
        return Body(None, trim(text, *match.span("publisher")))
    return None


def _date_of(text: str, span: Span) -> Span | None:
    match = _DATE_ONLY.fullmatch(text, *span)
    return match.span("date") if match else None


def _without_tails(text: str, kept: list[Span]) -> tuple[list[Span], Span | None]:
    """`(8th ed., pp. 12–30)` off the ends of titles; and its pages."""
    pages, shorter = None, []
    for span in kept:
        tail = _TAIL.search(text, *span)
        if tail and tail.group("pages"):
            pages = tail.span("pages")
        shorter.append(trim(text, span[0], tail.start()) if tail else span)
    return [span for span in shorter if span[0] < span[1]], pages


def _titled(text: str, kept: list[Span], imprint: Body, *, headed: bool, in_journal: bool, host: str) -> Body:
    """Title, publisher, container and organization among the sentences that are left."""
    if not kept:
        return Body(publisher=imprint.publisher)
    last, phrase = kept[-1], text[slice(*kept[-1])]
    if not headed and len(kept) > 1 and _organization_stands_first(text, kept, imprint, host):
        is_site = len(kept) > 2 and organizations.is_organization(phrase)
        publisher = imprint.publisher or (_bare(text, last) if is_site else None)
        return Body((kept[1][0], kept[-2 if is_site else -1][1]), publisher, organization=_bare(text, kept[0]))
    if imprint.publisher or len(kept) == 1:
        return Body((kept[0][0], last[1]), imprint.publisher)
    title = (kept[0][0], kept[-2][1])
    if _PREPRINT_SERVER.fullmatch(phrase) or (in_journal and not organizations.is_organization(phrase)):
        return Body(title, container=last)
    site = _bare(text, last)
    if site != last or organizations.is_organization(phrase) or organizations.is_title_case(phrase):
        return Body(title, site)
    return Body((kept[0][0], last[1]))


def _bare(text: str, span: Span) -> Span:
    """The organization of `American Cancer Society website`."""
    site = _SITE.search(text, *span)
    return trim(text, span[0], site.start()) if site else span


def _organization_stands_first(text: str, kept: list[Span], imprint: Body, host: str) -> bool:
    """`American Cancer Society. Treating leukemia.` or `Treating leukemia. American Cancer Society.`"""
    first, second = text[slice(*_bare(text, kept[0]))], text[slice(*_bare(text, kept[1]))]
    if imprint.publisher:
        return organizations.is_organization(first) or text[slice(*imprint.publisher)] == first
    clues = [
        organizations.is_organization(first) - organizations.is_organization(second),
        organizations.is_titled(second) - organizations.is_titled(first),
        organizations.is_of_host(first, host) - organizations.is_of_host(second, host),
        organizations.is_title_case(first) - organizations.is_title_case(second),
        (len(first) <= len(second)) - (len(first) > len(second)),
    ]
    return next(clue for clue in clues if clue) > 0 and organizations.is_title_case(first)
