"""Two records to a comparison: every difference read by the rules, told once, judged, with what to
do about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, partial
from typing import Literal

from policy_tracker.diff.align import Alignment
from policy_tracker.diff.compare import differences
from policy_tracker.diff.differences import Difference, Differences, Joint, Subject, code_refs
from policy_tracker.diff.stream import Documents
from policy_tracker.language.clauses import excerpt
from policy_tracker.language.formatting import shortened
from policy_tracker.record import BulletinEntry, Payer, Record, Section
from policy_tracker.record.code_sets import Names
from policy_tracker.record.vocabulary import APPROVING, DENYING, Axis
from policy_tracker.rules import words
from policy_tracker.rules.account import account_of, with_unclassified
from policy_tracker.rules.actions import Situation, action_items
from policy_tracker.rules.changes import (
    Change,
    Comparison,
    Directions,
    Evidence,
    NotCompared,
    ReadingDoubt,
    Superseded,
    UnchangedStatement,
    Verdict,
)
from policy_tracker.rules.concerns import Around, concerns, listed
from policy_tracker.rules.declarations.reconcile import reconcile
from policy_tracker.rules.effective import EffectiveInterval, dated_action, effective_of
from policy_tracker.rules.evidence import evidence_of, parted
from policy_tracker.rules.headline import about_of, fact_of
from policy_tracker.rules.overrides import AS_DECLARED, RuleSettings
from policy_tracker.rules.precedence import CandidateMatch, supersede
from policy_tracker.rules.questions import says_more, source_of, texts
from policy_tracker.rules.registry import TEMPLATE_VALUES, Rule, catalogue
from policy_tracker.rules.relations import one_number
from policy_tracker.rules.subject import Subjects
from policy_tracker.rules.verdict import VerdictItem, verdict, with_silent

NO_CODES = "services under this policy"


def compare(  # noqa: PLR0913 - all that is known of two versions beside their records
    before: Record | None,
    after: Record,
    *,
    alignment: Alignment | None = None,
    payer: Payer | None = None,
    announced: Iterable[BulletinEntry] = (),
    effective: EffectiveInterval | None = None,
    elsewhere: Names | None = None,
    documents: Documents | None = None,
    settings: RuleSettings = AS_DECLARED,
) -> Comparison:
    """Compare two versions of one policy; without an earlier one the policy is new here, and there
    is nothing to compare.

    `alignment` replaces the computed one (a person corrected it); `payer` supplies its stated
    defaults, `announced` the entries of its bulletins; `effective` says from when the changes
    apply, where their siblings tell more of that than the two alone; `elsewhere` are the codes that
    other versions of the policy name; `documents` are the texts of both documents, where both
    versions were read from one: then nothing is told without words that differ there. `settings`
    are the installation's overrides of rules. Pure: the same records, documents and settings give
    the same comparison, byte for byte, in any process.
    """
    effective = effective or effective_of(before, after)
    if before is None:
        return Comparison(
            payer=after.payer,
            policy=after.policy,
            to_version=after.version,
            verdict=_first(after),
            ruleset=settings.stamp,
            concerns=listed(after, payer),
            actions=action_items(Situation(None, after, (), effective)),
        )
    found = differences(before, after, alignment, payer=payer)
    evidence = evidence_of(before, after, documents)
    readings, doubtful = parted(
        [
            _named(reading, settings)
            for difference in found.differences
            for reading in extractions(difference)
        ],
        evidence,
    )
    staying, superseded = supersede(readings)
    silenced = [reading for reading in staying if reading.rule.id in settings.off]
    telling = [reading for reading in staying if reading.rule.id not in settings.off]
    subjects = Subjects(before, after, found.alignment)
    items = [
        _item(
            r,
            _change(r, after, _within(r, superseded, settings.off), effective),
            subjects,
            r.rule.short.format_map(template_values(r, effective)),
        )
        for r in telling
    ]
    said = reconcile(before, after, [item.change for item in items], announced)
    account, unplaced = account_of(evidence, found, telling, superseded) if evidence else (None, ())
    whom = concerns(
        before,
        after,
        found.alignment,
        _loud(telling, superseded),
        said.changes,
        Around(payer, effective.day, elsewhere),
    )
    changes = tuple(
        one.model_copy(update={"concerns": places})
        for one, places in zip(said.changes, whom.of_changes, strict=True)
    )
    return Comparison(
        payer=after.payer,
        policy=after.policy,
        from_version=before.version,
        to_version=after.version,
        verdict=with_unclassified(
            with_silent(verdict(before, after, items), said.silent),
            account.not_classified if account else 0,
        ),
        changes=changes,
        concerns=whom.sets,
        unchanged=len(found.same),
        kept=_kept(found),
        superseded=_beside(superseded, silenced),
        not_comparable=tuple(
            NotCompared(side=u.side, place=u.place, text=u.text, why=u.why)
            for u in found.not_comparable
        ),
        reading_doubts=_doubts(doubtful),
        account=account,
        not_classified=unplaced,
        actions=action_items(Situation(before, after, changes, effective)),
        declarations=said.declarations,
        warnings=said.warnings,
        ruleset=settings.stamp,
    )


def _item(reading: CandidateMatch, change: Change, subjects: Subjects, clause: str) -> VerdictItem:
    """A change with its subject and headline, ready for the verdict."""
    change = change.model_copy(update={"subject": subjects.of(reading.difference)})
    new_name = subjects.is_new(reading.difference, about_of(change.subject))
    fact = fact_of(change, clause, new_name=new_name, drug=subjects.of_drug)
    return VerdictItem(reading, change.model_copy(update={"headline": fact.words}), fact)


def _doubts(doubtful: list[CandidateMatch]) -> tuple[ReadingDoubt, ...]:
    """What could decide a claim and rests on no word, once for each difference."""
    by_difference: dict[str, list[CandidateMatch]] = {}
    for reading in doubtful:
        by_difference.setdefault(reading.difference.hash, []).append(reading)
    return tuple(_doubt(readings) for readings in by_difference.values())


def _doubt(readings: list[CandidateMatch]) -> ReadingDoubt:
    difference = readings[0].difference
    before, after = texts(difference)
    return ReadingDoubt(
        difference=difference.hash,
        rules=tuple(sorted({reading.rule.id for reading in readings})),
        kind=readings[0].rule.kind,
        section=_stands_at(difference)[0],
        before=before,
        after=after,
        evidence=Evidence(before=source_of(difference.before), after=source_of(difference.after)),
    )


def extractions(difference: Difference) -> list[CandidateMatch]:
    """All readings of one difference: those of the ordinary rules, else those of the first rank of
    fallbacks that reads it.

    Rules that read beside others (codes in a sentence) leave what else the sentence says to the
    first rank of fallbacks.
    """
    ranks = _by_rank(difference.subject)
    for place, rank in enumerate(ranks):
        found = [
            CandidateMatch(difference, rule, told)
            for rule in rank
            if (told := rule.read(difference)) is not None
        ]
        if found:
            further = (
                ranks[1]
                if place == 0 and len(ranks) > 1 and all(reading.rule.beside for reading in found)
                else ()
            )
            return found + [
                CandidateMatch(difference, rule, told)
                for rule in further
                if rule.fallback == 1 and (told := rule.read(difference)) is not None
            ]
    return []


@cache
def _by_rank(subject: Subject) -> tuple[tuple[Rule, ...], ...]:
    """The rules that read differences of a subject, the ordinary ones first, then each rank of
    fallbacks.
    """
    rules = [rule for rule in catalogue() if subject in rule.subjects]
    return tuple(
        tuple(rule for rule in rules if rule.fallback == rank)
        for rank in sorted({rule.fallback for rule in rules})
    )


def _named(reading: CandidateMatch, settings: RuleSettings) -> CandidateMatch:
    return CandidateMatch(
        reading.difference,
        settings.applied(reading.rule),
        reading.told,
        f"{reading.difference.hash}-{reading.rule.id}",
    )


def _within(
    reading: CandidateMatch,
    superseded: list[tuple[CandidateMatch, CandidateMatch]],
    off: frozenset[str],
) -> list[CandidateMatch]:
    """What a reading tells besides itself: readings of its difference that it superseded, or that
    those superseded, unless they read its number.
    """
    direct = [what for what, by in superseded if by is reading and what.rule.id not in off]
    further = [other for what in direct for other in _within(what, superseded, off)]
    return [
        what
        for what in (*direct, *further)
        if what.difference is reading.difference and not one_number(reading, what)
    ]


def _kept(found: Differences) -> tuple[UnchangedStatement, ...]:
    return tuple(
        UnchangedStatement(statement=s.after.key, section=s.after.section, text=s.after.text)
        for s in found.same
    )


def _superseded(
    what: CandidateMatch, by: CandidateMatch, reason: Literal["told", "switched_off"]
) -> Superseded:
    before, after = texts(what.difference)
    return Superseded(
        difference=what.difference.hash,
        rule=what.rule.id,
        kind=what.rule.kind,
        by=by.id,
        reason=reason,
        before=before,
        after=after,
    )


def _beside(
    superseded: list[tuple[CandidateMatch, CandidateMatch]], silenced: list[CandidateMatch]
) -> tuple[Superseded, ...]:
    """What is no change of its own: what others tell, then what is switched off; what that
    superseded is told by nothing either.
    """
    not_comparable = {id(reading) for reading in silenced}
    for what, by in reversed(superseded):  # a reading supersedes before it is superseded itself
        if id(by) in not_comparable:
            not_comparable.add(id(what))
    pairs = [
        (what, by) for what, by in (*superseded, *((reading, reading) for reading in silenced))
    ]
    return tuple(
        _superseded(what, by, "switched_off" if id(what) in not_comparable else "told")
        for what, by in pairs
    )


def _loud(
    telling: list[CandidateMatch], superseded: list[tuple[CandidateMatch, CandidateMatch]]
) -> list[Difference]:
    """The differences that can decide a claim: those that are told so, and those that such a
    reading tells with its own.
    """
    found = {id(reading): reading.difference for reading in telling if reading.rule.substantive}
    for what, by in reversed(superseded):  # a reading supersedes before it is superseded itself
        if id(by) in found:
            found[id(what)] = what.difference
    return list(found.values())


def _change(
    reading: CandidateMatch,
    record: Record,
    within: list[CandidateMatch],
    effective: EffectiveInterval,
) -> Change:
    """A reading as a change; readings of the same difference that it superseded are told in its
    explanation.
    """
    difference, rule = reading.difference, reading.rule
    values = template_values(reading, effective)
    before, after = _texts(reading)
    told = [
        rule.message.format_map(values),
        *(
            what.rule.message.format_map(template_values(what, effective))
            for what in within
            if what.rule.substantive
        ),
    ]
    section, statement = _stands_at(difference)
    return Change(
        id=reading.id,
        difference=difference.hash,
        rule=rule.id,
        kind=rule.kind,
        axis=axis_in(record, rule),
        direction=rule.direction,
        impact=rule.impact,
        substantive=rule.substantive,
        heading=rule.heading,
        section=section,
        statement=statement,
        before=before,
        after=after,
        quantity=reading.told.quantity,
        codes=difference.codes if reading.told.codes is None else reading.told.codes,
        explanation=" ".join(dict.fromkeys(_sentence(text) for text in told)),
        action=_sentence(dated_action(rule.action, effective).format_map(values))
        if rule.action
        else None,
        evidence=Evidence(before=source_of(difference.before), after=source_of(difference.after)),
    )


def _texts(reading: CandidateMatch) -> tuple[str | None, str | None]:
    """What a reading is about: the words of both sides; of a sentence whose codes are told apart,
    the clauses that say something else.
    """
    # both sides stand under one heading
    if reading.difference.subject == "codes" and reading.rule.kind == "date_changed":
        return reading.told.values["before"], reading.told.values["after"]
    if reading.told.excerpt is not None:
        return reading.told.excerpt
    before, after = texts(reading.difference)
    several = reading.difference.added or reading.difference.removed
    whole = reading.rule.id == "criterion-rewritten"
    if reading.rule.kind != "criterion_modified" or whole or before is None or after is None:
        return before, after
    if reading.rule.beside:  # it is about marks of codes
        marked = {code.code.lower() for code in reading.told.codes or ()}
        return excerpt(before, after, lambda run: bool(marked.intersection(run)), fold_marks=False)
    return (
        excerpt(before, after, partial(says_more, reading.difference))
        if several
        else (before, after)
    )


def _stands_at(difference: Difference) -> tuple[str | None, str | None]:
    """The keys of the section and the statement that a change is about; those of the later version
    where both have it.
    """
    for side in (difference.side_after, difference.side_before):
        if side:
            return side.section.key, side.statement.key
    for content in (difference.after, difference.before):
        if isinstance(content, Joint) and content.statement:
            return content.statement.section, content.statement.key
        if isinstance(content, Section):
            return content.key, None
    return None, None


def axis_in(record: Record, rule: Rule) -> Axis | None:
    """The axis of a rule's changes: what a reimbursement policy approves is payment."""
    return (
        "payment"
        if record.policy_type == "reimbursement" and rule.axis == "coverage"
        else rule.axis
    )


