"""Words that carry little by themselves, by what they do in a sentence, and the sets of them that
readers set aside.

Readers need different sets, each for a reason that stands beside it; all are unions of the same
classes, so that the difference between two of them shows.
"""

from __future__ import annotations

ARTICLES = frozenset({"a", "an", "the"})
DEMONSTRATIVES = frozenset({"this", "that", "these", "those"})
BEING = frozenset({"is", "are", "be", "been"})
HAVING = frozenset({"has", "have"})
FUTURE = frozenset({"will", "shall"})
PAST = frozenset({"was", "were", "did", "had"})
OTHER_AUXILIARIES = frozenset({"am", "being", "do", "does", "having"})
PRONOUNS = frozenset(
    {
        "it",
        "its",
        "he",
        "she",
        "they",
        "them",
        "him",
        "his",
        "her",
        "hers",
        "their",
        "theirs",
        "who",
        "whom",
    }
)
POINTERS = frozenset({"following", "below", "above"})
LINKING_ADVERBS = frozenset(
    {
        "also",
        "then",
        "thus",
        "therefore",
        "however",
        "moreover",
        "furthermore",
        "additionally",
        "now",
        "currently",
        "presently",
        "here",
        "there",
        "such",
        "said",
        "respective",
        "respectively",
    }
)
PREPOSITIONS = frozenset({"in", "on", "at", "by", "with", "from", "for"})
INWARD = frozenset({"into", "within"})
CONJUNCTIONS = frozenset({"and", "or"})
CONDITIONS = frozenset({"if", "when", "which"})
POSSIBILITY = frozenset({"may", "must", "can"})
QUANTIFIERS = frozenset({"all", "any", "both", "per"})
PEOPLE = frozenset({"patient", "patients", "individual", "individuals", "member", "members"})

OF_FORM = (
    ARTICLES
    | DEMONSTRATIVES
    | BEING
    | {"being"}
    | HAVING
    | FUTURE
    | POINTERS
    | {"of", "to", "as", "which"}
)
"""Words whose coming or going is form alone, so that the sentence is the same (`normalize`).

The past tense is not among them: "was covered" is not "is covered".
"""

EMPTY = OF_FORM | PAST | OTHER_AUXILIARIES | PRONOUNS | LINKING_ADVERBS | {"please"}
"""Words without which a sentence decides the same claims (`rewording`)."""

JOINING = PREPOSITIONS | INWARD
"""Prepositions say something only with what they stand before: nothing, where they are all that is
left of a run of words.
"""

NOT_IN_KEYS = (
    ARTICLES
    | DEMONSTRATIVES
    | BEING
    | HAVING
    | PREPOSITIONS
    | CONJUNCTIONS
    | CONDITIONS
    | POSSIBILITY
    | QUANTIFIERS
    | PEOPLE
    | {
        "of",
        "to",
        "as",
        "was",
        "had",
        "will",
        "it",
        "its",
        "their",
        "his",
        "her",
        "who",
        "such",
        "following",
    }
    | {"one", "either", "considered"}
)
"""Words that no key of a statement is made of.

Keys are stored: a word that is added here, or goes, renames statements.
"""

SPLINTERS = (
    ARTICLES
    | CONJUNCTIONS
    | PREPOSITIONS
    | {"this", "that", "is", "be", "was", "it", "of", "to", "as"}
)
"""Words that split one change into two for the eye where they stand alone between them (`redline`).
"""

IN_NOTES = (
    ARTICLES
    | DEMONSTRATIVES
    | BEING
    | HAVING
    | PREPOSITIONS
    | INWARD
    | CONJUNCTIONS
    | CONDITIONS
    | POSSIBILITY
    | QUANTIFIERS
    | {
        "of",
        "to",
        "as",
        "was",
        "were",
        "had",
        "will",
        "it",
        "its",
        "their",
        "who",
        "such",
        "also",
        "below",
        "above",
        "due",
        "via",
    }
    | {
        "about",
        "certain",
        "each",
        "more",
        "most",
        "no",
        "not",
        "only",
        "other",
        "out",
        "over",
        "several",
        "some",
        "than",
        "under",
    }
    | {"up", "various", "without"}
)
"""Words that say nothing in a payer's revision note, where even "not" only negates a deed that is
read apart. What such notes say in every line ("added", "section") stands with the rules that read
them.
"""
