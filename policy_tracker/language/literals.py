"""Which words any text must contain that a regular expression matches, read from the expression.

They make a cheap test before an expensive one: a text that contains none of them need not be
tried. They are derived from the parsed expression, so that they can never disagree with it.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

# The parser of the standard library has no public name; its tree is described by its own source.
_parser: Any = importlib.import_module("re._parser")
op: Any = importlib.import_module("re._constants")
_MOST = 6
"""Strings that one run of literals may stand for; to look for more costs more than it spares."""
_LEAST = 2
"""Letters of the shortest word that is asked for where longer ones are demanded too."""
_GROUPS = 3
"""Groups of words that are asked for: most texts are turned away by the first."""
_PARTS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)
"""An escaped character, a class of characters, or any other character of a pattern."""
_LETTERS = re.compile(r"\\.|\(\?P[<=>]|[A-Z]", re.DOTALL)

Literals = frozenset[str]
Argument = Any
"""What a node of the parsed tree holds: a letter, a list of nodes, a range, by its operator."""


@lru_cache(maxsize=4096)
def required_literals(pattern: str) -> tuple[str, ...]:
    """Strings of which every text that `pattern` matches contains at least one.

    Args:
        pattern: a regular expression that is matched with case.

    Returns:
        The strings, sorted; none where the expression demands no particular words, or ignores
        case (a letter has more forms then than a text in lower case shows).
    """
    tree = _parser.parse(pattern)
    if tree.state.flags & re.IGNORECASE:
        return ()
    found = _best(_demands(tree))
    return tuple(sorted(_without_longer(found))) if found else ()


@lru_cache(maxsize=4096)
def required_together(pattern: str) -> tuple[tuple[str, ...], ...]:
    """Groups of strings: every text that `pattern` matches contains at least one of each group.

    Args:
        pattern: a regular expression that is matched with case.

    Returns:
        The groups, the one first that turns most texts away; none where no words are demanded.
    """
    tree = _parser.parse(pattern)
    if tree.state.flags & re.IGNORECASE:
        return ()
    groups = [demand for demand in _demands(tree) if _worth(demand)[0] >= _LEAST]
    ordered = sorted(groups or _demands(tree), key=_worth, reverse=True)
    return tuple(dict.fromkeys(tuple(sorted(_without_longer(one))) for one in ordered))[:_GROUPS]


def alternatives(pattern: str) -> tuple[str, ...]:
    """The alternatives of which a regular expression consists: "a|b(?:c|d)" has two."""
    found = [""]
    depth = 0
    for part in _PARTS.findall(pattern):
        depth += (part == "(") - (part == ")")
        if part == "|" and depth == 0:
            found.append("")
        else:
            found[-1] += part
    return tuple(found)


def in_small_letters(pattern: str) -> str:
    """A regular expression that finds in a text in lower case what `pattern` finds in the text as
    it is, where case is ignored.
    """
    return _LETTERS.sub(lambda part: part[0].lower() if len(part[0]) == 1 else part[0], pattern)


def _demands(nodes: Iterable[tuple[object, Argument]]) -> list[Literals]:
    """For each run of literals in a sequence, the strings that it may be; each is a demand."""
    demands: list[Literals] = []
    run: Literals = frozenset({""})
    for operator, argument in nodes:
        exact = _exact(operator, argument)
        if exact is not None and len(run) * len(exact) <= _MOST:
            run = frozenset(before + behind for before in run for behind in exact)
            continue
        demands.append(run)
        run = exact if exact is not None and len(exact) <= _MOST else frozenset({""})
        if exact is None or len(exact) > _MOST:
            demands += _inner(operator, argument)
        if exact is None and (last := _repeated(operator, argument)) is not None:
            demands.append(last)
            run = last
    demands.append(run)
    return [demand for demand in demands if demand and "" not in demand]


def _exact(operator: object, argument: Argument) -> Literals | None:
    """All strings that a node may match; None where they cannot be listed."""
    if operator is op.LITERAL:
        return frozenset({chr(argument)})
    if operator in (op.AT, op.ASSERT, op.ASSERT_NOT):
        return frozenset({""})
    if operator is op.IN:
        return _of_class(argument)
    if operator is op.BRANCH:
        return _united([_of_sequence(branch) for branch in argument[1]])
    if operator is op.SUBPATTERN:
        _, added, _, inner = argument
        return None if added & re.IGNORECASE else _of_sequence(inner)
    if operator is op.ATOMIC_GROUP:
        return _of_sequence(argument)
    if operator in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        least, most, inner = argument
        once = _of_sequence(inner)
        if once is None or (least, most) not in ((0, 1), (1, 1)):
            return None
        return once if least else once | {""}
    return None


def _of_class(members: Sequence[tuple[object, Argument]]) -> Literals | None:
    letters = [chr(value) for kind, value in members if kind is op.LITERAL]
    return frozenset(letters) if len(letters) == len(members) else None


def _of_sequence(nodes: Iterable[tuple[object, Argument]]) -> Literals | None:
    found: Literals = frozenset({""})
    for operator, argument in nodes:
        exact = _exact(operator, argument)
        if exact is None or len(found) * len(exact) > _MOST * _MOST:
            return None
        found = frozenset(before + behind for before in found for behind in exact)
    return found


def _united(parts: Sequence[Literals | None]) -> Literals | None:
    known = [part for part in parts if part is not None]
    return frozenset().union(*known) if len(known) == len(parts) else None


def _inner(operator: object, argument: Argument) -> list[Literals]:
    """The demands of what stands within a node that must match at least once."""
    if operator is op.BRANCH:
        best = [_best(_demands(branch)) for branch in argument[1]]
        return [frozenset().union(*(one for one in best if one))] if all(best) else []
    if operator is op.SUBPATTERN:
        return [] if argument[1] & re.IGNORECASE else _demands(argument[3])
    if operator is op.ATOMIC_GROUP:
        return _demands(argument)
    if operator in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return _demands(argument[2]) if argument[0] else []
    return []


def _repeated(operator: object, argument: Argument) -> Literals | None:
    """The strings one of which stands right before what follows a repetition; None for others."""
    if operator not in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT) or not argument[0]:
        return None
    once = _of_sequence(argument[2])
    return once if once is not None and len(once) <= _MOST else None


def _best(demands: Sequence[Literals]) -> Literals | None:
    """The demand that turns most texts away: of the longest words, and of those the fewest."""
    return max(demands, key=_worth, default=None)


def _worth(demand: Literals) -> tuple[int, int]:
    shortest = min(len(text.strip()) for text in demand)
    return min(shortest, 6), -len(_without_longer(demand))


def _without_longer(demand: Literals) -> set[str]:
    """The strings without those that contain another of them."""
    return {text for text in demand if not any(other != text and other in text for other in demand)}
