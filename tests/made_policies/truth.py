"""The truth about a written policy: what a perfect reader would find on its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from tests.made_policies.content import Code
    from tests.made_policies.stock import Way

_DATE_FIELDS = {
    "effective": "effective_date",
    "last_review": "last_review_date",
    "next_review": "next_review_date",
    "original": "original_effective_date",
    "published": "published_date",
}


class Truth:
    """Collects statements, codes, dates and history while a policy is written.

    A statement's `logic` is that of the list in which it stands, `children_logic` that of the list
    below it. `open` marks lists of which the page does not say how they combine: there every
    answer but none is a guess.
    """

    def __init__(self) -> None:
        self.statements: list[dict[str, Any]] = []
        self.quantities: list[dict[str, Any]] = []
        self.groups: list[dict[str, Any]] = []
        self.dates: dict[str, str] = {}
        self.history: list[dict[str, str]] = []

    def printed_date(self, name: str, day: date, pattern: str) -> None:
        self.dates[_DATE_FIELDS[name]] = _iso(day, pattern)

    def aside(self, text: str) -> None:
        """What may or may not be recorded, such as what the treatment is."""
        self._add(text, "other", part="secondary")

    def sentence(self, text: str, position: str) -> None:
        self._add(text, position)

    def lead(self, text: str, position: str, logic: str | None, also: tuple[str, ...]) -> int:
        return self._add(
            text, position, children_logic=_told(logic), open=logic is None, also=list(also)
        )

    def inner(
        self, text: str, position: str, lead: int, logic: str | None, also: tuple[str, ...]
    ) -> int:
        return self._add(
            text,
            position,
            logic=self._above(lead),
            children_logic=_told(logic),
            open=logic is None,
            also=list(also),
        )

    def leaf(
        self,
        text: str,
        position: str,
        lead: int,
        quantity: dict[str, Any] | None,
        also: tuple[str, ...],
    ) -> None:
        number = self._add(text, position, logic=self._above(lead), also=list(also))
        if quantity:
            self.quantities.append({**quantity, "statement": number, "per": None})

    def codes(self, name: str, codes: tuple[Code, ...], position: str) -> None:
        self.groups.append(
            {
                "heading": name,
                "disposition": position,
                "alt_dispositions": ["covered"] if position == "medically_necessary" else [],
                "codes": [code.code for code in codes if code.last is None],
                "ranges": [[code.code, code.last] for code in codes if code.last is not None],
            }
        )

    def change(self, day: date, pattern: str, text: str) -> None:
        self.history.append({"date": _iso(day, pattern), "text": text})

    def told(self, way: Way, number: str, title: str) -> dict[str, Any]:
        """All of it, as the files of verified truth have it."""
        return {
            "payer": way.payer,
            "policy_number": number,
            "title": title,
            "lines_of_business": way.head["lines"],
            **self.dates,
            "statements": self.statements,
            "quantities": self.quantities,
            "code_groups": self.groups,
            "revision_history": self.history,
            "statements_complete": True,
        }

    def _add(self, text: str, position: str, **more: Any) -> int:
        row = {"text": text, "position": position, "logic": None, "path": [], "depth": 0, **more}
        if position in ("medically_necessary", "conditional"):
            row["also"] = [*row.get("also", []), "covered"]
        for name in ("logic", "children_logic"):
            value = row.get(name)
            if value and value.startswith("at_least:"):
                row[name] = "any_of"
                counts = {"logic": "min_count", "children_logic": "children_min_count"}
                row[counts[name]] = int(value.partition(":")[2])
        self.statements.append(row)
        return len(self.statements) - 1

    def _above(self, lead: int) -> str | None:
        row = self.statements[lead]
        logic, count = row.get("children_logic"), row.get("children_min_count")
        return f"at_least:{count}" if count else logic


def _told(logic: str | None) -> str | None:
    return None if logic == "listed" else logic


def _iso(day: date, pattern: str) -> str:
    return day.isoformat() if "%d" in pattern else day.strftime("%Y-%m")
