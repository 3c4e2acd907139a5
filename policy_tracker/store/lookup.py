"""What is known of a code: the answer of every policy, payers' defaults, and who says nothing.

A lookup is four statements whatever the number of policies: the places that name the code (two
indexed searches, for the code itself and for ranges around it), the revisions of their policies,
what governs the code in those that govern, and the payers.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import and_, bindparam, exists, func, or_, union_all
from sqlmodel import Session, col, select, tuple_

from policy_tracker.errors import NotFoundError
from policy_tracker.record import CodeRange, clean_code, cpt_kind, describe_system
from policy_tracker.record.payer import PayerDefault
from policy_tracker.store.answers import (
    NOTHING_SAID,
    CodeStatement,
    MentionPlace,
    based_on,
    next_change,
    policy_answer,
    with_diagnosis_sets,
)
from policy_tracker.store.codes import begins, concerned_by_values, concerned_values, spellings
from policy_tracker.store.cursors import checked_limit, read_cursor, write_cursor
from policy_tracker.store.dated import (
    criteria_on,
    criteria_turning,
    first_days,
    has_dates,
    holding_on,
    say_on,
    sooner,
    stretches_of,
    turning,
)
from policy_tracker.store.governing import VersionLine, resolve
from policy_tracker.store.mentions import sort_key
from policy_tracker.store.policies import REF_COLUMNS, ref_of
from policy_tracker.store.reach import out_of_reach
from policy_tracker.store.review_states import review_states
from policy_tracker.store.tables import (
    CodeMention,
    ConcernedCode,
    JournalRow,
    MentionBasis,
    StoredComparison,
    StoredPayer,
    StoredPolicy,
    StoredRevision,
    StoredStatement,
)
from policy_tracker.store.timeline import (
    ENTRY_COLUMNS,
    Bars,
    known_then,
    line_and_bars,
    with_timing,
)
from policy_tracker.store.views import (
    Circumstances,
    CodeAnswer,
    CodeLane,
    Governing,
    LaneSpan,
    NamedCode,
    Page,
    PayerDefaultAnswer,
    PayerMention,
    PolicyAnswer,
    PolicyRef,
    Question,
    TimelineSpan,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from policy_tracker.record.vocabulary import CodeSystem

_PLACE_COLUMNS = (
    CodeMention.revision_id,
    CodeMention.kind,
    CodeMention.system,
    CodeMention.code,
    CodeMention.printed,
    CodeMention.place,
    CodeMention.heading,
    CodeMention.position,
    CodeMention.detail,
    StoredStatement.section,
    StoredStatement.role,
    StoredStatement.phase,
    StoredStatement.text,
    CodeMention.says,
    CodeMention.basis_id,
)


class NamingPolicy(NamedTuple):
    """A policy that names the code: its versions in line, what each revision says as a whole, and
    where it names the code.
    """

    policy: PolicyRef
    line: VersionLine
    bars: tuple[TimelineSpan, ...]
    facts: dict[int, dict[str, Any]]
    places: dict[int, list[MentionPlace]]
    system: CodeSystem
    code: str

    def said(self, given: Circumstances, day: date) -> dict[int, CodeStatement]:
        """What each revision says of the code on a day, or on the first day after that on which it
        governs, by its id.
        """
        days = first_days(self.bars, day) if has_dates(self.places, self.facts) else {}
        return {
            number: say_on(places, self.facts[number], given, days.get(number, day))
            for number, places in self.places.items()
        }


def lookup(
    session: Session,
    code: str,
    question: Question,
    *,
    system: CodeSystem | None = None,
    payer: str | None = None,
    circumstances: Circumstances | None = None,
) -> CodeAnswer:
    """Every policy's answer about a code (any spelling; its system is read from its form where it
    is not given).

    Raises CodeError where the text has no known form (or not that of `system`) or the diagnosis has
    none, NotFoundError where `payer` is not held. A code that no record names is answered with
    `known` False.
    """
    given = circumstances or Circumstances()
    meant = {system: clean_code(system, code)} if system else spellings(code)
    diagnosis = clean_code("ICD10CM", given.diagnosis) if given.diagnosis else None
    found, named_system = _naming(
        session, meant, payer=payer, known_at=question.known_at, diagnosis=diagnosis
    )
    governing = [resolve(naming.line, question) for naming in found]
    bases = _bases(session, found, governing)
    answers = tuple(
        _answer(session, naming, one, question, given, bases)
        for naming, one in zip(found, governing, strict=True)
    )
    answers = _with_review(session, answers, found, question.known_at)
    payers = _payers(session, question.known_at)
    if payer is not None and payer not in payers:
        message = f"No payer {payer!r} is held."
        raise NotFoundError(message)
    shown = named_system or next(iter(meant))
    watched = [content for slug, content in payers.items() if payer in (None, slug)]
    return CodeAnswer(
        code=meant[shown],
        system=shown,
        kind=describe_system(shown, meant[shown]),
        known=bool(found),
        question=question,
        policies=answers,
        found_by_no_code=out_of_reach(session, payer) if shown == "HCPCS" else 0,
        **_silent(watched, answers, shown, meant[shown]),
    )


def _answer(
    session: Session,
    naming: NamingPolicy,
    governing: Governing,
    question: Question,
    given: Circumstances,
    bases: dict[int, dict[str, Any]],
) -> PolicyAnswer:
    revision, then = governing.revision_id, naming.said(given, question.as_of)
    said = then.get(revision, NOTHING_SAID) if revision is not None else NOTHING_SAID
    facts = naming.facts.get(revision, {}) if revision is not None else {}
    places = (
        holding_on(naming.places.get(revision, []), question.as_of) if revision is not None else []
    )
    now = governing.status, revision, said
    bars = naming.bars
    following = next_change(question, now, bars, then, _Steps(session, naming))
    if has_dates(naming.places, naming.facts):
        following = sooner(
            following, turning(bars, naming.places, naming.facts, given, question.as_of, said)
        )
    governed, paired = based_on(places, bases)
    criteria, other_days = criteria_on(governed, question.as_of)
    following = sooner(following, criteria_turning(governed, bars, question.as_of, said))
    whole = with_diagnosis_sets(
        replace(said, other_days=(*said.other_days, *other_days)) if other_days else said,
        places,
        bases,
    )
    return policy_answer(naming.policy, governing, whole, facts, given, following, criteria, paired)


_STEPS = select(
    StoredComparison.from_revision_id,
    StoredComparison.to_revision_id,
    exists().where(col(ConcernedCode.comparison_id) == StoredComparison.id, concerned_by_values()),
).where(
    StoredComparison.policy_id == bindparam("policy"),
    col(StoredComparison.from_revision_id).is_not(None),
)


class _Steps:
    """Which steps of a policy concern the code, read from the stored comparisons when it is first
    asked.
    """

    def __init__(self, session: Session, naming: NamingPolicy) -> None:
        self._session, self._naming = session, naming
        self._known: dict[tuple[int | None, int | None], bool] | None = None

    def __call__(self, before: int | None, after: int | None) -> bool | None:
        """Whether the step between two revisions concerns the code; None where it is not stored."""
        if self._known is None:
            naming = self._naming
            given = {"policy": naming.policy.id, **concerned_values(naming.system, naming.code)}
            self._known = {
                (one, two): touches
                for one, two, touches in self._session.exec(_STEPS, params=given)
            }
        return self._known.get((before, after))


_BASES = select(MentionBasis.id, MentionBasis.content).where(
    col(MentionBasis.id).in_(bindparam("ids", expanding=True))
)


def _bases(
    session: Session, found: list[NamingPolicy], governing: list[Governing]
) -> dict[int, dict[str, Any]]:
    """What governs the code in the versions that govern, by the number under which the places that
    name it refer to it.
    """
    wanted = {
        place.basis_id
        for naming, one in zip(found, governing, strict=True)
        for place in naming.places.get(one.revision_id or 0, ())
        if place.basis_id is not None and not place.of_diagnosis
    }
    if not wanted:
        return {}
    return {
        number: content
        for number, content in session.exec(_BASES, params={"ids": sorted(wanted)})
        if number is not None
    }


def _with_review(
    session: Session,
    answers: Sequence[PolicyAnswer],
    found: Sequence[NamingPolicy],
    known_at: datetime | None,
) -> tuple[PolicyAnswer, ...]:
    """The answers, each with whether a person looked at the record that it rests on."""
    facts = {one: told for naming in found for one, told in naming.facts.items()}
    resting = {
        answer.governing.revision_id
        for answer in answers
        if answer.governing.revision_id is not None
    }
    states = review_states(
        session, {one: facts.get(one, {}).get("read") for one in resting}, known_at
    )
    return tuple(
        answer.model_copy(update={"review_state": states.get(answer.governing.revision_id)})
        for answer in answers
    )


def _silent(
    payers: list[dict[str, Any]], answers: tuple[PolicyAnswer, ...], system: CodeSystem, code: str
) -> dict[str, Any]:
    """Payers none of whose versions in force names the code: those with a stated default for it,
    and those that never named it.
    """
    naming_now = {
        one.policy.payer
        for one in answers
        if one.dispositions or one.statements or one.governing.status == "indeterminate"
    }
    ever = {one.policy.payer for one in answers}
    defaults, silent = [], []
    for content in payers:
        if content["payer"] in naming_now:
            continue
        who = {
            "payer": content["payer"],
            "name": content["name"],
            "fixture": content.get("fixture", False),
        }
        stated = [
            one
            for one in map(PayerDefault.model_validate, content.get("defaults", ()))
            if _covers(one, system, code)
        ]
        defaults += [
            PayerDefaultAnswer(**who, position=one.position, text=one.text, source=one.source)
            for one in stated
        ]
        if not stated and content["payer"] not in ever:
            silent.append(PayerMention(**who))
    return {"defaults": tuple(defaults), "not_addressed": tuple(silent)}


def _covers(default: PayerDefault, system: CodeSystem, code: str) -> bool:
    return default.system == system and (
        default.cpt_kind is None or (system == "CPT" and cpt_kind(code) == default.cpt_kind)
    )


_PAYERS = select(StoredPayer.slug, StoredPayer.content)


def _payers(session: Session, known_at: datetime | None) -> dict[str, dict[str, Any]]:
    """What is (or was by then) recorded of each payer, by its slug, in the order of their names."""
    if known_at is None:
        found: dict[str, Any] = dict(session.exec(_PAYERS).all())
    else:
        query = (
            select(JournalRow)
            .where(JournalRow.kind == "payer", col(JournalRow.at) <= known_at)
            .order_by(col(JournalRow.sequence))
        )
        found = {row.payer: row.payload for row in session.exec(query)}
    return dict(sorted(found.items(), key=lambda item: (item[1]["name"], item[0])))


def _naming(
    session: Session,
    meant: dict[CodeSystem, str],
    *,
    payer: str | None = None,
    known_at: datetime | None = None,
    diagnosis: str | None = None,
) -> tuple[list[NamingPolicy], CodeSystem | None]:
    """The policies with a standing version that names the code, by payer and title, and the system
    in which it is named.

    Where a text is a code of several systems, it is taken for the likeliest in which some record
    names it.
    """
    wanted: dict[CodeSystem, set[str]] = {system: {code} for system, code in meant.items()}
    if diagnosis:
        wanted.setdefault("ICD10CM", set()).add(diagnosis)
    rows = [row for row in _rows(session, wanted, payer, known_at) if _holds(row, wanted)]
    system = next(
        (one for one in meant if any(_is_named(row, one, meant[one]) for row in rows)), None
    )
    if system is None:
        return [], None
    places: dict[int, dict[int, list[MentionPlace]]] = defaultdict(lambda: defaultdict(list))
    refs: dict[int, PolicyRef] = {}
    for row in rows:
        ref = row[len(_PLACE_COLUMNS) :]
        refs[ref[0]] = refs.get(ref[0]) or ref_of(ref)
        for of_diagnosis, code_system, code in (
            (False, system, meant[system]),
            (True, "ICD10CM", diagnosis),
        ):
            if code and _is_named(row, code_system, code):
                places[ref[0]][row[0]].append(_place(row, of_diagnosis=of_diagnosis))
    found = [
        NamingPolicy(refs[policy_id], *held, places[policy_id], system, meant[system])
        for policy_id, held in _revisions(session, list(refs), known_at).items()
        if any(
            not place.of_diagnosis
            for one in held[0].stand
            for place in places[policy_id].get(one.entry.revision_id, ())
        )
    ]
    return sorted(
        found,
        key=lambda one: (
            one.policy.payer_name,
            one.policy.payer,
            one.policy.title,
            one.policy.policy,
        ),
    ), system


def _rows(
    session: Session,
    wanted: dict[CodeSystem, set[str]],
    payer: str | None,
    known_at: datetime | None,
) -> list[Any]:
    """The places that may name one of the codes, with their policies: one statement, two indexed
    searches.
    """
    pairs = [(system, code) for system, codes in wanted.items() for code in codes]
    given: dict[str, Any] = {"payer": payer} if payer is not None else {}
    for place, (system, code) in enumerate(pairs):
        given |= {f"system{place}": system, f"code{place}": code, f"key{place}": sort_key(code)}
    query = _rows_query(len(pairs), of_payer=payer is not None)
    return list(
        session.exec(query.where(*known_then(known_at)) if known_at else query, params=given)
    )


@cache
def _rows_query(pairs: int, *, of_payer: bool) -> Any:  # noqa: ANN401 - a select of many columns has no type that could be written
    """The statement for so many codes: made once, since making it takes longer than answering
    it.
    """
    places = range(pairs)
    exact = select(CodeMention.id).where(
        or_(
            *(
                and_(
                    col(CodeMention.code) == bindparam(f"code{n}"),
                    col(CodeMention.system) == bindparam(f"system{n}"),
                )
                for n in places
            )
        )
    )
    around = select(CodeMention.id).where(
        or_(
            *(
                and_(
                    col(CodeMention.system) == bindparam(f"system{n}"),
                    col(CodeMention.low) <= bindparam(f"key{n}"),
                    col(CodeMention.high) > bindparam(f"key{n}"),
                )
                for n in places
            )
        )
    )
    query = (
        select(*_PLACE_COLUMNS, *REF_COLUMNS)  # ty: ignore[no-matching-overload]
        .join(StoredStatement, col(StoredStatement.id) == CodeMention.statement_id, isouter=True)
        .join(StoredRevision, col(StoredRevision.id) == CodeMention.revision_id)
        .join(StoredPolicy, col(StoredPolicy.id) == StoredRevision.policy_id)
        .join(StoredPayer, col(StoredPayer.id) == StoredPolicy.payer_id)
        .where(col(CodeMention.id).in_(union_all(exact, around)))
        .order_by(CodeMention.revision_id, CodeMention.ordinal)
    )
    return query.where(StoredPayer.slug == bindparam("payer")) if of_payer else query


def _is_named(row: Any, system: str, code: str) -> bool:  # noqa: ANN401 - a row of many columns
    """Whether a row names this code: by itself, or as a member of its range."""
    if row.system != system:
        return False
    if row.code:
        return row.code == code
    ends = {"first": row.detail["from"], "last": row.detail["to"]}
    return CodeRange.model_construct(system=row.system, raw=row.printed, **ends).holds(code)


def _holds(row: Any, wanted: dict[CodeSystem, set[str]]) -> bool:  # noqa: ANN401
    return any(_is_named(row, system, code) for system, codes in wanted.items() for code in codes)


def _place(row: Any, *, of_diagnosis: bool) -> MentionPlace:  # noqa: ANN401
    (
        revision_id,
        kind,
        _,
        code,
        printed,
        place,
        heading,
        position,
        detail,
        *stated,
        says,
        basis_id,
    ) = row[: len(_PLACE_COLUMNS)]
    named = revision_id, kind, printed, bool(code), place, heading, position, detail
    return MentionPlace(*named, *stated, of_diagnosis, says, basis_id)


_REVISIONS = (
    with_timing(select(*ENTRY_COLUMNS, StoredRevision.facts))  # ty: ignore[no-matching-overload]
    .where(col(StoredRevision.policy_id).in_(bindparam("policies", expanding=True)))
    .order_by(StoredRevision.id)
)


def _revisions(
    session: Session, policy_ids: list[int], known_at: datetime | None
) -> dict[int, tuple[VersionLine, Bars, dict[int, Any]]]:
    """The line of each policy, its bars, and the facts of its revisions."""
    rows: dict[int, list[tuple]] = defaultdict(list)
    facts: dict[int, dict[int, Any]] = defaultdict(dict)
    query = _REVISIONS.where(*known_then(known_at)) if known_at else _REVISIONS
    for *columns, told in session.exec(query, params={"policies": policy_ids}):
        rows[columns[1]].append(tuple(columns))
        facts[columns[1]][columns[0]] = told
    return {
        policy_id: (*line_and_bars(found), facts[policy_id]) for policy_id, found in rows.items()
    }


def code_history(
    session: Session, code: str, *, system: CodeSystem | None = None, payer: str | None = None
) -> tuple[CodeLane, ...]:
    """One lane per policy of which some version names the code, by payer and title.

    Raises CodeError.
    """
    found, _ = _naming(
        session, {system: clean_code(system, code)} if system else spellings(code), payer=payer
    )
    return tuple(_lane(naming) for naming in found)


def _lane(naming: NamingPolicy) -> CodeLane:
    stretches = stretches_of(naming.bars, naming.places, naming.facts)
    return CodeLane(
        policy=naming.policy, spans=tuple(_lane_span(span, said) for span, said in stretches)
    )


def _lane_span(span: TimelineSpan, said: CodeStatement) -> LaneSpan:
    kept = span.model_dump(exclude={"revision_id", "basis"})
    return LaneSpan(**kept, positions=said.positions, authorization=said.requirements)


def codes(
    session: Session, prefix: str = "", *, cursor: str | None = None, limit: int = 50
) -> Page[NamedCode]:
    """Codes that records name, in their order; with `prefix` (any spelling) those that begin so.

    Raises QueryError for a cursor that is none, or a limit that is not 1 to 500.
    """
    place = (col(CodeMention.code), col(CodeMention.system))
    query = (
        select(*place, func.count(col(StoredRevision.policy_id).distinct()))
        .join(StoredRevision, col(StoredRevision.id) == CodeMention.revision_id)
        .where(CodeMention.code != "", begins(prefix))
        .group_by(*place)
        .order_by(*place)
        .limit(checked_limit(limit) + 1)
    )
    if cursor is not None:
        query = query.where(tuple_(*place) > tuple_(*read_cursor(cursor, str, str)))
    rows = session.exec(query).all()
    described = _descriptions(session, [code for code, _, _ in rows[:limit]])
    items = tuple(
        NamedCode(
            system=system,
            code=code,
            kind=describe_system(system, code),
            policies=count,
            description=described.get((system, code)),
        )
        for code, system, count in rows[:limit]
    )
    return Page(
        items=items,
        cursor=write_cursor(items[-1].code, items[-1].system) if len(rows) > limit else None,
    )


def _descriptions(session: Session, listed: list[str]) -> dict[tuple[str, str], str]:
    """A description of each code as a policy printed it, the one recorded last."""
    query = (
        select(CodeMention.system, CodeMention.code, CodeMention.detail)
        .where(col(CodeMention.code).in_(listed), CodeMention.kind == "code_group")
        .order_by(col(CodeMention.revision_id))
    )
    return {
        (system, code): detail["description"]
        for system, code, detail in session.exec(query)
        if "description" in detail
    }
