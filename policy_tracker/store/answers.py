"""What one version says of one code, put together from the places that name it: pure, no
database.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, get_args

from policy_tracker.language.formatting import listed
from policy_tracker.record import Source, digest
from policy_tracker.record.content import AppliesTo, Disagreement, RelatedPolicy, Residual
from policy_tracker.record.governance import TiedBy
from policy_tracker.record.vocabulary import POSITION_WORDS, POSITIONS, Position, Requirement
from policy_tracker.store.views import (
    AuthorizationView,
    Circumstances,
    CriterionView,
    DiagnosisSet,
    DispositionView,
    Governing,
    NextChange,
    OtherDays,
    PairedWith,
    PolicyAnswer,
    PolicyRef,
    Question,
    StatementView,
    TimelineSpan,
    Unknown,
)

DISPOSING_ROLES = ("position", "scope", "exclusion")
TIES: tuple[str, ...] = get_args(TiedBy)  # the strongest first
NEED_WORDS = {
    "processed_on": "a version applies by the date on which the claim is processed",
    "authorized_on": "a version applies by the date on which authorization is requested",
    "admitted_on": "a version applies by the date of admission",
}


class MentionPlace(NamedTuple):
    """A row of the projection: a place of a revision that names the code (or, with `of_diagnosis`,
    the claim's diagnosis).
    """

    revision_id: int
    kind: str
    printed: str
    exact: bool
    place: str
    heading: str | None
    position: Position | None
    detail: dict[str, Any]
    section: str | None
    role: str | None
    phase: str | None
    text: str | None
    of_diagnosis: bool
    says: str = ""
    basis_id: int | None = None


@dataclass(frozen=True, slots=True)
class CodeStatement:
    """What a version says of the code."""

    positions: tuple[Position, ...]
    dispositions: tuple[DispositionView, ...]
    authorizations: tuple[AuthorizationView, ...]
    statements: tuple[StatementView, ...]
    related: tuple[RelatedPolicy, ...]
    unknowns: tuple[Unknown, ...]
    other_days: tuple[OtherDays, ...] = ()
    parts: frozenset[str] = frozenset()

    @property
    def names_it(self) -> bool:
        """Whether the version names the code at all."""
        return bool(self.dispositions or self.statements or self.related or self.authorizations)

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """What authorization is asked for, in the version's order."""
        return tuple(dict.fromkeys(one.requirement for one in self.authorizations))

    @property
    def gist(self) -> tuple:
        """What has to differ for somebody to notice."""
        return (
            self.names_it,
            self.positions,
            tuple((one.requirement, one.phase, one.vendor) for one in self.authorizations),
        )


NOTHING_SAID = CodeStatement((), (), (), (), (), ())


def say(places: list[MentionPlace], facts: dict[str, Any], given: Circumstances) -> CodeStatement:
    """Put together what the places of one revision say of the code."""
    of_code = [place for place in places if not place.of_diagnosis]
    if not of_code:
        return NOTHING_SAID
    groups = [_in_group(place, given) for place in of_code if place.kind == "code_group"]
    diagnoses = {
        place.place for place in places if place.of_diagnosis and place.kind == "code_group"
    }
    pairs = [
        view
        for place in of_code
        if place.kind == "pairing"
        for view in _paired(place, diagnoses, given)
    ]
    in_groups = {view.position for view in groups}
    statements = [place for place in of_code if place.kind == "statement"]
    stated = [
        _stated(place)
        for place in statements
        if place.role in DISPOSING_ROLES and place.position and place.position not in in_groups
    ]
    if not groups and not stated:
        stated = [
            _stated(place)
            for place in statements
            if place.role in ("criterion", "limit") and place.position
        ]
    decided = [view for view in pairs if view.applies]
    positions = _in_order(
        view.position
        for view in (decided or [*groups, *pairs, *stated])
        if view.applies is not False
    )
    taken_in = [place.position for place in of_code if place.position not in (None, "out_of_scope")]
    put_out = any(place.position == "out_of_scope" for place in of_code)
    wide = facts.get("authorizations", ()) if taken_in or not put_out else ()
    return CodeStatement(
        positions=positions,
        dispositions=(*groups, *pairs, *stated),
        authorizations=(
            *(
                _authorization(place.detail | {"text": place.text})
                for place in of_code
                if place.kind == "authorization"
            ),
            *(_authorization(one, every_code=True) for one in wide),
        ),
        statements=tuple(_statement(place) for place in statements),
        related=tuple(
            RelatedPolicy.model_validate(place.detail)
            for place in of_code
            if place.kind == "related"
        ),
        unknowns=tuple(_open_facts([*groups, *pairs], given)),
        parts=frozenset(place.says for place in of_code) | {digest(_of_every_code(facts), wide)},
    )


def _of_every_code(facts: dict[str, Any]) -> dict[str, Any]:
    """What a policy says of every code that it names, without where it says so."""
    residual = {
        name: value for name, value in facts.get("residual", {}).items() if name != "source"
    }
    return {"applies_to": facts.get("applies_to", {}), "residual": residual}


def based_on(
    places: list[MentionPlace], bases: dict[int, dict[str, Any]]
) -> tuple[list[dict[str, Any]], tuple[PairedWith, ...]]:
    """What governs the code at the places that name it, each statement once, and the procedures
    that it is paired with.
    """
    criteria: dict[str, dict[str, Any]] = {}
    paired: list[PairedWith] = []
    for place in places:
        content = bases.get(place.basis_id or 0, {})
        if place.of_diagnosis:
            continue
        for one in content.get("criteria", ()):
            kept = criteria.setdefault(one["key"], one | {"of": []})
            if place.place not in kept["of"]:
                kept["of"].append(place.place)
            if TIES.index(one["tied_by"]) < TIES.index(kept["tied_by"]):
                kept["tied_by"] = one["tied_by"]
        paired += [PairedWith.model_validate(one) for one in content.get("pairings", ())]
    return list(criteria.values()), tuple(dict.fromkeys(paired))


def with_diagnosis_sets(
    said: CodeStatement, places: list[MentionPlace], bases: dict[int, dict[str, Any]]
) -> CodeStatement:
    """What is said, with a description of the diagnoses of each pairing."""
    sets = {
        place.place: DiagnosisSet.model_validate(found)
        for place in places
        if place.kind == "pairing"
        and (found := bases.get(place.basis_id or 0, {}).get("diagnosis_set"))
    }
    if not sets:
        return said
    dispositions = tuple(
        view.model_copy(update={"diagnosis_set": sets.get(view.place)})
        if view.stated_in == "pairing"
        else view
        for view in said.dispositions
    )
    return replace(said, dispositions=dispositions)


def _in_order(found: Any) -> tuple[Position, ...]:  # noqa: ANN401 - any iterable of positions
    return tuple(sorted(set(found), key=POSITIONS.index))


def _source(place: MentionPlace) -> Source | None:
    return Source.model_validate(place.detail["source"]) if "source" in place.detail else None


def _in_group(place: MentionPlace, given: Circumstances) -> DispositionView:
    detail, qualifiers = place.detail, place.detail.get("qualifiers", {})
    modifiers, places = (
        tuple(qualifiers.get("modifiers", ())),
        tuple(qualifiers.get("place_of_service", ())),
    )
    return DispositionView(
        position=place.position or "indeterminate",
        basis=detail.get("basis"),
        stated_in="code_group",
        stated_by=detail.get("stated_by", "payer"),
        place=place.place,
        heading=place.heading,
        note=detail.get("note"),
        matched=place.printed,
        exact=place.exact,
        description=detail.get("description"),
        marker=detail.get("marker"),
        modifiers=modifiers,
        places_of_service=places,
        applies=_both(_among(given.modifier, modifiers), _among(given.place_of_service, places)),
        effective=detail.get("effective"),
        ends=detail.get("ends"),
        source=_source(place),
    )


def _among(value: str | None, wanted: tuple[str, ...]) -> bool | None:
    """Whether a value is one of those wanted (all are, where none is named); None where it is not
    given.
    """
    if not wanted:
        return True
    return None if value is None else value in wanted


def _both(one: bool | None, other: bool | None) -> bool | None:
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def _paired(place: MentionPlace, held_in: set[str], given: Circumstances) -> list[DispositionView]:
    """What a pairing says with one of its diagnoses, and without."""
    groups = tuple(place.detail["diagnoses"])
    fits = None if given.diagnosis is None else bool(held_in.intersection(groups))
    common: dict[str, Any] = {
        "stated_in": "pairing",
        "place": place.place,
        "matched": place.printed,
        "exact": place.exact,
        "diagnoses": groups,
    }
    views = [
        DispositionView(
            position=place.position or "indeterminate",
            applies=fits,
            heading="with one of these diagnoses",
            **common,
        )
    ]
    if otherwise := place.detail.get("otherwise"):
        views.append(
            DispositionView(
                position=otherwise,
                applies=None if fits is None else not fits,
                heading="without one of these diagnoses",
                **common,
            )
        )
    return views


def _stated(place: MentionPlace) -> DispositionView:
    return DispositionView(
        position=place.position or "indeterminate",
        basis=place.detail.get("basis"),
        stated_in="statement",
        place=place.place,
        heading=place.heading,
        matched=place.printed,
        exact=place.exact,
        effective=place.detail.get("effective"),
        ends=place.detail.get("ends"),
        source=_source(place),
    )


def _statement(place: MentionPlace) -> StatementView:
    return StatementView(
        key=place.place,
        section=place.section or "",
        role=place.role,  # ty: ignore[invalid-argument-type]
        position=place.position,
        phase=place.phase,  # ty: ignore[invalid-argument-type]
        matched=place.printed,
        exact=place.exact,
        text=place.text or "",
        effective=place.detail.get("effective"),
        ends=place.detail.get("ends"),
        source=_source(place),
    )


def _authorization(detail: dict[str, Any], *, every_code: bool = False) -> AuthorizationView:
    names = (
        "requirement",
        "phase",
        "vendor",
        "valid_for",
        "applies_to",
        "statement",
        "text",
        "effective",
        "ends",
    )
    fields = {name: detail[name] for name in names if name in detail}
    return AuthorizationView.model_validate(fields | {"every_code": every_code})


def _open_facts(views: list[DispositionView], given: Circumstances) -> list[Unknown]:
    """What the places that name the code ask for, and the question does not give."""
    found = []
    modifiers = sorted({one for view in views for one in view.modifiers})
    if modifiers and given.modifier is None:
        found.append(
            Unknown(
                field="modifier",
                why=f"a listing holds with the modifier {' or '.join(modifiers)} alone",
            )
        )
    places = sorted({one for view in views for one in view.places_of_service})
    if places and given.place_of_service is None:
        found.append(
            Unknown(
                field="place_of_service",
                why=f"a listing holds at the place of service {' or '.join(places)} alone",
            )
        )
    if given.diagnosis is None and any(view.stated_in == "pairing" for view in views):
        found.append(Unknown(field="diagnosis", why="the policy answers by diagnosis"))
    return found


class Fit(NamedTuple):
    """Whether a policy applies to the claim's plan (None: that depends on something not given),
    why, and on what it depends.
    """

    applies: bool | None
    why: str | None
    unknowns: tuple[Unknown, ...]


def fit(applies_to: AppliesTo, given: Circumstances) -> Fit:
    """Whether a policy that is narrowed to some plans applies to the one given."""
    states = applies_to.states
    tests = [
        (
            "line_of_business",
            _among(given.line_of_business, applies_to.lines_of_business),
            f"for {_list(applies_to.lines_of_business)}",
        ),
        (
            "funding",
            _among(given.funding, applies_to.funding),
            f"for {_list(applies_to.funding)} plans",
        ),
        ("state", _among(given.state, states.include), f"in {_list(states.include)}"),
        ("state", _outside(given.state, states.exclude), f"outside of {_list(states.exclude)}"),
    ]
    unknowns = tuple(
        Unknown(field=field, why=f"the policy applies {words} alone")  # ty: ignore[invalid-argument-type]
        for field, fits, words in tests
        if fits is None
    )
    against = [words for _, fits, words in tests if fits is False]
    if against:
        return Fit(
            applies=False, why=f"The policy applies {listed(against)} alone.", unknowns=unknowns
        )
    why = " ".join(f"{one.why[0].upper()}{one.why[1:]}." for one in unknowns) or None
    return Fit(applies=None if unknowns else True, why=why, unknowns=unknowns)


def _outside(value: str | None, excluded: tuple[str, ...]) -> bool | None:
    if not excluded:
        return True
    return None if value is None else value not in excluded


def _list(values: tuple[str, ...]) -> str:
    return " or ".join(value.replace("_", " ") for value in values)


def policy_answer(
    policy: PolicyRef,
    governing: Governing,
    said: CodeStatement,
    facts: dict[str, Any],
    given: Circumstances,
    following: NextChange | None,
    criteria: tuple[CriterionView, ...] = (),
    paired: tuple[PairedWith, ...] = (),
) -> PolicyAnswer:
    """One policy's answer; `said`, `facts`, `criteria` and `paired` are those of the governing
    version (nothing where none governs).
    """
    applies_to = AppliesTo.model_validate(facts.get("applies_to", {}))
    plan = fit(applies_to, given)
    needs = tuple(Unknown(field=need, why=NEED_WORDS[need]) for need in governing.needs)
    in_force = governing.status == "in_force"
    return PolicyAnswer(
        policy=policy,
        governing=governing,
        positions=said.positions,
        dispositions=said.dispositions,
        authorizations=said.authorizations,
        statements=said.statements,
        criteria=criteria,
        paired_with=paired,
        related=said.related,
        residual=Residual.model_validate(facts["residual"]) if "residual" in facts else None,
        disagreements=tuple(
            Disagreement.model_validate(one) for one in facts.get("disagreements", ())
        ),
        applies=plan.applies,
        applies_why=plan.why,
        applies_to=applies_to,
        source_kind=facts.get("source_kind"),
        completeness=facts.get("completeness", "whole") if in_force else None,
        source_url=facts.get("source_url"),
        other_days=said.other_days,
        unknowns=(*needs, *plan.unknowns, *said.unknowns),
        next_change=following,
    )


Concerned = Callable[[int | None, int | None], bool | None]
"""Whether a code is concerned by the step from one revision to another; None where no comparison of
the two is stored.
"""


def next_change(
    question: Question,
    now: tuple[str, int | None, CodeStatement],
    bars: tuple[TimelineSpan, ...],
    said_then: dict[int, CodeStatement],
    concerned: Concerned,
) -> NextChange | None:
    """The first bar after the date of service that answers otherwise than `now` (a status, a
    revision and what it says).

    Where only what governs the code differs, the stored comparison says whether that is more than
    other words for the same.
    """
    status, revision, said_now = now
    parts = said_now.parts
    for span in bars:
        if span.from_day is None or span.from_day <= question.as_of:
            continue
        said = (
            said_then.get(span.revision_id, NOTHING_SAID)
            if span.revision_id is not None
            else NOTHING_SAID
        )
        plainly = (span.status, said.gist) != (status, said_now.gist)
        step = (revision, span.revision_id)
        # the same in other words, with which later bars are compared
        if not plainly and said.parts != parts and concerned(*step) is False:
            revision, parts = span.revision_id, said.parts
        if plainly or said.parts != parts:
            return NextChange(
                on=span.from_day,
                version=span.version,
                status=span.status,
                positions=said.positions,
                sentence=_sentence(span, said, criteria_alone=not plainly),
            )
    return None


def _sentence(span: TimelineSpan, said: CodeStatement, *, criteria_alone: bool) -> str:
    if not span.version:
        return f"From {span.from_day} on, no version is known to be in force: {span.reason}."
    if not said.names_it:
        return f"From {span.from_day} on, version {span.version} does not name the code."
    if criteria_alone:
        return (
            f"From {span.from_day} on, version {span.version} asks for something else: its "
            f"criteria, limits or conditions differ."
        )
    told = listed([POSITION_WORDS[position] for position in said.positions]) or "no position"
    authorization = ", ".join(requirement.replace("_", " ") for requirement in said.requirements)
    return f"From {span.from_day} on, version {span.version} says: {told}{f'; prior authorization: {authorization}' if authorization else ''}."  # noqa: E501
