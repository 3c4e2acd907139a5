"""Puts a content into the words of one payer: the page that it prints, and the truth about it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.made_policies.content import Code, Content, Group, Leaf, Rule
from tests.made_policies.labels import printed
from tests.made_policies.pages import Grid, Heading, Item, Para, Row, Written
from tests.made_policies.truth import Truth

if TYPE_CHECKING:
    from datetime import date

    from tests.made_policies.stock import Way

_SENTENCE = re.compile(r"(?<=[.]) (?=[A-Z])")
_WORDS = {2: "two", 3: "three"}
_DATE_NAMES = ("effective", "last_review", "next_review", "original", "published")


def write(content: Content, way: Way, seed: int) -> Written:
    """The policy as this payer would print it."""
    return Writer(content, way, seed).written()


class Writer:
    """Writes one policy, part by part."""

    def __init__(self, content: Content, way: Way, seed: int) -> None:
        self.content, self.way = content, way
        self.seed = seed
        self.truth = Truth()
        number = way.series.replace("{n}", content.number)
        self.page = Written(way.name, seed, way.payer, number)
        self.out = self.page.elements

    def written(self) -> Written:
        """The page with its truth."""
        self._letterhead()
        for part in self.way.order:
            self.out.append(Heading(1, self.way.names[part]))
            getattr(self, f"_{part}")()
        self.page.truth = self.truth.told(self.way, self.page.number, self._title())
        self.page.truth["references"] = list(self.content.references)
        return self.page

    # --- words

    def _title(self) -> str:
        return " ".join(word.capitalize() for word in self.content.subject.split())

    def _say(self, template: str, indication: str = "", **more: str) -> str:
        subject = self.content.subject
        capital = subject[0].upper() + subject[1:]
        text = template.format(s=subject, S=capital, i=indication, **more)
        return text[0].upper() + text[1:]

    def _numeral(self, number: int) -> str:
        word = _WORDS[number]
        forms = {"digit": str(number), "word": word, "capital": word.upper()}
        return forms.get(self.way.numerals, f"{word} ({number})")

    def _joined(self, connector: str, prefix: str = "") -> str:
        says = self.way.says
        if connector.startswith("at_least:"):
            count = int(connector.partition(":")[2])
            return says[f"{prefix}count"].replace("{n}", self._numeral(count))
        return says[prefix + {"all_of": "all", "any_of": "any"}[connector]]

    # --- letterhead

    def _letterhead(self) -> None:
        head = self.way.head
        facts = self._facts(head)
        payer, kind = Para(self.way.payer), Para(head["kind"])
        if head["layout"] == "title_first":
            self.out += [Heading(0, self._title()), payer, kind]
        else:
            self.out += [payer, Heading(0, head["kind"])]
            facts = [(head["title"], self._title()), *facts] if head["title"] else facts
            if not head["title"]:
                self.out.append(Heading(0, self._title()))
        if head["layout"] == "table":
            self.out.append(Grid(None, tuple(facts)))
        elif head["layout"] == "lines":
            if head["title"]:
                self.out.append(Row(f"{facts[0][0]}: {facts.pop(0)[1]}"))
            self.out.append(Row("   ".join(f"{label}: {value}" for label, value in facts)))
        else:
            self.out += [Row(f"{label}: {value}") for label, value in facts]
        if head["reach"]:
            self.out.append(Para(head["reach"]))

    def _facts(self, head: dict[str, Any]) -> list[tuple[str, str]]:
        facts = [(head["number"], self.page.number)]
        for name in _DATE_NAMES:
            if name in head:
                day = self.content.dates[name]
                facts.append((head[name], dated(day, head["date"])))
                self.truth.printed_date(name, day, head["date"])
        return facts

    # --- parts

    def _description(self) -> None:
        text = self._say(self.content.described)
        self.truth.aside(text)
        self.out.append(Para(text))

    def _coverage(self) -> None:
        for number, rule in enumerate(self.content.rules):
            if self.content.headed and rule.kind in ("approve", "open"):
                self.out.append(Heading(2, rule.indication.capitalize()))
            elif self.content.headed and rule.kind == "deny_when":
                self.out.append(Heading(2, self._title()))
            self._rule(rule, number)

    def _rule(self, rule: Rule, number: int) -> None:
        says = self.way.says
        template = says["approve_open" if rule.kind == "open" else rule.kind]
        position = "medically_necessary"
        if isinstance(template, dict):
            ((position, template),) = template.items()
        if isinstance(template, list):
            template = template[(self.seed + number) % len(template)]
        group = rule.group
        if group is None:
            self._prose(self._say(template, rule.indication), position)
            return
        known = group.connector not in (None, "listed")
        join = self._joined(group.connector) if known and "{join}" in template else ""
        text = self._say(template, rule.indication, join=join)
        self.out.append(Para(text))
        also = self._denied_by_default() if rule.kind == "unless" else ()
        below = "conditional" if position == "medically_necessary" else position
        logic = self._logic(group, rule)
        lead = self.truth.lead(text, position, logic, also=also)
        self._members(group, 0, below, lead, logic, also)

    def _denied_by_default(self) -> tuple[str, ...]:
        return ("not_covered", "not_medically_necessary", "experimental_investigational")

    def _logic(self, group: Group, rule: Rule) -> str | None:
        """How the list combines as far as the page says so: by its lead-in, or by the connector
        before its last item.
        """
        if group.connector == "listed":
            return "listed"
        if rule.kind == "open":
            return "all_of" if self.way.tails else None
        return group.connector

    def _members(
        self,
        group: Group,
        depth: int,
        position: str,
        lead: int,
        logic: str | None,
        also: tuple[str, ...],
    ) -> None:
        pattern = self.way.labels[min(depth, len(self.way.labels) - 1)]
        for place, member in enumerate(group.members):
            tail = self._tail(group, logic, place)
            label = printed(pattern, place)
            if isinstance(member, Leaf):
                text = member.text + tail
                self.out.append(Item(depth, label, text))
                self.truth.leaf(text, position, lead, member.quantity, also)
                continue
            text = self._joined(member.connector, "inner_")
            self.out.append(Item(depth, label, text))
            below = self.truth.inner(text, position, lead, member.connector, also)
            self._members(member, depth + 1, position, below, member.connector, also)

    def _tail(self, group: Group, logic: str | None, place: int) -> str:
        if not self.way.tails or group.connector == "listed":
            return ""
        if place == len(group.members) - 1:
            return "."
        if place < len(group.members) - 2 or str(logic).startswith("at_least"):
            return ";"
        return "; or" if logic == "any_of" else "; and"

    def _prose(self, text: str, position: str) -> None:
        self.out.append(Para(text))
        for sentence in _SENTENCE.split(text):
            self.truth.sentence(sentence, position)

    def _limits(self) -> None:
        text = self._say(self.way.says["limit"], n=str(self.content.sessions))
        self._prose(text, "limitation")

    def _documentation(self) -> None:
        wanted = " and ".join(self.content.documents)
        self._prose(self._say(self.way.says["document"], d=wanted), "documentation")

    def _authorization(self) -> None:
        text = self._say(self.way.says["authorize"], n=str(self.content.months))
        self._prose(text, "prior_auth")

    def _background(self) -> None:
        texts = [self._say(text) for text in self.content.background]
        self.out += [Para(" ".join(texts[:3])), Para(" ".join(texts[3:]))]

    def _references(self) -> None:
        self.out += [
            Item(0, f"{number}.", text)
            for number, text in enumerate(self.content.references, start=1)
        ]

    def _disclaimer(self) -> None:
        self.out.append(Para(" ".join(self.content.disclaimers)))

    def _history(self) -> None:
        pattern, columns = self.way.history["date"], self.content.columns
        rows = []
        for day, action, text in self.content.changes:
            shown = dated(day, pattern)
            rows.append((shown, action, text) if len(columns) == 3 else (shown, text))
            self.truth.change(day, pattern, text)
        if self.way.history["style"] == "table":
            self.out.append(Grid(columns, tuple(rows)))
        else:
            self.out += [Row(f"{row[0]}: {' - '.join(row[1:])}") for row in rows]

    # --- codes

    def _codes(self) -> None:
        told = self.way.codes
        content = self.content
        lists = [
            (told["approve"], content.approved, "medically_necessary"),
            (told["deny"], content.denied, told["deny_as"]),
            (self._say(told["diagnoses"]), content.diagnoses, "medically_necessary"),
        ]
        for name, codes, position in lists:
            self.truth.codes(name, codes, position)
        if told["style"] == "status":
            self._status(lists)
            return
        for name, codes, _ in lists:
            getattr(self, f"_{told['style']}_codes")(name, codes)

    def _shown(self, code: Code) -> str:
        if code.last is None:
            return code.code
        return self.way.codes["range"].format(a=code.code, b=code.last)

    def _status(self, lists: list[tuple[str, tuple[Code, ...], str]]) -> None:
        for part in (lists[:2], lists[2:]):
            rows = [
                (self._shown(code), code.about, name) for name, codes, _ in part for code in codes
            ]
            self.out.append(Grid(("Code", "Description", "Status"), tuple(rows)))

    def _table_codes(self, name: str, codes: tuple[Code, ...]) -> None:
        self.out.append(Heading(2, name))
        rows = tuple((self._shown(code), code.about) for code in codes)
        self.out.append(Grid(("Code", "Description"), rows))

    def _lines_codes(self, name: str, codes: tuple[Code, ...]) -> None:
        self.out.append(Para(name))
        self.out += [Row(f"{self._shown(code)}  {code.about}") for code in codes]

    def _bare_codes(self, name: str, codes: tuple[Code, ...]) -> None:
        self.out.append(Para(name))
        self.out.append(Row(", ".join(self._shown(code) for code in codes)))

    def _inline_codes(self, name: str, codes: tuple[Code, ...]) -> None:
        parts = []
        for system, word in (("CPT", "CPT"), ("HCPCS", "HCPCS"), ("ICD10CM", "ICD-10-CM")):
            shown = [self._shown(code) for code in codes if code.system == system]
            if shown:
                parts.append(f"{word} {', '.join(shown)}")
        self.out.append(Para(f"{name}: {'; '.join(parts)}"))


def dated(day: date, pattern: str) -> str:
    """A day as a payer prints it."""
    return day.strftime(pattern)
