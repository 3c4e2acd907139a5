"""What became of each word that differs between two versions: told, moved, quiet with a reason, or
not classified.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_tracker.diff.account import (
    CHANGED,
    MOVED_ELSEWHERE,
    NOT_CLASSIFIED,
    SIDES,
    WordAccount,
    spans_in,
)
from policy_tracker.diff.differences import CodesAt, Joint, Phrase
from policy_tracker.diff.stream import spans_of, words_of
from policy_tracker.language.directing import measures, obliges
from policy_tracker.record import ListedCode
from policy_tracker.record.content import RelatedPolicy
from policy_tracker.record.time import DateFact
from policy_tracker.rules.changes import Account, NotClassified, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policy_tracker.diff.differences import Difference, Differences
    from policy_tracker.diff.spans import Side
    from policy_tracker.rules.evidence import WordEvidence
    from policy_tracker.rules.precedence import CandidateMatch

_BY_KIND = {
    "title_changed": "identity",
    "date_changed": "dates",
    "reference_changed": "references",
    "background_changed": "background",
    "layout_only": "formatting",
}
_WORDING = "wording"
_NOT_COMPARABLE = "not comparable"
_UNREAD = "difference-unread"
"""The rule for what no other rule reads: its words are not classified."""


def account_of(
    evidence: WordEvidence,
    found: Differences,
    telling: Iterable[CandidateMatch],
    superseded: Iterable[tuple[CandidateMatch, CandidateMatch]],
) -> tuple[Account, tuple[NotClassified, ...]]:
    """The account of a comparison, and the words that it could not place.

    `telling` are the readings that are told, `superseded` those that others tell.
    """
    account = WordAccount(evidence.aligned)
    statements = {side: evidence.trees[side].by_key for side in SIDES}
    for reading, place in sorted(_placed(telling, superseded), key=_deciding_first):
        for side, spans in spans_in(reading.difference, statements):
            account.claim(side, spans, place)
        _claim_named(account, reading.difference, place)
    for one in found.not_comparable:
        key = one.place.removeprefix("statements/").removesuffix("@before")
        if key in statements[one.side]:
            spans = spans_of(statements[one.side][key].source)
            account.claim(one.side, spans, _NOT_COMPARABLE)
    _claim_headings(account, evidence)
    account.close()
    counts = account.counts()
    quiet = {
        place: count
        for place, count in sorted(counts.items())
        if place not in (CHANGED, MOVED_ELSEWHERE, NOT_CLASSIFIED)
    }
    framed = _of_frames(evidence)
    beside = sum(len(words_of(text)) for one in framed for text in (one.before, one.after) if text)
    summed = Account(
        words_differing=account.differing() + beside,
        changed=counts.get(CHANGED, 0),
        moved=counts.get(MOVED_ELSEWHERE, 0),
        quiet=quiet,
        not_classified=counts.get(NOT_CLASSIFIED, 0) + beside,
    )
    unplaced = tuple(
        NotClassified(
            before=one.before,
            after=one.after,
            place=f"page {one.page}" if one.page else f"block {one.block}",
        )
        for one in account.unplaced()
    )
    return summed, (*unplaced, *framed)


def _of_frames(evidence: WordEvidence) -> list[NotClassified]:
    """What runs along the pages of one version alone, or frames them, and directs something."""
    said = [{tuple(words_of(text)): text for text in side} for side in evidence.running]
    found: list[NotClassified] = []
    for own, other, side in ((said[0], said[1], "before"), (said[1], said[0], "after")):
        for spelled, text in own.items():
            if spelled not in other and (obliges(text) or measures(text)):
                found.append(NotClassified(**{side: text}, place="beside the text"))
    return found


def _claim_named(account: WordAccount, difference: Difference, place: str) -> None:
    """Place words that a difference has without saying where they stand: the description of a
    code, a date as printed, a named text.
    """
    for side, content in zip(SIDES, (difference.before, difference.after), strict=True):
        match content:
            case CodesAt():
                for row in content.rows:
                    if isinstance(row, ListedCode) and row.description:
                        spans = spans_of(row.source)
                        account.claim_behind(side, spans, words_of(row.description), place)
                _claim_statuses(account, side, content, place)
            case Joint(value=DateFact(raw=str(raw))):
                account.claim_words(side, words_of(raw), place)
            case Phrase(text=text):
                account.claim_words(side, words_of(text), place)
            case RelatedPolicy(title=str(title)):
                account.claim_words(side, words_of(title), place)


def _claim_statuses(account: WordAccount, side: Side, content: CodesAt, place: str) -> None:
    """Place the status of codes that stands in a cell of their own rows."""
    statuses = [words_of(one.heading.rpartition(" > ")[2]) for one in content.placements]
    spans = [span for row in content.rows for span in spans_of(getattr(row, "source", None))]
    for status in statuses:
        account.claim_beside(side, spans, status, place)


def _claim_headings(account: WordAccount, evidence: WordEvidence) -> None:
    """Place the words of headings with what came, went or changed below them."""
    for side in SIDES:
        tree = evidence.trees[side]
        for key, section in tree.sections.items():
            below = (spans_of(one.source) for one in tree.in_section(key))
            if any(account.has(side, spans, CHANGED) for spans in below):
                account.claim(side, section.spans, CHANGED)


def _placed(
    telling: Iterable[CandidateMatch],
    superseded: Iterable[tuple[CandidateMatch, CandidateMatch]],
) -> list[tuple[CandidateMatch, str]]:
    """Each reading that is told, by itself or by another, with the place of its words."""
    found = [(one, _place(one)) for one in telling if one.rule.id != _UNREAD]
    places = {id(reading): place for reading, place in found}
    for what, by in reversed([*superseded]):  # a reading supersedes before it is superseded itself
        if id(by) in places:
            places[id(what)] = places[id(by)]
            found.append((what, places[id(by)]))
    return found


def _place(reading: CandidateMatch) -> str:
    if reading.rule.substantive:
        return CHANGED
    if reading.difference.subject == "history":
        return "history"
    return _BY_KIND.get(reading.rule.kind, _WORDING)


def _deciding_first(placed: tuple[CandidateMatch, str]) -> bool:
    return placed[1] != CHANGED


def with_unclassified(found: Verdict, words: int) -> Verdict:
    """A verdict that never says that nothing changed where words differ that nothing classifies."""
    if not words:
        return found
    differ = "word differs" if words == 1 else "words differ"
    said = f"{words} {differ} that could not be classified"
    if found.change_type == "reviewed_no_change":
        return found.model_copy(
            update={
                "change_type": "modified",
                "summary": f"No change that decides a claim was found, but {said}.",
            }
        )
    return found
