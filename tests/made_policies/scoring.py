"""Scores a record against the truth of a made policy: counts of right, wanted and given.

Imports nothing of the program that it judges.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.made_policies.wording import likeness, pairs, plain

APPROVALS = frozenset({"medically_necessary", "covered"})
DENIALS = frozenset({"not_medically_necessary", "experimental_investigational", "not_covered"})
_ROLES = {
    "limit": "limitation",
    "prior_auth": "prior_auth",
    "review_interval": "prior_auth",
    "documentation": "documentation",
}
_DATES = {
    "effective_date": "effective",
    "last_review_date": "last_review",
    "next_review_date": "next_review",
    "original_effective_date": "original_effective",
    "published_date": "published",
}
_TWINS = {"published": ("issued",), "last_review": ("revised",)}
"""Dates that a payer's label may as well mean."""

Json = dict[str, Any]


@dataclass
class Count:
    """Right ones, wanted ones, given ones; `abstained` of the wanted got no answer."""

    right: int = 0
    wanted: int = 0
    given: int = 0
    abstained: int = 0

    @property
    def figure(self) -> float:
        """The harmonic mean of precision and recall; 1 where nothing was wanted or given."""
        total = self.wanted + self.given
        return 2 * self.right / total if total else 1.0

    def add(self, other: Count) -> None:
        self.right += other.right
        self.wanted += other.wanted
        self.given += other.given
        self.abstained += other.abstained


@dataclass
class Score:
    """All counts of a document, and what was missed or should not be there."""

    counts: dict[str, Count] = field(default_factory=dict)
    misses: list[tuple[str, str]] = field(default_factory=list)

    def count(self, name: str, right: bool, *, given: bool = True, about: str = "") -> None:
        """One wanted thing."""
        one = Count(int(right), 1, int(given), int(not given))
        self.counts.setdefault(name, Count()).add(one)
        if not right:
            self.misses.append((name, about))

    def surplus(self, name: str, about: str) -> None:
        """One given thing that nobody wanted."""
        self.counts.setdefault(name, Count()).given += 1
        self.misses.append((f"{name}, surplus", about))


def score(truth: Json, record: Json) -> Score:
    """How much of the truth stands in a record."""
    found = Score()
    _identity(truth, record, found)
    _statements(truth, record, found)
    _codes(truth, record, found)
    _history(truth, record, found)
    return found


def _identity(truth: Json, record: Json, found: Score) -> None:
    for name in ("payer", "policy_number", "title"):
        given = record.get(name)
        right = plain(given) == plain(truth[name])
        about = f"{name}: {truth[name]!r}, given {given!r}"
        found.count("identity", right, given=given is not None, about=about)
    dates = record.get("dates") or {}
    for name, field_name in _DATES.items():
        if name in truth:
            fields = (field_name, *_TWINS.get(field_name, ()))
            given = [(dates.get(one) or {}).get("date") for one in fields]
            about = f"{field_name}: {truth[name]}, given {given[0]}"
            found.count("dates", truth[name] in given, given=any(given), about=about)


def _statements(truth: Json, record: Json, found: Score) -> None:
    every = truth["statements"]
    wanted = [(number, row) for number, row in enumerate(every) if row.get("part") != "secondary"]
    rows = [row for row in record.get("statements") or [] if row.get("text")]
    scores = {
        (i, j): value
        for i, (_, want) in enumerate(wanted)
        for j, row in enumerate(rows)
        if (value := likeness(want["text"], row["text"]))
    }
    paired = pairs(scores, len(wanted), len(rows))
    sections = {row["key"]: row for row in record.get("sections") or []}
    nodes = {row["key"]: row for row in rows}
    for i, (number, want) in enumerate(wanted):
        found.count("statements", i in paired, given=i in paired, about=want["text"])
        if i in paired or not paired:  # of nothing that was found nothing is right
            row = rows[paired[i]] if paired else {"text": want["text"]}
            above = nodes.get(row.get("parent") or "") or sections.get(row.get("section")) or {}
            _position(want, row, found)
            _logic(want, row, above, found)
            wants = [one for one in truth["quantities"] if one["statement"] == number]
            _quantities(wants, row, found)
    optional = [row["text"] for row in every if row.get("part") == "secondary"]
    for j in sorted(set(range(len(rows))) - set(paired.values())):
        if not any(likeness(text, rows[j]["text"]) for text in optional):
            found.surplus("statements", rows[j]["text"])


