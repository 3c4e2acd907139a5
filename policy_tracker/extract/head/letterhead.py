"""Who issued a document, as issuers print their own name: letterhead, running lines, copyright, address on the web, numbering.

A name in running text is a mention, never the issuer: policies of many payers speak of the Federal Employee Program, of Medicare and of
one another. What these places do not say, or say of several, is not guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from policy_tracker.extract.head.identity import slug_of
from policy_tracker.extract.head.rows import rows_of
from policy_tracker.extract.quality import NOT_IN_LETTERHEAD, SEVERAL_PAYERS, UNKNOWN_PAYER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_tracker.documents.blocks import Document

_KNOWN: tuple[tuple[str, str], ...] = (
    ("cigna", r"cigna(?: health ?care| national formulary)?"),
    ("uhc", r"united ?health ?care|uhc(?:provider)?"),
    ("anthem", r"anthem(?: blue ?cross(?:(?: and)? blue ?shield)?)?|elevance(?: health)?"),
    ("fep", r"(?:blue ?cross blue ?shield |the )?federal employee program|fep(?:blue)?"),
    ("floridablue", r"florida ?blue|blue ?cross (?:and|&) blue ?shield of florida|bcbsfl"),
    ("highmark", r"highmark(?: [a-z ]{0,40})?"),
    ("bcbsnc", r"blue ?cross nc|bcbsnc|bluecrossnc|blue ?cross (?:and|&) blue ?shield of north carolina"),
    ("aetna", r"aetna(?: better health)?"),
    ("humana", r"humana"),
    ("cms", r"(?:the )?centers for medicare (?:&|and) medicaid services|medicare [a-z ]{4,40} manual|cms(?:\.hhs)?"),
)
"""The payers that are known by name: a whole name, in one of the places where issuers print theirs, or the word of their address."""
_NUMBERS: tuple[tuple[str, str], ...] = (
    ("humana", r"\bHUM-\d{4}-\d{3}\b"),
    ("uhc", r"\b20\d\d[TRD]\d{4}[A-Z]{1,2}\b"),
)
"""Forms of policy numbers that one payer alone prints."""
_KIND_WORDS = (
    r"medical|clinical|coverage|corporate|commercial|individual|exchange|reimbursement|payment|drug|pharmacy|administrative|utilization"
    r"|management|review|provider|medicare|medicaid|advantage|policy|policies|guidelines?|criteria|bulletins?|manual|statements?|procedures?"
    r"|determinations?|prior|authorization|codes?|requirements?|lists?|and|&|[-–|:,/]"
)
_LABEL = re.compile(
    r"^(?:(?:enterprise|manual|payer|plan|health plan|company|organization|issued by|prepared by)\s*:\s*|(?:proprietary|confidential)"
    r" (?:and confidential )?information of\s+)",
    re.IGNORECASE,
)
_TRAILING = re.compile(rf"(?:[\s,]+(?:{_KIND_WORDS}|page\s*:?\s*\d+(?:\s*of\s*\d+)?|\d[\d/.]*))+$", re.IGNORECASE)
_COMPANY = re.compile(r",?\s*\b(?:inc|llc|ltd|corp(?:oration)?|co)\b\.?,?", re.IGNORECASE)
_ORGANIZATION = re.compile(
    r"(?:(?:[A-Z][\w'’&.-]*|of|and|the|&) ){0,6}(?:health ?plans?|health insurance|insurance(?: company)?|assurance|health ?care"
    r"|blue ?cross(?:(?: and| &)? blue ?shield)?(?: (?:of )?(?:[A-Z][\w'’-]*(?: |$)){1,3})?|blue ?shield of (?:[A-Z][\w'’-]*(?: |$)){1,3})",
    re.IGNORECASE,
)
# fmt: off
_COMMON_FIRST = frozenset(
    (
        "the", "a", "an", "this", "that", "our", "your", "all", "any", "each", "for", "of", "and", "health", "healthcare",
        "medical", "mental", "behavioral", "home", "public", "group", "plan", "individual", "commercial", "medicare", "medicaid",
        "life", "dental", "vision", "travel", "long", "integrated", "managed", "comprehensive", "other", "participating",
        "non-participating", "member", "members", "insurance", "cell", "primary", "preventive", "transitional",
    )
)
# fmt: on
_LICENSEE = re.compile(r"(?P<name>[A-Z][\w'’&.-]*(?: (?:[A-Z][\w'’&.-]*|of|and|&))*),?\s+(?:is|are)?\s*an? independent licensee\b")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|\bcopyright\b)[\s©]*(?:(?:19|20)\d\d(?:\s*[-–,]\s*(?:19|20)\d\d)*,?)?\s*(?:by )?"
    r"(?P<name>[A-Za-z][\w&'’-]*(?: (?:[A-Z&][\w&'’-]*|of|and))*)",
    re.IGNORECASE,
)
_VENDOR = re.compile(r"\b(?:optum|avalon|mcg|change healthcare|interqual|nccn|agency|department)\b", re.IGNORECASE)
"""Vendors of criteria and public offices, whose names stand in many payers' documents: never the issuer of a policy by its letterhead."""
_RIGHTS_HOLDER = re.compile(
    r"\b(?:american|association|ama|cpt|current procedural|national|society|college|academy|universit\w*|institute|wolters|elsevier|press"
    r"|publish\w*|world health|all rights|rights? reserved|journal)\b",
    re.IGNORECASE,
)
"""Whose copyright on codes and sources stands in many payers' documents; a letterhead may well be of a National Health Plan."""
_ADDRESS = re.compile(
    r"(?<![\w@.-])(?:https?://)?(?P<host>(?:[a-z0-9-]+\.)+(?:com|org|net|gov|health|us|info))(?![\w-])(?P<path>/\S*)?", re.IGNORECASE
)
# fmt: off
_SHARED_HOSTS = frozenset(
    (
        "nih", "fda", "cdc", "doi", "nccn", "ama-assn", "ahrq", "who", "google", "microsoft", "adobe", "sharepoint", "policytech",
        "powerdms", "wikipedia",
    )
)
# fmt: on
_TOP = 200.0
"""Points from the top edge within which a letterhead stands: the deepest one met begins at 150."""
_TOP_ROWS = 8
_BOTTOM_ROWS = 4
_LAST_BLOCKS = 12
# fmt: off
_COMMON_WORDS = frozenset(
    (
        "health", "plan", "plans", "blue", "cross", "shield", "of", "and", "the", "insurance", "company", "healthcare", "care",
        "corporation", "medical",
    )
)
# fmt: on


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issued a document: a short name, and, where it is unknown, why in words that `quality` knows."""

    slug: str
    why: str | None = None


@dataclass(frozen=True, slots=True)
class _IssuerClaim:
    slug: str
    known: bool
    place: str


def issuer_of(document: Document) -> Issuer:
    """The payer that a document names as its issuer; unknown where nothing names it, or where these places disagree."""
    claims = tuple(dict.fromkeys(_claims(document)))
    if not claims:
        return Issuer(UNKNOWN_PAYER, NOT_IN_LETTERHEAD)
    known = {claim.slug for claim in claims if claim.known}
    named = [claim for claim in claims if not claim.known and claim.place != "address"]
    first = named[0] if named else None
    apart = first and any(not share_name(first.slug, other.slug) for other in named[1:])
    if len(known) > 1 or apart or (known and named):
        slugs = sorted({claim.slug for claim in claims})
        return Issuer(UNKNOWN_PAYER, f"{SEVERAL_PAYERS}: {', '.join(slugs)}")
    if known:
        return Issuer(known.pop())
    hosts = list(dict.fromkeys(claim.slug for claim in claims if claim.place == "address"))
    if len(hosts) > 1:
        return Issuer(UNKNOWN_PAYER, f"{SEVERAL_PAYERS}: {', '.join(sorted(hosts))}")
    return Issuer(hosts[0] if hosts else min((claim.slug for claim in named), key=len))


def _claims(document: Document) -> Iterator[_IssuerClaim]:
    top, edges = _letterhead(document)
    for text in (*top, *document.running, *edges):
        yield from _named_in(text)
    for text in (*top, *edges, *document.running, *_closing(document)):
        yield from _owned(text)
    for text in (*top, *edges):
        yield from _hosted(text, bare=True)
    for text in (*document.running, *filter(None, (document.metadata.get("canonical"),))):
        yield from _hosted(text, bare=False)
    yield from _titled(document.title or "")
    if site := document.metadata.get("site"):
        yield from _named_in(site)
    head = "\n".join((*top, *document.running, *(line.text for line in document.header[:30])))
    yield from (_IssuerClaim(slug, known=True, place="number") for slug, form in _NUMBERS if re.search(form, head))


def _letterhead(document: Document) -> tuple[list[str], list[str]]:
    """The pieces of the first page's top rows, and those of its bottom ones; of a text without geometry its first and last lines."""
    rows = [row for row in rows_of(document.header) if row.text.strip()]
    top = [row for row in rows[:_TOP_ROWS] if (row.pieces[0].place.top or 0.0) < _TOP]
    drawn = any(row.pieces[0].place.top is not None for row in rows)
    bottom = rows[-_BOTTOM_ROWS:] if drawn else []
    pieces = [piece.strip() for row in top for piece in row.text.split("\t") if piece.strip()]
    return pieces, [piece.strip() for row in bottom if row not in top for piece in row.text.split("\t") if piece.strip()]


