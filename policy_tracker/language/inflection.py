"""The forms of English words: one noun and several of them, and the stem that all forms of a word
share.

Own rules with a table of irregular words; why no library does it says
docs/decisions/0014-inflection.md.
"""

from __future__ import annotations

import re
from functools import lru_cache

_WORDS_KEPT = 16_384

_IRREGULAR = {
    # other vowels, other endings
    "child": "children",
    "foot": "feet",
    "man": "men",
    "mouse": "mice",
    "ox": "oxen",
    "tooth": "teeth",
    "woman": "women",
    # Latin and Greek
    "appendix": "appendices",
    "bacterium": "bacteria",
    "bronchus": "bronchi",
    "bursa": "bursae",
    "cortex": "cortices",
    "criterion": "criteria",
    "embolus": "emboli",
    "fungus": "fungi",
    "index": "indices",
    "larva": "larvae",
    "locus": "loci",
    "matrix": "matrices",
    "nucleus": "nuclei",
    "ovum": "ova",
    "phenomenon": "phenomena",
    "stimulus": "stimuli",
    "testis": "testes",
    "thrombus": "thrombi",
    "vertebra": "vertebrae",
    "vertex": "vertices",
    # a single s at the end, and none more in the plural than a word in e has
    "alias": "aliases",
    "apparatus": "apparatuses",
    "atlas": "atlases",
    "axis": "axes",
    "basis": "bases",
    "bias": "biases",
    "bonus": "bonuses",
    "bus": "buses",
    "callus": "calluses",
    "campus": "campuses",
    "canvas": "canvases",
    "census": "censuses",
    "fetus": "fetuses",
    "focus": "focuses",
    "gas": "gases",
    "iris": "irises",
    "lens": "lenses",
    "pancreas": "pancreases",
    "pelvis": "pelvises",
    "plexus": "plexuses",
    "sinus": "sinuses",
    "status": "statuses",
    "uterus": "uteruses",
    "virus": "viruses",
    # f and fe
    "calf": "calves",
    "half": "halves",
    "knife": "knives",
    "leaf": "leaves",
    "life": "lives",
    "shelf": "shelves",
    "wife": "wives",
    # a silent e before the s, where most words of that ending have none
    "ache": "aches",
    "aloe": "aloes",
    "backache": "backaches",
    "cache": "caches",
    "calorie": "calories",
    "canoe": "canoes",
    "earache": "earaches",
    "headache": "headaches",
    "kilocalorie": "kilocalories",
    "movie": "movies",
    "niche": "niches",
    "shoe": "shoes",
    "stomachache": "stomachaches",
    "toe": "toes",
    "toothache": "toothaches",
    # o with es
    "echo": "echoes",
    "hero": "heroes",
    "potato": "potatoes",
    "tomato": "tomatoes",
    "veto": "vetoes",
    # short for a unit of time or weight
    "hr": "hrs",
    "lb": "lbs",
    "mo": "mos",
    "wk": "wks",
    "yr": "yrs",
    # the rest
    "quiz": "quizzes",
}
"""Nouns whose plural or singular the endings do not tell."""
_PLURALS = {plural: singular for singular, plural in _IRREGULAR.items()}
_ALIKE = frozenset(
    {
        # abbreviated units of three letters or more; shorter ones are not inflected at all
        "mcg",
        "meq",
        "mmol",
        "mol",
        "kcal",
        "mmhg",
        "bpm",
        "ppm",
        "mci",
        "mhz",
        "khz",
        "cgy",
        # one form
        "biceps",
        "caries",
        "diabetes",
        "equipment",
        "evidence",
        "fish",
        "forceps",
        "herpes",
        "information",
        "means",
        "measles",
        "mumps",
        "news",
        "people",
        "quadriceps",
        "rabies",
        "scabies",
        "series",
        "sheep",
        "species",
        "staff",
        "triceps",
        # fields of knowledge
        "diagnostics",
        "economics",
        "ethics",
        "genetics",
        "genomics",
        "geriatrics",
        "obstetrics",
        "orthopedics",
        "orthotics",
        "pediatrics",
        "physics",
        "prosthetics",
        "statistics",
        "therapeutics",
        # words with an s that count nothing
        "afterwards",
        "always",
        "besides",
        "does",
        "perhaps",
        "sometimes",
        "theirs",
        "towards",
        "whereas",
        "yours",
        "themselves",
        "ourselves",
        "yourselves",
    }
)
"""Words that stay as they are, however many there are."""
_ENDS_IN_OSE = frozenset(
    {
        "choose",
        "close",
        "compose",
        "disclose",
        "dispose",
        "dose",
        "enclose",
        "expose",
        "fructose",
        "glucose",
        "goose",
        "hose",
        "impose",
        "lactose",
        "loose",
        "lose",
        "megadose",
        "nose",
        "oppose",
        "overdose",
        "pose",
        "propose",
        "purpose",
        "rose",
        "sucrose",
        "suppose",
        "transpose",
    }
)
"""What has a plural in -oses and is no disease or finding in -osis."""
_ENDS_IN_EED = {
    "agreed": "agree",
    "disagreed": "disagree",
    "freed": "free",
    "guaranteed": "guarantee",
}
"""Past forms that look like "exceed" and "need"."""
_SHORT_VERBS = {
    "used": "use",
    "using": "use",
    "dying": "die",
    "lying": "lie",
    "tying": "tie",
    "died": "die",
    "tied": "tie",
}
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_VOWEL = re.compile(r"[aeiouy]")
_HISSES = ("s", "x", "z", "ch", "sh")
_DOUBLED = re.compile(r"([bdglmnprt])\1$")


