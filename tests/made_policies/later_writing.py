"""What the ways added later do beyond the first: verdicts as headings, denials and further courses
in parts of their own, criteria as questions, limits and denials in tables, reasons and exceptions
behind items, codes in prose, in groups, under marks and beside Yes and No.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from tests.made_policies.content import Code, Content, Group, Leaf, Rule
from tests.made_policies.pages import Grid, Heading, Para, Row, Written
from tests.made_policies.writing import Writer, dated
from tests.made_policies.writing import write as write_first

if TYPE_CHECKING:
    from tests.made_policies.stock import Way

_DENIALS = ("deny_when", "deny_list", "deny_plain", "rest")
_SYSTEMS = (("CPT", "CPT codes"), ("HCPCS", "HCPCS codes"), ("ICD10CM", "ICD-10-CM codes"))


def write(content: Content, way: Way, seed: int) -> Written:
    """The policy as this payer would print it."""
    if not way.more and way.codes["style"] in ("table", "lines", "bare", "inline", "status"):
        return write_first(content, way, seed)
    return _LaterWriter(content, way, seed).written()


class _LaterWriter(Writer):
    def _letterhead(self) -> None:
        head = self.way.head
        if head["layout"] != "sentence":
            super()._letterhead()
            return
        values = {"number": self.page.number}
        for name in ("effective", "last_review"):
            values[name] = dated(self.content.dates[name], head["date"])
            values[f"{name}_label"] = head[name]
            self.truth.printed_date(name, self.content.dates[name], head["date"])
        line = head["sentence"].format(number_label=head["number_label"], **values)
        self.out += [Para(self.way.payer), Heading(0, self._title()), Para(head["kind"]), Row(line)]

    # --- rules

    def _place(self, rule: Rule) -> str:
        """The part in which a rule is printed."""
        if rule.kind == "renew" and "continuation" in self.way.order:
            return "continuation"
        if rule.kind in _DENIALS and "denials" in self.way.order:
            return "denials"
        return "coverage"

    def _rules_of(self, part: str) -> None:
        verdict = ""
        for number, rule in enumerate(self.content.rules):
            if self._place(rule) != part:
                continue
            side = "deny" if rule.kind in (*_DENIALS, "unless") else "grant"
            if "verdicts" in self.way.more and side != verdict:
                verdict = side
                self.out.append(Heading(2, self.way.more["verdicts"][side]))
            elif self.way.more.get("sections") and rule.kind in ("approve", "open", "unless"):
                self.out.append(Heading(2, rule.indication.capitalize()))
            self._rule(self._detailed(rule), number)

    def _coverage(self) -> None:
        self._rules_of("coverage")
        if note := self.way.more.get("note"):
            self.truth.aside(note)
            self.out.append(Para(note))

    def _continuation(self) -> None:
        if not any(self._place(rule) == "continuation" for rule in self.content.rules):
            self.out.pop()  # nothing stands below its heading
        self._rules_of("continuation")

    def _denials(self) -> None:
        self._rules_of("denials")

    def _rule(self, rule: Rule, number: int) -> None:
        if rule.kind == "deny_list" and "deny_table" in self.way.more and rule.group:
            self._denial_table(rule.group)
        else:
            super()._rule(rule, number)

    def _denial_table(self, group: Group) -> None:
        *header, verdict = self.way.more["deny_table"]
        rows = tuple((leaf.text, verdict) for leaf in group.members if isinstance(leaf, Leaf))
        self.out.append(Grid(tuple(header), rows))
        for row in rows:
            self.truth.sentence(" ".join(row), "not_covered")

    def _detailed(self, rule: Rule) -> Rule:
        """A rule whose items have their reasons, exceptions or the form of questions."""
        more = self.way.more
        if rule.group is None:
            return rule
        if "questions" in more and rule.kind != "deny_list":
            side = "deny" if rule.kind == "deny_when" else "grant"
            return Rule(rule.kind, rule.indication, _asked(rule.group, more["questions"][side]))
        endings: list[str] = []
        if rule.kind == "deny_list" and "reasons" in more:
            endings = [f" {text}" for text in more["reasons"]]
        if rule.kind == "deny_when" and "exceptions" in more:
            endings = [f", {text}" for text in more["exceptions"]] + [""]
        return Rule(rule.kind, rule.indication, _ended(rule.group, endings))

    # --- other parts

    def _limits(self) -> None:
        super()._limits()
        if header := self.way.more.get("limit_table"):
            name = self._title()
            rows = (
                (f"{name} 5 mg tablet", str(self.content.sessions * 2), "28 days"),
                (f"{name} 10 mg tablet", str(self.content.sessions), "28 days"),
            )
            self.out.append(Grid(tuple(header), rows))
            for row in rows:
                self.truth.sentence(" ".join(row), "limitation")

    def _authorization(self) -> None:
        super()._authorization()
        for template in self.way.more.get("plan_notes", ()):
            text = self._say(template)
            self.out.append(Row(text))
            self.truth.sentence(text, "prior_auth")

    def _history(self) -> None:
        told = self.way.history
        if "columns" not in told:
            super()._history()
            return
        rows = []
        for place, (day, _, text) in enumerate(self.content.changes):
            shown = dated(day, told["date"])
            self.truth.change(day, told["date"], text)
            if told["style"] == "numbered":
                rows.append((f"R{len(self.content.changes) - place}", shown, text))
            elif "Date" in told["columns"][0]:
                rows.append((shown, told["states"][place], text))
            else:
                rows.append((told["states"][place], shown, text))
        self.out.append(Grid(tuple(told["columns"]), tuple(rows)))

    # --- codes

    def _codes(self) -> None:
        told, content = self.way.codes, self.content
        style = told["style"]
        if style not in ("yes_no", "groups", "prose", "footnote"):
            super()._codes()
            return
        lists = [
            (told["approve"], content.approved, "medically_necessary"),
            (told["deny"], content.denied, told["deny_as"]),
            (told["diagnoses"], content.diagnoses, "medically_necessary"),
        ]
        for name, codes, position in lists:
            self.truth.codes(name, codes, position)
        getattr(self, {"prose": "_sentences"}.get(style, f"_{style}"))(lists)

    def _yes_no(self, lists: list[tuple[str, tuple[Code, ...], str]]) -> None:
        rows = tuple(
            (self._shown(code), code.about, name, name)
            for name, codes, _ in lists[:2]
            for code in codes
        )
        self.out.append(Grid(tuple(self.way.codes["columns"]), rows))
        self._table_codes(self._say(lists[2][0]), lists[2][1])

    def _groups(self, lists: list[tuple[str, tuple[Code, ...], str]]) -> None:
        for number, (name, codes, _) in enumerate(lists, start=1):
            word, text = self.way.codes["word"], self._say(name)
            self.out += [Heading(2, f"{word} {number} Paragraph:"), Para(text)]
            self.out.append(Heading(2, f"{word} {number} Codes:"))
            rows = tuple((self._shown(code), code.about) for code in codes)
            self.out.append(Grid(("Code", "Description"), rows))
            self.truth.aside(text)

    def _sentences(self, lists: list[tuple[str, tuple[Code, ...], str]]) -> None:
        for template, codes, _ in lists:
            text = template.format(c=self._in_prose(codes))
            self.out.append(Para(text))
            self.truth.aside(text)

    def _in_prose(self, codes: tuple[Code, ...]) -> str:
        parts = []
        for system, word in _SYSTEMS:
            shown = [self._shown(code) for code in codes if code.system == system]
            if shown:
                *first, last = shown
                parts.append(f"{word} {', '.join(first)} and {last}" if first else f"{word} {last}")
        return " and ".join(parts)

    def _footnote(self, lists: list[tuple[str, tuple[Code, ...], str]]) -> None:
        plain, marked, last = lists
        mark = marked[0].split()[0]
        rows = chain(
            ((self._shown(code), code.about) for code in plain[1]),
            ((self._shown(code) + mark, code.about) for code in marked[1]),
        )
        self.out.append(Grid(("Code", "Description"), tuple(rows)))
        self.out += [Para(marked[0]), Para(plain[0])]
        self.truth.aside(marked[0])
        self.truth.aside(plain[0])
        self._table_codes(last[0], last[1])


def _asked(group: Group, question: str) -> Group:
    """Criteria as questions."""
    return Group(
        group.connector,
        tuple(
            Leaf(question.format(leaf=one.text[0].lower() + one.text[1:]), one.quantity)
            if isinstance(one, Leaf)
            else _asked(one, question)
            for one in group.members
        ),
    )


def _ended(group: Group, endings: list[str]) -> Group:
    """Items with words behind them, in turn."""
    if not endings:
        return group
    return Group(
        group.connector,
        tuple(
            Leaf(one.text + endings[place % len(endings)], one.quantity)
            if isinstance(one, Leaf)
            else one
            for place, one in enumerate(group.members)
        ),
    )
