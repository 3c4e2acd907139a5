"""UnitedHealthcare's medical and medical benefit drug policies: a history that names the archived version."""

from __future__ import annotations

import re
from dataclasses import replace

from policy_tracker.documents.blocks import Document
from policy_tracker.extract.assemble import FormatReading, assemble, head_of
from policy_tracker.extract.head.identity import biggest_lines, read_identity
from policy_tracker.extract.payers.format import Format, head_text, says
from policy_tracker.extract.payers.profile import Profile
from policy_tracker.record import Bulletin, Record

_PROFILE = Profile(
    name="uhc_medical",
    opening=("coverage rationale", r"coverage (?:summary|guidelines)", "diagnosis-specific criteria", "general requirements"),
    closing=(
        ("coding", r"applicable codes|maximum dosage and.*|maximum allowed quantities.*"),
        (
            "background",
            r"description of services|background|benefit considerations|u\.?s\.? food and drug administration.*|clinical evidence",
        ),
        ("documentation", r"(?:medical records )?documentation (?:used for reviews|requirements)"),
        ("history", r"policy history/revision information"),
        ("other", r"instructions for use|table of contents|related .*|applicable states|application|definitions"),
    ),
)
_KIND = r"^unitedhealthcare.*|medical (?:benefit drug )?policy$|^coverage determination guideline$|^utilization review guideline$"
_NUMBER = re.compile(r"^(?P<year>20\d{2})(?P<stem>[A-Z]{1,4}\d{3,5})(?P<version>[A-Z]{1,3})$")
_STATE = re.compile(r"\(for (?P<state>[A-Z][A-Za-z ]+) Only\)")
_TITLE_SIZE = 15.0

_STARTS = r"table of contents|application|coverage rationale|instructions for use"


def _recognise(document: Document) -> bool:
    return says(document, r"unitedhealthcare|surest|oxford", r"policy number: ?\S+|guideline number: ?\S+") and says(
        document, r"coverage rationale|medical benefit drug policy|medical policy"
    )


def _read(document: Document) -> list[Record | Bulletin]:
    identity = read_identity(document, {"number": ("(?:Policy|Guideline) Number",)}, drop=frozenset({"title", "revised", "issued"}))
    title = biggest_lines(document.header, _TITLE_SIZE, _KIND)
    printed = identity.number or ""
    match = _NUMBER.match(printed)
    stem = match["stem"] if match else printed
    identity = replace(identity, version=printed or None)
    drug = says(document, r"medical benefit drug policy")
    head = head_of(
        identity, document, payer="uhc", policy=stem.lower(), policy_type="drug_coverage" if drug else "medical_coverage", title=title
    )
    state = _STATE.search(head_text(document))
    head = replace(head, aliases=(stem,) if match else (), scope=f"for {state['state']} only" if state else None)
    return [assemble(document, head, FormatReading("uhc_medical", 1, _PROFILE, starts=_STARTS))]


FORMAT = Format("uhc_medical", 1, "uhc", _recognise, _read, order=35)
