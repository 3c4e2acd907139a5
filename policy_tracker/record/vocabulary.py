"""The field's words: the closed lists of values that a record and a change may use."""

from __future__ import annotations

from typing import Literal, get_args

Position = Literal[
    "medically_necessary",
    "covered",
    "not_medically_necessary",
    "experimental_investigational",
    "not_covered",
    "out_of_scope",
    "informational",
    "indeterminate",
]
NotCoveredBasis = Literal["benefit_exclusion", "cosmetic", "not_reimbursed", "other"]
Role = Literal[
    "position",
    "criterion",
    "limit",
    "exclusion",
    "documentation",
    "prior_auth",
    "review_interval",
    "scope",
    "note",
]
Phase = Literal["initial", "continuation"]
PolicyType = Literal[
    "medical_coverage",
    "drug_coverage",
    "reimbursement",
    "administrative",
    "guideline",
    "prior_auth_list",
    "lcd",
    "ncd",
    "article",
]
SourceKind = Literal["payer_document", "payer_data", "secondary"]
DateName = Literal[
    "effective",
    "published",
    "issued",
    "revised",
    "last_review",
    "next_review",
    "original_effective",
    "retired",
    "superseded_on",
    "notice_start",
    "notice_end",
]
DateStatus = Literal["dated", "undated", "ambiguous", "inferred"]
MarkName = Literal["history", "archived", "retired", "superseded", "draft"]
DateBasis = Literal["date_of_service", "date_processed", "admission", "auth_request", "unknown"]
SectionKind = Literal[
    "coverage", "coding", "background", "references", "history", "scope", "documentation", "other"
]
CodeSystem = Literal[
    "CPT", "HCPCS", "ICD10CM", "ICD10PCS", "NDC", "REVENUE", "BILL_TYPE", "DRG", "CDT", "LOINC"
]
CptKind = Literal["category_i", "category_ii", "category_iii", "pla", "maaa"]
QuantityKind = Literal[
    "age", "frequency", "units", "duration", "dose", "count", "percentage", "score", "interval"
]
Comparator = Literal["<", "<=", "=", ">=", ">"]
Requirement = Literal["required", "not_required", "notification", "conditional", "unknown"]
Relation = Literal["routes_to", "replaces", "replaced_by", "see_also", "governed_by"]
LineOfBusiness = Literal[
    "commercial",
    "exchange",
    "medicare_advantage",
    "medicaid",
    "federal_employee",
    "dual_eligible",
    "medicare_ffs",
]
Funding = Literal["fully_insured", "self_funded"]
StatedBy = Literal["payer", "secondary", "inferred"]
Completeness = Literal["whole", "partial"]
Origin = Literal["first_record", "payer_change", "correction", "technical_upgrade"]

ChangeKind = Literal[
    "code_added",
    "code_removed",
    "code_moved_group",
    "code_replaced",
    "criterion_added",
    "criterion_removed",
    "criterion_modified",
    "criterion_moved",
    "logic_changed",
    "threshold_changed",
    "coverage_position_changed",
    "prior_auth_changed",
    "documentation_changed",
    "frequency_changed",
    "scope_changed",
    "title_changed",
    "date_changed",
    "reference_changed",
    "background_changed",
    "editorial",
    "layout_only",
]
Axis = Literal["coverage", "burden", "payment", "recourse"]
Direction = Literal["broadened", "narrowed", "neutral", "indeterminate"]
VerdictDirection = Literal["broadened", "narrowed", "neutral", "indeterminate", "mixed"]
Impact = Literal["none", "low", "medium", "medium-high", "high"]
ChangeType = Literal["new", "modified", "reviewed_no_change", "retired", "reinstated", "withdrawn"]
Declared = Literal["declared", "silent", "unknown"]
DeclarationSource = Literal["history", "bulletin"]
DeclarationVerdict = Literal["found", "not_found", "nothing_declared", "contradicted"]

POSITIONS: tuple[Position, ...] = get_args(Position)
AXES: tuple[Axis, ...] = get_args(Axis)
IMPACTS: tuple[Impact, ...] = get_args(Impact)  # lowest first

ARCHIVE_MARKS: frozenset[str] = frozenset({"history", "archived", "retired", "superseded"})
"""Marks by which a payer says that a version is no longer its present text."""

APPROVING: frozenset[str] = frozenset({"medically_necessary", "covered"})
"""Positions under which a claim can be approved."""

DENYING: frozenset[str] = frozenset(
    {"not_medically_necessary", "experimental_investigational", "not_covered"}
)
"""Positions under which a claim is denied."""

POSITION_WORDS: dict[str, str] = {
    "medically_necessary": "medically necessary when criteria are met",
    "covered": "covered",
    "not_medically_necessary": "not medically necessary",
    "experimental_investigational": "experimental, investigational or unproven",
    "not_covered": "not covered",
    "out_of_scope": "out of scope",
    "informational": "informational",
    "indeterminate": "not determined",
}
"""A position in words that a person reads, in the middle of a sentence."""
