"""Headings of two names, both of which open one kind of part."""

import pytest

from policy_tracker.extract.payers.profile import GENERIC


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Description/Background", "background"),
        ("Rationale and Background", "background"),
        ("References/Coding", None),
        ("Lamps/Wicks", None),
    ],
)
def test_a_heading_of_two_names_opens_what_both_open(heading: str, kind: str | None) -> None:
    found = GENERIC.kind_of(heading)
    assert (found[0] if found else None) == kind
