"""Whether two records say the same: statements with position, role, logic and quantities, and codes
with their disposition; layout, pages and keys are left out.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from tests.made_policies.wording import tokens

Json = dict[str, Any]


def said(record: Json) -> Counter[tuple[str, ...]]:
    """Everything that a record says, each thing as often as it says it; that a code has a
    disposition is said once, in however many lists it stands.
    """
    found: Counter[tuple[str, ...]] = Counter()
    for row in record.get("statements") or ():
        words = " ".join(tokens(row["text"]))
        found["statement", words] += 1
        found["position", words, str(row.get("position"))] += 1
        found["logic", words, str(row.get("logic"))] += 1
        for one in row.get("quantities") or ():
            number = f"{one['kind']} {one['comparator']} {one['value']:g} {one['unit']}"
            found["quantity", words, number] += 1
    for group in record.get("code_groups") or ():
        for code in group["codes"]:
            found["code", code["code"], str(group["disposition"])] = 1
        for span in group["ranges"]:
            found["range", span["raw"], str(group["disposition"])] = 1
    return found


def differences(one: Json, other: Json) -> list[tuple[str, ...]]:
    """What only one of the two says, by kind; what follows from a lost statement is not told again."""
    left, right = said(one), said(other)
    gone = {item[1] for item in (left - right) | (right - left) if item[0] == "statement"}
    return [
        item
        for item in sorted(((left - right) | (right - left)).elements())
        if item[0] == "statement" or item[0] in ("code", "range") or item[1] not in gone
    ]
