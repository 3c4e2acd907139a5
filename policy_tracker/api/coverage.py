"""From a question about a code to its answer as plain data."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import ValidationError
from sqlmodel import Session

from policy_tracker.api.problems import MalformedError, UnknownCodeError, wrong_part
from policy_tracker.api.schemas_codes import CodeQuestion
from policy_tracker.api.serialize import known
from policy_tracker.language.code_forms import likely_meant
from policy_tracker.store import lookup
from policy_tracker.store.codes import with_its_modifier
from policy_tracker.store.views import Circumstances, CodeAnswer, Question

_CIRCUMSTANCES = tuple(Circumstances.model_fields)
# ids of rows are no part of the answer: they would differ in a copy of the database
_INTERNAL = {"policies": {"__all__": {"policy": {"id"}, "governing": {"revision_id"}}}}


def question_from(given: Mapping[str, Any] | object) -> CodeQuestion:
    """A question from outside. Raises MalformedError that names every part that is wrong."""
    try:
        asked = CodeQuestion.model_validate(given)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False, include_input=False)
        parts = [
            wrong_part(
                {
                    "loc": ("path" if fault["loc"] == ("code",) else "query", *fault["loc"]),
                    "msg": fault["msg"],
                }
            )
            for fault in faults
        ]
        raise MalformedError(parts) from error
    code, modifier = with_its_modifier(asked.code) if asked.system != "NDC" else (asked.code, None)
    if modifier is None:
        return asked
    if asked.modifier not in (None, modifier):
        reason = f"says {modifier}, and the modifier is given as {asked.modifier}"
        raise MalformedError([wrong_part({"loc": ("path", "code"), "msg": reason})])
    return asked.model_copy(update={"code": code, "modifier": modifier})


def read_code(session: Session, asked: CodeQuestion, today: date) -> CodeAnswer:
    """The store's answer to a question.

    Raises NotFoundError for a payer that is not held, CodeError for a text that is no code.
    """
    question = Question(
        as_of=asked.as_of or today,
        processed_on=asked.processed_on,
        authorized_on=asked.authorized_on,
        admitted_on=asked.admitted_on,
        known_at=asked.known_at,
    )
    circumstances = Circumstances(**{name: getattr(asked, name) for name in _CIRCUMSTANCES})
    return lookup.lookup(
        session,
        asked.code,
        question,
        system=asked.system,
        payer=asked.payer,
        circumstances=circumstances,
    )


def code_data(
    session: Session, asked: CodeQuestion, today: date, *, time_zone: str, descriptors: bool
) -> dict[str, Any]:
    """The answer as plain data, in the form of `schemas_codes.CodeAnswer`.

    Raises UnknownCodeError where no record names the code, NotFoundError for a payer that is not
    held, CodeError for a text that is no code.
    """
    found = read_code(session, asked, today)
    if not found.known:
        raise UnknownCodeError(not_named(found, asked))
    answer = found.model_dump(mode="json", exclude=_INTERNAL)
    del answer["known"]
    answer["question"] = {
        **asked.model_dump(mode="json", exclude={"code"}),
        "as_of": found.question.as_of.isoformat(),
        "system": found.system,
        "time_zone": time_zone,
    }
    answer["known"] = known(session, asked.known_at).model_dump(mode="json")
    if not descriptors:
        for policy in answer["policies"]:
            for disposition in policy["dispositions"]:
                disposition["description"] = None
    return answer


def not_named(found: CodeAnswer, asked: CodeQuestion) -> str:
    """What was looked for where no record names a code, and what that means."""
    by = f" by {asked.known_at:%Y-%m-%d %H:%M} UTC" if asked.known_at else ""
    whose = f"of {asked.payer}" if asked.payer else "of the payers watched here"
    defaults = (
        f" {len(found.defaults)} of them state a default for codes of this kind."
        if found.defaults
        else ""
    )
    looked = f"No record {whose} names {found.code} ({found.kind}), in any version recorded{by}."
    near = likely_meant(asked.code)
    hint = f" Did you mean {near}?" if near else ""
    return f"{looked}{hint}{defaults} That is not a denial: nothing is said about it."