def _closing(document: Document) -> Iterator[str]:
    """Blocks in which an issuer signs: those that begin with a copyright sign, and at the end what it is a licensee of.

    A copyright sign within a block is a source's, as in a list of references.
    """
    blocks = [block.text for block in document.blocks if block.table is None]
    yield from (text for text in blocks[-_LAST_BLOCKS:] if _LICENSEE.search(text) and not _COPYRIGHT.search(text))
    yield from (text for text in blocks if re.match(r"\s*(?:©|\(c\) ?\d|copyright\b)", text, re.IGNORECASE))


def _named_in(text: str) -> Iterator[_IssuerClaim]:
    """The issuer that a line of a letterhead names: the line is a name, with a label before it or the kind of document behind it."""
    line = " ".join(re.sub(r"[®™]|\(r\)", "", text).split())
    if len(line) > 160:
        return
    if slug := _known(line):
        yield _IssuerClaim(slug, known=True, place="name")
        return
    bare = _TRAILING.sub("", _LABEL.sub("", line)).strip(' -–|:,"“”')
    yield from _claim_of(_COMPANY.sub("", bare).strip(), "name")


def _claim_of(name: str, place: str) -> Iterator[_IssuerClaim]:
    if not name or _VENDOR.search(name):
        return
    if slug := _known(name):
        yield _IssuerClaim(slug, known=True, place=place)
    elif _ORGANIZATION.fullmatch(name) and _is_own(name) and _is_capital(name):
        yield _IssuerClaim(payer_slug(name), known=False, place=place)


