"""Code descriptors are quotations of what a payer printed, and the AMA's for CPT: one setting switches them off, here for records."""

from policy_tracker.record.content import Record


def without_descriptors(record: Record) -> Record:
    """`record` without the descriptions of its codes."""
    groups = tuple(
        group.model_copy(update={"codes": tuple(code.model_copy(update={"description": None}) for code in group.codes)})
        for group in record.code_groups
    )
    return record.model_copy(update={"code_groups": groups})
