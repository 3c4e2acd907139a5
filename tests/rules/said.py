"""Everything that the rules say, as one digest, and what it was when each version was recorded.

`python -m tests.rules.said` prints the digest of this process; with `record` it adds it under the
present stamp.
"""

import json
import sys
from pathlib import Path

from policy_tracker.record import Record, digest
from policy_tracker.recordfiles.folder import check_folder
from policy_tracker.rules import AS_DECLARED, compare
from policy_tracker.rules.docs_page import document
from tests.rules.cases import all_cases

RECORDED = Path(__file__).with_name("said.json")
POLICIES = Path(__file__).parents[2] / "policies"


def pairs():
    """The records that the rules are tried on: each case of a rule, and the curated policies,
    version by version.
    """
    yield from ((case.before, case.after) for case in all_cases())
    by_policy: dict[tuple[str, str], list[Record]] = {}
    for sourced in check_folder([POLICIES]).records:
        if isinstance(sourced.value, Record):
            by_policy.setdefault((sourced.value.payer, sourced.value.policy), []).append(
                sourced.value
            )
    for found in by_policy.values():
        ordered = sorted(found, key=lambda record: record.version)
        yield None, ordered[0]
        yield from ((one, other) for one in ordered for other in ordered if one is not other)


def said() -> str:
    """A digest of the catalogue's page and of all comparisons, but for their stamp."""
    told = [
        compare(before, after).model_dump(mode="json", exclude={"ruleset"})
        for before, after in pairs()
    ]
    # without the introduction, which names the version
    catalogue = document().partition("| axis")[2]
    return digest(catalogue, told, length=32)


def record() -> str:
    """Write the digest down under the present stamp.

    One that is recorded already is never replaced: raise a number first.
    """
    held = json.loads(RECORDED.read_text(encoding="utf-8")) if RECORDED.exists() else {}
    stamp, now = AS_DECLARED.stamp, said()
    if held.setdefault(stamp, now) != now:
        sys.exit(
            f"Version {stamp} said something else: raise RULESET (rules/registry.py) or "
            f"ENGINE (diff/differences.py)."
        )
    RECORDED.write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")
    return now


if __name__ == "__main__":
    print(record() if "record" in sys.argv else said())
