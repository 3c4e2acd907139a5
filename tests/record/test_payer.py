"""A payer, and a bulletin."""

import pytest
from pydantic import ValidationError

from policy_tracker.record import Bulletin, Payer


def test_a_payer_needs_little():
    payer = Payer.model_validate({"record": 1, "payer": "cigna", "name": "Cigna Healthcare"})
    assert (payer.fixture, payer.defaults) == (False, ())


@pytest.mark.parametrize(
    "change",
    [
        {"fixture": "yes"},
        {"record": True},
        {"record": 1.0},
        {"record": 2},
        {"name": ""},
        {"homepage": "cigna.com"},
        {"plans": []},
    ],
)
def test_a_wrong_payer_is_refused(change):
    with pytest.raises(ValidationError):
        Payer.model_validate({"record": 1, "payer": "cigna", "name": "Cigna Healthcare", **change})


def test_a_default_names_what_it_is_about():
    default = {
        "system": "CPT",
        "cpt_kind": "category_iii",
        "position": "experimental_investigational",
        "text": "unlisted ones are investigational",
    }
    payer = Payer.model_validate({"record": 1, "payer": "p", "name": "P", "defaults": [default]})
    assert payer.defaults[0].cpt_kind == "category_iii"


def test_a_bulletin_lists_what_happened():
    entry = {
        "policy": "Bone density",
        "action": "Updated",
        "posted": "2025-08-01",
        "effective": "2025-09-26",
        "severity": "important",
        "items": ["codes added"],
    }
    bulletin = Bulletin.model_validate(
        {
            "record": 1,
            "policy_type": "bulletin",
            "payer": "p",
            "title": "August",
            "entries": [entry],
        }
    )
    assert bulletin.entries[0].action == "Updated"
    with pytest.raises(ValidationError):
        Bulletin.model_validate(
            {
                "record": 1,
                "policy_type": "bulletin",
                "payer": "p",
                "title": "August",
                "entries": [{**entry, "action": "changed"}],
            }
        )
