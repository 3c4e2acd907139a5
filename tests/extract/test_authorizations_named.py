"""Codes of a sentence that asks for authorization: its entry has them, and no other has them too."""

from policy_tracker.extract.authorizations_named import with_named_codes
from policy_tracker.language.coverage_terms import special_role
from policy_tracker.record import CodeRange, CodeRef, Statement
from policy_tracker.record.content import Authorization
from policy_tracker.rules import compare
from tests.rules.cases import record

ONE, TWO, THREE = (CodeRef(system="CPT", code=code) for code in ("73991", "73992", "73993"))
WORDED = Authorization(requirement="required", statement="ask")


def _sentence(text: str, *codes: CodeRef, **more: object) -> Statement:
    return Statement(
        key="ask", section="policy", role="prior_auth", text=text, codes=codes, **more
    )  # fmt: skip


def test_an_entry_has_the_codes_of_its_sentence_and_the_list_has_the_others():
    listed = Authorization(requirement="required", codes=(ONE, TWO, THREE))
    sentence = _sentence("Authorization is required for 73991 and 73992.", ONE, TWO)
    found = with_named_codes([WORDED], [listed, listed], [sentence])
    assert [(entry.statement, entry.codes) for entry in found] == [
        ("ask", (ONE, TWO)),
        (None, (THREE,)),
    ]


def test_a_range_of_a_sentence_is_written_out():
    span = CodeRange(system="CPT", first="73991", last="73993", raw="73991-73993")
    sentence = _sentence("Authorization is required for 73991-73993.", ranges=(span,))
    assert with_named_codes([WORDED], [], [sentence])[0].codes == (ONE, TWO, THREE)


def test_codes_that_a_sentence_may_except_are_not_asked_for():
    sentence = _sentence("Authorization is required for all lamps except 73991.", ONE)
    assert with_named_codes([WORDED], [], [sentence]) == (WORDED,)


def test_the_plain_word_asks_for_authorization():
    assert special_role("Authorization is required for the following lamps: 73991.") == "prior_auth"
    assert special_role("Authorization of the maker is printed on lamps.") is None


def test_a_code_that_joins_such_a_sentence_is_a_burden_and_told_once():
    def version(*codes: str) -> dict:
        refs = [{"system": "CPT", "code": code} for code in codes]
        text = f"Authorization is required for the following codes: {', '.join(codes)}."
        return {
            "statements": [{"key": "ask", "role": "prior_auth", "text": text, "codes": refs}],
            "authorizations": [{"requirement": "required", "statement": "ask", "codes": refs}],
        }

    found = compare(
        record(version("73991", "73992"), "2025-01-01"),
        record(version("73991", "73992", "73993"), "2026-01-01"),
    )
    told = [(one.rule, one.direction) for one in found.changes if one.substantive]
    assert told == [("prior-auth-codes-added", "narrowed")]
    assert [code.code for code in found.changes[0].codes] == ["73993"]
