"""Letterheads and histories of changes by themselves: sixteen payers' heads over the first ways' words.

A head is told line by line with places for the title, the number and the dates, so that it can print
anything in any order; what it prints is the truth about the policy.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from tests.made_policies.forms.every import FORMS
from tests.made_policies.invent import invent
from tests.made_policies.later_writing import write
from tests.made_policies.pages import Grid, Heading, Item, Logo, Para, Row
from tests.made_policies.stock import HERE, ways

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.made_policies.content import Content
    from tests.made_policies.pages import Element, Written

FOLDER = "heads"
_FIELDS = {
    "effective": "effective_date",
    "last_review": "last_review_date",
    "next_review": "next_review_date",
    "original": "original_effective_date",
    "published": "published_date",
    "revised": "revised_date",
}
_PRINTED = re.compile(r"\{(\w+):([^}]*)\}")
_WITH_RUNNING_LINES = ("pdf_column", "pdf_ruled", "text_wrapped")


@dataclass(frozen=True)
class Head:
    """One payer's letterhead and the way in which it tells its changes."""

    name: str
    apart: bool
    told: dict[str, Any]


@cache
def heads() -> dict[str, Head]:
    """All heads by their names."""
    found = {}
    for path in sorted((HERE / FOLDER).glob("*.toml")):
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        found[path.stem] = Head(path.stem, told["apart"], told)
    return found


def documents(
    chosen: Iterable[Head], seeds: Iterable[int], forms: Iterable[str]
) -> Iterator[tuple[str, str, str, bytes, dict[str, Any]]]:
    """Head, form, name of the file, its bytes, and the truth."""
    for head in chosen:
        for seed in seeds:
            for form in forms:
                page = headed(head, seed, form)
                ending, make = FORMS[form]
                name = f"{head.name}-{seed}-{form}{ending}"
                yield head.name, form, name, make(page), page.truth


def headed(head: Head, seed: int, form: str = "html_lists") -> Written:
    """The policy of this number under this head, as this form prints it."""
    told, content = head.told, invent(seed)
    way = ways()[told["body"]]
    order = tuple(part for part in way.order if part != "history")
    own = replace(way, order=order, says=_renamed(way.says, way.plan, told["plan"]))
    page = write(content, own, seed)
    says = _says(told, content)
    foot = [_element(one, says) for one in told.get("bottom", ())]
    page.payer = ""  # it stands where the head has it, and nowhere else
    page.running = told.get("running", "").format(**says)
    if page.running and form not in _WITH_RUNNING_LINES:
        foot.append(Para(page.running))
    elif not page.running and form in _WITH_RUNNING_LINES[1:]:
        page.running = told.get("title", "{title}").format(**says)
    history = _history(told["history"], says, content)
    if told["history"].get("first"):
        top, end = history, []
    else:
        top, end = [], history
    page.elements[:] = [
        *(_element(one, says) for one in told["top"]),
        *top,
        *_body(page.elements, way.names.values()),
        *end,
        *foot,
    ]
    page.truth = {**_truth(told, says, content), **_kept(page.truth)}
    return page


def _renamed(says: Any, plan: str, name: str) -> Any:
    """The phrases of a way as those of another payer."""
    if isinstance(says, dict):
        return {key: _renamed(value, plan, name) for key, value in says.items()}
    if isinstance(says, list):
        return [_renamed(value, plan, name) for value in says]
    return says.replace(plan, name)


def _body(elements: list[Element], names: Iterable[str]) -> list[Element]:
    """What stands below the letterhead of the way: from the first of its parts."""
    known = set(names)
    start = next(
        n for n, one in enumerate(elements) if isinstance(one, Heading) and one.text in known
    )
    return elements[start:]


