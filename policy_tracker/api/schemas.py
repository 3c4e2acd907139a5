"""What answers of several addresses share."""

import datetime as dt
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from policy_tracker.record.validity import StatedAs
from policy_tracker.record.vocabulary import DateBasis, PolicyType

T = TypeVar("T")


class ApiModel(BaseModel):
    """A part of an answer; made from a value of the store by its attributes."""

    model_config = ConfigDict(
        from_attributes=True, frozen=True, populate_by_name=True, serialize_by_alias=True
    )


class Known(ApiModel):
    """What the answer rests on: everything that had been recorded up to here."""

    sequence: Annotated[
        int,
        Field(
            description="number of the last entry of the journal that counts; 0 where nothing had "
            "been recorded",
            examples=[42],
        ),
    ]
    at: Annotated[
        dt.datetime | None,
        Field(description="the `known_at` that was asked for; null where everything counts"),
    ] = None


class PolicyName(ApiModel):
    """Which policy, and what people call it."""

    payer: Annotated[str, Field(description="the payer's slug", examples=["cigna"])]
    payer_name: Annotated[str, Field(description="the payer's name", examples=["Cigna Healthcare"])]
    fixture: Annotated[
        bool, Field(description="true for an invented payer, which exists to show how pages look")
    ] = False
    policy: Annotated[
        str, Field(description="the policy's slug, unique within the payer", examples=["mm-0300"])
    ]
    policy_number: Annotated[
        str | None, Field(description="the number as the payer prints it", examples=["0300"])
    ] = None
    aliases: Annotated[
        tuple[str, ...], Field(description="other names of the policy", examples=[["MM 0300"]])
    ] = ()
    title: Annotated[
        str,
        Field(
            description="the title of the version in force, else of the latest",
            examples=["Bone Mineral Density Measurement"],
        ),
    ]
    policy_type: Annotated[PolicyType, Field(description="what kind of document it is")]


class StartView(ApiModel):
    """From when a version applies, and on what that rests."""

    day: Annotated[
        dt.date | None,
        Field(
            description="its first day; null where the start is not known", examples=["2025-09-26"]
        ),
    ] = None
    stated_as: Annotated[
        StatedAs, Field(description="which of its dates says so", examples=["effective"])
    ]
    basis: Annotated[
        DateBasis,
        Field(
            description="the date of a claim that the payer compares it with",
            examples=["date_of_service"],
        ),
    ]
    policy_effective: Annotated[
        dt.date | None,
        Field(
            description=(
                "the printed effective date, where it gave way to the day on which the "
                "version came out"
            )
        ),
    ] = None
    issued: Annotated[
        dt.date | None, Field(description="when the version came out, as far as it is printed")
    ] = None


class GapView(ApiModel):
    """Between two versions some are not on file."""

    after: Annotated[dt.date, Field(description="what changed came after this day")]
    before: Annotated[dt.date, Field(description="and no later than this day")]
    missing: Annotated[
        int | None, Field(description="how many versions are missing; null where that is not known")
    ] = None


class ListPage(ApiModel, Generic[T]):
    """A part of a list."""

    items: Annotated[tuple[T, ...], Field(description="the rows of this part, in order")]
    next: Annotated[
        str | None, Field(description="pass it as `cursor` to continue; null where this was all")
    ] = None
    known: Annotated[Known, Field(description="what the list rests on")]
