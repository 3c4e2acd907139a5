"""Policies, their versions, and which version governs."""

import datetime as dt
from typing import Annotated

from pydantic import Field

from policy_tracker.api.schemas import ApiModel, GapView, Known, PolicyName, StartView
from policy_tracker.api.schemas_codes import GoverningView, ReviewStateView, Status
from policy_tracker.record.content import Record
from policy_tracker.record.vocabulary import Completeness, Origin, SourceKind


class PolicySummary(PolicyName):
    """A policy as of today."""

    status: Annotated[Status, Field(description="whether a version is in force today")]
    version: Annotated[
        str | None, Field(description="the version in force", examples=["2025-09-26"])
    ] = None
    since: Annotated[
        dt.date | None, Field(description="since when; null where its start is not known")
    ] = None
    next_version: Annotated[str | None, Field(description="the version that starts next")] = None
    next_from: Annotated[dt.date | None, Field(description="from when")] = None
    latest: Annotated[str, Field(description="the latest version in valid time")]
    versions: Annotated[int, Field(description="how many versions are held")]
    recorded_at: Annotated[dt.datetime, Field(description="when the last of them was recorded")]


class PolicyResponse(ApiModel):
    """One policy as of today."""

    policy: PolicySummary
    known: Known


class VersionSummary(ApiModel):
    """One version, without its record."""

    version: Annotated[
        str, Field(description="the version's label, stable for ever", examples=["2025-09-26"])
    ]
    title: str
    start: StartView
    until: Annotated[
        dt.date | None,
        Field(description="first day on which it no longer applies; null where none is known"),
    ] = None
    governs: Annotated[
        bool,
        Field(
            description="false where its turn never comes: withdrawn, or reissued for the same day"
        ),
    ]
    withdrawn: bool
    origin: Annotated[Origin, Field(description="why the present revision was recorded")]
    revision: Annotated[int, Field(description="which record of it this is, counted from 1")]
    corrections: Annotated[int, Field(description="how many of them corrected an earlier one")]
    sequence: Annotated[int, Field(description="the journal's entry that recorded it")]
    source_kind: Annotated[SourceKind, Field(description="what the record was made from")]
    completeness: Annotated[
        Completeness,
        Field(description="`partial` where the source tells only a part of what the version says"),
    ]
    review_state: Annotated[
        ReviewStateView, Field(description="whether a person looked at the record")
    ]
    first_recorded_at: dt.datetime
    recorded_at: dt.datetime
    previous: Annotated[str | None, Field(description="the version before it in valid time")] = None
    next: Annotated[str | None, Field(description="the version after it in valid time")] = None
    gap: Annotated[
        GapView | None,
        Field(description="where versions before it are not on file: between which days it came"),
    ] = None
    checked_on: Annotated[
        dt.date | None, Field(description="when its document was last fetched from the payer")
    ] = None


class VersionsAnswer(ApiModel):
    """The versions of a policy."""

    policy: PolicyName
    versions: Annotated[tuple[VersionSummary, ...], Field(description="newest in valid time first")]
    known: Known


class VersionAnswer(VersionSummary):
    """One version with its record."""

    policy: PolicyName
    record: Annotated[Record, Field(description="what the version says")]
    known: Known


class AsOfAnswer(ApiModel):
    """Which version of a policy governs."""

    policy: PolicyName
    date: Annotated[dt.date, Field(description="the date of service asked for")]
    time_zone: Annotated[
        str,
        Field(
            description="the installation's time zone, in which today is meant",
            examples=["America/New_York"],
        ),
    ]
    governing: GoverningView
    source_kind: Annotated[
        SourceKind | None, Field(description="what the governing version's record was made from")
    ] = None
    completeness: Completeness | None = None
    review_state: Annotated[
        ReviewStateView | None, Field(description="whether a person looked at the record")
    ] = None
    known: Known
