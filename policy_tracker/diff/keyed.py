"""Which named facts of two plain mappings differ: DeepDiff on scalars, and on entries that have one
key in both versions.
"""

from collections.abc import Mapping
from typing import Any

from policy_tracker.record.base import Value
from policy_tracker.record.canonical import normalise
from policy_tracker.record.codes import ListedCode, Qualifiers

PROVENANCE = {"source", "raw", "page", "box", "place", "spans"}
"""Where something stands is no part of what it says."""
NO_QUALIFIERS: Qualifiers = ListedCode.model_fields["qualifiers"].default


def plain(value: object) -> Any:  # noqa: ANN401 - plain data of any depth
    """A value without its provenance, texts normalised, 1 and 1.0 one number, lists in one order
    (they are sets wherever this is asked).
    """
    if isinstance(value, str):
        return normalise(value)
    if isinstance(value, Value):
        if (
            type(value) is ListedCode
            and value.qualifiers is NO_QUALIFIERS
            and value.effective is value.ends is None
        ):
            return _listed(value)
        return plain(value.model_dump(mode="json", exclude_defaults=True))
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items() if key not in PROVENANCE}
    if isinstance(value, tuple | list | set | frozenset):
        return sorted((plain(item) for item in value), key=repr)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _listed(row: ListedCode) -> dict[str, str]:
    """A row of a code table, of which there may be thousands, without asking each field for its
    default.
    """
    said = {
        "system": row.system,
        "code": row.code,
        "description": row.description,
        "marker": row.marker,
    }
    return {name: normalise(text) for name, text in said.items() if text is not None}


def differing(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[str, ...]:
    """The names of the facts that differ between two mappings of facts, sorted; None and absence
    are one.
    """
    old, new = (
        {name: plain(fact) for name, fact in side.items() if fact is not None}
        for side in (before, after)
    )
    if old == new:
        return ()
    from deepdiff import DeepDiff  # slow to import, and most comparisons end above

    found = DeepDiff(old, new, threshold_to_diff_deeper=0, view="tree", verbose_level=0)
    return tuple(
        sorted(
            {
                str(level.path(output_format="list")[0])
                for levels in found.values()
                for level in levels
            }
        )
    )


def differing_fields(
    before: Value, after: Value, ignore: frozenset[str] = frozenset()
) -> frozenset[str]:
    """The fields in which two values of one type differ, provenance left out."""
    skip = PROVENANCE | ignore
    names = [
        name
        for name in type(before).model_fields
        if name not in skip and getattr(before, name) != getattr(after, name)
    ]
    return (
        frozenset(
            differing({n: getattr(before, n) for n in names}, {n: getattr(after, n) for n in names})
        )
        if names
        else frozenset()
    )
