"""Made policies: twenty payers' ways of writing in eight physical forms each, read and scored
against the truth from which they were written.

Half of the ways are kept apart: nobody looks at what is missed there. The misses of the others are
written to the file that `MADE_POLICY_MISSES` names.
"""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from benchmarks.measuring import Measurement
from tests.made_policies import stock
from tests.made_policies.measure import Measured, documents, read
from tests.made_policies.measure import measure as measured
from tests.made_policies.scoring import Count

SEEDS = (0, 1)
SHOWN = (
    "identity",
    "dates",
    "statements",
    "positions",
    "logic",
    "roles",
    "codes",
    "ranges",
    "quantities",
    "history",
)
TURNED = ("reversed", "codes reversed")


def measure() -> Iterator[Measurement]:
    found = {}
    for name, ways in (("tuned", stock.tuned()), ("kept apart", stock.kept_apart())):
        started = perf_counter()
        found[name] = measured(documents(ways, SEEDS), read)
        yield _measurement(name, perf_counter() - started, found[name])
    tuned, apart = found["tuned"], found["kept apart"]
    for way, counts in (tuned.ways | apart.ways).items():
        side = ", kept apart" if way in apart.ways else ""
        yield Measurement(f"way {way}{side}", 0.0, "-", 1.0, told(counts))
    for form in tuned.forms:
        counts = {
            name: _sum(tuned.forms[form], apart.forms[form], name) for name in (*SHOWN, *TURNED)
        }
        yield Measurement(f"form {form}", 0.0, "-", 1.0, told(counts))
    if place := os.environ.get("MADE_POLICY_MISSES"):
        Path(place).write_text(misses(tuned), encoding="utf-8")


def told(counts: dict[str, Count]) -> str:
    """A line for each figure: the share, right of wanted, given, and how often no answer came."""
    lines = [
        f"{name} {one.figure:.3f} ({one.right} of {one.wanted}, {one.given} given"
        f"{f', {one.abstained} without an answer' if one.abstained else ''})"
        for name in SHOWN
        if (one := counts.get(name))
    ]
    lines += [f"{name} {one.right} of {one.wanted}" for name in TURNED if (one := counts.get(name))]
    return "\n".join(lines)


def misses(found: Measured) -> str:
    """What was missed, by figure, most frequent first, with the forms in which it was."""
    lines = []
    for figure in sorted({name for _, _, name, _ in found.misses}):
        rows = [(way, form, about) for way, form, name, about in found.misses if name == figure]
        counted = Counter((way, about) for way, _, about in rows)
        lines += ["", f"## {figure}: {len(rows)}", ""]
        for (way, about), count in counted.most_common():
            forms = sorted({form for one, form, text in rows if (one, text) == (way, about)})
            shown = "all forms" if len(forms) == 8 else " ".join(forms)
            lines.append(f"- {count} {way}: {about} [{shown}]")
    return "\n".join(["# Misses of the tuned ways", *lines, ""])


def _sum(one: dict[str, Count], other: dict[str, Count], name: str) -> Count:
    total = Count()
    for counts in (one, other):
        total.add(counts.get(name, Count()))
    return total


def _measurement(name: str, seconds: float, found: Measured) -> Measurement:
    failed = f"\n{len(found.failed)} failed" if found.failed else ""
    quality = told(found.total) + failed
    return Measurement(f"{name}: {found.documents} documents", seconds, "a minute", 60.0, quality)
