"""DOI, PMID, PMCID and URL: found in text, and brought to one form so that duplicates meet. Pure."""

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

# Old Wiley DOIs carry one "<1::AID-X>" part; no other DOI in use has angle brackets.
DOI = re.compile(r'10\.\d{4,9}(?:\.\d+)*/(?:[^\s"<>“”«»，。；、]|<\d+::[^\s<>]+>)+', re.IGNORECASE)
ESCAPED_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*%2f", re.IGNORECASE)
RESOLVER = re.compile(r"(?:dx\.)?doi\.org/", re.IGNORECASE)
PMID = re.compile(
    r"\b(?:PMID|PubMed:)\s*[:：]?\s*(\d{1,8})(?!\d)|pubmed(?:\.ncbi\.nlm\.nih\.gov/|/)(\d{1,8})(?!\d)", re.IGNORECASE
)
PMCID = re.compile(r"\bPMC\s?(\d{3,8})(?!\d)", re.IGNORECASE)

TRAILING = ".,;:!?'’‘*_…"
PAIRS = {")": "(", "]": "[", "}": "{"}
TRACKING = re.compile(
    r"utm_\w+|gclid|dclid|gbraid|wbraid|fbclid|msclkid|yclid|igshid|twclid|mc_[ce]id|_hs(?:enc|mi)|mkt_tok|_ga|_gl|cmpid",
    re.IGNORECASE,
)
DEFAULT_PORTS = {"http": 80, "https": 443}


def find_doi(text: str) -> str | None:
    """First DOI in `text` as printed, without `doi:`, resolver and the sentence's punctuation."""
    if ESCAPED_DOI.search(text):
        text = unquote(text)
    match = DOI.search(text)
    if match is None:
        return None
    doi = match.group()
    if RESOLVER.search(text[max(0, match.start() - 12) : match.start()]):
        doi = unquote(re.split(r"[?#]", doi)[0])
    doi = trim_punctuation(doi)
    return doi if not doi.endswith("/") else None


def normalize_doi(text: str) -> str:
    """Lower-case bare DOI (`10.1000/xyz`) of a DOI, `doi:` form or resolver address; "" if there is none."""
    return (find_doi(unquote(text.strip())) or "").lower()


def find_pmid(text: str) -> str | None:
    """Digits of the first `PMID: n` or PubMed address."""
    match = PMID.search(text)
    return (match.group(1) or match.group(2)) if match else None


def normalize_pmid(text: str) -> str:
    """Digits without leading zeros, of bare digits, `PMID: n` or a PubMed address; "" if it is none."""
    bare = text.strip()
    digits = bare if re.fullmatch(r"[0-9]{1,8}", bare) else find_pmid(bare) or ""
    return digits.lstrip("0")


def find_pmcid(text: str) -> str | None:
    match = PMCID.search(text)
    return f"PMC{match.group(1)}" if match else None


def normalize_pmcid(text: str) -> str:
    """`PMC` and digits; "" if it is none."""
    return find_pmcid(text) or ""


def trim_punctuation(text: str) -> str:
    """Without the punctuation of the sentence around it; a closing bracket stays if its opening one is inside."""
    while text:
        last = text[-1]
        unpaired = last in PAIRS and text.count(PAIRS[last]) < text.count(last)
        if not unpaired and last not in TRAILING:
            break
        text = text[:-1]
    return text


def normalize_url(url: str) -> str:
    """One form for duplicate detection, not for following: what does not choose the page is dropped.

    Anything that is no http or https address comes back as it is, without the white space around it.
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS or not parts.hostname:
        return url
    user, at, _ = parts.netloc.rpartition("@")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname.rstrip(".")
    suffix = f":{port}" if port is not None and port != DEFAULT_PORTS[scheme] else ""
    return urlunsplit((scheme, f"{user}{at}{host}{suffix}", parts.path.rstrip("/"), _without_tracking(parts.query), ""))


def url_host(url: str) -> str:
    """Lower-case host without port; "" if there is none."""
    try:
        return (urlsplit(url.strip()).hostname or "").rstrip(".")
    except ValueError:
        return ""


def _without_tracking(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [pair for pair in pairs if not TRACKING.fullmatch(pair[0])]
    return query if len(kept) == len(pairs) else urlencode(kept)