def _position(want: Json, row: Json, found: Score) -> None:
    wanted = want["position"]
    if wanted in _ROLES.values():
        role = _ROLES.get(row.get("role"))
        about = f"{wanted}, given {row.get('role')}: {row['text']}"
        found.count("roles", role == wanted, given=role is not None, about=about)
        return
    if wanted == "conditional":
        wanted = "medically_necessary"
    accepted = {wanted, *want.get("also", ())}
    given = row.get("position")
    said = given not in (None, "indeterminate", "informational")
    about = f"{wanted}, given {given}: {row['text']}"
    found.count("positions", given in accepted, given=said, about=about)
    found.count("reversed", turned(accepted, given), about="")
    if not turned(accepted, given):
        found.misses.pop()
    else:
        found.misses.append(("reversed", about))


def turned(accepted: set[str], given: str | None) -> bool:
    """Whether an approval was read as a denial, or the reverse."""
    if accepted <= APPROVALS:
        return given in DENIALS
    return accepted <= DENIALS and given in APPROVALS


def _logic(want: Json, row: Json, above: Json, found: Score) -> None:
    asked = []
    if want.get("logic"):
        asked.append((_named(want["logic"], want.get("min_count")), above.get("logic")))
    if want.get("children_logic"):
        count = want.get("children_min_count")
        asked.append((_named(want["children_logic"], count), row.get("logic")))
    for wanted, given in asked:
        about = f"{wanted}, given {given}: {row['text']}"
        found.count("logic", wanted == given, given=given is not None, about=about)
    if want.get("open"):
        about = f"open, given {row.get('logic')}: {row['text']}"
        found.count("left open", row.get("logic") is None, about=about)


def _named(logic: str, count: int | None) -> str:
    return f"at_least:{count}" if count else logic


def _quantities(wants: list[Json], row: Json, found: Score) -> None:
    given = [(one["kind"], one["comparator"], one["value"]) for one in row.get("quantities") or ()]
    for want in wants:
        kinds = {want["kind"]} | ({"count"} if want["kind"] == "score" else set())
        right = any(
            kind in kinds and sign == want["comparator"] and value == want["value"]
            for kind, sign, value in given
        )
        found.count("quantities", right, given=bool(given), about=f"{row['text']}: given {given}")


def _codes(truth: Json, record: Json, found: Score) -> None:
    groups = record.get("code_groups") or []
    given = {(code["code"], group["disposition"]) for group in groups for code in group["codes"]}
    spans = {(one["from"], one["to"]) for group in groups for one in group["ranges"]}
    positions: dict[str, set[str]] = {}
    for code, position in given:
        positions.setdefault(code, set()).add(position)
    known, ends = set(), set()
    for group in truth["code_groups"]:
        accepted = {group["disposition"], *group["alt_dispositions"]}
        for code in group["codes"]:
            got = positions.get(code, set())
            about = f"{code} {group['disposition']}, given {sorted(map(str, got))}"
            found.count("codes", bool(got & accepted), given=bool(got), about=about)
            wrong = not got & accepted and any(turned(accepted, one) for one in got)
            found.counts.setdefault("codes reversed", Count()).add(Count(int(wrong), 1, 1))
            known.add(code)
        for first, last in group["ranges"]:
            right = (first, last) in spans
            found.count("ranges", right, given=right, about=f"{first} to {last}")
            ends |= {first, last}
    for code in sorted(set(positions) - known - ends):
        found.surplus("codes", code)


def _history(truth: Json, record: Json, found: Score) -> None:
    rows = [
        (str(row.get("date") or ""), row.get("text") or "")
        for row in record.get("revision_history") or []
    ]
    left = list(rows)
    for want in truth["revision_history"]:
        fitting = [
            row
            for row in left
            if row[0].startswith(want["date"]) and plain(want["text"]) in plain(row[1])
        ]
        about = f"{want['date']} {want['text']}"
        found.count("history", bool(fitting), given=bool(fitting), about=about)
        if fitting:
            left.remove(fitting[0])
    for row in left:
        found.surplus("history", " ".join(row))
