"""Changes a made policy as a payer would, and knows what was changed: each mutation of a content
gives the next content, and the row that says what is true of it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.made_policies.content import Code, Content, Group, Leaf, Rule
from tests.made_policies.later_writing import write
from tests.made_policies.pages import Grid
from tests.made_policies.stock import Way, stock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from tests.made_policies.pages import Written

Json = dict[str, Any]
Path = tuple[int, ...]
"""Where a criterion stands: the number of its rule, then its place in each list."""

_YEAR = timedelta(days=365)
_GRANTS = ("approve", "renew", "unless")
_TURNED = (
    (r"\bis not (an? \w+|payable|clinically|medically)", r"is \1"),
    (r"\bconsidered not medically", "considered medically"),
    (r"\b(will|shall) not (be authorized|be approved|cover)", r"\1 \2"),
    (r"\bare not (available|eligible)", r"are \1"),
    (r"\bdoes not qualify", "qualifies"),
    (r"\bdoes not meet", "meets"),
    (
        r"\b(is considered|is regarded as|is deemed|remains|is) (experimental|investigational|unproven)\b",
        "is considered medically necessary",
    ),
)
_BECAUSE = re.compile(r",? (?:because|as|due to) [^.]*(?=\.)")


@dataclass(frozen=True)
class Policy:
    """What a policy says, and in whose words."""

    content: Content
    way: Way

    def page(self, seed: int) -> Written:
        """The page that it prints."""
        return write(self.content, self.way, seed)


@dataclass(frozen=True)
class Mutated:
    """A policy after one mutation, and what is true of that: kinds and directions that are right,
    and the codes it is about.
    """

    policy: Policy
    kinds: tuple[str, ...]
    directions: tuple[str, ...]
    codes: tuple[Code, ...] = ()


def reissued(policy: Policy) -> Policy:
    """The same policy a year later: nothing but its dates differs."""
    dates = {
        name: day if name == "original" else day + _YEAR
        for name, day in policy.content.dates.items()
    }
    return replace(policy, content=replace(policy.content, dates=dates))


def mutated(policy: Policy, rng: Random, seed: int, count: int) -> tuple[Policy, list[Json]]:
    """The policy after up to `count` mutations at different places, and a row for each."""
    rows: list[Json] = []
    touched: set[object] = set()
    order = [*MUTATIONS]
    rng.shuffle(order)
    for mutation in order:
        if len(rows) == count:
            break
        found = MUTATIONS[mutation](policy, rng, touched)
        row = found and _row(mutation, policy.page(seed), found.policy.page(seed), found)
        if found and row:
            policy = found.policy
            rows.append(row)
    return policy, rows


def _row(name: str, before: Written, after: Written, found: Mutated) -> Json | None:
    """What is true of a mutation: the texts that only one of both pages prints; None where these
    do not show it.
    """
    old, new = Counter(_texts(before)), Counter(_texts(after))
    gone, come = [*(old - new)], [*(new - old)]
    row: Json = {
        "mutation": name,
        "substantive": True,
        "kind": found.kinds[0],
        "kind_alt": [*found.kinds[1:]],
        "direction": found.directions[0],
        "direction_alt": [*found.directions[1:]],
        "declared": "no",
    }
    if found.codes:
        said = "; ".join(f"{code.code} {code.about}" for code in found.codes)
        kind = found.kinds[0]
        codes = [code.code for code in found.codes]
        return row | {
            "before": said if kind != "code_added" else None,
            "after": said if kind != "code_removed" else None,
            "codes": codes,
        }
    if len(gone) > 1 or len(come) > 1:  # connectors behind items move along
        gone, come = _told(gone, come)
    if not gone and not come:
        return None
    return row | {"before": gone[0] if gone else None, "after": come[0] if come else None}


def _told(gone: list[str], come: list[str]) -> tuple[list[str], list[str]]:
    """The texts that differ by more than the connector behind them."""
    left, right = ({_bare(text): text for text in side} for side in (gone, come))
    return (
        [text for bare, text in left.items() if bare not in right],
        [text for bare, text in right.items() if bare not in left],
    )


def _bare(text: str) -> str:
    return re.sub(r"(?:[;,.]|; (?:and|or))$", "", text)


def _texts(page: Written) -> Iterator[str]:
    for element in page.elements:
        if isinstance(element, Grid):
            yield from (" ".join(row) for row in element.rows)
        elif text := getattr(element, "text", ""):
            yield text


# --- places


def _leaves(content: Content, kinds: tuple[str, ...] | None = None) -> list[tuple[Path, Leaf]]:
    found: list[tuple[Path, Leaf]] = []

    def walk(group: Group, path: Path) -> None:
        for place, member in enumerate(group.members):
            if isinstance(member, Leaf):
                found.append(((*path, place), member))
            else:
                walk(member, (*path, place))

    for number, rule in enumerate(content.rules):
        if rule.group and (kinds is None or rule.kind in kinds):
            walk(rule.group, (number,))
    return found


def _groups(content: Content, kinds: tuple[str, ...]) -> list[tuple[Path, Group]]:
    found: list[tuple[Path, Group]] = []

    def walk(group: Group, path: Path) -> None:
        found.append((path, group))
        for place, member in enumerate(group.members):
            if isinstance(member, Group):
                walk(member, (*path, place))

    for number, rule in enumerate(content.rules):
        if rule.group and rule.kind in kinds:
            walk(rule.group, (number,))
    return found


def _with(content: Content, path: Path, group: Group) -> Content:
    """The content with another list at a place."""
    number, *rest = path

    def inner(old: Group, places: list[int]) -> Group:
        if not places:
            return group
        members = [*old.members]
        below = members[places[0]]
        assert isinstance(below, Group)
        members[places[0]] = inner(below, places[1:])
        return Group(old.connector, tuple(members))

    rules = [*content.rules]
    old = rules[number]
    assert old.group
    rules[number] = Rule(old.kind, old.indication, inner(old.group, rest))
    return replace(content, rules=tuple(rules))


def _group_at(content: Content, path: Path) -> Group:
    group = content.rules[path[0]].group
    for place in path[1:]:
        assert group
        below = group.members[place]
        assert isinstance(below, Group)
        group = below
    assert group
    return group


def _set(policy: Policy, path: Path, leaf: Leaf) -> Policy:
    group = _group_at(policy.content, path[:-1])
    members = [*group.members]
    members[path[-1]] = leaf
    changed = _with(policy.content, path[:-1], Group(group.connector, tuple(members)))
    return replace(policy, content=changed)


def _chosen(rng: Random, touched: set[object], places: list[tuple[Path, Any]]) -> Any:
    """A place in a list that no other mutation has touched."""
    free = [(path, what) for path, what in places if path[0] not in touched]
    if not free:
        return None
    path, what = rng.choice(free)
    touched.add(path[0])
    return path, what


# --- mutations


def _threshold(policy: Policy, rng: Random, touched: set[object]) -> Mutated | None:
    places = [(p, leaf) for p, leaf in _leaves(policy.content, _GRANTS) if leaf.quantity]
    if not (found := _chosen(rng, touched, places)):
        return None
    path, leaf = found
    old = leaf.quantity["value"]
    rows = [r for r in stock()["numbers"] if r["text"].replace("{n}", str(old)) == leaf.text]
    new = rng.choice([value for value in rows[0]["values"] if value != old])
    text = rows[0]["text"].replace("{n}", str(new))
    more = (new > old) == str(leaf.quantity["comparator"]).startswith(">")
    changed = _set(policy, path, Leaf(text, leaf.quantity | {"value": new}))
    return Mutated(changed, ("threshold_changed",), ("narrowed" if more else "broadened",))


def _added(policy: Policy, rng: Random, touched: set[object]) -> Mutated | None:
    if not (found := _chosen(rng, touched, _groups(policy.content, _GRANTS))):
        return None
    path, group = found
    used = {leaf.text for _, leaf in _leaves(policy.content)}
    leaf = Leaf(rng.choice([text for text in stock()["shows"] if text not in used]))
    place = rng.randrange(len(group.members) + 1)
    members = (*group.members[:place], leaf, *group.members[place:])
    changed = _with(policy.content, path, Group(group.connector, members))
    direction = "narrowed" if group.connector == "all_of" else "broadened"
    return Mutated(replace(policy, content=changed), ("criterion_added",), (direction,))


def _removed(policy: Policy, rng: Random, touched: set[object]) -> Mutated | None:
    places = [
        (path, leaf)
        for path, leaf in _leaves(policy.content, _GRANTS)
        if len(_group_at(policy.content, path[:-1]).members) > 2
    ]
    if not (found := _chosen(rng, touched, places)):
        return None
    path, _ = found
    group = _group_at(policy.content, path[:-1])
    members = tuple(one for place, one in enumerate(group.members) if place != path[-1])
    changed = _with(policy.content, path[:-1], Group(group.connector, members))
    direction = "broadened" if group.connector == "all_of" else "narrowed"
    return Mutated(replace(policy, content=changed), ("criterion_removed",), (direction,))


def _reworded(policy: Policy, rng: Random, touched: set[object]) -> Mutated | None:
    places = [(p, leaf) for p, leaf in _leaves(policy.content, _GRANTS) if not leaf.quantity]
    if not (found := _chosen(rng, touched, places)):
        return None
    path, leaf = found
    ending = rng.choice((", as documented by a specialist", " on two occasions", " at rest"))
    changed = _set(policy, path, Leaf(leaf.text + ending))
    return Mutated(changed, ("criterion_modified",), ("narrowed", "indeterminate"))


def _connector(policy: Policy, rng: Random, touched: set[object]) -> Mutated | None:
    turned = {"all_of": "any_of", "any_of": "all_of"}
    places = [(p, g) for p, g in _groups(policy.content, _GRANTS) if g.connector in turned]
    if not (found := _chosen(rng, touched, places)):
        return None
    path, group = found
    if policy.way.tails and len(path) == 1:
        says = policy.way.says[policy.content.rules[path[0]].kind]
        if "{join}" not in str(says):
            return None  # only the connectors before its last item tell it
    changed = _with(policy.content, path, Group(turned[group.connector], group.members))
    direction = "broadened" if group.connector == "all_of" else "narrowed"
    return Mutated(replace(policy, content=changed), ("logic_changed",), (direction,))


def _count(policy: Policy, rng: Random, touched: set[object]) -> Mutated | None:
    places = [
        (path, group)
        for path, group in _groups(policy.content, _GRANTS)
        if group.connector == "at_least:2" and len(group.members) > 2
    ]
    if not (found := _chosen(rng, touched, places)):
        return None
    path, group = found
    changed = _with(policy.content, path, Group("at_least:3", group.members))
    return Mutated(
        replace(policy, content=changed), ("logic_changed", "threshold_changed"), ("narrowed",)
    )


def _exclusion_added(policy: Policy, rng: Random, touched: set[object]) -> Mutated | None:
    if not (found := _chosen(rng, touched, _groups(policy.content, ("deny_when", "deny_list")))):
        return None
    path, group = found
    used = {leaf.text for _, leaf in _leaves(policy.content)}
    listed = policy.content.rules[path[0]].kind == "deny_list"
    texts = stock()["uses" if listed else "drawbacks"]
    leaf = Leaf(rng.choice([text for text in texts if text not in used]))
    changed = _with(policy.content, path, Group(group.connector, (*group.members, leaf)))
    directions = ("narrowed", "neutral") if listed else ("narrowed",)
    return Mutated(replace(policy, content=changed), ("criterion_added",), directions)


def _exclusion_removed(policy: Policy, rng: Random, touched: set[object]) -> Mutated | None:
    places = [
        (path, leaf)
        for path, leaf in _leaves(policy.content, ("deny_when", "deny_list"))
        if len(_group_at(policy.content, path[:-1]).members) > 2
    ]
    if not (found := _chosen(rng, touched, places)):
        return None
    path, _ = found
    group = _group_at(policy.content, path[:-1])
    ended = {"reasons", "exceptions"} & {*policy.way.more}
    gone = len(group.members) - 1 if ended else path[-1]  # words behind items go by their places
    members = tuple(one for place, one in enumerate(group.members) if place != gone)
    changed = _with(policy.content, path[:-1], Group(group.connector, members))
    listed = policy.content.rules[path[0]].kind == "deny_list"
    directions = ("broadened", "neutral", "indeterminate") if listed else ("broadened",)
    return Mutated(replace(policy, content=changed), ("criterion_removed",), directions)


def _authorization(policy: Policy, rng: Random, touched: set[object]) -> Mutated | None:
    old = policy.content.months
    new = rng.choice([months for months in (3, 6, 12) if months != old])
    changed = replace(policy, content=replace(policy.content, months=new))
    kinds = ("prior_auth_changed", "threshold_changed")
    return Mutated(changed, kinds, ("broadened" if new > old else "narrowed",))


def _sessions(policy: Policy, rng: Random, touched: set[object]) -> Mutated | None:
    if "limit_table" in policy.way.more or "within {n} months" in policy.way.says["limit"]:
        return None  # three rows hold the number, or it is a time that must pass
    old = policy.content.sessions
    new = old + rng.choice((-2, 2, 6))
    changed = replace(policy, content=replace(policy.content, sessions=new))
    kinds = ("frequency_changed", "threshold_changed")
    return Mutated(changed, kinds, ("broadened" if new > old else "narrowed",))


def _turned(policy: Policy, rng: Random, touched: set[object]) -> Mutated | None:
    ((position, sentence),) = policy.way.says["deny_plain"].items()
    plain = _BECAUSE.sub("", sentence)  # a reason that is turned leaves the denial
    for pattern, to in _TURNED:
        text, count = re.subn(pattern, to, plain, count=1)
        if count:
            says = policy.way.says | {"deny_plain": {position: text}}
            changed = replace(policy, way=replace(policy.way, says=says))
            return Mutated(changed, ("coverage_position_changed",), ("broadened",))
    return None


def _code_added(policy: Policy, rng: Random, touched: set[object]) -> Mutated | None:
    content = policy.content
    if policy.way.codes["style"] == "prose" or "codes" in touched:
        return None
    touched.add("codes")
    name = rng.choice(("approved", "denied"))
    codes = getattr(content, name)
    held = {code.code for code in (*content.approved, *content.denied)}
    half = len(stock()["procedures"]) // 2
    pool = stock()["procedures"][:half] if name == "approved" else stock()["procedures"][half:]
    code = Code("CPT", rng.choice([c for c in pool if c not in held]), rng.choice(stock()["wares"]))
    place = rng.randrange(len(codes))
    listed = (*codes[:place], code, *codes[place:])
    directions = (
        ("broadened", "indeterminate")
        if name == "approved"
        else ("narrowed", "neutral", "indeterminate")
    )
    changed = replace(policy, content=replace(content, **{name: listed}))
    return Mutated(changed, ("code_added",), directions, (code,))


def _code_removed(policy: Policy, rng: Random, touched: set[object]) -> Mutated | None:
    if policy.way.codes["style"] == "prose" or "codes removed" in touched:
        return None
    touched.add("codes removed")
    content = policy.content
    code = rng.choice([c for c in content.diagnoses if not c.last])
    left = tuple(c for c in content.diagnoses if c != code)
    changed = replace(policy, content=replace(content, diagnoses=left))
    return Mutated(changed, ("code_removed",), ("narrowed", "indeterminate"), (code,))


def _code_moved(policy: Policy, rng: Random, touched: set[object]) -> Mutated | None:
    # beside Yes and No a code's authorization moves along
    if policy.way.codes["style"] in ("prose", "yes_no") or "codes" in touched:
        return None
    touched.add("codes")
    content = policy.content
    code = rng.choice([c for c in content.approved if not c.last])
    left = tuple(c for c in content.approved if c != code)
    changed = replace(
        policy, content=replace(content, approved=left, denied=(code, *content.denied))
    )
    return Mutated(
        changed, ("code_moved_group", "coverage_position_changed"), ("narrowed",), (code,)
    )


MUTATIONS: dict[str, Callable[[Policy, Random, set[object]], Mutated | None]] = {
    "threshold": _threshold,
    "criterion added": _added,
    "criterion removed": _removed,
    "criterion reworded": _reworded,
    "any and all": _connector,
    "count": _count,
    "exclusion added": _exclusion_added,
    "exclusion removed": _exclusion_removed,
    "authorization": _authorization,
    "sessions": _sessions,
    "position turned": _turned,
    "code added": _code_added,
    "code removed": _code_removed,
    "code moved": _code_moved,
}