@lru_cache(maxsize=_WORDS_KEPT)
def plural(noun: str) -> str:
    """Several of what `noun` names: "patches" of "patch"; of a phrase its head is changed ("drug
    policy", "date of service").

    Abbreviated units (mg), rates (mg/kg), signs (%) and a noun that is in the plural already stay
    as they are.
    """
    head, of, rest = noun.partition(" of ")
    found = _LAST_WORD.search(head)
    if found is None or "/" in head:
        return noun
    return head[: found.start()] + _like(found[0], _plural(found[0])) + of + rest


@lru_cache(maxsize=_WORDS_KEPT)
def singular(noun: str) -> str:
    """One of what `noun` names: "patch" of "patches", "diagnosis" of "diagnoses"; a noun in the
    singular stays as it is.

    The third person of a verb loses its ending in the same way: "requires" is "require". Of a
    phrase its head is changed.
    """
    head, of, rest = noun.partition(" of ")
    found = _LAST_WORD.search(head)
    if found is None:
        return noun
    return head[: found.start()] + _like(found[0], _singular(found[0])) + of + rest


@lru_cache(maxsize=_WORDS_KEPT)
def stem(word: str) -> str:
    """What the forms of a word share: "approv" of "approve", "approves", "approved" and
    "approving".

    It need not be a word itself.

    Number and tense go; derivation stays, because it changes what is said: "treatment" is not
    "treat", "conditional" not "condition".
    """
    plain = singular(word.lower())
    plain = _SHORT_VERBS.get(plain) or _ENDS_IN_EED.get(plain) or plain
    if len(plain) < 4 or not plain.isalpha():
        return plain
    return _without_e(_without_tense(plain))


def _without_tense(word: str) -> str:
    for ending in ("ing", "ed"):
        root = word.removesuffix(ending)
        if (
            root == word
            or len(root) < 3
            or not _VOWEL.search(root)
            or (ending == "ed" and root.endswith("e"))
        ):
            continue
        return f"{root[:-1]}y" if ending == "ed" and root.endswith("i") else root
    return word


def _without_e(root: str) -> str:
    """A root without the e, or the second of two consonants, that stands only before some
    endings.
    """
    if len(root) > 3 and _DOUBLED.search(root):
        return root[:-1]
    return root[:-1] if len(root) > 3 and root.endswith("e") and not root.endswith("ee") else root


def _plural(noun: str) -> str:
    plain = noun.lower()
    if plain in _IRREGULAR:
        return _IRREGULAR[plain]
    if noun.isupper() and len(noun) > 2:  # an abbreviation: MRIs, PLAs
        return f"{noun}s"
    if (
        len(plain) < 3
        or plain in _ALIKE
        or plain in _PLURALS
        or _is_abbreviation_plural(noun)
        or _is_plural(plain)
    ):
        return noun
    if plain.endswith(("sis", "xis")):
        return f"{noun[:-2]}es"
    if plain.endswith("y") and plain[-2] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if plain.endswith(_HISSES) else f"{noun}s"


def _is_plural(plain: str) -> bool:
    one = _singular(plain)
    return one != plain and _plural(one) == plain


def _is_abbreviation_plural(noun: str) -> bool:
    """Whether a word is several of an abbreviation: MRIs, PLAs."""
    return len(noun) > 2 and noun.endswith("s") and noun[:-1].isupper()


def _singular(noun: str) -> str:
    plain = noun.lower()
    if plain in _PLURALS:
        return _PLURALS[plain]
    if _is_abbreviation_plural(noun):
        return noun[:-1]
    if (
        not plain.endswith("s")
        or len(plain) < 4
        or plain in _ALIKE
        or plain in _IRREGULAR
        or plain.endswith(("ss", "us", "is"))
    ):
        return noun
    if plain.endswith("ies"):
        return f"{noun[:-3]}y" if len(plain) > 4 else noun[:-1]
    if plain.endswith(("yses", "eses", "stases")) or (
        plain.endswith("oses") and plain[:-1] not in _ENDS_IN_OSE
    ):
        return f"{noun[:-2]}is"
    return (
        noun[:-2]
        if plain.endswith(("sses", "xes", "zzes", "tzes", "ches", "shes", "oes"))
        else noun[:-1]
    )


def _like(old: str, new: str) -> str:
    """`new` with the capital letters of `old`."""
    if new[: len(old) - 1] == old[: len(old) - 1]:
        return new
    return (
        new.upper()
        if old.isupper() and len(old) > 1
        else f"{new[:1].upper()}{new[1:]}"
        if old[:1].isupper()
        else new
    )
