"""What a rewording really changed: the words that went and came once everything that only reads
differently is set aside.

Numbers, comparisons, negations and connectors are never set aside. What is: articles and other
words that carry nothing, singular and plural, hyphens, the field's several terms for one thing, an
abbreviation for its words, and dates that had passed before both versions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Indel

from policy_tracker.language import inflection
from policy_tracker.language.dates import DATE_PATTERN, iso_of
from policy_tracker.language.misspelling import same_but_for_spelling
from policy_tracker.language.stopwords import DEMONSTRATIVES, EMPTY, JOINING
from policy_tracker.language.tokens import NEGATIONS, bare, decisive, fold, words
from policy_tracker.language.voices import same_in_other_voice

Run = tuple[str, ...]

_TERMS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), term)
    for pattern, term in (
        (r"\bin addition,? (?!to\b)", ""),
        (r"\bat (?:this|the present) time\b", ""),
        (r",? ?as appropriate,?", " "),
        (r"\b(?:payments?|reimbursements?)\b", "payment"),
        (r"\b(?:reimbursed|paid)\b", "paid"),
        (r"\b(?:reimburse|pay)s?\b", "pay"),
        (r"(?<=\w)\((?:s|es)\)", ""),
        (r"\be ?[/&] ?m\b", "em"),
        (r"\bevaluation and management(?: \(em\))?|\(em\)", " em "),
        (
            r"\b(?:members?|patients?|individuals?|beneficiar(?:y|ies)|enrollees?|subscribers?|insureds?|persons?)(?:'s|s')?(?![\w'])",
            "",
        ),
        (
            r"\b(?:(?:he|his|him) ?(?:or|/) ?(?:she|hers?)"
            r"|(?:she|hers?) ?(?:or|/) ?(?:he|his|him))\b",
            "",
        ),
        (r"\b(?:do|does|did) not\b|\b(?:do|does|did)n't\b", "not"),
        (r"\bcan ?not\b|\bcan't\b", "can not"),
        (r"\b(?:considered|deemed|determine[sd]?|regarded|found)(?: to be)?\b", ""),
        (
            r"\b(?:national coverage determinations? |ncd )(?:manual|policy)\b|\bthis manual\b",
            "manual",
        ),
        (
            r"\b(?:(?:a/b|local|individual|dme|hhh|a or b)\)? )*\(?macs?\b(?:'s)?(?: \(\w+\))?"
            r"(?: (?:and|or) (?:(?:a/b|local|dme|hhh) )*macs?\b(?:'s)?(?: \(\w+\))?)*",
            "mac",
        ),
        (
            r"\b(?:is|are|has|have)(?: not)?(?: yet)?(?: been)?(?: \w+){0,3} (?:proven|established"
            r"|demonstrated|shown|supported)\b[^.;:]{0,80}?\b(?:therefore|thus|hence),?"
            r" (?=(?:is|are)\b)",
            "",
        ),
        (r"\bprior to\b", "before"),
        (
            r"\b(?:in|within|during|over) (?:the )?(?:last|past|previous|prior|preceding)"
            r" (?=(?:\d+|\w+) ?-?(?:days?|weeks?|months?|years?)\b)",
            "within past ",
        ),
        (r"\b(?:elevated|raised|increased)\b", "increased"),
        (r"\b(?:lowered|reduced|decreased)\b", "decreased"),
        (r"\btherap(?:y|ies)\b", "treatment"),
        (r"\b(?:initiat|commenc|start)(ed|ing|es?|s)?\b", "start"),
        (r"\b(?:discontinue|cease|stop)(?:s|d|ped)?\b", "stop"),
        (r"\b(?:utiliz|us)(ed|ing)\b", "us\\1"),
        (r"\b(?:documented|recorded)\b", "documented"),
        (r"\b(?:must|shall)\b", "must"),
        (r"\b(?:per|every|each)\b", "per"),
        (r"\bhealth ?care\b", "healthcare"),
        (r"\b(?:percent|per cent)\b", "%"),
    )
)
"""Terms of the field that stand for one thing, in order; read on folded text."""

_EFFECTIVE = re.compile(
    r"\beffective (?:(?:for (?:dates of )?(?:services?|claims)[\w ]{0,30}? )?(?:on or "
    r"after|on|as of|from) )?"
    rf"(?P<date>{DATE_PATTERN}),?\s*",
    re.IGNORECASE,
)
_ENUMERATED = re.compile(r"(?<=[\s:;,])\((?:[a-h]|[ivx]{1,4})\)\s")
"""Letters that count the parts of a sentence."""
_SIGNED = re.compile(r"(?:(?<=[\w.]) ?- ?|(?<!\w)-)(?=\w*\d)\w[\w.]*")
_SLASHED = re.compile(r"\b((?!and/or)[a-z]{2,})/([a-z]{2,})\b")
_SPOKEN = frozenset(
    {
        "all",
        "any",
        "1",
        "both",
        "either",
        "each",
        "per",
        "of",
        "criteria",
        "criterion",
        "conditions",
        "condition",
        "must",
        "met",
        "when",
        "if",
    }
)
"""Words with which a sentence announces a list, and says how its members combine."""
_WHOLE_SENTENCE, _REWRITTEN = 10, 0.35
"""A sentence of so many words, of which no greater share stayed, was written anew."""
_NAME = 4
"""Words of a name that is long enough to be known again."""
_JOINED = frozenset({"and", "or"})
_LISTING = JOINING | _JOINED
_COMBINING = {
    # "each" and "every" are "per" by now
    "all": frozenset({"all", "both", "each", "every", "per"}),
    "any": frozenset({"any", "either", "1"}),
    "none": frozenset({"none", "neither"}),
}


@dataclass(frozen=True, slots=True)
class Rewording:
    """The runs of words that came to a text and left it, each with all that stands before it; weak
    words are left out of the runs.
    """

    added: tuple[Run, ...] = ()
    removed: tuple[Run, ...] = ()
    before_added: tuple[Run, ...] = ()
    before_removed: tuple[Run, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


@lru_cache(maxsize=64)
def rewording(
    before: str,
    after: str,
    *,
    passed: int | None = None,
    aside: frozenset[str] = frozenset(),
    announces: bool = False,
) -> Rewording:
    """What differs between two texts.

    `passed` is the year before which "effective" dates decide nothing any more. `aside` are words
    that are compared elsewhere (codes, the terms of a position). `announces`: both texts announce
    lists that combine alike, so that the words which say how decide nothing. With the texts
    swapped, the same runs went and came.
    """
    one, two = map(_with_terms, _paired(_plain(before, passed), _plain(after, passed)))
    if two < one:
        turned = rewording(after, before, passed=passed, aside=aside, announces=announces)
        return Rewording(turned.removed, turned.added, turned.before_removed, turned.before_added)
    left, right = words(one), words(two)
    # the same numbers, as a span on one side, or with another sign
    if left == right and _signs(one) != _signs(two):
        return Rewording((right,), (left,), ((),), ((),))
    if _same_bag(left, right) or same_in_other_voice(one, two):
        return Rewording()
    weak = aside | _SPOKEN if announces and _combine_alike(left, right) else aside
    said = _kept(left, right)
    found: dict[str, list[tuple[Run, Run]]] = {"added": [], "removed": []}
    for old, new, start, other in _runs(left, right):
        removed, added = strong(old, weak), strong(new, weak)
        if _points_back(old, left[:start], said) and not added:
            removed = ()
        if _points_back(new, right[:other], said) and not removed:
            added = ()
        if removed and not added and repeats(old, left[:start]):
            removed = ()
        if added and not removed and repeats(new, right[:other]):
            added = ()
        if (
            _stems(removed) == _stems(added)
            or _hyphened(old, new, one, two)
            or same_but_for_spelling(old, new)
            or _abbreviates(removed, added)
            or _abbreviates(added, removed)
        ):
            continue
        if removed:
            found["removed"].append((removed, left[:start]))
        if added:
            found["added"].append((added, right[:other]))
    return Rewording(
        *(
            tuple(run[part] for run in found[side])
            for part in (0, 1)
            for side in ("added", "removed")
        )
    )


def is_rewritten(before: str, after: str) -> bool:
    """Whether so little of a sentence stayed that it was written anew."""
    one, two = words(before), words(after)
    if min(len(one), len(two)) < _WHOLE_SENTENCE:
        return False
    return Indel.normalized_similarity(one, two) < _REWRITTEN


def _combine_alike(one: Run, two: Run) -> bool:
    """Whether two announcements of lists do not contradict each other: "all" is not "any", but one
    of both may be left out.
    """
    pairs = [(one, two), *((old, new) for old, new, _, _ in _runs(one, two))]
    return all(
        _senses(old) == _senses(new) or not (_senses(old) and _senses(new)) for old, new in pairs
    )


def _senses(run: Run) -> set[str]:
    """How the words of a run say that members combine."""
    counting = _counting(run) if run else ()
    return {sense for sense, names in _COMBINING.items() if not names.isdisjoint(counting)}


def _counting(run: Run) -> Run:
    """The words of an announcement, without a 1 that counts something else than members."""
    behind = (*run[1:], "")
    return tuple(w for w, then in zip(run, behind, strict=True) if w != "1" or then in ("of", "or"))


def _points_back(run: Run, before: Run, said: frozenset[str]) -> bool:
    """Whether a run says no more than "it": "these devices", where the text names the devices."""
    named = [place for place, word in enumerate(run) if word not in EMPTY]
    if len(named) != 1 or _stem(run[named[0]]) not in said:
        return False
    ahead = (*before[-1:], *run[: named[0]])
    return bool(ahead) and ahead[-1] in DEMONSTRATIVES


def repeats(run: Run, before: Run) -> bool:
    """Whether a run says once more what stands right before it ("specifies that he has specified
    that he"), or a long name of the sentence with at most one word beside it, as a link does.

    Numbers, negations and connectors repeat nothing.
    """
    told = [_stem(word) for word in run if word not in EMPTY and word not in JOINING]
    if not told:
        return False
    right_before = before[-len(run) - 2 :]
    near = {_stem(word) for word in right_before}
    # behind "or" stands another option, whatever words it has
    joined = not _JOINED.isdisjoint((*before[-1:], *run))
    if near.issuperset(told) and not joined and not any(decisive(word) for word in run):
        return True
    named = f" {' '.join(before)} "
    return any(
        len(name) >= _NAME and f" {' '.join(name)} " in named and not any(map(decisive, beside))
        for name, beside in ((run, ()), (run[:-1], run[-1:]), (run[1:], run[:1]))
    )


def _plain(text: str, passed: int | None) -> str:
    """A text in one typography, without dates that had passed."""
    found = _ENUMERATED.sub("", fold("\n".join(bare(line) for line in text.splitlines())))
    return (
        found
        if passed is None
        else _EFFECTIVE.sub(lambda match: "" if _year(match["date"]) < passed else match[0], found)
    )


def _year(printed: str) -> int:
    """The year of a printed date; one of the far future where it is no date of the calendar, so
    that it never has passed.
    """
    return int((iso_of(printed) or "9999")[:4])


def _with_terms(text: str) -> str:
    """A folded text with one term for one thing."""
    for pattern, term in _TERMS:
        text = pattern.sub(term, text)
    return text


def _paired(one: str, two: str) -> tuple[str, str]:
    """Both texts with "x/y" where the other spells it "x and y" or "x or y"."""
    for first, second in {*_SLASHED.findall(one), *_SLASHED.findall(two)}:
        spelled = re.compile(rf"\b{first} (?:and|or) {second}\b")
        if len({*spelled.findall(one), *spelled.findall(two)}) > 1:
            continue  # "and" here and "or" there are two things
        one, two = spelled.sub(f"{first}/{second}", one), spelled.sub(f"{first}/{second}", two)
    return one, two


def _same_bag(one: Run, two: Run) -> bool:
    """Whether the texts say the same words, and in the same order what turns a sentence, so that at
    most two words stand elsewhere.
    """
    if sorted(one) != sorted(two) or [w for w in one if decisive(w)] != [
        w for w in two if decisive(w)
    ]:
        return False
    return one == two or sum(len(old) for old, _, _, _ in _runs(one, two)) <= 2


def _runs(one: Run, two: Run) -> list[tuple[Run, Run, int, int]]:
    """The runs in which two lists of words differ: gone, come, and where each begins; a word
    between two runs that is weak joins them.
    """
    merged: list[list[int]] = []
    for op in Indel.opcodes(one, two):
        if op.tag == "equal":
            continue
        if (
            merged
            and op.src_start - merged[-1][1] <= 1
            and all(w in EMPTY for w in one[merged[-1][1] : op.src_start])
        ):
            merged[-1][1], merged[-1][3] = op.src_end, op.dest_end
        else:
            merged.append([op.src_start, op.src_end, op.dest_start, op.dest_end])
    return [(one[a:b], two[c:d], a, c) for a, b, c, d in merged]


def _kept(one: Run, two: Run) -> frozenset[str]:
    """The stems of what both texts say, numbers and other decisive words left out."""
    equal = (
        word
        for op in Indel.opcodes(one, two)
        if op.tag == "equal"
        for word in one[op.src_start : op.src_end]
    )
    return frozenset(_stem(word) for word in equal if word not in EMPTY and not decisive(word))


def strong(run: Run, weak: frozenset[str]) -> Run:
    """The words of a run that carry something; none where only joining words are left."""
    left = tuple(
        word for word in run if word not in EMPTY and (word not in weak or word in NEGATIONS)
    )
    if JOINING.issuperset(left):
        return ()
    # a code that joins a list of codes brings its "and"
    listed = any(word in weak and word[-1:].isdigit() for word in run)
    return () if listed and _LISTING.issuperset(left) else left


def _stems(run: Run) -> Run:
    return tuple(map(_stem, run))


def _stem(word: str) -> str:
    """A word without number and tense; a decisive word stays as it is."""
    return word if decisive(word) else inflection.stem(word)


def _hyphened(old: Run, new: Run, one: str, two: str) -> bool:
    """Whether two runs are one word, with a hyphen on one side ("non-reusable", "nonreusable")."""
    spelled = [("-".join(run), text) for run, text in ((old, one), (new, two)) if len(run) > 1]
    return "".join(old) == "".join(new) and any(word in text for word, text in spelled)


def _signs(text: str) -> list[str]:
    """The numbers and codes of a text with the dash between or before them."""
    return _SIGNED.findall(text)


def _abbreviates(short: Run, words_meant: Run) -> bool:
    """Whether one word is the initials of the others, or holds them in order ("OIVIT", "Outpatient
    Intravenous Insulin Therapy").
    """
    if len(short) != 1 or len(words_meant) < 3 or not short[0].isalpha():
        return False
    initials = iter(short[0])
    held = sum(1 for word in words_meant if word[0] in initials)
    return held == len(words_meant) and len(short[0]) <= 2 * len(words_meant)