def _known(name: str) -> str | None:
    return next((slug for slug, words in _KNOWN if re.fullmatch(words, name, re.IGNORECASE)), None)


def _is_own(name: str) -> bool:
    """Whether a name begins with a word of its own; "Behavioral Health Plan" is a subject."""
    return name[0].isupper() and name.split(maxsplit=1)[0].lower() not in _COMMON_FIRST


def _is_capital(name: str) -> bool:
    """Whether the words are capital, as a name's are; "your health plan" is none."""
    return all(word[0].isupper() or word in ("of", "and", "the", "&") for word in name.split())


def _owned(text: str) -> Iterator[_IssuerClaim]:
    """The issuer that a line names as its owner: by copyright, or as the licensee of an association."""
    flat = " ".join(text.split())
    for match in _LICENSEE.finditer(flat):
        yield from _claim_of(match["name"], "licensee")
    for match in _COPYRIGHT.finditer(flat):
        # "EviCore by EVERNORTH": the company behind a brand is not who issues
        name = _COMPANY.sub("", re.split(r" by | all rights|\. ", match["name"], flags=re.IGNORECASE)[0]).strip()
        if not name or _VENDOR.search(name) or _RIGHTS_HOLDER.search(name) or not _is_own(name):
            continue
        slug = _known(name)
        yield _IssuerClaim(slug or payer_slug(name), known=slug is not None, place="copyright")


def _hosted(text: str, *, bare: bool) -> Iterator[_IssuerClaim]:
    """The issuer by its address on the web; in a line that is `bare`, the address must not be a link within a sentence."""
    for match in _ADDRESS.finditer(text):
        around = text[: match.start()] + " " + text[match.end() :]
        if bare and re.search(r"\b[a-z]{3,}\b", around):
            continue
        label = registered_name(match["host"])
        if label is None or label in _SHARED_HOSTS:
            continue
        slug = _known(label) or _known(label.replace("provider", ""))
        if slug or not match["host"].lower().endswith(".gov"):
            yield _IssuerClaim(slug or slug_of(label), known=slug is not None, place="address")


def registered_name(host: str) -> str | None:
    """The word of a host's name under which it is registered: `medicalpolicy.lumen.example.com` is of `example`."""
    parts = (urlsplit(f"//{host}").hostname or "").lower().split(".")
    if parts[-1] == "us" and len(parts) > 2 and len(parts[-2]) == 2:  # a state's own offices: health.state.mi.us
        return None
    return parts[-2] if len(parts) >= 2 and parts[-2] else None


def _titled(title: str) -> Iterator[_IssuerClaim]:
    """The issuer that a page's title names before or behind a bar or dash, as sites do: "Vein Mapping | Lumen Health Plan"."""
    parts = re.split(r"\s+[|–—]\s+|\s+-\s+", title)
    for part in parts if len(parts) > 1 else [title]:
        yield from _named_in(part)


def payer_slug(name: str) -> str:
    """A short name for a payer: "Lumen BlueCross BlueShield" is `lumen-bcbs`, "Blue Cross & Blue Shield Ohio" is of Ohio."""
    words = re.sub(r"[’']", "", name)
    words = re.sub(r"blue ?cross(?: and| &)? blue ?shield", "Blue Cross Blue Shield", words, flags=re.IGNORECASE)
    words = re.sub(r"^(Blue Cross Blue Shield) (?!of )(?=\w)", r"\1 of ", words)
    words = re.sub(r"(?<=\w) Blue Cross Blue Shield$", " bcbs", words)
    return slug_of(words)


def share_name(one: str, other: str) -> bool:
    """Whether two short names can be one payer's: they share a word that is not every payer's."""
    return one == other or bool(_own_words(one) & _own_words(other))


def _own_words(slug: str) -> set[str]:
    return set(slug.split("-")) - _COMMON_WORDS
