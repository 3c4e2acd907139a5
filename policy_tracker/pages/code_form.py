"""The question that a code's page is asked: as of when, and what else a claim says.

What is wrong with it is kept and explained.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, get_args

from policy_tracker.errors import CodeError, DateError
from policy_tracker.pages.feed_filter import FieldProblem, SelectOption
from policy_tracker.pages.formatting import LINE_WORDS, sentence
from policy_tracker.record.codes import clean_code
from policy_tracker.record.time import EARLIEST, LATEST, parse_iso
from policy_tracker.record.vocabulary import LineOfBusiness
from policy_tracker.store.views import Circumstances, Question

if TYPE_CHECKING:
    from collections.abc import Mapping

DATES = ("as_of", "processed_on", "authorized_on", "admitted_on")
FIELDS = (
    *DATES,
    "known_at",
    "payer",
    "line_of_business",
    "state",
    "diagnosis",
    "modifier",
    "place_of_service",
)
MORE = tuple(field for field in FIELDS if field != "as_of")
LINE_CHOICES = tuple(
    SelectOption(line, sentence(LINE_WORDS[line])) for line in get_args(LineOfBusiness)
)
_SHAPES = {
    "state": (
        lambda text: len(text) == 2 and text.isascii() and text.isalpha(),
        "a state is two letters, such as TX",
    ),
    "modifier": (
        lambda text: len(text) == 2 and text.isascii() and text.isalnum(),
        "a modifier is two characters, such as 26",
    ),
    "place_of_service": (
        lambda text: len(text) == 2 and text.isascii() and text.isdigit(),
        "a place of service is two digits, such as 11",
    ),
}


@dataclass(frozen=True, slots=True)
class CodeForm:
    """What was asked: every field as typed ("" where it was not), the question without the wrong
    ones, and what is wrong.
    """

    typed: Mapping[str, str]
    question: Question
    circumstances: Circumstances
    payer: str | None
    problems: tuple[FieldProblem, ...] = ()

    def problem(self, field: str) -> str | None:
        """What is wrong with a field."""
        return next((problem.sentence for problem in self.problems if problem.field == field), None)

    @property
    def asks_more(self) -> bool:
        """Whether more than the date of service is asked."""
        return any(self.typed[field] for field in MORE)


def read_question(query: Mapping[str, str], today: date) -> CodeForm:
    """The question in a query; without a date of service it is asked as of `today`."""
    typed = {name: query.get(name, "").strip() for name in FIELDS}
    problems: list[FieldProblem] = []
    days = {name: _day(typed, name, problems) for name in DATES}
    question = Question(
        as_of=days["as_of"] or today,
        processed_on=days["processed_on"],
        authorized_on=days["authorized_on"],
        admitted_on=days["admitted_on"],
        known_at=_instant(typed, problems),
    )
    circumstances = Circumstances(
        line_of_business=_line(typed, problems),
        state=_shaped(typed, "state", problems),
        diagnosis=_diagnosis(typed, problems),
        modifier=_shaped(typed, "modifier", problems),
        place_of_service=_shaped(typed, "place_of_service", problems),
    )
    return CodeForm(
        typed=typed,
        question=question,
        circumstances=circumstances,
        payer=typed["payer"] or None,
        problems=tuple(problems),
    )


def _day(typed: Mapping[str, str], field: str, problems: list[FieldProblem]) -> date | None:
    value = typed.get(field)
    if not value:
        return None
    try:
        if len(value) != len("2025-09-26"):
            raise DateError(value)
        return parse_iso(value)
    except DateError:
        problems.append(
            FieldProblem(field, f"“{value}” is no day of the calendar; write it as 2025-09-26.")
        )
        return None


def _instant(typed: Mapping[str, str], problems: list[FieldProblem]) -> datetime | None:
    value = typed.get("known_at")
    if not value:
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None or not EARLIEST <= found.year <= LATEST:
        problems.append(
            FieldProblem(
                "known_at",
                f"“{value}” is no instant; write it with its time zone, as 2025-10-01T12:00:00Z.",
            )
        )
        return None
    return found


def _line(typed: Mapping[str, str], problems: list[FieldProblem]):  # noqa: ANN202 - a line of business
    value = typed["line_of_business"] or None
    if value and value not in LINE_WORDS:
        problems.append(
            FieldProblem(
                "line_of_business", f"“{value}” is no line of business that is known here."
            )
        )
        return None
    return value


def _shaped(typed: Mapping[str, str], field: str, problems: list[FieldProblem]) -> str | None:
    value = typed.get(field)
    if not value:
        return None
    fits, example = _SHAPES[field]
    if not fits(value):
        problems.append(FieldProblem(field, f"“{value}” cannot be meant: {example}."))
        return None
    return value.upper()


def _diagnosis(typed: Mapping[str, str], problems: list[FieldProblem]) -> str | None:
    value = typed.get("diagnosis")
    if not value:
        return None
    try:
        return clean_code("ICD10CM", value)
    except CodeError:
        problems.append(
            FieldProblem("diagnosis", f"“{value}” is no ICD-10-CM code; an example is M81.0.")
        )
        return None
