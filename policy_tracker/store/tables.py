"""The tables. Values are validated before they come here: a table accepts what it is given.

    payer ── policy ── version ── revision      what was recorded
    revision ── alignment ── statement_link     which statement of one is which of another
    journal                                     what happened, in the order of commits
    event                                       what somebody may want to be told
    document ── extraction ─ revision             what payers issued, what was read of it, and what became of that
    confirmed_payer                             which payers somebody vouches for

    revision ── timing                          read models, made from the revisions and rebuilt at will
    revision ── statement ── code_mention
    policy ── span
    policy ── comparison ── change ── change_code
    policy ── search_document

Version, revision, alignment, statement_link, journal, event, document, document_text and
confirmed_payer are append-only: the database itself refuses to change or delete their rows. Of an
extraction only what was decided about it can be changed, and no more once that is settled. Closed
lists of words (positions, kinds, origins …) are stored as the words themselves;
`policy_tracker.record.vocabulary` has the lists.
"""  # noqa: E501

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, LargeBinary, UniqueConstraint
from sqlmodel import Field

from policy_tracker.store.metadata import BIG, EXACT, TableRow, key, link, nothing, plain


class StoredPayer(TableRow, table=True):
    """A payer; `content` is the whole `record.Payer`."""

    __tablename__ = "payer"
    id: int | None = key()
    slug: str = Field(unique=True, sa_type=EXACT)
    name: str = Field(sa_type=EXACT)
    fixture: bool = False
    dates_back: bool = False
    content: dict[str, Any] = plain()


class StoredPolicy(TableRow, table=True):
    """A policy. Its descriptive columns are those of its latest version in valid time.

    `head` is the journal row of its last publication or reclassification, `names` what people look
    for it by, in lower case; `latest` is None where every version was withdrawn. `chain_due` where
    versions have other neighbours than those that were compared (better rules of time, a payer that
    turned out to date back): they are still to be compared, and nobody is alerted by it.
    """

    __tablename__ = "policy"
    __table_args__ = (UniqueConstraint("payer_id", "slug"),)
    id: int | None = key()
    payer_id: int = link("payer.id", index=False)
    slug: str = Field(sa_type=EXACT)
    head: int = Field(sa_type=BIG)
    policy_number: str | None = None
    aliases: list[str] = plain()
    title: str
    policy_type: str
    names: str
    latest: str | None = None
    versions: int
    recorded_at: datetime
    chain_due: bool = False


class StoredVersion(TableRow, table=True):
    """One version as the payer issued it; its label never changes."""

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("policy_id", "label"),)
    id: int | None = key()
    policy_id: int = link("policy.id", index=False)
    label: str


class JournalRow(TableRow, table=True):
    """One thing that happened.

    `sequence` has no gaps and follows the order of commits; `at` (UTC) never runs backwards.
    """

    __tablename__ = "journal"
    sequence: int = Field(primary_key=True, sa_type=BIG, sa_column_kwargs={"autoincrement": False})
    at: datetime = Field(index=True)
    kind: str
    payer: str
    policy: str | None = None
    version: str | None = None
    revision: int | None = None
    payload: dict[str, Any] = plain()


class StoredRevision(TableRow, table=True):
    """What was recorded of a version at one time: the whole record.

    `number` counts from 1 within the version; `facts` holds what an answer about a code needs of
    the version as a whole.
    """

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("version_id", "number"),)
    id: int | None = key()
    version_id: int = link("version.id", index=False)
    policy_id: int = link("policy.id")
    number: int
    origin: str
    content_hash: str
    content: dict[str, Any] = plain()
    facts: dict[str, Any] = plain()
    sequence: int = link("journal.sequence", index=False, unique=True)
    recorded_at: datetime
    first_observed: date
    withdrawn: bool = False


class TimingRow(TableRow, table=True):
    """The dated facts of a revision: `facts` is the whole `record.Timing`, so that the timeline
    reads no whole records.
    """

    __tablename__ = "timing"
    revision_id: int = Field(
        primary_key=True,
        foreign_key="revision.id",
        sa_type=BIG,
        sa_column_kwargs={"autoincrement": False},
    )
    facts: dict[str, Any] = plain()
    projection: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """With which projection all rows of the revision were made
    (`policy_tracker.store.projection.PROJECTION`).
    """