def _says(told: dict[str, Any], content: Content) -> dict[str, Any]:
    """The values that a head may print."""
    title = " ".join(word.capitalize() for word in content.subject.split())
    days = content.dates
    review = days["last_review"]
    due = days["next_review"]
    return {
        "n": content.number,
        "title": title,
        "TITLE": title.upper(),
        "revised": review + timedelta(days=3),
        "approved": review - timedelta(days=4),
        "quarter": f"{(due.month + 2) // 3}Q{due.year}",
        **days,
        **{f"day{n}": day for n, (day, _, _) in enumerate(content.changes, start=1)},
    }


def _element(told: dict[str, Any], says: dict[str, Any]) -> Element:
    if "grid" in told:
        rows = tuple(tuple(cell.format(**says) for cell in row) for row in told["grid"])
        return Grid(None, rows)
    if "h" in told:
        return Heading(told["h"], told["t"].format(**says))
    (kind, text), *_ = told.items()
    return {"p": Para, "row": Row, "logo": Logo}[kind](text.format(**says))


def _history(told: dict[str, Any], says: dict[str, Any], content: Content) -> list[Element]:
    if told["form"] == "none":
        return []
    changes = [*enumerate(reversed(content.changes), start=1)]
    if told["newest_first"]:
        changes.reverse()
    rows = [
        {**says, "place": place, "day": day, "action": action, "text": text}
        for place, (day, action, text) in changes
    ]
    heading = Heading(1, told["heading"])
    if told["form"] == "grid":
        cells = [tuple(cell.format(**row) for cell in told["cells"]) for row in rows]
        header = tuple(told["columns"]) if "columns" in told else None
        return [heading, Grid(header, tuple(cells))]
    texts = [told["text"].format(**row) for row in rows]
    if told["form"] in ("prose", "line"):
        return [heading, Para(" ".join(texts) if told["form"] == "prose" else "; ".join(texts))]
    if told["form"] == "items":
        return [heading, *(Item(0, told["label"], text) for text in texts)]
    return [heading, *({"rows": Row, "paras": Para}[told["form"]](text) for text in texts)]


def _kept(truth: dict[str, Any]) -> dict[str, Any]:
    """What the body says, of the truth about the whole way."""
    names = ("statements", "quantities", "code_groups", "references", "statements_complete")
    return {name: truth[name] for name in names}


def _truth(told: dict[str, Any], says: dict[str, Any], content: Content) -> dict[str, Any]:
    title = told.get("title", "{title}").format(**says)
    number = told["number"].format(**says)
    return {
        "payer": told["payer"],
        "payer_alternatives": told.get("payer_also", []),
        "policy_number": number,
        "policy_number_alternatives": [one.format(**says) for one in told["number_also"]],
        "title": title,
        "title_alternatives": told.get("title_also", []),
        "policy_type": told["policy_type"],
        "version_label": told.get("version"),
        "version_label_alternatives": [one.format(**says) for one in told.get("version_also", ())],
        "lines_of_business": told["lines"],
        "states": told.get("states", []),
        **_dates(told, says),
        "revision_history": _changes(told["history"], content),
    }


def _dates(told: dict[str, Any], says: dict[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    shown = str([told["top"], told.get("running"), told.get("bottom")])
    for name, pattern in _PRINTED.findall(shown):
        if name in _FIELDS and "%d" in pattern.replace("%-d", "%d"):
            found[_FIELDS[name]] = says[name].isoformat()
        elif name in _FIELDS and "%m" in pattern.replace("%-m", "%m").replace("%b", "%m"):
            found.setdefault(_FIELDS[name], says[name].strftime("%Y-%m"))
    return found


def _changes(told: dict[str, Any], content: Content) -> list[dict[str, str]]:
    if told["form"] == "none":
        return [{"date": f"{day:%Y-%m}", "text": ""} for day, _, _ in content.changes]
    pattern = told.get("text") or " ".join(told["cells"])
    precise = "d" in pattern.split("{day:")[1].split("}")[0]
    return [
        {"date": day.isoformat() if precise else f"{day:%Y-%m}", "text": text}
        for day, _, text in content.changes
    ]
