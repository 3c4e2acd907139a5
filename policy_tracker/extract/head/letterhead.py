"""Who issued a document, as issuers print their own name: letterhead, running lines, copyright,
address on the web, numbering.

A name in running text is a mention, never the issuer: policies of many payers speak of the Federal
Employee Program, of Medicare and of one another. Only where all these places are silent, sentences
in which an issuer speaks of its own policies or members are asked ("Lumen has developed clinical
policies"). What is not said, or said of several, is not guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from policy_tracker.extract.head.company_forms import acting_names, ends_name
from policy_tracker.extract.head.identity import slug_of
from policy_tracker.extract.head.issuer_sentences import acting, speakers
from policy_tracker.extract.head.rows import rows_of
from policy_tracker.extract.payers.payer_data import known_payers
from policy_tracker.extract.quality import NOT_IN_LETTERHEAD, SEVERAL_PAYERS, UNKNOWN_PAYER
from policy_tracker.language.lexicon import joined, terms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_tracker.documents.blocks import Block, Document
    from policy_tracker.extract.payers.payer_data import PayerData

_LABEL = re.compile(
    r"^(?:(?:enterprise|manual|payer|plan|health plan|company|organization|issued by|prepared "
    r"by)\s*:\s*|(?:proprietary|confidential)"
    r" (?:and confidential )?information of\s+)",
    re.IGNORECASE,
)
_COMPANY = re.compile(r",?\s*\b(?:inc|llc|ltd|corp(?:oration)?|co)\b\.?,?", re.IGNORECASE)
_ORGANIZATION = re.compile(
    r"(?:(?:[A-Z][\w'’&.-]*|of|and|the|&) ){0,6}(?:health ?plans?|health "
    r"insurance|insurance(?: company)?|assurance|health ?care"
    r"|blue ?shield|blue ?cross(?:(?: and| &)? blue ?shield)?(?: (?:of )?(?:[A-Z][\w'’-]*(?: |$)){1,3})?|blue ?shield of (?:[A-Z][\w'’-]*(?: |$)){1,3})",  # noqa: E501
    re.IGNORECASE,
)
_LICENSEE = re.compile(
    r"(?P<name>[A-Z][\w'’&-]*(?:(?<=\b\w\w)\.|(?<=\b\w)\.)?"
    r"(?: (?:[A-Z][\w'’&-]*|of|and|&))*),?\s+(?:is|are)?\s*an? "
    r"independent licensee\b"
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)(?=\s*(?:copyright|(?:19|20)\d\d))|\bcopyright\b)[\s©]*"
    r"(?:(?:19|20)\d\d(?:\s*[-–,]\s*(?:19|20)\d\d)*,?)?\s*(?:by )?"
    r"(?P<name>[A-Za-z][\w&'’-]*(?: (?:[A-Z&][\w&'’-]*|of|and))*)",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"\s*(?:©|\(c\) ?\d|copyright\b)", re.IGNORECASE)
_PARTED = re.compile(r"\s+[|–—•·]\s+|\t|\s{3,}")
"""What parts a name from the kind of document or a menu beside it on one line."""
_NOBODY = (
    r"^(?:(?:health|benefit|medical) )?plans?$"
    r"|\b(?:members?|providers?|we|it|state|federal|government|original|this|these|company"
    r"|publisher|author)$"
    r"|^(?:cms|ncd|lcd|fda|mac|joint|all|some|in|if|when|no|health plans?)\b|\bassociation$"
)
_NO_ISSUER = re.compile(
    rf"{_NOBODY}|\b(?:cms|medicare|medicaid|program|hmo|ppo|pos|epo|exchange|marketplace)$|^local\b",
    re.IGNORECASE,
)
_NO_ISSUER_PLACED = re.compile(rf"{_NOBODY}|^(?:medicare|medicaid)\b|^local (?!\d)", re.IGNORECASE)
_ADDRESS = re.compile(
    (
        r"(?<![\w@.-])(?:https?://)?(?P<host>(?:[a-z0-9-]+\.)+(?:com|org|net|gov|health|us"
        r"|info))(?![\w-])(?P<path>/\S*)?"
    ),
    re.IGNORECASE,
)
_NUMBER = r"(?-i:(?:[A-Z]{1,6}[.-]?){0,3}[ ]?\d[\w.-]*)"
"""A policy's number, as running lines print it behind a name."""
_NUMBERED = re.compile(rf"[\s|,–—-]+{_NUMBER}$")
_TOP = 200.0
"""Points from the top edge within which a letterhead stands: the deepest one met begins at 150."""
_TOP_ROWS = 8
_BOTTOM_ROWS = 4
_LAST_BLOCKS = 12
_SHORTEST_NAME = 4
_COMMON_WORDS = frozenset(
    {
        "health",
        "plan",
        "plans",
        "blue",
        "cross",
        "shield",
        "of",
        "and",
        "the",
        "insurance",
        "company",
        "healthcare",
        "care",
        "corporation",
        "medical",
    }
)


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issued a document: a short name, and, where it is unknown, why in words that `quality`
    knows.
    """

    slug: str
    why: str | None = None


@dataclass(frozen=True, slots=True)
class _Known:
    """The payers that are known by name, and the numbers that one payer alone prints."""

    names: tuple[tuple[str, re.Pattern[str]], ...]
    numbers: tuple[tuple[str, re.Pattern[str]], ...]

    @classmethod
    def of(cls, payers: Sequence[PayerData]) -> _Known:
        """What the payers' data say."""
        issuers = [(payer.payer, payer.issuer) for payer in payers]
        return cls(
            tuple(
                (slug, re.compile("|".join(said.names), re.IGNORECASE)) for slug, said in issuers
            ),
            tuple((slug, re.compile(form)) for slug, said in issuers for form in said.numbers),
        )

    def named(self, name: str) -> str | None:
        """The payer of whom this is the whole name, or the word of an address."""
        return next((slug for slug, words in self.names if words.fullmatch(name)), None)