class AlignmentRow(TableRow, table=True):
    """Two revisions aligned: of versions that follow one another in valid time, or one after the
    other of the same version.

    `number` counts the alignments of the same two from 1: the greatest one holds, and earlier ones
    stay. `sequence` is the journal's last entry then, `ruleset` the rules that it was made with.
    """

    __tablename__ = "alignment"
    __table_args__ = (UniqueConstraint("from_revision_id", "to_revision_id", "number"),)
    id: int | None = key()
    policy_id: int = link("policy.id")
    from_revision_id: int = link("revision.id", index=False)
    to_revision_id: int = link("revision.id", index=False)
    number: int
    ruleset: str
    sequence: int = link("journal.sequence", index=False)
    recorded_at: datetime


class LinkRow(TableRow, table=True):
    """A statement of the earlier revision is one of the later, or a part of it: their keys, found
    `how`, and how sure (0 to 1).
    """

    __tablename__ = "statement_link"
    __table_args__ = (UniqueConstraint("alignment_id", "ordinal"),)
    id: int | None = key()
    alignment_id: int = link("alignment.id", index=False)
    ordinal: int
    before: str
    after: str
    how: str
    score: float


class StoredStatement(TableRow, table=True):
    """A statement of a revision; `position` is its own or its governing sentence's."""

    __tablename__ = "statement"
    __table_args__ = (UniqueConstraint("revision_id", "ordinal"),)
    id: int | None = key()
    revision_id: int = link("revision.id", index=False)
    ordinal: int
    key: str
    parent: str | None = None
    section: str
    role: str
    position: str | None = None
    phase: str | None = None
    text: str


class CodeMention(TableRow, table=True):
    """A revision names a code or a range of codes, in a group, a statement, an authorization or a
    pairing (`kind`).

    A single code stands in `code`. Of a range `code` is empty; every member, written without its
    point, sorts from `low` on and before `high`; `printed` is the range as printed, and `detail`
    has its ends. `detail` holds what the kind adds. `says` is a digest of what the place adds to
    the code's answer, `basis_id` leads to what governs it there.
    """

    __tablename__ = "code_mention"
    __table_args__ = (
        UniqueConstraint("revision_id", "ordinal"),
        Index("ix_code_mention_code", "code", "system"),
        Index("ix_code_mention_range", "system", "low", "high"),
    )
    id: int | None = key()
    revision_id: int = link("revision.id", index=False)
    statement_id: int | None = link("statement.id", default=None)
    ordinal: int
    kind: str
    system: str
    code: str = Field(default="", sa_type=EXACT)
    low: str | None = Field(default=None, sa_type=EXACT)
    high: str | None = Field(default=None, sa_type=EXACT)
    printed: str
    place: str
    heading: str | None = None
    position: str | None = None
    detail: dict[str, Any] = plain()
    says: str = ""
    basis_id: int | None = link("mention_basis.id", default=None)


class MentionBasis(TableRow, table=True):
    """What the codes of one class (`service`, `diagnosis`) that a place of a revision names rest
    on.

    `content` has the `criteria` that govern them there, and what pairings say of them.
    """

    __tablename__ = "mention_basis"
    __table_args__ = (UniqueConstraint("revision_id", "kind", "place", "code_class"),)
    id: int | None = key()
    revision_id: int = link("revision.id", index=False)
    kind: str
    place: str
    code_class: str
    content: dict[str, Any] = plain()


class StoredSpan(TableRow, table=True):
    """A stretch of a policy's timeline as it is known now: from `from_day` (None: since ever) until
    before `to_day` (None: open).

    `begins` is the day from which its version governs without interruption, which earlier stretches
    may be a part of.
    """

    __tablename__ = "span"
    __table_args__ = (
        UniqueConstraint("policy_id", "ordinal"),
        Index("ix_span_from_day", "from_day"),
    )
    id: int | None = key()
    policy_id: int = link("policy.id", index=False)
    ordinal: int
    status: str
    version_id: int | None = link("version.id", default=None)
    revision_id: int | None = link("revision.id", default=None)
    from_day: date | None = None
    to_day: date | None = None
    begins: date | None = None
    start_known: bool = True
    basis: str
    reason: str
    certainty: str = "uncertain"
    certainty_reasons: list[str] = plain(default_factory=list)
    checked_on: date | None = None
    missing: int | None = None


