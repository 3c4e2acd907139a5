"""Sentences by which a payer might grant, deny, limit or except something, each with what it says.

They were written before the code that reads them and are frozen by a digest in the test. Every
second one is kept apart: nobody looks at what is missed there.

A row has the sentence, its position, the position of what it lists, how that combines, and its
role. Positions: G granted, E experimental, N not necessary, C not covered, ? left open; several
letters allow each of them. "-" is no logic, "" is not asked.
"""

from __future__ import annotations

from typing import NamedTuple


class Phrasing(NamedTuple):
    """A sentence, and what it says."""

    text: str
    position: str
    below: str = ""
    logic: str = ""
    role: str = ""


PHRASINGS = tuple(
    Phrasing(*row)
    for row in (
        # how the parts of a list combine
        (
            "A hoist is payable once every one of the points here has been shown:",
            "G",
            "G",
            "all_of",
        ),
        (
            "The plan pays for a hoist on condition that the member satisfies any two of these:",
            "G",
            "G",
            "at_least:2",
        ),
        (
            "A hoist is approved for members in whom no fewer than three of the features named below"
            " are present:",
            "G",
            "G",
            "at_least:3",
        ),
        (
            "Benefits for a hoist are payable provided the chart shows at least one of these signs:",
            "G",
            "G",
            "any_of",
        ),
        ("Use of a hoist is supported when neither of the following applies:", "G", "G", "none_of"),
        (
            "A hoist is a covered benefit so long as not one of these hazards exists:",
            "G",
            "G",
            "none_of",
        ),
        (
            "Members are eligible for a hoist in the absence of all of the following:",
            "G",
            "G",
            "none_of",
        ),
        ("A hoist may be used in the absence of any of the following:", "G", "G", "none_of"),
        ("We will authorize a hoist where at most one of the following is present:", "G", "G", "-"),
        ("A hoist is warranted when there is either:", "G", "G", "any_of"),
        ("A hoist is warranted when there are both:", "G", "G", "all_of"),
        ("The request is granted upon proof of every item in this list:", "G", "G", "all_of"),
        (
            "A second hoist is justified by the presence of one or more of the findings set out"
            " below:",
            "G",
            "G",
            "any_of",
        ),
        (
            "A combination of at least two from this list establishes medical necessity:",
            "G",
            "G",
            "at_least:2",
        ),
        (
            "To be approved for a hoist, a member has to have each of the following:",
            "G",
            "G",
            "all_of",
        ),
        (
            "Two out of the following four must be present for a hoist to be allowed:",
            "G",
            "G",
            "at_least:2",
        ),
        (
            "Hoists are considered appropriate if none of the exclusions below is present:",
            "G",
            "G",
            "none_of",
        ),
        (
            "Only when two of the following three are present is a hoist payable:",
            "G",
            "G",
            "at_least:2",
        ),
        # denials
        ("No benefit is available for a hoist in the home.", "C"),
        ("Payment is excluded for hoists bought abroad.", "C"),
        ("Hoists for guests will not be reimbursed.", "C"),
        ("The member is not eligible for a hoist after a transplant.", "C"),
        ("There is insufficient evidence to support the use of a hoist for back pain.", "ENC"),
        ("Hoists for back pain are not supported by sufficient evidence.", "ENC"),
        ("Hoists fall outside the scope of benefits.", "C"),
        ("We do not pay for hoists that were lost.", "C"),
        ("It is not our practice to pay for hoists.", "C"),
        ("Claims for hoists will be turned down.", "C"),
        ("A hoist lacks proof of benefit in gout and is therefore considered unproven.", "E"),
        ("The clinical value of a hoist for gout has yet to be established.", "E"),
        ("A hoist has no role in the care of gout.", "NCE"),
        ("Neither rental nor purchase of a hoist is payable.", "C"),
        ("Hoists are never appropriate for infants.", "N"),
        ("The use of hoists cannot be justified in infants.", "N"),
        ("Hoists for sport are a contract exclusion.", "C"),
        ("Hoists are considered a convenience item and are not payable.", "C"),
        ("A hoist is not a benefit of this plan.", "C"),
        ("Hoists for gout fail the test of medical necessity.", "N"),
        ("Reimbursement is withheld for hoists without a label.", "C"),
        ("Hoists do not qualify for payment when rented abroad.", "C"),
        ("A hoist is denied if any one of the following is true:", "C", "C", "any_of"),
        ("A hoist is inappropriate in the following circumstances:", "N", "N", "any_of"),
        ("There is no coverage for the hoists named below:", "C", "C", "any_of"),
        ("Under none of the following circumstances is a hoist payable:", "C", "C"),
        # exceptions
        ("A hoist is not payable unless every point below is met:", "C", "G", "all_of"),
        ("A hoist is covered unless one of the following is present:", "G", "C", "any_of"),
        ("A hoist is payable only if the house has a strong beam.", "G"),
        ("Hoists are excluded, except when the member lives alone.", "C"),
        ("Hoists are excluded except in the following settings:", "C", "G"),
        ("Other than for the uses listed here, hoists are not payable.", "C"),
        ("Hoists are payable only for the uses named below:", "G", "G"),
        ("The plan does not cover a hoist until all of these have been tried:", "C", "G", "all_of"),
        ("Except as stated below, hoists will not be paid for.", "C"),
        ("A hoist is covered except when it is used for sport.", "G"),
        (
            "A hoist will be refused where the member does not meet all of the following:",
            "C",
            "G",
            "all_of",
        ),
        ("A hoist is not allowed, with the exception of these settings:", "C", "G"),
        # denials that are denied, and what grammar cannot tell
        ("A hoist is not considered unproven for gout.", "G?"),
        ("Nothing in this guideline excludes hoists for gout.", "G?"),
        ("Hoists are not excluded for members with gout.", "G?"),
        ("No member is denied a hoist because of age.", "G?"),
        # limits
        ("No more than two hoists a year are paid.", "", "", "", "limit"),
        ("The number of slings is capped at six per month.", "", "", "", "limit"),
        ("Hoists are limited to a single unit per lifetime.", "", "", "", "limit"),
        ("Benefits stop after 20 visits in a calendar year.", "", "", "", "limit"),
        ("Slings may be dispensed up to four times a quarter.", "", "", "", "limit"),
        ("The maximum supply is 30 slings for 30 days.", "", "", "", "limit"),
        # authorization
        ("An approval runs for six months.", "", "", "", "prior_auth"),
        ("Authorization is good for 180 days from the date of issue.", "", "", "", "prior_auth"),
        ("Approval duration: 1 year", "", "", "", "prior_auth"),
        (
            "The first approval covers three months; later approvals cover twelve.",
            "",
            "",
            "",
            "prior_auth",
        ),
        (
            "Prior review by the plan is needed before a hoist is delivered.",
            "",
            "",
            "",
            "prior_auth",
        ),
        ("Hoists do not need precertification.", "", "", "", "prior_auth"),
        # continuation
        ("Continued use is supported when the member shows a gain in strength.", "G"),
        (
            "Therapy may go on beyond the first six months if all of the following hold:",
            "G",
            "G",
            "all_of",
        ),
        # documentation
        ("The chart has to contain a note on the beam.", "", "", "", "documentation"),
        ("Send a copy of the floor plan together with the request.", "", "", "", "documentation"),
        ("Proof of the fall must accompany the request.", "", "", "", "documentation"),
        ("Records of each lift are to be kept for seven years.", "", "", "", "documentation"),
    )
)

