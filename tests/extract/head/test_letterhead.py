"""Who issued a document: what letterheads, running lines, copyright, addresses and numbers say, and
what a mention does not.
"""

import pytest

from policy_tracker.documents.blocks import Block, Document, Line, Place, Style
from policy_tracker.extract.head.letterhead import (
    issuer_of,
    payer_slug,
    registered_name,
    share_name,
)
from policy_tracker.extract.quality import NOT_IN_LETTERHEAD, SEVERAL_PAYERS, UNKNOWN_PAYER


def document(
    *head: str,
    body: tuple[str, ...] = (),
    title: str | None = None,
    running: tuple[str, ...] = (),
    **metadata: str,
) -> Document:
    lines = tuple(Line(text, Place(1), Style()) for text in head)
    blocks = tuple(Block("paragraph", text) for text in (*head, *body))
    return Document(
        "text", 1, blocks, header=lines, running=running, title=title, metadata=metadata
    )


@pytest.mark.parametrize(
    ("head", "payer"),
    [
        (("Lumen Health Plan", "Vein Mapping"), "lumen-health-plan"),
        (("Lumen Health Plan Medical Policy", "Vein Mapping"), "lumen-health-plan"),
        (("Issued by: Lumen Health Plan, Inc.", "Vein Mapping"), "lumen-health-plan"),
        (("Lumen BlueCross BlueShield", "Vein Mapping"), "lumen-bcbs"),
        (("Blue Shield of Windward", "Vein Mapping"), "blue-shield-of-windward"),
        (("Windward National Health Plan", "Vein Mapping"), "windward-national-health-plan"),
        (("Humana", "Vein Mapping"), "humana"),
        (("Vein Mapping", "HUM-1234-567"), "humana"),
    ],
)
def test_a_letterhead_names_the_payer(head: tuple[str, ...], payer: str) -> None:
    found = issuer_of(document(*head))
    assert (found.slug, found.why) == (payer, None)


@pytest.mark.parametrize(
    "body",
    [
        (
            (
                "Members of the Federal Employee Program may have other benefits than those of "
                "this policy."
            ),
        ),
        (
            (
                "Aetna and Humana cover this for members who live elsewhere, as Lumen Health Plan "
                "once did."
            ),
        ),
        ("1. Lumen Health Plan. Vein mapping. © 2024 Journal of Veins.",),
        ("See www.cigna.com for what others do.",),
        ("Medicare has a national determination of its own.",),
    ],
)
def test_a_mention_is_never_the_issuer(body: tuple[str, ...]) -> None:
    found = issuer_of(
        document(
            "Vein Mapping", *[f"line {number} of the policy" for number in range(12)], body=body
        )
    )
    assert (found.slug, found.why) == (UNKNOWN_PAYER, NOT_IN_LETTERHEAD)


@pytest.mark.parametrize(
    "head",
    [
        "Behavioral Health Plan",
        "Your health plan",
        "Member Insurance",
        "Health Care",
        "Optum",
        "MCG",
    ],
)
def test_a_subject_or_a_vendor_is_no_payer(head: str) -> None:
    assert issuer_of(document(head, "Vein Mapping")).slug == UNKNOWN_PAYER


def test_places_that_disagree_are_told_and_nothing_is_guessed() -> None:
    found = issuer_of(document("Lumen Health Plan", "Windward Health Plan", "Vein Mapping"))
    assert found.slug == UNKNOWN_PAYER
    assert found.why == f"{SEVERAL_PAYERS}: lumen-health-plan, windward-health-plan"


def test_a_name_and_the_companys_full_name_are_one_payer() -> None:
    assert (
        issuer_of(document("Lumen Health Plan", "Lumen Insurance Company")).slug
        == "lumen-health-plan"
    )


def test_running_lines_titles_and_copyright_speak_where_the_head_does_not() -> None:
    assert (
        issuer_of(document("Vein Mapping", running=("Lumen Health Plan Page 2 of 9",))).slug
        == "lumen-health-plan"
    )
    assert (
        issuer_of(document("Vein Mapping", title="Vein Mapping | Lumen Health Plan")).slug
        == "lumen-health-plan"
    )
    assert (
        issuer_of(
            document("Vein Mapping", body=("© 2026 Lumen Health Plan. All rights reserved.",))
        ).slug
        == "lumen-health-plan"
    )
    assert (
        issuer_of(document("Vein Mapping", body=("CPT © 2026 American Medical Association",))).slug
        == UNKNOWN_PAYER
    )