class StoredComparison(TableRow, table=True):
    """Two versions that follow one another in valid time (or a policy's first, without a `from`),
    compared.

    `effective` is the later one's start; `gap` (`store.views.Gap`) says between which days the
    changes came, where versions between the two are not on file. `content` is the whole
    `rules.change.Comparison`.
    """

    __tablename__ = "comparison"
    __table_args__ = (UniqueConstraint("policy_id", "from_version_id", "to_version_id"),)
    id: int | None = key()
    policy_id: int = link("policy.id", index=False)
    from_version_id: int | None = link("version.id", default=None)
    to_version_id: int = link("version.id")
    from_revision_id: int | None = link("revision.id", default=None)
    to_revision_id: int = link("revision.id")
    effective: date | None = None
    effective_key: int
    gap: dict[str, Any] | None = nothing()
    recorded_at: datetime
    ruleset: str
    change_type: str
    source_kind: str
    content: dict[str, Any] = plain()


class StoredChange(TableRow, table=True):
    """One change of a comparison.

    `effective_key` is the proleptic day number of the later version's start, 0 where that is not
    known.
    """

    __tablename__ = "change"
    __table_args__ = (
        UniqueConstraint("comparison_id", "ordinal"),
        Index("ix_change_feed", "effective_key", "policy_id", "to_version_id", "ordinal"),
        Index("ix_change_change_id", "change_id"),
    )
    id: int | None = key()
    comparison_id: int = link("comparison.id", index=False)
    policy_id: int = link("policy.id")
    to_version_id: int = link("version.id")
    ordinal: int
    effective_key: int
    change_id: str
    difference: str
    rule: str
    kind: str
    axis: str | None = None
    direction: str
    impact: str
    impact_rank: int
    substantive: bool
    heading: str
    section: str | None = None
    statement: str | None = None
    before: str | None = None
    after: str | None = None
    explanation: str
    content: dict[str, Any] = plain()


class ConcernedCode(TableRow, table=True):
    """A comparison concerns a code or a stretch of codes, which belongs to the set at `place` among
    those that it concerns.

    A single code stands in `code`. Of a stretch `code` is empty; its members are of its `sequence`,
    and written without their points sort from `low` on and before `high`.
    """

    __tablename__ = "concerned_code"
    __table_args__ = (
        Index("ix_concerned_code_code", "code", "system", "comparison_id", "place"),
        Index("ix_concerned_code_range", "system", "sequence", "low", "high"),
    )
    id: int | None = key()
    comparison_id: int = link("comparison.id")
    place: int
    system: str
    code: str = Field(default="", sa_type=EXACT)
    sequence: str = ""
    low: str | None = Field(default=None, sa_type=EXACT)
    high: str | None = Field(default=None, sa_type=EXACT)


class ChangeConcern(TableRow, table=True):
    """A change concerns the set of codes at `place` among those that its comparison concerns."""

    __tablename__ = "change_concern"
    __table_args__ = (UniqueConstraint("change_id", "place"),)
    id: int | None = key()
    change_id: int = link("change.id", index=False)
    place: int


class ChangeCode(TableRow, table=True):
    """A change names a code."""

    __tablename__ = "change_code"
    __table_args__ = (Index("ix_change_code_code", "code", "change_id"),)
    id: int | None = key()
    change_id: int = link("change.id")
    system: str
    code: str


class EventRow(TableRow, table=True):
    """Something that a subscriber may want to be told, written with what caused it; `comparison` is
    what could be said about it then.
    """

    __tablename__ = "event"
    id: int | None = key()
    kind: str
    about: str = Field(unique=True)
    at: datetime
    policy_id: int = link("policy.id")
    from_version_id: int | None = link("version.id", default=None, index=False)
    to_version_id: int = link("version.id", index=False)
    revision_id: int = link("revision.id", index=False)
    sequence: int = link("journal.sequence", index=False)
    effective: date | None = None
    gap: dict[str, Any] | None = nothing()
    comparison: dict[str, Any] = plain()