def known_issuer(name: str) -> str | None:
    """The known payer of whom this is the whole name."""
    return _shipped().named(name)


def can_issue(name: str, *, placed: bool = False) -> bool:
    """Whether a name can be an issuer's: capital words that begin with one of its own, and no
    vendor, holder of rights or association.

    Of a name that is `placed` in a letterhead the last word may be one for a product or a public
    office ("Tallvale Medicare", "Ohio Department of Lamps").
    """
    return (
        _is_own(name)
        and _is_capital(name)
        and (placed or not _is_vendor(name))
        and not (_NO_ISSUER_PLACED if placed else _NO_ISSUER).search(name)
        and terms("letterheads", "rights_holder").find(name.lower()) is None
    )


@cache
def _shipped() -> _Known:
    return _Known.of(known_payers())


@dataclass(frozen=True, slots=True)
class _IssuerClaim:
    slug: str
    known: bool
    place: str


def issuer_of(document: Document, payers: Sequence[PayerData] | None = None) -> Issuer:
    """The payer that a document names as its issuer.

    Args:
        document: what its letterhead, edges, title and addresses say is asked.
        payers: those that are known by name; else the shipped ones.

    Returns:
        The issuer; unknown where nothing names one, or where these places disagree.
    """
    issuers = _shipped() if payers is None else _Known.of(payers)
    claims = tuple(dict.fromkeys(_claims(document, issuers)))
    claims = claims or tuple(dict.fromkeys(_headed(document, issuers)))
    claims = claims or tuple(dict.fromkeys(_spoken(document, issuers)))
    if not claims:
        return Issuer(UNKNOWN_PAYER, NOT_IN_LETTERHEAD)
    known = {claim.slug for claim in claims if claim.known}
    named = [claim for claim in claims if not claim.known and claim.place != "address"]
    first = named[0] if named else None
    apart = first and any(not share_name(first.slug, other.slug) for other in named[1:])
    if apart and not known and (one := _acting_one(document, named)):
        return Issuer(one)
    if len(known) > 1 or apart or (known and named):
        slugs = sorted({claim.slug for claim in claims})
        return Issuer(UNKNOWN_PAYER, f"{SEVERAL_PAYERS}: {', '.join(slugs)}")
    if known:
        return Issuer(known.pop())
    hosts = list(dict.fromkeys(claim.slug for claim in claims if claim.place == "address"))
    if len(hosts) > 1:
        return Issuer(UNKNOWN_PAYER, f"{SEVERAL_PAYERS}: {', '.join(sorted(hosts))}")
    return Issuer(hosts[0] if hosts else min((claim.slug for claim in named), key=len))