def test_a_licensee_signs_at_the_end() -> None:
    found = issuer_of(
        document(
            "Vein Mapping", body=("Lumen Blue Cross is an independent licensee of an association.",)
        )
    )
    assert found.slug == payer_slug("Lumen Blue Cross")


def test_an_address_of_its_own_names_the_payer_and_a_shared_one_does_not() -> None:
    assert (
        issuer_of(document("Vein Mapping", running=("https://policies.lumenplan.com/veins",))).slug
        == "lumenplan"
    )
    assert (
        issuer_of(document("Vein Mapping", canonical="https://www.lumenplan.com/veins")).slug
        == "lumenplan"
    )
    assert (
        issuer_of(document("Vein Mapping", running=("https://www.nih.gov/veins",))).slug
        == UNKNOWN_PAYER
    )
    assert (
        issuer_of(document("Vein Mapping", running=("lumen.sharepoint.com/veins",))).slug
        == UNKNOWN_PAYER
    )


def test_short_names() -> None:
    assert payer_slug("Blue Cross & Blue Shield Windward") == "blue-cross-blue-shield-of-windward"
    assert share_name("lumen-health-plan", "lumen-insurance-company")
    assert not share_name("lumen-health-plan", "windward-health-plan")
    assert registered_name("medicalpolicy.lumen.com") == "lumen"
    assert registered_name("health.state.mi.us") is None
    assert registered_name("localhost") is None


def spoken(*sentences: str) -> str:
    texts = ("Kite Traction", *sentences)
    blocks = tuple(Block("paragraph", text) for text in texts)
    lines = tuple(Line(text, Place(1), Style()) for text in texts[:1])
    return issuer_of(Document("text", 1, blocks, header=lines)).slug


@pytest.mark.parametrize(
    ("sentence", "slug"),
    [
        ("Lumen Care Ohio has developed clinical policies for its staff.", "lumen-care-ohio"),
        ("Lumen Blue Cross’ medical policies are meant to help.", "lumen-blue-cross"),
        ("Lumen BlueCross' medical policies are meant to help.", "lumen-blue-cross"),
        ("Lumenplus reserves the right to update this text.", "lumenplus"),
        ("Policy Statements prepared by Lumenplus and its affiliates are a help.", "lumenplus"),
        ("Lumenplus members may be eligible under the Plan for a kite.", "lumenplus"),
        ("It may not be copied without permission from Lumenplus.", "lumenplus"),
        ("These services may be covered by your Lumenplus plan.", "lumenplus"),
        (
            "Changes to policies within the Lumen Health Plan Medical Policy list.",
            "lumen-health-plan",
        ),
    ],
)
def test_an_issuer_speaks_of_its_own_policies(sentence: str, slug: str):
    assert spoken(sentence) == slug


@pytest.mark.parametrize(
    "sentence",
    [
        "Some mandates (the Federal Employee Program) forbid this, and Lumen Care differs.",
        "Medicare coverage policies are found elsewhere.",
        "CMS coverage guidelines are found elsewhere.",
        "The American Kite Society has developed clinical guidelines.",
        "The Kite Association has developed clinical policies.",
        "The Health Plan reserves the right to amend this text.",
        "The Company reserves the right to amend this text.",
        "These services may be covered by your Medicare Advantage plan.",
        "Joint Medical Policies are a source for LUX and LUXOR medical policy information.",
    ],
)
def test_what_others_do_and_what_is_nobodys_name_tells_no_issuer(sentence: str):
    assert spoken(sentence) == "unknown"


def test_sentences_of_two_issuers_tell_none():
    lumen, kite = (f"{name} reserves the right to update it." for name in ("Lumenplus", "Kitecare"))
    assert spoken(lumen, kite) == "unknown"


def test_a_letterhead_is_asked_before_any_sentence():
    texts = ("Lumen Health Plan", "Kitecare reserves the right to update this text.")
    blocks = tuple(Block("paragraph", text) for text in texts)
    lines = tuple(Line(text, Place(1), Style()) for text in texts)
    assert issuer_of(Document("text", 1, blocks, header=lines)).slug == "lumen-health-plan"


def test_the_association_of_the_licensees_issues_nothing():
    lines = ("An independent licensee of the", "Blue Cross Blue Shield Association")
    own = "Blue Cross and Blue Shield Lumen is an independent licensee of the Association"
    texts = (*lines, own)
    document = Document(
        "text",
        1,
        tuple(Block("paragraph", text) for text in texts),
        header=tuple(Line(text, Place(1), Style()) for text in texts),
    )
    assert issuer_of(document).slug == "blue-cross-blue-shield-of-lumen"
