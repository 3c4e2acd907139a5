"""A payer's format that reads another payer's document leaves it its payer."""

from policy_tracker.extract.borrowed_format import payer_beside
from policy_tracker.extract.payers import known_formats
from tests.extract.payers.made_documents import document, line

FORMS = {form.name: form for form in known_formats()}


def test_the_letterhead_names_the_payer_and_not_the_labels() -> None:
    lines = [line("Lumen Valley Health Plan", 40), line("Guideline #: 12", 60)]
    assert payer_beside(FORMS["anthem"], document(lines)) == "lumen-valley-health-plan"


def test_the_own_name_or_none_leaves_the_format_its_payer() -> None:
    assert payer_beside(FORMS["anthem"], document([line("Anthem", 40)])) is None
    assert payer_beside(FORMS["anthem"], document([line("Guideline #: 12", 60)])) is None
    assert payer_beside(FORMS["generic"], document([line("Lumen Valley Health Plan", 40)])) is None
