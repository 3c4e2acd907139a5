"""One thing of a sentence made another: a number, a bound, a unit, a negation, "any", a member of a
list, a qualifier, a drug. Each mutation stands alone, so that what should be told of it is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from policy_tracker.record.vocabulary import Direction


class Mutant(NamedTuple):
    """A text with one thing changed; `grows` is +1 where more cases meet it, -1 where fewer do, 0
    where the words do not make that certain. `combines`: how the list below combines is another.
    `neither`: neither text implies the other, so that no direction is right.
    """

    text: str
    grows: int = 0
    combines: bool = False
    neither: bool = False


_NUMBER = re.compile(r"(?<![\w.,/$%-])(?:\d{1,3})(?![\w/]|[.,]\d|-\w)")
_NO_VALUE = re.compile(
    r"(?:\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? |[a-z] \(|n = )$", re.I
)
"""What stands before a number that is no value: a day of a date, a number already spelled out."""
_LOWER_BEFORE = re.compile(r"(?:at least|minimum of|no less than|≥|>=|>|more than|over)\s*$", re.I)
_UPPER_BEFORE = re.compile(
    r"(?:at most|up to|maximum of|no more than|≤|<=|<|fewer than|less than|within(?: the)?"
    r"(?: last| past| previous)?|not (?:to )?exceed(?:ing)?)\s*$",
    re.I,
)
_LOWER_AFTER = re.compile(
    r"\s*(?:years?|months?|%|points?)?(?: of age)?,? (?:and|or) (?:older|more|greater|above)\b",
    re.I,
)
_UPPER_AFTER = re.compile(
    r"\s*(?:years?|months?|%|points?)?(?: of age)?,? (?:and|or) (?:younger|less|fewer|below)\b",
    re.I,
)
_BOUNDS = (
    ("at least", "at most"),
    ("no more than", "at least"),
    ("up to", "at least"),
    ("and older", "and younger"),
    ("or older", "or younger"),
    ("less than", "more than"),
    ("greater than", "less than"),
    ("≥", "≤"),
    ("≤", "≥"),
)
_UNITS = (
    ("days", "months"),
    ("weeks", "months"),
    ("months", "years"),
    ("years", "months"),
    ("mg", "mcg"),
)
_DENIED = (("is not ", "is "), ("are not ", "are "), ("must not ", "must "), ("without ", "with "))
_STATED = (("is ", "is not "), ("are ", "are not "), ("must ", "must not "), ("has ", "has no "))
_DECIDED = re.compile(
    r"\W*(?:(?:is|are|not|must|may|be|has|no|considered|deemed|regarded|as|medically|clinically"
    r"|generally|separately)\s+)*"
    r"(?:cover|necess|requir|reimburs|bill|pa(?:id|y)|approv|authoriz|experiment|investig|unprov"
    r"|eligib|allow|deni|appropriate|review|report|submit|part of|included)",
    re.I,
)
"""A negation, or its place, and the decision that it turns round."""
_IN_CASE = re.compile(
    r"\b(?:if|when|unless|until|where|who|that|which|whose|once|provided|considered"
    r"|necessary|covered|approved)\b",
    re.I,
)
"""Words behind which a condition stands, and no decision."""
_LABEL = re.compile(r"[ivx]+\b|[a-z]\b")
_NAMES = re.compile(r"(?:\bmodifiers?|\btype|\bgrade|\bstage|\blevel|\bNCCN|\bFEV) ?$", re.I)
_NAMED = re.compile(r"(?: or \w+)? modifier|\w? second \(FEV", re.I)
"""A number that names something, and bounds nothing."""
_DENIES = re.compile(r"\bnot? $", re.I)
_QUALIFIERS = re.compile(
    r"\b(?:severe|moderate|chronic|acute|active|documented|persistent|refractory|recurrent"
    r"|metastatic|advanced|primary|symptomatic|uncontrolled)\s(?=[a-z])",
    re.I,
)
_NOUNS = re.compile(
    r"\b(?=asthma|disease|dermatitis|cancer|carcinoma|infection|pain|arthritis|colitis|psoriasis"
    r"|symptoms|failure|lymphoma)"
)
_PRESCRIBERS = re.compile(
    r"\b(?:dermatologist|rheumatologist|oncologist|hematologist|neurologist|gastroenterologist"
    r"|pulmonologist|allergist|cardiologist|urologist|hepatologist|psychiatrist)\b",
    re.I,
)
_MEMBER = re.compile(r"(?<=, )(?!and\b|or\b)[a-z][\w-]*(?: [a-z][\w-]*)?, (?=[\w ]+)")
_LAST = re.compile(r",? (?:or|and) (?!older|younger|more|less)(?=[a-z][\w-]+(?:[.;]|$))")
_DRUG = re.compile(r"\b[a-z]{3,}(?:mab|nib|zumab|tinib|statin|olimus|cept|prazole|parib)\b", re.I)
_NO_JOIN = re.compile(r"(?:older|younger|more|less|greater|above|below|under|over|not|equal)\b")
_COMPARISONS = (
    ("greater than", "at least", 1),
    ("more than", "at least", 1),
    ("less than", "at most", 1),
    ("at least", "more than", -1),
    ("at most", "less than", -1),
)
_TESTS = re.compile(r"\b(?:MRI|CT|PET|biopsy|ultrasound|endoscopy|colonoscopy|mammography)\b")


def numbers(text: str) -> Iterator[Mutant]:
    """Each number grown by half."""
    for found in _NUMBER.finditer(text):
        old = int(found[0])
        ahead, behind = text[: found.start()], text[found.end() :]
        if not ahead or 1900 <= old <= 2100 or _NO_VALUE.search(ahead):
            continue
        named = bool(_NAMES.search(ahead) or _NAMED.match(behind))
        lower = _LOWER_BEFORE.search(ahead) or _LOWER_AFTER.match(behind)
        upper = _UPPER_BEFORE.search(ahead) or _UPPER_AFTER.match(behind)
        grows = 0 if bool(lower) == bool(upper) else -1 if lower else 1
        grown = f"{ahead}{old + max(1, old // 2)}{behind}"
        yield Mutant(grown, 0 if named else grows, neither=named)


def bounds(text: str) -> Iterator[Mutant]:
    """Each bound turned round: some cases come, others go."""
    yield from _others(_replaced(text, _BOUNDS, before_number=True))


def units(text: str) -> Iterator[Mutant]:
    """The unit behind a number made another."""
    for old, new in _UNITS:
        for found in re.finditer(rf"(?<=\d ){old}\b", text):
            yield Mutant(text[: found.start()] + new + text[found.end() :])


def negations(text: str) -> Iterator[Mutant]:
    """A negation taken out, or put in where there is none; where it is not the decision itself that
    turns, the cases that meet the words become others.
    """
    for mutant in [*_replaced(text, _DENIED)] or _replaced(text, _STATED):
        place = next(
            (i for i, (a, b) in enumerate(zip(text, mutant.text, strict=False)) if a != b), 0
        )
        # a common prefix of both may reach into the word behind the negation
        behind = _DECIDED.match(text, max(0, text.rfind(" ", 0, place)))
        yield mutant._replace(neither=behind is None or bool(_IN_CASE.search(text[:place])))


def combining(text: str) -> Iterator[Mutant]:
    """Any made all, and all any."""
    pairs = (
        ("any of", "all of"),
        ("all of", "any of"),
        ("ANY of", "ALL of"),
        ("ALL of", "ANY of"),
        ("one of the", "all of the"),
    )
    for mutant in _replaced(text, pairs):
        yield mutant
        yield mutant._replace(combines=True)


def members(text: str) -> Iterator[Mutant]:
    """A word taken out of a list of words, or put in at its end."""
    for found in _MEMBER.finditer(text):
        if not found[0].startswith("as ") and not _LABEL.match(found[0]):
            yield Mutant(text[: found.start()] + text[found.end() :])
    for found in _LAST.finditer(text):
        yield Mutant(f"{text[: found.start()]}, sarcoidosis{text[found.start() :]}")


def qualifiers(text: str) -> Iterator[Mutant]:
    """A qualifying word taken out, or put in before a noun that has none."""
    for found in _QUALIFIERS.finditer(text):
        yield Mutant(text[: found.start()] + text[found.end() :])
    for found in _NOUNS.finditer(text):
        if not text[: found.start()].endswith("severe "):  # said twice it says no more
            yield Mutant(f"{text[: found.start()]}severe {text[found.start() :]}")


def prescribers(text: str) -> Iterator[Mutant]:
    """Another specialist."""
    for found in _PRESCRIBERS.finditer(text):
        other = "endocrinologist" if found[0] != "endocrinologist" else "nephrologist"
        yield Mutant(text[: found.start()] + other + text[found.end() :], neither=True)


def drugs(text: str) -> Iterator[Mutant]:
    """Another drug."""
    for found in _DRUG.finditer(text):
        yield Mutant(text[: found.start()] + "zelvoritug" + text[found.end() :], neither=True)


def tests(text: str) -> Iterator[Mutant]:
    """Another test."""
    for found in _TESTS.finditer(text):
        yield Mutant(text[: found.start()] + "scintigraphy" + text[found.end() :], neither=True)


def joined(text: str) -> Iterator[Mutant]:
    """Two members of a list joined by "or" instead of "and", and the other way round."""
    for old, new, grows in (("and", "or", 1), ("or", "and", -1)):
        for found in re.finditer(rf"(?<=[a-z] ){old}(?= [a-z]{{3,}})", text):
            if not _NO_JOIN.match(text, found.end() + 1):
                yield Mutant(text[: found.start()] + new + text[found.end() :], grows)


def comparisons(text: str) -> Iterator[Mutant]:
    """A comparison that holds of one number more, or less."""
    for old, new, grows in _COMPARISONS:
        for found in re.finditer(rf"\b{old}(?= \d)", text):
            if not _DENIES.search(text[: found.start()]):
                yield Mutant(text[: found.start()] + new + text[found.end() :], grows)


def duties(text: str) -> Iterator[Mutant]:
    """What must be made what may be, and the other way round."""
    yield from _replaced(text, (("must", "may"), ("may be submitted", "must be submitted")))


def moments(text: str) -> Iterator[Mutant]:
    """Another time: before made during, initial made renewal."""
    times = (("prior", "concurrent"), ("before", "during"), ("Initial", "Renewal"))
    yield from _others(_replaced(text, (*times, ("past", "coming"))))


def exceptions(text: str) -> Iterator[Mutant]:
    """A case put aside from a sentence."""
    said = text.rstrip()
    end = re.search(r"(?:[.;:]|[;,]? (?:AND|OR|and|or))*$", said)
    if end and len(said) > 20 and not said.endswith(":"):
        yield Mutant(f"{said[: end.start()]}, unless the member is pregnant{said[end.start() :]}")


def settings(text: str) -> Iterator[Mutant]:
    """Another place of care, or one where none was named."""
    places = (("outpatient", "inpatient"), ("office", "hospital"), ("home", "facility"))
    yield from _others(_replaced(text, places))


def limits(text: str) -> Iterator[Mutant]:
    """A limit where there was none."""
    if text.rstrip().endswith(".") and not re.search(r"\d", text):
        yield Mutant(f"{text.rstrip()[:-1]}, once per lifetime.", -1)


def counts(text: str) -> Iterator[Mutant]:
    """One more of a list to be met."""
    pairs = (("two", "three"), ("TWO", "THREE"), ("one", "two"), ("ONE", "TWO"), ("2", "3"))
    for old, new in pairs:
        for found in re.finditer(rf"\b{old}(?= (?:or more )?of (?:the|these)\b)", text):
            yield Mutant(text[: found.start()] + new + text[found.end() :])


def authorizations(text: str) -> Iterator[Mutant]:
    """An authorization that is asked for, and no longer."""
    yield from _replaced(
        text,
        (
            ("authorization is required", "authorization is not required"),
            ("authorization is not required", "authorization is required"),
            ("requires prior authorization", "does not require prior authorization"),
        ),
    )


def _others(mutants: Iterator[Mutant]) -> Iterator[Mutant]:
    """The mutants as such of which neither side implies the other."""
    return (mutant._replace(neither=True) for mutant in mutants)


def _replaced(
    text: str,
    pairs: tuple[tuple[str, str], ...] | list[tuple[str, str]],
    *,
    before_number: bool = False,
) -> Iterator[Mutant]:
    for old, new in pairs:
        ahead = r"(?= ?\d)" if before_number and not old.endswith(("older", "younger")) else ""
        for found in re.finditer(rf"(?<!\w){re.escape(old)}{ahead}(?!(?<=\w)\w)", text):
            yield Mutant(text[: found.start()] + new + text[found.end() :])


EACH: dict[str, Callable[[str], Iterator[Mutant]]] = {
    "number": numbers,
    "bound": bounds,
    "unit": units,
    "negation": negations,
    "any and all": combining,
    "member of a list": members,
    "qualifier": qualifiers,
    "prescriber": prescribers,
    "drug": drugs,
    "test": tests,
    "and and or": joined,
    "comparison": comparisons,
    "duty": duties,
    "moment": moments,
    "exception": exceptions,
    "setting": settings,
    "limit new": limits,
    "count": counts,
    "authorization": authorizations,
}


def certain(grows: int, *, approves: bool) -> Direction | None:
    """The direction that a mutant must have, None where its words do not make it certain."""
    if not grows or not approves:
        return None
    return "broadened" if grows > 0 else "narrowed"
