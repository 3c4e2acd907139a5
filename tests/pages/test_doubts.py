"""The passages that are not in a record, as a person looks them through."""

from policy_tracker.pages.doubts import doubts_view
from policy_tracker.record.content import Extraction

READING = {
    "extractor": "generic",
    "version": 1,
    "set_aside": [
        {"text": "Lamps are covered when:", "why": "background", "decides": True},
        {"text": "the ward is dark", "why": "background", "decides": True},
        {"text": "Lamps at noon are not covered.", "why": "unaccounted", "decides": True},
        {"text": "Lamps on ships are covered.", "why": "background", "decides": True},
    ],
}


def test_a_part_is_named_once_for_the_passages_that_follow_each_other_in_it() -> None:
    view = doubts_view(Extraction.model_validate(READING))
    told = [(where, [one.text for one in run]) for where, run in view.by_place(list(view.deciding))]
    assert told == [
        (
            "in what was taken for background",
            ["Lamps are covered when:", "the ward is dark"],
        ),
        ("in a part that nobody knows", ["Lamps at noon are not covered."]),
        ("in what was taken for background", ["Lamps on ships are covered."]),
    ]
