from pathlib import Path

from policy_tracker.rules.docs_page import document
from policy_tracker.rules.registry import catalogue

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"


def test_the_page_in_the_documentation_is_current():
    assert PAGE.read_text(encoding="utf-8") == document(), (
        "run: python -m policy_tracker.rules.docs_page docs/rules.md"
    )


def test_each_rule_has_its_entry_with_all_of_its_documentation():
    page = document()
    for one in catalogue():
        assert page.count(f"### `{one.id}`\n") == 1
        assert one.doc in page