LATER = tuple(
    Phrasing(*row)
    for row in (
        ("Pumps are ineligible for benefits when used at work.", "C"),
        ("The plan makes no payment toward a pump.", "C"),
        ("Nothing will be paid for a pump that was stolen.", "C"),
        ("A pump does not constitute a covered service.", "C"),
        ("Coverage for pumps is unavailable.", "C"),
        ("Reimbursement for pumps has been discontinued.", "C"),
        ("Pumps for travel are specifically excluded.", "C"),
        ("We consider pumps for travel a luxury and do not pay for them.", "C"),
        ("Use of a pump for cough is without proven benefit.", "ENC"),
        ("The safety of pumps for cough has not been demonstrated.", "E"),
        ("Pumps for cough remain under investigation.", "E"),
        ("Data are too scarce to support a pump for cough.", "ENC"),
        ("A pump is of no proven value in cough.", "ENC"),
        ("Scientific evidence does not support a pump for cough.", "ENC"),
        ("A pump is not supported for cough.", "ENC"),
        ("A pump has not been shown to be better than tea for cough.", "ENC"),
        ("Requests for a pump that fail to meet these criteria will not be approved.", "C"),
        ("A pump cannot be authorized for guests.", "C"),
        ("No more pumps will be covered this year.", "C"),
        ("A pump may only be covered for adults.", "G"),
        ("Coverage of a pump is restricted to adults.", "G"),
        ("A pump is eligible for payment solely when the heart fails.", "G"),
        ("A pump is payable if, and only if, all of the following are true:", "G", "G", "all_of"),
        ("A pump qualifies for coverage where any of these holds:", "G", "G", "any_of"),
        (
            "The member meets criteria for a pump when a minimum of 2 of the following exist:",
            "G",
            "G",
            "at_least:2",
        ),
        ("The plan will fund a pump subject to each of these conditions:", "G", "G", "all_of"),
        (
            "Coverage is available provided that none of these exclusions apply:",
            "G",
            "G",
            "none_of",
        ),
        ("A pump is denied unless one of the following is met:", "C", "G", "any_of"),
        ("A pump is not covered, unless the member has all of the following:", "C", "G", "all_of"),
        (
            "A pump is not medically necessary except for members with any of these:",
            "N",
            "G",
            "any_of",
        ),
        ("Except for the following, pumps are not covered:", "C", "G"),
        ("With the exception of travel, pumps are covered.", "G"),
        ("A pump is covered for all of the following, except where noted:", "G", "G"),
        ("Pumps are not covered for any of the following:", "C", "C", "any_of"),
        ("None of the following uses of a pump is covered:", "C", "C"),
        ("The following are not considered medically necessary:", "N", "N", "any_of"),
        ("The following pumps are excluded from benefits:", "C", "C", "any_of"),
        ("Members who do not meet the above are not eligible for a pump.", "C"),
        ("A pump is covered when the member is not able to walk.", "G"),
        ("A pump is medically necessary when other care is contraindicated or not tolerated.", "G"),
        ("A pump is medically necessary if denial would cause harm.", "G"),
        (
            "A pump is approved when two or more of the following, but no contraindication, are present:",
            "G",
            "G",
            "at_least:2",
        ),
        (
            "Members may receive a pump if they exhibit three of these five signs:",
            "G",
            "G",
            "at_least:3",
        ),
        (
            "At least two of the items in the list that follows are required for a pump to be covered:",
            "G",
            "G",
            "at_least:2",
        ),
        ("To qualify for a pump the member must show one or more of these:", "G", "G", "any_of"),
        ("Coverage requires documentation of all of the following:", "G", "G", "all_of"),
        ("In the absence of the signs listed below, a pump is payable:", "G"),
        ("A pump is payable without prior review.", "G", "", "", "prior_auth|position"),
        ("Each approval is limited to 90 days.", "", "", "", "prior_auth"),
        ("Approvals lapse after one year.", "", "", "", "prior_auth"),
        ("Reauthorization is necessary every six months.", "", "", "", "prior_auth"),
        ("The plan must be notified before the pump is used.", "", "", "", "prior_auth"),
        ("Members may obtain one pump per lifetime.", "", "", "", "limit"),
        ("Coverage is capped at 30 days a year.", "", "", "", "limit"),
        ("Two pumps per year is the most that will be paid.", "", "", "", "limit"),
        ("Quantities above 4 per month need approval.", "", "", "", "limit|prior_auth"),
        ("Progress notes must be on file.", "", "", "", "documentation"),
        ("A signed order is required with each request.", "", "", "", "documentation"),
        ("Claims must include the date of the fall.", "", "", "", "documentation"),
        ("The request needs to be accompanied by a chart.", "", "", "", "documentation"),
        ("The medical record must reflect the need for a pump.", "", "", "", "documentation"),
    )
)
"""Sentences that were written later, to find what the reader missed."""

SIDES = {
    "medically_necessary": "G",
    "covered": "G",
    "experimental_investigational": "E",
    "not_medically_necessary": "N",
    "not_covered": "C",
    "indeterminate": "?",
    None: "?",
}


def tuned() -> tuple[Phrasing, ...]:
    """Those whose misses may be looked at."""
    return PHRASINGS[::2]


def kept_apart() -> tuple[Phrasing, ...]:
    """Those that only count."""
    return PHRASINGS[1::2]
