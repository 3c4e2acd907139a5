"""What a version of a policy says: frozen values, and nothing else of ours but errors."""

from policy_tracker.record.bulletin import Bulletin, BulletinEntry
from policy_tracker.record.canonical import content_hash, digest, normalise
from policy_tracker.record.codes import (
    CodeRange,
    CodeRef,
    ListedCode,
    clean_code,
    cpt_kind,
    describe_system,
    system_of,
)
from policy_tracker.record.content import Record, Section, Statement
from policy_tracker.record.payer import CodeSuccession, Payer, PayerDefault
from policy_tracker.record.quantities import Quantity, Span
from policy_tracker.record.source import Source
from policy_tracker.record.time import DateFact, parse_iso
from policy_tracker.record.validity import Start, Timing, start_of, starts_of, timing_of

__all__ = [
    "Bulletin",
    "BulletinEntry",
    "CodeRange",
    "CodeRef",
    "CodeSuccession",
    "DateFact",
    "ListedCode",
    "Payer",
    "PayerDefault",
    "Quantity",
    "Record",
    "Section",
    "Source",
    "Span",
    "Start",
    "Statement",
    "Timing",
    "clean_code",
    "content_hash",
    "cpt_kind",
    "describe_system",
    "digest",
    "normalise",
    "parse_iso",
    "start_of",
    "starts_of",
    "system_of",
    "timing_of",
]
