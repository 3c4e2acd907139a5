"""What a matched form of words says as a quantity: one function for each kind of form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from policy_tracker.language.comparators import comparator_of, side_of
from policy_tracker.language.numbers import NUMBER, names_a_thing, number_of
from policy_tracker.language.units import ADVERBS, LIMIT_TIME, RATIO, singular, unit_of
from policy_tracker.record.quantities import Quantity, Span
from policy_tracker.record.vocabulary import Comparator, QuantityKind, Role

PERIOD = rf"(?:business |calendar |consecutive |rolling |benefit )?{LIMIT_TIME}"
WINDOW = (
    r"\b(?:(?:within|in|during|over) (?:the )?)?(?:past|previous|prior|last|preceding"
    rf"|within)(?: the)? (?P<value>{NUMBER})(?: ?\(\d+\))?[- ](?P<unit>{PERIOD})\b"
)
_KINDS: dict[str, QuantityKind] = {"unit": "units", "dose": "dose"}
_PREPARATION = re.compile(
    r" ?(?:topical |ophthalmic "
    r")?(?:cream|ointment|gel|lotion|solution|foam|shampoo|spray|drops|suspension|[A-Z])"
)
_HEAD = re.compile(
    r"\s*(?:[a-z]+ )?(?:codes?|polic(?:y|ies)|headings?|benefits?|plans?|programs?|contracts?"
    r"|claims?|categor(?:y|ies)|sections?|provisions?|names?|numbers?|authorizations?|tiers?"
    r"|titles?|rules?|agreements?)\b"
)
"""What something stands under without being less than it: "under one code"."""
IN_PARENTHESES = r"(?: ?\(\d+(?:\.\d+)?\))?"
"""Another number in parentheses behind a number; the same one is part of it already."""
PER = (
    r"(?:per|every|each|in (?:a|any|each)|within (?:a|any)|over (?:an?|the|any)"
    r"|(?:in|during|for|within) the first|a|in|within|over)\s+(?:(?:a|any"
    rf"|the) )?(?:rolling (?=\d))?(?:(?P<span>{NUMBER})[- ])?(?P<period>{PERIOD})"
)

_WITHIN = re.compile(
    rf"\s(?:[a-z/-]+ ){{0,2}}?(?:per|every|each) (?:(?P<span>{NUMBER})[- ])?(?P<period>{PERIOD})\b"
)


@dataclass(slots=True)
class QuantityScan:
    """A statement being read for quantities: what of its text is used up, and what was found with
    its place.

    Numbers stand in digits, as `plain.digits` wrote them; `text` is in lower case, `printed` as it
    was.
    """

    text: str
    printed: str
    role: Role
    used: list[tuple[int, int]] = field(default_factory=list)
    found: list[tuple[tuple[int, int], Quantity]] = field(default_factory=list)

    def free(self, begin: int, end: int) -> bool:
        """Whether nothing of a stretch of the text is used up."""
        return not any(a < end and begin < b for a, b in self.used)

    def before(self, match: re.Match[str], length: int = 24) -> str:
        """The text in front of a match, at most `length` characters."""
        return self.text[max(0, match.start() - length) : match.start()]

    def after(self, match: re.Match[str], length: int = 40) -> str:
        """The text behind a match, at most `length` characters."""
        return self.text[match.end() : match.end() + length]

    def add(self, match: re.Match[str], *quantities: Quantity) -> None:
        """Keeps what a match says, and uses its text up."""
        self.used.append(match.span())
        self.found.extend((match.span(), quantity) for quantity in quantities)


_AGED = re.compile(
    r"\bage[sd]?\b[^.;]*$"
    r"|\b(?:adults?|adolescents?|child(?:ren)?|infants?|newborns?|neonates?|patients?|members?"
    r"|individuals?|persons?|people|men|women|males?|females?|beneficiar(?:y|ies)|recipients?"
    r"|enrollees?|who|s?he|they)(?: (?:is|are|must be|should be|who (?:is|are)))?[ (,:]*$"
)
"""What makes a time behind it an age: whoever is so old, or the word itself."""
_LASTING = re.compile(
    r"\b(?:for|of|over|than|least|past|within|after|during|every|last(?:s|ed|ing)?"
    r"|persist(?:s|ed|ing)?|an?|the)[ :]*$"
)


def age(reading: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "18 years of age or older"; "16 weeks or greater" is an age only where a word tells so.

    Years that nothing marks as a time ("18 years or greater") are an age: so lists of criteria
    state it.
    """
    said = match["side"] in ("older", "younger") or re.search(
        r"\b(?:ages?|aged|old)\b", match[0] + reading.after(match, 8)
    )
    before = reading.before(match, 40)
    if not said and not _AGED.search(before):
        years = _age_unit(match) == "year" and not _LASTING.search(before)
        if not years or match["side"] == "more":
            return
    yield Quantity(
        kind="age",
        comparator=side_of(match["side"]),
        value=number_of(match["value"]),
        unit=_age_unit(match),
    )