def template_values(reading: CandidateMatch, effective: EffectiveInterval) -> Mapping[str, str]:
    """What a rule's templates may say of a reading; codes and dates that are not known are named in
    general words.
    """
    before, after = texts(reading.difference)
    codes = reading.difference.codes if reading.told.codes is None else reading.told.codes
    values = dict.fromkeys(TEMPLATE_VALUES, "")
    values |= {
        "before": before or "nothing",
        "after": after or "nothing",
        "codes": shortened(reading.difference.named) or words.code_words(codes) or NO_CODES,
        "count": str(len(codes)),
        "effective": effective.words,
        "heading": reading.rule.heading,
    }
    return values | dict(reading.told.values)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _first(record: Record) -> Verdict:
    """The verdict on a version with none before it.

    Its positions are told, and no direction, because there is nothing to measure it against.
    """
    positions = {s.position for s in record.statements} | {
        g.disposition for g in record.code_groups
    }
    decides = bool(positions & (APPROVING | DENYING))
    codes = tuple(code for group in record.code_groups for code in group.codes)
    return Verdict(
        change_type="new",
        direction=Directions(coverage="indeterminate" if decides else "neutral"),
        impact="medium" if decides else "low",
        summary=f"New here: {record.title}; there is no earlier version to compare it with.",
        codes=code_refs(codes),
    )
