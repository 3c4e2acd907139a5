"""The rules as this installation has them: its file of overrides, read once, and the comparison
bound to it.
"""

from __future__ import annotations

from difflib import get_close_matches
from functools import lru_cache, partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from policy_tracker.errors import Fault, RecordError, SettingsError
from policy_tracker.language.formatting import listed
from policy_tracker.record.vocabulary import IMPACTS
from policy_tracker.recordfiles.located import Mapping, Node, Scalar, plain
from policy_tracker.recordfiles.messages import shown
from policy_tracker.recordfiles.read import in_order, read_nodes
from policy_tracker.rules import AS_DECLARED, Compare, RuleSettings, compare
from policy_tracker.rules.registry import rules

if TYPE_CHECKING:
    from pathlib import Path

    from policy_tracker.record.vocabulary import Impact
    from policy_tracker.settings import Settings

OFF = "off"
SETTING = "POLICY_TRACKER_RULES_FILE"
_FORM = "off, or impact with a word (impact: high),"
_IMPACT_WORDS = f"one of {listed(IMPACTS)}"


def comparing(settings: Settings) -> Compare:
    """The comparison with the rules of an installation.

    Raises SettingsError where its file of overrides is wrong.
    """
    return partial(compare, settings=rules_in_force(settings))


def rules_in_force(settings: Settings) -> RuleSettings:
    """What an installation makes of the catalogue; its file is read once by each process.

    Raises SettingsError with everything that is wrong with the file.
    """
    return _read_once(settings.rules_file.absolute()) if settings.rules_file else AS_DECLARED


@lru_cache(maxsize=8)
def _read_once(path: Path) -> RuleSettings:
    return read_overrides(path)


def read_overrides(path: Path) -> RuleSettings:
    """The overrides in a file: `rules`, by rule id, each `off` or `impact: high`.

    Raises SettingsError that names file, line and rule of everything that is wrong.
    """
    try:
        node = _rules_in(path)
    except RecordError as error:
        raise _unusable(error.faults) from error
    impacts: dict[str, Impact] = {}
    off: set[str] = set()
    faults: list[Fault] = []
    for name, value in node.items.items():
        reason = _reason_against(name, value)
        if reason:
            faults.append(Fault(str(path), node.lines[name], f"rules.{name}", reason))
        elif isinstance(value, Mapping):
            impacts[name] = plain(value)["impact"]  # ty: ignore[not-subscriptable] - a mapping with that name, as was just checked
        else:
            off.add(name)
    if faults:
        raise _unusable(in_order(faults))
    return RuleSettings(MappingProxyType(impacts), frozenset(off))


def _rules_in(path: Path) -> Mapping:
    """The entries below `rules`. Raises RecordError."""
    nodes, faults = read_nodes(path)
    top = nodes[0]
    if len(nodes) > 1 or not isinstance(top, Mapping):
        faults.append(
            Fault(
                str(path),
                nodes[-1].line,
                "",
                "rules is wanted, with an entry for each rule that is overridden",
            )
        )
        raise RecordError(in_order(faults))
    faults += [
        Fault(str(path), top.lines[name], name, "is not known here: rules is the only name")
        for name in top.items
        if name != "rules"
    ]
    found = top.items.get("rules")
    if not isinstance(found, Mapping):
        faults.append(
            Fault(
                str(path),
                found.line if found else top.line,
                "rules",
                "is wanted, with an entry for each rule that is overridden",
            )
        )
    if faults or not isinstance(found, Mapping):
        raise RecordError(in_order(faults))
    return found


def _reason_against(name: str, value: Node) -> str | None:
    """What is wrong with one entry, None where nothing is."""
    if name not in rules():
        near = get_close_matches(name, rules(), n=2, cutoff=0.6)
        return "there is no such rule" + (
            f"; did you mean {' or '.join(near)}?" if near else "; `policy-tracker rules` lists all"
        )
    if isinstance(value, Scalar):
        return (
            None if value.value in (OFF, False) else f"{_FORM} is wanted, not {shown(value.value)}"
        )
    entry = plain(value)
    if not isinstance(entry, dict) or set(entry) != {"impact"}:
        return f"{_FORM} is wanted"
    return (
        None
        if entry["impact"] in IMPACTS
        else f"impact is {_IMPACT_WORDS}, not {shown(entry['impact'])}"
    )


def _unusable(faults: tuple[Fault, ...] | list[Fault]) -> SettingsError:
    return SettingsError(f"{SETTING}: " + "; ".join(str(fault) for fault in faults))
