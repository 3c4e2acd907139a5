"""Drugs of a policy whose text names no billing code, and the HCPCS codes that a payer's file or
the shipped table ties them to.

A drug policy often names its drug alone. Somebody who bills by code finds it only through the drug;
the tie is not the payer's, which is said wherever it is used (`stated_by: inferred`, and the
table's source in the note).
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from policy_tracker.record.code_lists import CodeGroup
from policy_tracker.record.codes import ListedCode
from policy_tracker.record.vocabulary import APPROVING, DENYING, Position

if TYPE_CHECKING:
    from policy_tracker.record.content import Record
    from policy_tracker.record.payer import Payer

TIED_KEY = "codes-tied-to-the-drug"
_OTHER_PRODUCT = r"|,? (?:and hyaluronidase|HD|SC|Qvantig|Zunovo|Hycela|Qlex|Cosmetic)\b"
"""What makes another product of a drug's name, with a code of its own or none."""
_BILLING = frozenset({"CPT", "HCPCS"})


class Drug(NamedTuple):
    """A drug with its names, the HCPCS code of its own (None: it has none here), and where that is
    published.
    """

    generic: str
    brands: tuple[str, ...]
    code: str | None
    source: str

    @property
    def label(self) -> str:
        """Its names as people write them: `denosumab (Prolia, Xgeva)`."""
        return f"{self.generic} ({', '.join(self.brands)})" if self.brands else self.generic


@cache
def known_drugs() -> tuple[Drug, ...]:
    """The drugs of the shipped table."""
    lines = (
        files("policy_tracker.record")
        .joinpath("drug_codes.csv")
        .read_text(encoding="utf-8")
        .splitlines()
    )
    return tuple(
        Drug(row["generic"], tuple(row["brands"].split("|")), row["hcpcs"] or None, row["source"])
        for row in csv.DictReader(lines)
    )


@cache
def _names(drug: Drug) -> re.Pattern[str]:
    words = "|".join(re.escape(name) for name in (drug.generic, *drug.brands))
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-]{_OTHER_PRODUCT})", re.IGNORECASE)


def names_a_code(record: Record) -> bool:
    """Whether a policy names any code that is billed, one by one or in a range."""
    named = (record.code_groups, record.statements)
    found = (one for owner in named for item in owner for one in (*item.codes, *item.ranges))
    asked = (code for one in (*record.authorizations,) for code in one.codes)
    procedures = (code for pairing in record.pairings for code in pairing.procedures)
    return any(one.system in _BILLING for source in (found, asked, procedures) for one in source)


def stated_drugs(payer: Payer | None) -> tuple[Drug, ...]:
    """The drugs to which a payer's own file ties codes."""
    stated = payer.drug_codes if payer else ()
    return tuple(Drug(one.drug, one.brands, one.code, one.source) for one in stated)


def drugs_of(record: Record, stated: tuple[Drug, ...] = ()) -> tuple[Drug, ...]:
    """The drugs that a policy is about, by its title and other names; a drug that its criteria
    mention is not its subject.

    `stated` are those of the payer's file, which count before the table.

    A biosimilar ("infliximab-dyyb") is another product with a code of its own, and is not taken for
    the drug that it resembles.
    """
    text = " ; ".join((record.title, *record.aliases))
    mine = tuple(drug for drug in stated if _names(drug).search(text))
    own = {drug.generic.casefold() for drug in mine}
    return mine + tuple(
        drug
        for drug in known_drugs()
        if drug.generic.casefold() not in own and _names(drug).search(text)
    )


def tied_group(record: Record, stated: tuple[Drug, ...] = ()) -> CodeGroup | None:
    """The codes that a drug policy without codes is found by, as a list that nobody printed; None
    where there are none.
    """
    if record.policy_type != "drug_coverage" or names_a_code(record):
        return None
    tied = [drug for drug in drugs_of(record, stated) if drug.code]
    if not tied or any(group.key == TIED_KEY for group in record.code_groups):
        return None
    note = "; ".join(f"{drug.code} is tied to {drug.label} by {drug.source}" for drug in tied)
    return CodeGroup(
        key=TIED_KEY,
        heading=f"Found through the drug: {', '.join(drug.label for drug in tied)}",
        disposition=_position(record),
        stated_by="inferred",
        note=f"The policy names no billing code: {note}.",
        codes=tuple(
            {
                drug.code: ListedCode(system="HCPCS", code=drug.code) for drug in tied if drug.code
            }.values()
        ),
    )


def _position(record: Record) -> Position:
    """What the policy's positions say of its drug: approval under criteria where any approves, a
    denial where all are that one denial.
    """
    said = {one.position for one in record.statements if one.role == "position" and one.position}
    for position in ("medically_necessary", "covered"):
        if position in said:
            return position
    denials = said & DENYING
    return next(iter(denials)) if len(denials) == 1 and not said & APPROVING else "indeterminate"


def with_tied_codes(record: Record, stated: tuple[Drug, ...] = ()) -> Record:
    """A record with the codes that its drug is tied to; the record itself where it needs none."""
    group = tied_group(record, stated)
    return (
        record
        if group is None
        else record.model_copy(update={"code_groups": (*record.code_groups, group)})
    )