def _claims(document: Document, issuers: _Known) -> Iterator[_IssuerClaim]:
    top, edges = letterhead_of(document)
    for text in (*top, *document.running, *edges):
        yield from _named_in(text, issuers)
    owned = [claim for text in (*top, *edges, *document.running) for claim in _owned(text, issuers)]
    yield from owned
    if not owned:  # what a document signs at its end, where no page is signed
        for text in _closing(document):
            yield from _owned(text, issuers)
    for text in (*top, *edges):
        yield from _hosted(text, issuers, bare=True)
    for text in (*document.running, *filter(None, (document.metadata.get("canonical"),))):
        yield from _hosted(text, issuers, bare=False)
    yield from _titled(document.title or "", issuers)
    if site := document.metadata.get("site"):
        yield from _named_in(site, issuers)
    head = "\n".join((*top, *document.running, *(line.text for line in document.header[:30])))
    yield from (
        _IssuerClaim(slug, known=True, place="number")
        for slug, form in issuers.numbers
        if form.search(head)
    )


def _acting_one(document: Document, claims: Sequence[_IssuerClaim]) -> str | None:
    """The claim whose name alone the text lets act, as the plan does and its parent company does
    not.
    """
    acts: dict[str, int] = {}
    for name, times in acting(document).items():
        for claim in claims:
            if share_name(claim.slug, payer_slug(name)):
                acts[claim.slug] = acts.get(claim.slug, 0) + times
    best = sorted(acts, key=lambda slug: (-acts[slug], len(slug)))
    if not best:
        return None
    others = [slug for slug in best if not share_name(best[0], slug)]
    return best[0] if not others or acts[best[0]] > 2 * acts[others[0]] else None


def _spoken(document: Document, issuers: _Known) -> Iterator[_IssuerClaim]:
    """The issuers that sentences of the text let speak of their own policies and members."""
    for name in speakers(document):
        if len(name) >= _SHORTEST_NAME and can_issue(name):
            slug = issuers.named(name)
            yield _IssuerClaim(slug or payer_slug(name), known=slug is not None, place="sentence")


def letterhead_of(document: Document) -> tuple[list[str], list[str]]:
    """The pieces of the first page's top rows, and those of its bottom ones; of a text without
    geometry its first and last lines.
    """
    rows = [row for row in rows_of(document.header) if row.text.strip()]
    top = [row for row in rows[:_TOP_ROWS] if (row.pieces[0].place.top or 0.0) < _TOP]
    drawn = any(row.pieces[0].place.top is not None for row in rows)
    bottom = rows[-_BOTTOM_ROWS:] if drawn else []
    pieces = [piece.strip() for row in top for piece in row.text.split("\t") if piece.strip()]
    return pieces, [
        piece.strip()
        for row in bottom
        if row not in top
        for piece in row.text.split("\t")
        if piece.strip()
    ]


def _closing(document: Document) -> Iterator[str]:
    """Blocks in which an issuer signs: those that begin with a copyright sign, and at the end what
    it is a licensee of.

    A copyright sign within a block is a source's, as in a list of references.
    """
    blocks = [block.text for block in document.blocks if block.table is None]
    yield from (
        text
        for text in blocks[-_LAST_BLOCKS:]
        if _LICENSEE.search(text) and not _COPYRIGHT.search(text)
    )
    yield from (line for block in document.blocks for line in _signed(block))


def _signed(block: Block) -> Iterator[str]:
    """What stands behind a copyright sign at the beginning of a block or of one of its lines."""
    if block.table is None and _SIGNED.search(block.text):
        for at in dict.fromkeys((0, *(piece.at for piece in block.pieces))):
            if _SIGNED.match(block.text, at):
                yield block.text[at:]


