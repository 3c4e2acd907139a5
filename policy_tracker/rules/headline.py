"""The headline of a change: what it is about, and what went and came, in the payer's words.

`Eosinophilic esophagitis: authorization 6 → 12 months`. Cards, mails, the feed and the verdict's
sentence all take it from here.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, replace

from policy_tracker.diff.redline import RedlineSpan, redline
from policy_tracker.language.formatting import measure, number, sentence
from policy_tracker.language.names import tidy_name
from policy_tracker.language.plain import digits
from policy_tracker.language.rewording import is_rewritten
from policy_tracker.language.tokens import bare, fold
from policy_tracker.language.topics import named_by, names_a_phase
from policy_tracker.rules.changes import Change, QuantityChange
from policy_tracker.rules.words import code_names, noun_of, quantity_name, use_noun

LONGEST_ITEM = 80
"""Characters of a quoted text in a headline."""
LONGEST_SIDE = 50
"""Characters of what went, and of what came, in a sentence that reads otherwise."""
CONTEXT = 5
"""Words of the sentence that stand before and behind what changed in it."""
_CODES_SHOWN = 3


_MANY_WORDS = 3
"""So many words say by themselves what came or went; fewer need their sentence."""
_ASIDE = re.compile(r"\s*\((?:[^()]|\([^()]*\)){12,}\)$")
"""A long remark in parentheses behind a heading."""
_UNDER = re.compile(r" (?:(?P<moved>moved to)|under) (?P<list>[^:]+|.{60,})$")
_IN_WORDS = frozenset(
    {"criterion_modified", "threshold_changed", "frequency_changed", "documentation_changed"}
)
"""Kinds of changes that the words which differ tell best."""
_BARE = ("added", "removed")
_BESIDE_NUMBER = "criterion-reworded-beside-number"
"""The rule of words that differ in a sentence whose number is told as a change of its own."""
Wanted = Callable[[str, str], bool]
"""Whether what went and what came is what a headline is to tell."""
_DIGIT = re.compile(r"\d")
_SAYING = re.compile(r"\d|[^\W\d_]{3}")
"""What a line holds that is more than a mark or a connector left over from the line before."""


@dataclass(frozen=True, slots=True)
class ChangeFact:
    """A change in short.

    `about` is the indication, drug or service that it concerns ("" where that is the policy),
    `label` what happened ("new requirement"), `item` to what; `quoted` where that is a text and no
    name. A fact without a label is told by its item alone; `where` is what a headline says further,
    and a sentence of many facts does not.
    """

    about: str
    label: str
    item: str
    quoted: bool = False
    where: str = ""

    @property
    def words(self) -> str:
        """The headline: `Asthma: new requirement “Tried two lamps”`."""
        item = f"“{self.item}”" if self.quoted else self.item
        what = f"{labelled(self.label, item, quoted=self.quoted)}{self.where}"
        return sentence(f"{self.about}: {what}" if self.about else what)


def labelled(label: str, items: str, *, quoted: bool) -> str:
    """Items behind their label, if they have one: `new requirement “a”`, `new use: a`, `added
    a`.
    """
    if not label or not items:
        return label or items
    return f"{label}{' ' if quoted or label in _BARE else ': '}{items}"


def fact_of(
    change: Change, clause: str, *, new_name: bool = False, drug: bool = False
) -> ChangeFact:
    """A change in short.

    `clause` is what its rule says, for what has no words of its own; `new_name` whether only one of
    the two versions has the name that it is about, `drug` whether the policy is one of a drug.
    """
    about = about_of(change.subject)
    if change.quantity and (name := quantity_name(change.heading)):
        old, new, unit = change.quantity.before, change.quantity.after, change.quantity.unit
        if old is not None and new is not None:
            return ChangeFact(about, "", f"{name} {number(old)} → {measure(new, unit)}")
    if change.kind in ("code_added", "code_removed") and change.codes and change.statement:
        label = f"codes {'added' if change.kind == 'code_added' else 'removed'}"
        return ChangeFact(about, label, code_names(change.codes, _CODES_SHOWN))
    noun = noun_of(change.kind, change.heading)
    if noun and change.statement and (change.before is None) != (change.after is None):
        if noun == "use":
            return _use(change, about, f"{_done(change)} {use_noun(drug=drug)}", new_name=new_name)
        return _one_sided(change, about, noun)
    if _reworded(change):
        return _words_of(change, about)
    if change.kind == "scope_changed" and not change.statement and change.before and change.after:
        told = _difference(about, change.before, change.after)
        return replace(told, label=change.heading.lower())
    return _by_clause(change, about, clause)


def about_of(subject: tuple[str, ...]) -> str:
    """The innermost name of a path that is no phase of treatment."""
    named = [name for name in subject if not names_a_phase(name)]
    return _ASIDE.sub("", (named or [*subject, ""])[-1])


def _done(change: Change) -> str:
    return "new" if change.before is None else "removed"


def _use(change: Change, about: str, label: str, *, new_name: bool) -> ChangeFact:
    """A use that is new, or gone: by its name where that came or went with it, else by its
    words.
    """
    text = change.after or change.before or ""
    name = tidy_name(named_by(text) or "")
    opens = about and fold(text).startswith(fold(about))
    if about and (new_name or opens or (name and fold(name) == fold(about))):
        return ChangeFact("", label, about)
    if name:
        return ChangeFact(about, label, name)
    return ChangeFact(about, label, _short(text), quoted=True)


def _one_sided(change: Change, about: str, noun: str) -> ChangeFact:
    """Something that is new, or gone, by its own words: behind the names that stand over it."""
    text = change.after or change.before or ""
    lines = [line for line in text.split("\n") if _SAYING.search(line)] or [text]
    while len(lines) > 1 and (name := tidy_name(named_by(lines[0]) or "")):
        about = about or name
        lines.pop(0)
    item = _short(lines[0])
    name = named_by(item)
    if fold(item) == fold(about):
        about = about_of(change.subject[:-1])
    elif about and fold(item).startswith(f"{fold(about)} "):
        about = ""  # the text names it itself
    if name and noun == "criterion":
        return ChangeFact(about, "added" if change.before is None else "removed", item)
    return ChangeFact(about, f"{_done(change)} {noun}", item, quoted=name is None)


def _reworded(change: Change) -> bool:
    return (
        change.before is not None
        and change.after is not None
        and change.statement is not None
        and change.kind in _IN_WORDS
        and fold(change.before) != fold(change.after)
        and _only_words(change.before) != _only_words(change.after)
    )


def _only_words(text: str) -> str:
    """A text without its marks: what differs in those alone its words do not tell."""
    return "".join(re.findall(r"[\w<>≤≥=]", text))


def _by_clause(change: Change, about: str, clause: str) -> ChangeFact:
    """What the rule says: a name behind its colon is what it says it of; else the sentence's own
    name stands before it, or the codes, or the beginning of the sentence.
    """
    clause = _in_list(change, clause.strip(" :"))
    text = change.after or change.before or ""
    label, colon, name = clause.partition(": ")
    if colon and name and name in text and name not in label:
        return ChangeFact("", label, name)
    of_list = change.kind == "logic_changed" and about
    if change.statement and len(text) <= LONGEST_SIDE and not of_list:
        about = text.strip(" :;.")
    if not about and not any(code.code in clause for code in change.codes):
        about = code_names(change.codes, _CODES_SHOWN)
    if not about and not change.codes and change.statement and text:
        about = f"“{_cut(text)}”"
    return ChangeFact("" if clause.startswith(about) else about, "", clause)


def _in_list(change: Change, clause: str) -> str:
    """What a rule says of codes, without a list that is called a list and nothing else: `J3490 now
    listed under Codes`. Of a heading that runs on, its last sentence names the list.
    """
    found = _UNDER.search(clause)
    if found is None:
        return clause
    name = found["list"]
    heading = {fold(text).strip(" :.") for text in (change.before, change.after) if text}
    of_heading = not found["moved"] or fold(name).strip(" :.") in heading
    if of_heading and tidy_name(name) is None:
        return clause[: found.start()] + (" moved to another list" if found["moved"] else "")
    told = _short(name.rstrip(". ").rpartition(". ")[2])
    return clause[: found.start("list")] + (told if told in name else f"“{told}”")


def _short(text: str) -> str:
    first = bare(text.partition("\n")[0]).strip(" :;.*†‡") or text
    return textwrap.shorten(first, LONGEST_ITEM, placeholder=" …")


# --- A sentence that reads otherwise


def _words_of(change: Change, about: str) -> ChangeFact:
    """What went and came in a sentence; of one that was written anew, how both begin."""
    sides = change.before or "", change.after or ""
    if is_rewritten(*sides):
        return ChangeFact(about, "", f"“{_cut(sides[0])}” rewritten as “{_cut(sides[1])}”")
    if change.quantity:  # "twenty-four" and 24 are one number, and told as one
        return _difference(
            about, digits(sides[0]).text, digits(sides[1]).text, _of_numbers(change.quantity)
        )
    beside = change.rule == _BESIDE_NUMBER
    return _difference(
        about, *sides, (lambda *runs: not any(map(_DIGIT.search, runs))) if beside else None
    )


def _of_numbers(quantity: QuantityChange) -> Wanted:
    """Whether a difference holds the numbers of a change, on the sides that have one."""
    wanted = [value is not None and number(value) for value in (quantity.before, quantity.after)]
    return lambda *runs: all(
        not value or value in run for value, run in zip(wanted, runs, strict=True)
    )


def _difference(about: str, before: str, after: str, wanted: Wanted | None = None) -> ChangeFact:
    """What went and came in a sentence, the longest of its differences: with the words around it
    where something was replaced.

    It is one for which `wanted` holds, where there is such.
    """
    left, old, new, right = _longest(redline(before, after), wanted or (lambda *_: True))
    if old.strip() and new.strip():
        return ChangeFact(about, "", f"“{_last(left)}{_cut(old)} → {_cut(new)}{_first(right)}”")
    said, rest = (new, before) if new.strip() else (old, after)
    done = "added" if new.strip() else "removed"
    where = f" {'to' if new.strip() else 'from'} “{_short(rest)}”" if rest.strip() else ""
    quote = f"“{_cut(said)}” {done}"
    if len(said.split()) < _MANY_WORDS:
        return ChangeFact(about, "", f"{quote}{where}")
    return ChangeFact(about, "", quote, where=where)


def _longest(spans: tuple[RedlineSpan, ...], wanted: Wanted) -> tuple[str, str, str, str]:
    """The longest difference, of the wanted ones if there are such: what stands before it, what
    went, what came, what stands behind it; a word that was cut at its border is whole on both
    sides.
    """
    found: list[list[str]] = [["", "", "", ""]]
    for span in spans:
        if span.op == "equal":
            found[-1][3] = span.text
            found.append([span.text, "", "", ""])
        else:
            found[-1][1 if span.op == "delete" else 2] += span.text
    fits = [one for one in found if wanted(one[1], one[2])]
    left, old, new, right = max(fits or found, key=lambda one: len(one[1]) + len(one[2]))
    if old and new and left[-1:].strip() and not (old[0].isspace() and new[0].isspace()):
        word = left.split()[-1]
        left, old, new = left.removesuffix(word), word + old, word + new
    return left, old, new, right


def _cut(text: str) -> str:
    return textwrap.shorten(text.strip(" ;,").lstrip(".:) "), LONGEST_SIDE, placeholder=" …")


def _last(text: str) -> str:
    """The last words before what changed."""
    found = text.split()
    tail = " ".join(found[-CONTEXT:])
    if not tail:
        return ""
    return f"{'… ' if len(found) > CONTEXT else ''}{tail}{' ' if text[-1:].isspace() else ''}"


def _first(text: str) -> str:
    """The first words behind what changed."""
    found = text.split()
    head = " ".join(found[:CONTEXT]).strip(" :;.")
    if not head:
        return ""
    parted = text[:1].isspace() or not text.startswith(head[:1])
    return f"{' ' if parted else ''}{head}{' …' if len(found) > CONTEXT else ''}"