class SearchDocument(TableRow, table=True):
    """Something that a search can find: a policy, a statement, or a code with its description.

    What several versions say alike stands here once, with the latest that says it.
    """

    __tablename__ = "search_document"
    id: int | None = key()
    policy_id: int = link("policy.id")
    kind: str
    version: str
    place: str
    heading: str
    body: str


class DocumentRow(TableRow, table=True):
    """A document as a payer issued it: its bytes, kept once however often and under whatever names
    it comes.

    `sha256` is of the bytes, in hexadecimal; `name` is the base name of the file under which it
    first came.
    """

    __tablename__ = "document"
    id: int | None = key()
    sha256: str = Field(unique=True, sa_type=EXACT)
    name: str
    media_type: str
    size: int = Field(sa_type=BIG)
    received_at: datetime
    data: bytes = Field(sa_type=LargeBinary)


class DocumentTextRow(TableRow, table=True):
    """The texts of a document as one program read them, each with its id and place: what the
    records of that reading name.

    `reader` is that of the readings; `texts` are packed by `policy_tracker.documents.attached`.
    """

    __tablename__ = "document_text"
    __table_args__ = (UniqueConstraint("document_id", "reader"),)
    id: int | None = key()
    document_id: int = link("document.id", index=False)
    reader: str
    texts: bytes = Field(sa_type=LargeBinary)


class StoredExtraction(TableRow, table=True):
    """One record as a program read it, from which document, and what became of it.

    `ordinal` is its place among the `records_in_document` that the document held, `reader` the
    fingerprint of the program that read it, `extractor` and `extractor_version` the format's own
    words (None for a bulletin). `document_id` is None where the record came as a file; `policy` and
    `version` are None for a bulletin. `history` marks what is published without telling anybody.
    `status`:

        read           not looked at yet                    kept        a bulletin
        needs_review   waits for a person, for `reasons`    refused     contradicts what is held, for `reasons`
        published      stands in `revision_id`              rejected    a person closed it
        superseded     waited until its document was read anew

    `decision` (`accepted`, `corrected`, `rejected`) is a person's, by whom, when, and what they
    said; None where the program settled it.
    """  # noqa: E501

    __tablename__ = "extraction"
    __table_args__ = (
        UniqueConstraint("document_id", "reader", "ordinal"),
        Index("ix_extraction_policy", "payer", "policy", "version"),
        Index("ix_extraction_status", "status"),
    )
    id: int | None = key()
    document_id: int | None = link("document.id", default=None, index=False)
    reader: str
    ordinal: int = 0
    records_in_document: int = 1
    payer: str = Field(sa_type=EXACT)
    policy: str | None = Field(default=None, sa_type=EXACT)
    version: str | None = None
    extractor: str | None = None
    extractor_version: int | None = None
    content: dict[str, Any] = plain()
    content_hash: str = Field(index=True)
    history: bool = False
    read_at: datetime
    status: str
    reasons: list[str] = plain(default_factory=list)
    revision_id: int | None = link("revision.id", default=None)
    decision: str | None = None
    decided_at: datetime | None = None
    decided_by: str | None = None
    why: str | None = None


class ConfirmedPayerRow(TableRow, table=True):
    """Somebody vouches for a payer, so that its documents are published by themselves where nothing
    is doubtful.

    `how`: `profile` (the operator loaded its file) or `review` (a person confirmed it with the
    reading `reading_id`). `read_as` is the short name under which the program reads its documents,
    where that is another.
    """

    __tablename__ = "confirmed_payer"
    __table_args__ = (UniqueConstraint("payer", "read_as"),)
    id: int | None = key()
    payer: str = Field(sa_type=EXACT)
    read_as: str = Field(sa_type=EXACT)
    how: str
    confirmed_at: datetime
    confirmed_by: str | None = None
    extraction_id: int | None = link("extraction.id", default=None, index=False)