def _named_in(text: str, issuers: _Known) -> Iterator[_IssuerClaim]:
    """The issuer that a line of a letterhead names: the line is a name, with a label before it or
    the kind of document behind it.
    """
    line = " ".join(re.sub(r"[®™]|\(r\)", "", text).split())
    if len(line) > 160:
        return
    if slug := issuers.named(line):
        yield _IssuerClaim(slug, known=True, place="name")
        return
    for part in _pieces(text):
        yield from _claim_of(bare_name(part), "name", issuers)


def bare_name(line: str) -> str:
    """A line without a label before a name, and without what may stand behind it."""
    words = " ".join(re.sub(r"[®™]|\(r\)", "", line).split())
    named = _LABEL.sub("", words)
    bare = _trailing().sub("", named).strip(' -–|:,"“”')
    whole = _NUMBERED.sub("", named)
    bare = whole if ends_name(whole, bare) else bare
    return _COMPANY.sub("", bare).strip()


def _claim_of(name: str, place: str, issuers: _Known) -> Iterator[_IssuerClaim]:
    if not name or _is_vendor(name) or name.lower().endswith(" association"):
        return  # what payers are licensees of issues no policy
    if slug := issuers.named(name):
        yield _IssuerClaim(slug, known=True, place=place)
    elif _ORGANIZATION.fullmatch(name) and _is_own(name) and _is_capital(name):
        yield _IssuerClaim(payer_slug(name), known=False, place=place)


@cache
def _trailing() -> re.Pattern[str]:
    """What may stand behind a name on its line: the kind of text, a page, a number."""
    kinds = joined("letterheads", "kind_of_text")
    return re.compile(
        rf"(?:[\s,]+(?:{kinds}|&|[-–|:,/]|page\s*:?\s*\d+(?:\s*of\s*\d+)?|\d[\d/.]*|{_NUMBER}))+$",
        re.IGNORECASE,
    )


@cache
def _organization_noun() -> re.Pattern[str]:
    """A name whose last word is one for organizations, perhaps of a place: "Lumen Benefit Fund of
    Ohio".
    """
    nouns = joined("letterheads", "organization")
    return re.compile(
        rf"(?:[A-Z][\w'’&.-]*[ ](?:(?:of|and|the|for|&)[ ])*){{1,6}}(?i:{nouns})"
        r"(?: of (?:the )?[A-Z][\w'’-]*(?: [A-Z][\w'’-]*){0,2})?"
    )


@cache
def _common_in_names() -> re.Pattern[str]:
    """Words of names that are nobody's own: "Prior Authorization Program"."""
    words = f"{joined('letterheads', 'kind_of_text')}|{joined('letterheads', 'organization')}"
    return re.compile(rf"\b(?:{words}|of|and|the|for)\b|[^\w]", re.IGNORECASE)


def _headed(document: Document, issuers: _Known) -> Iterator[_IssuerClaim]:
    """The issuers that lines of a letterhead name by a word for organizations alone; a title can
    end with such a word too ("Lamp Care Program"), and is then spoken of in the text.
    """
    top, edges = letterhead_of(document)
    text = document.text
    lines = dict.fromkeys((*top, *document.running, *edges))
    for name in dict.fromkeys(bare_name(part) for line in lines for part in _pieces(line)):
        if (
            _organization_noun().fullmatch(name)
            and _is_own(name)
            and _common_in_names().sub(" ", name).strip()
            and _is_capital(name)
            and not _is_vendor(name)
            and name.lower() not in text
        ):
            slug = issuers.named(name)
            yield _IssuerClaim(slug or payer_slug(name), known=slug is not None, place="heading")


def _pieces(line: str) -> Iterator[str]:
    """A line, and what stands on it before the kind of document, a menu or a label, or as the name
    under which a company acts.
    """
    yield line
    yield from acting_names(line)
    parts = _PARTED.split(line.strip())
    if len(parts) > 1:
        yield from parts
    if match := _kind_behind().search(line):
        yield line[: match.start()]


@cache
def _kind_behind() -> re.Pattern[str]:
    """A kind of document behind a name, and the title that it announces."""
    kinds = joined("letterheads", "kind_of_text")
    return re.compile(rf"\s+(?:{kinds})\s*:\s", re.IGNORECASE)


def _is_vendor(name: str) -> bool:
    """Whether a name is that of a vendor of criteria or a public office, never of the issuer."""
    return terms("letterheads", "vendor").says(name.lower())