def _age_unit(match: re.Match[str]) -> str:
    return unit_of(match.groupdict().get("unit") or "year")


def age_from_to(_: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "age 6 months to less than 6 years", "≥ 6 to < 12 years of age": both ends, where a word
    tells that they are ages.
    """
    before = match.string[max(0, match.start() - 24) : match.start()]
    if not match["said"] and not re.search(r"\bage[sd]?\b[^.;]*$", before):
        return
    low, high = comparator_of(match["above"], ">="), comparator_of(match["below"], "<=")
    unit = unit_of(match["unit"])
    yield Quantity(
        kind="age",
        comparator=low,
        value=number_of(match["low"]),
        unit=unit_of(match["first"]) if match["first"] else unit,
    )
    yield Quantity(kind="age", comparator=high, value=number_of(match["high"]), unit=unit)


def age_compared(_: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "at least 18 years of age"."""
    yield Quantity(
        kind="age",
        comparator=comparator_of(match["operator"], ">="),
        value=number_of(match["value"]),
        unit=_age_unit(match),
    )


def younger_or_older(reading: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "younger than 70 years"; "older than 6 months" is an age only of somebody: records and
    films have one too.
    """
    before = reading.before(match, 80)
    if "younger" in match["operator"] or not before.strip(" (-") or _AGED.search(before):
        yield from age_compared(reading, match)


def age_bound(_: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "minimum age: 12 years"."""
    side: Comparator = ">=" if match["operator"] == "minimum" else "<="
    yield Quantity(
        kind="age", comparator=side, value=number_of(match["value"]), unit=_age_unit(match)
    )


def age_itself(_: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "at six months of age"."""
    yield Quantity(
        kind="age", comparator="=", value=number_of(match["value"]), unit=_age_unit(match)
    )


def age_reached(_: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "has attained age 50"; "reached 50 mg" tells of no age."""
    if re.search(r"\bage|\bold\b", match[0]):
        yield Quantity(
            kind="age", comparator=">=", value=number_of(match["value"]), unit=_age_unit(match)
        )


def age_span(_: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "12 to 17 years of age": both ends."""
    unit = _age_unit(match)
    yield Quantity(kind="age", comparator=">=", value=number_of(match["low"]), unit=unit)
    yield Quantity(kind="age", comparator="<=", value=number_of(match["high"]), unit=unit)


def percent_span(_: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "50% to 99%": both ends."""
    yield Quantity(kind="percentage", comparator=">=", value=number_of(match["low"]), unit="%")
    yield Quantity(kind="percentage", comparator="<=", value=number_of(match["high"]), unit="%")


def percent(reading: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "at least 15%"."""
    if not match["operator"] and _PREPARATION.match(reading.printed, match.end()):
        return  # a strength
    yield Quantity(
        kind="percentage",
        comparator=comparator_of(match["operator"], "="),
        value=number_of(match["value"]),
        unit="%",
    )


def percent_or_more(_: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "60% or greater"."""
    yield Quantity(
        kind="percentage",
        comparator=side_of(match["side"]),
        value=number_of(match["value"]),
        unit="%",
    )


def percentile(_: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "below the 85th percentile", "the third percentile or lower"; one that nothing compares
    is none.
    """
    side = side_of(match["side"]) if match["side"] else comparator_of(match["operator"], "=")
    if side != "=":
        yield Quantity(
            kind="percentage", comparator=side, value=number_of(match["value"]), unit="percentile"
        )


def percentile_span(_: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "between the 5th and 85th percentile": both ends."""
    for side, value in ((">=", match["low"]), ("<=", match["high"])):
        yield Quantity(
            kind="percentage", comparator=side, value=number_of(value), unit="percentile"
        )


def dose_per(reading: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "10 mg/kg every 8 weeks": so much within a time."""
    period = match["period"] or match["slash"]
    if re.search(r"exceed(?:s|ing)?\s*$", reading.before(match)) and not match["operator"]:
        return
    yield Quantity(
        kind="dose",
        comparator=comparator_of(match["operator"], "<="),
        value=number_of(match["value"]),
        unit=match["unit"].lower(),
        per=_span(match["span"], period),
    )


def dose_span(reading: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "40-80 mg": both ends; a list of strengths ("10, 20 to 40 mg") has none."""
    low, high = number_of(match["low"]), number_of(match["high"])
    if low >= high or re.search(r"[,/]\s*$", reading.before(match)):
        return
    unit = match["unit"].lower()
    yield Quantity(kind="dose", comparator=">=", value=low, unit=unit)
    yield Quantity(kind="dose", comparator="<=", value=high, unit=unit)


def fold(_: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "at least a 2-fold rise"."""
    yield Quantity(
        kind="count",
        comparator=comparator_of(match["operator"], "="),
        value=number_of(match["value"]),
        unit="fold",
    )


def between(reading: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "a score between 8 and 14": both ends."""
    unit = _unit_behind(reading, match)
    kind: QuantityKind = "score" if _is_score(reading.text[: match.end()]) else "count"
    yield Quantity(kind=kind, comparator=">=", value=number_of(match["low"]), unit=unit)
    yield Quantity(kind=kind, comparator="<=", value=number_of(match["high"]), unit=unit)


def _is_score(text: str) -> bool:
    return bool(
        re.search(r"\b(?:score|scale|index|acq|act|pasi|easi|iga|bvas|das28|edss|bmi|ahi)\b", text)
    )


def measure(_: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "up to 5 mg/kg", "more than 30 kg"."""
    kind: QuantityKind = (
        "count"
        if match["unit"].lower() in {"kg", "kilograms", "ml", "milliliters", "lbs", "pounds"}
        else "dose"
    )
    yield Quantity(
        kind=kind,
        comparator=comparator_of(match["operator"], "="),
        value=number_of(match["value"]),
        unit=match["unit"].lower(),
    )


def measure_or_more(_: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "30 kg or more"."""
    yield Quantity(
        kind="dose" if match["unit"].lower() == "mg" else "count",
        comparator=side_of(match["side"]),
        value=number_of(match["value"]),
        unit=match["unit"].lower(),
    )


def second_measure(reading: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """The second value of "at least 15% and 300 milliliters", which shares the comparison of the
    first.
    """
    side = next((quantity.comparator for _, quantity in reversed(reading.found)), "=")
    yield Quantity(
        kind="count", comparator=side, value=number_of(match["value"]), unit=singular(match["unit"])
    )


def once_every(reading: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "no more frequently than once every 8 weeks": once per 8 weeks."""
    side = comparator_of(match.groupdict().get("operator"), "<=")
    per = _span(match["span"], match["period"])
    yield Quantity(
        kind="frequency", comparator=side, value=_times(match["times"]), unit="time", per=per
    )


def _times(words: str) -> float:
    return number_of(re.split(r"[\s(]", words, maxsplit=1)[0]) if words else 1.0


def adverb(_: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "no more often than once daily"."""
    period = ADVERBS[match["adverb"]]
    side = comparator_of(match["operator"], "<=")
    yield Quantity(
        kind="frequency",
        comparator=side,
        value=_times(match["times"]),
        unit="time",
        per=Span(value=1.0, unit=period),
    )


def at_most_once(_: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "not more often than yearly"."""
    per = Span(value=1.0, unit=ADVERBS[match["adverb"]])
    yield Quantity(kind="frequency", comparator="<=", value=1.0, unit="time", per=per)


def for_the_first(_: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "for the first 24 months": what holds for so long holds no longer."""
    yield Quantity(
        kind="duration",
        comparator="<=",
        value=number_of(match["value"]),
        unit=unit_of(match["unit"]),
    )


def annual(_: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "one (1) annual examination"."""
    yield Quantity(
        kind="frequency",
        comparator="<=",
        value=number_of(match["value"]),
        unit="time",
        per=Span(value=1.0, unit="year"),
    )


def per_year(reading: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "150 doses per year"; what is exceeded is counted as more than that."""
    over = re.search(
        r"exceed(?:s|ing)?(?: a| the)?(?: maximum(?: of)?)?\s*$",
        reading.before(match, 30),
        re.IGNORECASE,
    )
    period = (match["period"] or match["one"]).lower()
    thing = singular(match["thing"].split()[-1])
    other: QuantityKind = "count" if period == "lifetime" or match["span"] else "frequency"
    kind = _KINDS.get(thing, other)
    yield Quantity(
        kind=kind,
        comparator=">" if over else comparator_of(match["operator"], "<="),
        value=number_of(match["value"]),
        unit=thing[:60],
        per=_span(match["span"], period),
    )


def things_by_adverb(_: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "up to two sessions weekly"."""
    thing = singular(match["thing"])
    yield Quantity(
        kind=_KINDS.get(thing, "frequency"),
        comparator=comparator_of(match["operator"], "<="),
        value=number_of(match["value"]),
        unit=thing,
        per=Span(value=1.0, unit=ADVERBS[match["adverb"]]),
    )


def weeks_after(_: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "at 3, 5, and 9 weeks after": each of them."""
    unit = unit_of(match["unit"])
    for value in re.findall(NUMBER, match["list"]):
        yield Quantity(kind="frequency", comparator="=", value=number_of(value), unit=unit)


def things(reading: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Things such as "2 syringes per 28 days" and "80 units".

    They are read where a period follows, else only in statements that set limits or decide.
    """
    often = any(quantity.kind == "frequency" for _, quantity in reading.found)
    period = match["period"] or match["slash"]
    if not period and (reading.role not in {"limit", "position", "exclusion"} or often):
        return
    if names_a_thing(reading.before(match)):
        return
    thing = singular(match["thing"])
    kind = _KINDS.get(thing, "count")
    over = re.search(r"exceed", reading.before(match, 30), re.IGNORECASE)
    side = comparator_of(match["operator"], ">" if over else "<=")
    per = _span(match["span"] or match["times"], period) if period else None
    yield Quantity(
        kind=kind,
        comparator=">" if over else side,
        value=number_of(match["value"]),
        unit=thing,
        per=per,
    )


_NAMED_FOR_HOURS = re.compile(r"-(?:hour|hr)$")
_TEST = re.compile(r"\s+(?:urine|urinary|blood|ambulatory|holter|ecg|ekg|eeg|ph|blood|recording)\b")
"""What a time of hours belongs to by name: "24-hour urine" is a test, and limits nothing."""


_SPANNING = (
    r"(?:trial|course|diar(?:y|ies)|logs?|journals?|calendars?|recordings?|monitoring|observation"
    r"|abstinence|sobriety|stability)\b"
)
"""What is asked for by the time that it takes."""
_NAMED_FOR_TIME = re.compile(rf"\s*(?:\w+ ){{0,2}}{_SPANNING}")
_ASKED_FOR = re.compile(
    rf"\b(?:failure|adherence|compliance|{_SPANNING}) (?:of|to|with|for|over|covering)"
    r" (?:an? )?$"
    r"|\b(?:has|have|had|was|were|been|no|without)\b(?:(?!\bwithin\b)[^.;:,]){0,60}"
    r"\b(?:for|lasted|persisted for|throughout) (?:the (?:last|past|previous|prior) )?$"
    r"|\b(?:lasted|lasting|persist(?:ed|s|ing) for|kept (?:\w+ ){0,3}for) $"
)
"""What stands before a time that had to pass: "has been ill for", "lasting", "a diary of"."""


def _is_asked_for(reading: QuantityScan, match: re.Match[str]) -> bool:
    """Whether a time without a comparison is the least that is asked for: what was tried, kept or
    suffered for so long meets the criterion when it was longer, too.
    """
    before = reading.before(match, 90)
    return bool(_NAMED_FOR_TIME.match(reading.after(match, 40)) or _ASKED_FOR.search(before))


def duration(reading: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "for at least 3 months", "a 2-week trial"."""
    before, after = reading.before(match), reading.after(match, 12)
    if not match["operator"] and _NAMED_FOR_HOURS.search(match[0]) and _TEST.match(after + " "):
        return
    if re.search(rf"\d {LIMIT_TIME} \($", before) or (
        re.search(r"rolling $", before) and re.search(r"\bper year\b", reading.text)
    ):
        return  # "365 days (1 year)", "per year (i.e., rolling 12 months)": the same once more
    if re.match(r"\s*is equal", reading.text[match.end() :]) or re.search(
        WINDOW, before + match[0]
    ):
        return
    side: Comparator = ">=" if _is_asked_for(reading, match) else "="
    if reading.found and re.search(r"\(or $", before):  # "at least 30 days (or 90 days for …)"
        side = reading.found[-1][1].comparator
    if more := re.match(
        r"\s*(?:or|and) (longer|more|greater|shorter|less|fewer)\b", reading.after(match, 20)
    ):
        side = side_of(more[1])
    yield Quantity(
        kind="duration",
        comparator=comparator_of(match["operator"], side),
        value=number_of(match["value"]),
        unit=unit_of(match["unit"]),
    )


def duration_or_more(_: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "14 or more days"."""
    yield Quantity(
        kind="duration",
        comparator=side_of(match["side"]),
        value=number_of(match["value"]),
        unit=unit_of(match["unit"]),
    )


def duration_bound(_: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "a minimum interval of 4 weeks"."""
    yield Quantity(
        kind="interval" if "interval" in match[0] else "duration",
        comparator=">=" if match["operator"] == "minimum" else "<=",
        value=number_of(match["value"]),
        unit=unit_of(match["unit"]),
    )


def duration_span(reading: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "3 to 6 months": both ends; a list of moments ("at 2 and 6 weeks") has none."""
    before = reading.before(match)
    if re.search(r"\b(?:at|on|weeks?|days?)\s*$|,\s*$", before) or (
        " and " in match[0] and "between" not in before
    ):
        return
    unit = unit_of(match["unit"])
    yield Quantity(kind="duration", comparator=">=", value=number_of(match["low"]), unit=unit)
    yield Quantity(kind="duration", comparator="<=", value=number_of(match["high"]), unit=unit)


def interval(reading: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "every 12 weeks": the time from one to the next."""
    rare = re.search(
        r"\bno (?:more|sooner|less) (?:\w+ )?than\s*$|\bat most\s*$", reading.before(match)
    )
    unit = unit_of(match["unit"])
    yield Quantity(
        kind="interval",
        comparator=">=" if rare else "=",
        value=number_of(match["value"]),
        unit=unit,
    )


def window(reading: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """A window such as "in the past 180 days".

    It is a limit of its own, unless it is the window of a count ("two or more attacks in the prior
    12 months").
    """
    nearest = min(
        range(len(reading.found)),
        key=lambda place: _distance(reading.found[place][0][0], match),
        default=None,
    )
    if nearest is not None and reading.found[nearest][1].kind in {"count", "score"}:
        place, count = reading.found[nearest]
        reading.found[nearest] = (
            place,
            count.model_copy(update={"per": count.per or _span(match["value"], match["unit"])}),
        )
        reading.used.append(match.span())
        return
    yield Quantity(
        kind="duration",
        comparator="<=",
        value=number_of(match["value"]),
        unit=unit_of(match["unit"]),
    )


def _distance(begin: int, match: re.Match[str]) -> tuple[bool, int]:
    """How near something stands to a match; what stands before it is nearer than what stands
    behind.
    """
    return begin > match.start(), abs(begin - match.start())


def compared(reading: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "at least two attacks", "a score greater than 1.5"; "at least one of the following" is no
    quantity.
    """
    value = number_of(match["value"])
    if value == 1 and re.match(r"\s*(?:or more )?of (?:the|these|any) ", reading.after(match)):
        return
    if match["operator"] in ("under", "below") and _HEAD.match(reading.after(match)):
        return
    scored = not match["measured"] and _is_score(reading.text[: match.start()])
    kind: QuantityKind = "score" if scored else "count"
    within = _WITHIN.match(reading.after(match, 60)) if kind == "count" else None
    yield Quantity(
        kind=kind,
        comparator=comparator_of(match["operator"], ">="),
        value=value,
        unit=match["measured"] or _unit_behind(reading, match),
        per=_span(within["span"], within["period"]) if within else None,
    )


def thing_span(reading: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "2 to 4 copies": both ends; "grades 2 to 4 tumors" counts none."""
    if names_a_thing(reading.before(match)):
        return
    if number_of(match["low"]) >= number_of(match["high"]):
        return
    unit = singular(match["thing"])
    yield Quantity(kind="count", comparator=">=", value=number_of(match["low"]), unit=unit)
    yield Quantity(kind="count", comparator="<=", value=number_of(match["high"]), unit=unit)


def or_more(reading: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "two or more attacks"."""
    if number_of(match["value"]) == 1 and re.match(
        r"\s+of (?:the|these|any)", reading.after(match)
    ):
        return
    yield Quantity(
        kind="count",
        comparator=side_of(match["side"]),
        value=number_of(match["value"]),
        unit=match["measured"] or _unit_behind(reading, match),
    )


def several_of(_: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "two of the following"."""
    yield Quantity(kind="count", comparator=">=", value=number_of(match["value"]), unit="item")


def both(_: QuantityScan, __: re.Match[str]) -> Iterable[Quantity]:
    """Of "both preferred products": two."""
    yield Quantity(kind="count", comparator="=", value=2.0, unit="product")


def tried(reading: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "has tried one systemic agent", "failure of two agents"; a remark on "a trial of one
    agent" explains, and sets none.
    """
    if reading.text.startswith("note") and "tried" not in match[0]:
        return
    yield Quantity(
        kind="count",
        comparator=">=",
        value=number_of(match["value"]),
        unit=_unit_behind(reading, match),
    )


def tried_with(reading: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "an inadequate response with two preferred drugs"."""
    if re.search(
        r"\b(?:response|failure|failed|intolerance|tried|trial)\b", reading.before(match, 90)
    ):
        yield Quantity(
            kind="count",
            comparator=">=",
            value=number_of(match["value"]),
            unit=_unit_behind(reading, match),
        )


def alternative(reading: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """A number as in "(or 50 cells per mm2)" behind a compared one: the same comparison in another
    unit.
    """
    side = next((quantity.comparator for _, quantity in reversed(reading.found)), None)
    if side:
        yield Quantity(
            kind="count",
            comparator=side,
            value=number_of(match["value"]),
            unit=_unit_behind(reading, match),
        )


def _span(value: str | None, period: str) -> Span:
    return Span(value=number_of(value) if value else 1.0, unit=unit_of(period))


def _unit_behind(reading: QuantityScan, match: re.Match[str]) -> str:
    """The unit of measurement ("mg/dl") or the word behind a number as its unit ("attacks"), as far
    as it is one; else `item`.
    """
    if measured := re.match(rf"\s*({RATIO})(?![a-z])", reading.after(match)):
        return measured[1]
    words = re.match(
        r"\s*(?:\(\d+\)\s*)?((?:[a-z][a-z/-]*\s+){0,2}?[a-z][a-z/-]*s)\b", reading.after(match)
    )
    return singular(words[1].split()[-1])[:60] if words else "item"
