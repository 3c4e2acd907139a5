"""Documents that are no policies are refused or held with the reason; policies never are."""

import pytest

from policy_tracker.documents.read import read_document
from policy_tracker.errors import InputError, NoPolicyError
from policy_tracker.extract.extract import extract
from policy_tracker.extract.kinds.secondary import is_secondary
from policy_tracker.extract.quality import NO_POLICY, review_reasons
from policy_tracker.record import Record
from tests.extract.kinds.made_others import BRIEFS, EMPTY, REFUSED
from tests.extract.kinds.made_policies import POLICIES


@pytest.mark.parametrize("name", REFUSED)
def test_what_certainly_is_no_policy_is_refused_with_the_reason(name: str) -> None:
    with pytest.raises(InputError) as told:
        extract(REFUSED[name].encode(), name)
    if isinstance(told.value, NoPolicyError):
        assert told.value.reason.startswith("it ")
        assert told.value.reason.endswith("and is no policy")


@pytest.mark.parametrize("name", EMPTY)
def test_a_page_that_decides_nothing_waits_with_the_reason(name: str) -> None:
    (record,) = extract(EMPTY[name].encode(), name)
    assert isinstance(record, Record)
    assert any("it decides nothing" in one for one in review_reasons(record))


@pytest.mark.parametrize("name", POLICIES)
def test_a_policy_with_a_form_or_a_list_in_it_is_read(name: str) -> None:
    (record,) = extract(POLICIES[name].encode(), name)
    assert isinstance(record, Record)
    assert record.statements


def test_only_a_policy_without_a_number_that_is_half_a_form_is_doubtful() -> None:
    doubtful = [name for name in POLICIES if _kind_reasons(name)]
    assert doubtful == ["no-number.txt"]


def _kind_reasons(name: str) -> list[str]:
    (record,) = extract(POLICIES[name].encode(), name)
    assert isinstance(record, Record)
    assert record.extraction
    told = [words for words in record.extraction.warnings if words.startswith(NO_POLICY)]
    held = [one for one in review_reasons(record) if one.startswith("The document may be no")]
    assert len(told) == len(held)
    return held


@pytest.mark.parametrize("name", BRIEFS)
def test_what_somebody_writes_about_a_payer_is_secondary_and_held(name: str) -> None:
    (record,) = extract(BRIEFS[name].encode(), name)
    assert isinstance(record, Record)
    assert record.source_kind == "secondary"
    assert any(one.startswith("Secondary source") for one in review_reasons(record))


@pytest.mark.parametrize("name", POLICIES)
def test_no_policy_is_taken_for_what_others_write(name: str) -> None:
    assert not is_secondary(read_document(POLICIES[name].encode(), name))
