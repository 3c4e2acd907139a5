"""The words in which payers write their revision notes: what was done, to which matter, and what
says nothing at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from policy_tracker.language.stopwords import IN_NOTES
from policy_tracker.record.vocabulary import ChangeKind

Deed = Literal["added", "removed", "changed", "clarified", "reviewed", "denied"]
Matter = Literal[
    "references",
    "background",
    "title",
    "codes",
    "authorization",
    "documentation",
    "limits",
    "plans",
    "wording",
]

DEEDS: Mapping[Deed, re.Pattern[str]] = {
    "added": re.compile(
        r"\b(?:add(?:s|ed|ing|ition|itional)?|new|creat(?:ed|ion)|expand\w*|expansion|includ(?:ed|e)|insert\w*|introduc\w+|noted)\b"
    ),
    "removed": re.compile(
        r"\b(?:remov\w+|delet\w+|eliminat\w+|dropp?\w*|discontinu\w+|archiv\w+|retir\w+|no "
        r"longer|deactivat\w+)\b"
    ),
    "changed": re.compile(
        r"\b(?:chang\w+|revis\w+|updat\w+|modif\w+|replac\w+|increas\w+|decreas\w+|extend\w*|reduc\w+|lower\w*|rais\w+|limit(?:ed|ing)"
        r"|edit(?:ed|s)?|amend\w*|adjust\w+|expand\w*|mov(?:ed|ing)|transfer\w*|relocat\w+|restat\w+|shorten\w*|lengthen\w*|restrict\w+"
        r"|correct\w*|reorgani[sz]\w*|restructur\w*)\b"
    ),
    "clarified": re.compile(
        r"\b(?:clarif\w+|reword\w*|editorial|verbiage|wording|typo\w*|grammar\w*|format\w*|administrative|minor)\b"
    ),
    "reviewed": re.compile(
        r"\b(?:review(?:ed|s)?|approv(?:ed|al by)|implement\w+|reaffirm\w*|adopted|routine)\b"
    ),
    "denied": re.compile(
        r"\b(?:no|without(?: any)?)\b(?! "
        r"longer\b)[^.;]{0,60}?\b(?:chang\w*|revisions?|updates?|modifications?|edits)\b"
        r"|\bunchanged\b|\bremains? the same\b|\bnot? (?:been )?changed\b"
    ),
}
"""What an item says was done. "No changes in policy direction" is a denial, and its "changes" is no
deed.
"""

MATTERS: Mapping[Matter, frozenset[str]] = {
    "references": frozenset({"bibliography", "citations", "reference", "references"}),
    "background": frozenset(
        {
            "background",
            "definitions",
            "description",
            "evidence",
            "fda",
            "overview",
            "rationale",
            "regulatory",
            "supporting",
        }
    ),
    "title": frozenset({"renamed", "title", "titled"}),
    "codes": frozenset({"code", "codes", "coding", "cpt", "hcpcs", "icd", "icd-10"}),
    "authorization": frozenset(
        {
            "approval",
            "approvals",
            "authorization",
            "authorizations",
            "duration",
            "preauthorization",
            "precertification",
            "reauthorization",
        }
    ),
    "documentation": frozenset({"documentation", "documents", "records"}),
    "limits": frozenset(
        {"age", "dose", "doses", "dosing", "frequency", "limits", "quantity", "units"}
    ),
    "plans": frozenset(
        {"business", "market", "markets", "plan", "plans", "region", "regions", "state", "states"}
    ),
    "wording": frozenset(
        {
            "corrections",
            "footer",
            "format",
            "formatting",
            "grammar",
            "header",
            "template",
            "typo",
            "typos",
            "verbiage",
            "wording",
        }
    ),
}
"""What an item is about, by its words."""

ABOUT: Mapping[Matter, frozenset[ChangeKind]] = {
    "references": frozenset({"reference_changed"}),
    "background": frozenset({"background_changed"}),
    "title": frozenset({"title_changed"}),
    "codes": frozenset({"code_added", "code_removed", "code_moved_group", "code_replaced"}),
    "authorization": frozenset({"prior_auth_changed"}),
    "documentation": frozenset({"documentation_changed"}),
    "limits": frozenset({"threshold_changed", "frequency_changed"}),
    "plans": frozenset({"scope_changed"}),
    "wording": frozenset({"editorial", "layout_only"}),
}
"""The kinds of changes that belong to a matter."""

SIDE_MATTERS: frozenset[Matter] = frozenset({"references", "background", "wording"})
"""Matters that decide no claim: an item that names nothing else declares no change of criteria."""

SAME_WORDS: Mapping[str, str] = {
    "concomitant": "combination",
    "concurrent": "combination",
    "simultaneous": "combination",
}
"""Words of revision notes for what criteria say in another one."""

EMPTY_WORDS = IN_NOTES | {
    "accordance",
    "add",
    "added",
    "adding",
    "addition",
    "additional",
    "adds",
    "adjust",
    "adjusted",
    "administrative",
    "align",
    "alignment",
    "amend",
    "amended",
    "annual",
    "annually",
    "applicable",
    "appropriate",
    "approved",
    "change",
    "changed",
    "changes",
    "changing",
    "clarification",
    "clarified",
    "clarify",
    "clarifying",
    "clinical",
    "committee",
    "considered",
    "content",
    "corporate",
    "correct",
    "corrected",
    "corrections",
    "cover",
    "coverage",
    "covered",
    "criteria",
    "criterion",
    "current",
    "date",
    "dated",
    "decrease",
    "decreased",
    "delete",
    "deleted",
    "deleting",
    "deletion",
    "direction",
    "document",
    "documentation",
    "difference",
    "edited",
    "editorial",
    "differences",
    "effective",
    "example",
    "examples",
    "existing",
    "expand",
    "expanded",
    "expanding",
    "expansion",
    "extend",
    "extended",
    "following",
    "guideline",
    "guidelines",
    "health",
    "implementation",
    "implemented",
    "include",
    "included",
    "includes",
    "including",
    "inclusion",
    "increase",
    "increased",
    "indication",
    "indications",
    "information",
    "insert",
    "label",
    "labeling",
    "language",
    "limit",
    "limited",
    "limits",
    "list",
    "listed",
    "lists",
    "lower",
    "lowered",
    "made",
    "make",
    "medical",
    "medically",
    "member",
    "members",
    "minor",
    "modification",
    "modified",
    "modify",
    "move",
    "moved",
    "necessary",
    "necessity",
    "new",
    "note",
    "noted",
    "notes",
    "p&t",
    "package",
    "patient",
    "patients",
    "pi",
    "plan",
    "policies",
    "policy",
    "prescribing",
    "procedure",
    "procedures",
    "program",
    "raise",
    "raised",
    "reduce",
    "reduced",
    "reference",
    "referenced",
    "references",
    "reflect",
    "reflects",
    "regarding",
    "related",
    "removal",
    "remove",
    "removed",
    "removing",
    "replace",
    "replaced",
    "replacing",
    "require",
    "required",
    "requirement",
    "requirements",
    "requires",
    "requiring",
    "review",
    "reviewed",
    "reviews",
    "revise",
    "revised",
    "revision",
    "revisions",
    "reword",
    "reworded",
    "routine",
    "section",
    "sections",
    "service",
    "services",
    "statement",
    "statements",
    "therapeutic",
    "treatment",
    "treatments",
    "update",
    "updated",
    "updates",
    "updating",
    "use",
    "used",
    "using",
    "variation",
    "variations",
    "verbiage",
    "wording",
}
"""Words that do not say what a change is about."""