def _is_own(name: str) -> bool:
    """Whether a name begins with a word of its own; "Behavioral Health Plan" is a subject."""
    return name[0].isupper() and not terms("letterheads", "common_first").fit(
        name.split(maxsplit=1)[0].lower()
    )


def _is_capital(name: str) -> bool:
    """Whether the words are capital, as a name's are; "your health plan" is none."""
    return all(word[0].isupper() or word in ("of", "and", "the", "&") for word in name.split())


def _owned(text: str, issuers: _Known) -> Iterator[_IssuerClaim]:
    """The issuer that a line names as its owner: by copyright, or as the licensee of an
    association.
    """
    flat = " ".join(text.split())
    for match in _LICENSEE.finditer(flat):
        yield from _claim_of(match["name"], "licensee", issuers)
    for match in _COPYRIGHT.finditer(flat):
        # "EviCore by EVERNORTH": the company behind a brand is not who issues
        name = _COMPANY.sub(
            "", re.split(r" by | all rights|\. ", match["name"], flags=re.IGNORECASE)[0]
        ).strip()
        if (
            not name
            or _is_vendor(name)
            or terms("letterheads", "rights_holder").says(name.lower())
            or not _is_own(name)
        ):
            continue
        slug = issuers.named(name)
        yield _IssuerClaim(slug or payer_slug(name), known=slug is not None, place="copyright")


def _hosted(text: str, issuers: _Known, *, bare: bool) -> Iterator[_IssuerClaim]:
    """The issuer by its address on the web; in a line that is `bare`, the address must not be a
    link within a sentence.
    """
    for match in _ADDRESS.finditer(text):
        around = text[: match.start()] + " " + text[match.end() :]
        if bare and re.search(r"\b[a-z]{3,}\b", around):
            continue
        label = registered_name(match["host"])
        if label is None or terms("letterheads", "shared_host").fit(label):
            continue
        slug = issuers.named(label) or issuers.named(label.replace("provider", ""))
        if slug or not match["host"].lower().endswith(".gov"):
            yield _IssuerClaim(slug or slug_of(label), known=slug is not None, place="address")


def registered_name(host: str) -> str | None:
    """The word of a host's name under which it is registered: `medicalpolicy.lumen.example.com` is
    of `example`.
    """
    parts = (urlsplit(f"//{host}").hostname or "").lower().split(".")
    # a state's own offices: health.state.mi.us
    if parts[-1] == "us" and len(parts) > 2 and len(parts[-2]) == 2:
        return None
    return parts[-2] if len(parts) >= 2 and parts[-2] else None


def _titled(title: str, issuers: _Known) -> Iterator[_IssuerClaim]:
    """The issuer that a page's title names before or behind a bar or dash, as sites do: "Vein
    Mapping | Lumen Health Plan".
    """
    parts = re.split(r"\s+[|–—]\s+|\s+-\s+", title)
    for part in parts if len(parts) > 1 else [title]:
        yield from _named_in(part, issuers)


def payer_slug(name: str) -> str:
    """A short name for a payer: "Lumen BlueCross BlueShield" is `lumen-bcbs`, "Blue Cross & Blue
    Shield Ohio" is of Ohio.
    """
    words = re.sub(r"[’']", "", name)
    words = re.sub(
        r"blue ?cross(?: and| &)? blue ?shield",
        "Blue Cross Blue Shield",
        words,
        flags=re.IGNORECASE,
    )
    words = re.sub(r"\bblue(?=cross\b|shield\b)", "Blue ", words, flags=re.IGNORECASE)
    words = re.sub(r"^(Blue Cross Blue Shield) (?!of )(?=\w)", r"\1 of ", words)
    words = re.sub(r"(?<=\w) Blue Cross Blue Shield$", " bcbs", words)
    return slug_of(words)


def share_name(one: str, other: str) -> bool:
    """Whether two short names can be one payer's: they share a word that is not every payer's."""
    return one == other or bool(_own_words(one) & _own_words(other))


def _own_words(slug: str) -> set[str]:
    return {
        word
        for word in set(slug.split("-")) - _COMMON_WORDS
        if terms("letterheads", "organization").fit(word) is None
    }
