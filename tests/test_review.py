"""What is doubtful waits, a person decides once, and history comes onto the timeline in whatever
order and tells nobody.
"""

import itertools

import pytest
from sqlmodel import func, select

from policy_tracker.errors import ConflictError, InputError, NotFoundError
from policy_tracker.intake import (
    accept_review,
    correct_review,
    keep,
    note_read,
    publish_history,
    reject_review,
)
from policy_tracker.pipeline import load
from policy_tracker.record import Bulletin, Record
from policy_tracker.store.confirmations import confirm_payer
from policy_tracker.store.database import reading, writing
from policy_tracker.store.documents import document_of
from policy_tracker.store.events import events
from policy_tracker.store.extractions import (
    bulletins,
    count_waiting,
    extractions_of,
    review_item,
    waiting,
)
from policy_tracker.store.policies import find_policy
from policy_tracker.store.queries import get_version, list_payers, updates, versions
from policy_tracker.store.tables import EventRow, JournalRow, StoredExtraction
from policy_tracker.store.views import ChangeFilter
from tests.store.making import NOW, checked, day, later, read_as, version

READER = "reader-1"


def read(label="2025-01-01", recorded=1.0, reads=1, **more):
    """A record as it is read from a document."""
    return version(label, **({"extraction": read_as(recorded, reads)} | more))


def codes(count):
    return tuple(str(20000 + number) for number in range(count))


def outcomes(report):
    return {row.version: row.outcome for row in report.loaded}


def labels(engine, payer="acme", policy="p-1"):
    with reading(engine) as session:
        try:
            return [
                row.version for row in versions(session, find_policy(session, payer, policy).id)
            ]
        except NotFoundError:
            return []


def queued(engine):
    with reading(engine) as session:
        return waiting(session)


def number(engine, table):
    with reading(engine) as session:
        return session.exec(select(func.count()).select_from(table)).one()


def bring(engine, *documents, reader=READER, now=NOW):
    """Import documents of a payer that somebody vouches for, each given as the records that are
    read of it.
    """
    vouch(engine, "acme")
    kept = []
    for data, records in documents:
        document, before = keep(
            engine, data, f"folder/{data.decode()}.pdf", "application/pdf", reader, now
        )
        kept.append(document)
        if not before:
            note_read(engine, document, records, reader, now)
    publish_history(engine, now)
    return kept


def vouch(engine, payer):
    with writing(engine) as session:
        confirm_payer(session, payer, NOW, how="profile")


def statuses(engine, document, reader=READER):
    with reading(engine) as session:
        return [one.status for one in extractions_of(session, document.id, reader) or ()]


# --- Loading


def test_a_doubtful_record_waits_and_is_not_published(engine):
    report = load(engine, checked(read(recorded=0.5)), NOW)
    (row,) = report.loaded
    assert (row.outcome, report.changed, report.faults) == ("needs_review", (), ())
    assert "500 of 1000" in row.review_reasons[0]
    assert labels(engine) == []
    (item,) = queued(engine)
    assert (item.id, item.reasons, item.document, item.text_coverage.recorded) == (
        row.review,
        row.review_reasons,
        None,
        500,
    )


def test_loading_the_same_again_changes_nothing(engine):
    first = load(engine, checked(version("2024-01-01"), read(recorded=0.5)), NOW)
    before = number(engine, JournalRow), number(engine, StoredExtraction)
    again = load(engine, checked(version("2024-01-01"), read(recorded=0.5)), later(days=1))
    assert outcomes(again) == {"2024-01-01": "unchanged", "2025-01-01": "needs_review"}
    assert [row.review for row in again.waiting] == [row.review for row in first.waiting]
    assert (number(engine, JournalRow), number(engine, StoredExtraction)) == before


def test_the_others_of_the_policy_are_published(engine):
    report = load(
        engine,
        checked(read("2024-01-01"), read("2025-01-01", recorded=None), read("2026-01-01")),
        NOW,
    )
    assert outcomes(report) == {
        "2024-01-01": "first_record",
        "2025-01-01": "needs_review",
        "2026-01-01": "first_record",
    }
    assert labels(engine) == ["2026-01-01", "2024-01-01"]


def test_a_record_without_an_extraction_is_not_doubted(engine):
    load(engine, checked(version("2024-01-01", codes=codes(40))), NOW)
    assert outcomes(
        load(engine, checked(version("2025-01-01", codes=codes(2))), later(days=1))
    ) == {"2025-01-01": "payer_change"}


def test_codes_are_measured_by_the_version_before_in_valid_time(engine):
    load(
        engine,
        checked(version("2023-01-01", codes=codes(40)), version("2026-01-01", codes=codes(4))),
        NOW,
    )
    report = load(
        engine,
        checked(read("2024-01-01", codes=codes(4)), read("2026-06-01", codes=codes(3))),
        later(days=1),
    )
    assert outcomes(report) == {"2024-01-01": "needs_review", "2026-06-01": "payer_change"}
    assert "version 2023-01-01 lists 40" in report.waiting[0].review_reasons[0]


def test_what_waits_is_no_measure_for_others(engine):
    report = load(
        engine,
        checked(
            version("2023-01-01", codes=codes(40)),
            read("2024-01-01", codes=()),
            read("2025-01-01", codes=codes(30)),
        ),
        NOW,
    )
    assert outcomes(report)["2024-01-01"] == "needs_review"
    assert outcomes(report)["2025-01-01"] == "first_record"


# --- Deciding


def test_what_is_accepted_is_published_and_told(engine):
    load(engine, checked(version("2024-01-01", effective="2024-01-01")), NOW)
    (row,) = load(engine, checked(read("2026-06-01", recorded=0.5)), later(days=1)).loaded
    done = accept_review(engine, row.review, later(days=2), by="Ada", why="looked at it")
    assert (done.outcome, done.verdict.change_type) == ("payer_change", "reviewed_no_change")
    assert labels(engine) == ["2026-06-01", "2024-01-01"]
    with reading(engine) as session:
        assert [one.to_version for one in events(session)] == ["2026-06-01"]
        item = review_item(session, row.review)
    assert (item.status, item.decision, item.decided_by, item.decided_at, item.why) == (
        "published", "accepted", "Ada", later(days=2), "looked at it",
    )  # fmt: skip
    assert item.revision_id
    assert queued(engine) == ()
    assert outcomes(load(engine, checked(read("2026-06-01", recorded=0.5)), later(days=3))) == {
        "2026-06-01": "unchanged"
    }


def test_what_is_rejected_is_never_published(engine):
    (row,) = load(engine, checked(read(recorded=0.5)), NOW).loaded
    item = reject_review(engine, row.review, later(days=1), why=" another payer's ", by=None)
    assert (item.status, item.decision, item.why, item.revision_id) == (
        "rejected",
        "rejected",
        "another payer's",
        None,
    )
    assert labels(engine) == []
    again = load(engine, checked(read(recorded=0.5)), later(days=2))
    assert (outcomes(again), again.changed, queued(engine)) == ({"2025-01-01": "reviewed"}, (), ())


def test_a_corrected_record_is_published_in_its_place(engine):
    (row,) = load(
        engine, checked(read("undated-0a", recorded=0.5, effective="2025-01-01")), NOW
    ).loaded
    done = correct_review(engine, row.review, version("2025-01-01"), later(days=1))
    assert (done.version, done.outcome) == ("2025-01-01", "first_record")
    assert labels(engine) == ["2025-01-01"]
    with reading(engine) as session:
        item = review_item(session, row.review)
    assert (item.decision, item.version, item.status) == ("corrected", "undated-0a", "published")
    again = load(
        engine, checked(read("undated-0a", recorded=0.5, effective="2025-01-01")), later(days=2)
    )
    assert outcomes(again) == {"undated-0a": "reviewed"}


@pytest.mark.parametrize("other", [{"policy": "p-2"}, {"payer": "zenith"}])
def test_a_correction_is_of_the_same_policy(engine, other):
    (row,) = load(engine, checked(read(recorded=0.5)), NOW).loaded
    with pytest.raises(InputError, match="reading"):
        correct_review(engine, row.review, version(**other), NOW)
    assert len(queued(engine)) == 1


@pytest.mark.parametrize("first", ["accept", "correct", "reject"])
@pytest.mark.parametrize("second", ["accept", "correct", "reject"])
def test_no_decision_is_taken_twice(sqlite_engine, first, second):
    engine = sqlite_engine
    (row,) = load(engine, checked(read(recorded=0.5)), NOW).loaded
    act = {
        "accept": lambda: accept_review(engine, row.review, NOW),
        "correct": lambda: correct_review(engine, row.review, version("2025-02-02"), NOW),
        "reject": lambda: reject_review(engine, row.review, NOW, why="no policy"),
    }
    act[first]()
    before = number(engine, JournalRow)
    with pytest.raises(ConflictError, match=rf"was {first}ed on 2026-01-15"):
        act[second]()
    assert number(engine, JournalRow) == before


def test_accepting_what_contradicts_the_record_is_refused_and_goes_on_waiting(engine):
    (row,) = load(engine, checked(read(recorded=0.5)), NOW).loaded
    load(engine, checked(version("2025-01-01")), later(days=1))
    with pytest.raises(ConflictError, match="other content"):
        accept_review(engine, row.review, later(days=2))
    assert len(queued(engine)) == 1
    done = correct_review(
        engine,
        row.review,
        version("2025-01-01", text="Other words.", corrects="misread"),
        later(days=2),
    )
    assert done.outcome == "correction"


@pytest.mark.parametrize("extraction_id", [0, -1, 7, 2**63])
def test_a_reading_that_is_not_there(engine, extraction_id):
    with pytest.raises(NotFoundError):
        accept_review(engine, extraction_id, NOW)
    with pytest.raises(NotFoundError):
        reject_review(engine, extraction_id, NOW, why="no")


def test_a_rejection_says_why(engine):
    (row,) = load(engine, checked(read(recorded=0.5)), NOW).loaded
    with pytest.raises(InputError):
        reject_review(engine, row.review, NOW, why="  ")
    assert len(queued(engine)) == 1


# --- History

ONE = read(
    "2023-01-01",
    codes=codes(40),
    position="experimental_investigational",
    text="Prism therapy is experimental.",
)
TWO = read("2024-01-01", codes=codes(30))
THREE = read(
    "2027-01-01", codes=codes(31), text="Prism therapy is medically necessary after two weeks."
)
FEW = read("2025-01-01", codes=codes(3))


def test_history_is_published_with_its_documents_and_tells_nobody(engine):
    first, second = bring(engine, (b"three", [THREE]), (b"one", [ONE, TWO]))
    assert labels(engine) == ["2027-01-01", "2024-01-01", "2023-01-01"]
    assert number(engine, EventRow) == 0
    with reading(engine) as session:
        assert document_of(session, "acme", "p-1", "2027-01-01") == first
        assert document_of(session, "acme", "p-1", "2023-01-01") == second
        assert [payer.name for payer in list_payers(session)] == ["Acme"]
    bring(engine, (b"later", [read("2026-12-01")]), now=later(days=30))
    assert number(engine, EventRow) == 0


def test_the_order_of_documents_does_not_matter(request, tmp_path):
    def told(order, folder):
        folder.mkdir()
        from policy_tracker.store.database import open_engine, upgrade

        engine = open_engine(f"sqlite:///{folder / 'one.sqlite'}")
        upgrade(engine)
        kept = bring(engine, *((record.version.encode(), [record]) for record in order))
        with reading(engine) as session:
            steps = [
                (row.from_version, row.to_version, row.changes)
                for row in updates(session, ChangeFilter(substantive=None)).items
            ]
            reviews = [(item.version, item.reasons) for item in waiting(session)]
        found = labels(engine), steps, reviews, {one.name: statuses(engine, one) for one in kept}
        engine.dispose()
        return found

    every = [
        told(order, tmp_path / str(place))
        for place, order in enumerate(itertools.permutations([ONE, TWO, THREE, FEW]))
    ]
    assert all(one == every[0] for one in every)
    assert every[0][2][0][0] == "2025-01-01"


def test_a_document_that_was_read_before_is_not_read_again(engine):
    bring(engine, (b"one", [ONE]))
    document, before = keep(engine, b"one", "again.pdf", "application/pdf", READER, later(days=1))
    assert (before, document.name) == (True, "one.pdf")
    note_read(engine, document, [ONE, TWO], READER, later(days=1))
    assert statuses(engine, document) == ["published"]


def test_what_an_interrupted_import_left_is_taken_along(engine):
    document, _ = keep(engine, b"one", "one.pdf", "application/pdf", READER, NOW)
    note_read(engine, document, [ONE], READER, NOW)
    assert labels(engine) == []
    bring(engine, (b"two", [TWO]))
    assert labels(engine) == ["2024-01-01", "2023-01-01"]
    assert statuses(engine, document) == ["published"]


def test_two_documents_that_contradict_each_other(engine):
    other = read(
        "2024-01-01", codes=codes(30), text="Prism therapy is medically necessary at dawn."
    )
    kept = bring(engine, (b"one", [ONE]), (b"two", [TWO]), (b"other", [other]))
    assert statuses(engine, kept[0]) == ["published"]
    assert sorted([*statuses(engine, kept[1]), *statuses(engine, kept[2])]) == [
        "published",
        "refused",
    ]
    refused = kept[1] if statuses(engine, kept[1]) == ["refused"] else kept[2]
    with reading(engine) as session:
        (told,) = extractions_of(session, refused.id, READER) or ()
        assert "recorded with other content" in told.reasons[0]
        assert told.reasons[1].startswith("Republished without saying so")


def test_two_documents_that_say_the_same(engine):
    kept = bring(engine, (b"one", [ONE]), (b"same", [ONE]))
    assert [statuses(engine, one) for one in kept] == [["published"], ["published"]]
    assert labels(engine) == ["2023-01-01"]


def test_a_version_that_another_document_prints_on_other_pages(engine):
    def on_page(page):
        said = read("2024-01-01").model_dump(mode="json", by_alias=True)
        said["statements"][0]["source"] = {"page": page}
        return Record.model_validate(said)

    (alone,) = bring(engine, (b"alone", [on_page(1)]))
    (archive,) = bring(engine, (b"archive", [on_page(9)]))
    with reading(engine) as session:
        page = get_version(session, "acme", "p-1", "2024-01-01").record.statements[0].source.page
        assert document_of(session, "acme", "p-1", "2024-01-01") == alone
    assert page == 1
    assert [statuses(engine, one) for one in (alone, archive)] == [["published"], ["published"]]


def test_a_better_reading_of_the_same_document_replaces_and_tells_nobody(engine):
    load(engine, checked(), NOW)
    bring(engine, (b"three", [THREE]))
    better = read(
        "2027-01-01",
        reads=2,
        codes=codes(31),
        text="Prism therapy is medically necessary after three weeks.",
    )
    (document,) = bring(engine, (b"three", [better]), reader="reader-2", now=later(days=1))
    with reading(engine) as session:
        view = get_version(session, "acme", "p-1", "2027-01-01")
        assert (view.origin, view.revision, view.record.extraction.version) == (
            "technical_upgrade",
            2,
            2,
        )
        assert document_of(session, "acme", "p-1", "2027-01-01") == document
    assert number(engine, EventRow) == 0


@pytest.mark.parametrize("again", ["other words", "the same words"])
def test_what_a_better_reading_calls_doubtful_waits_and_is_marked(engine, again):
    load(engine, checked(), NOW)
    (document,) = bring(engine, (b"three", [THREE]))
    words = {} if again == "the same words" else {"text": "Prism therapy is for three."}
    worse = read("2027-01-01", recorded=0.4, reads=2, codes=codes(31), **words)
    bring(engine, (b"three", [worse]), reader="reader-2", now=later(days=1))
    assert statuses(engine, document, "reader-2") == ["needs_review"]
    with reading(engine) as session:
        view = get_version(session, "acme", "p-1", "2027-01-01")
        assert (view.revision, view.review_state.state, view.review_state.doubted) == (
            1,
            "not_reviewed",
            True,
        )
        assert "read anew, and that reading waits for a review" in view.review_state.words
    (item,) = queued(engine)
    accept_review(engine, item.id, later(days=2), by="Ada")
    with reading(engine) as session:
        view = get_version(session, "acme", "p-1", "2027-01-01")
        assert (view.revision, view.review_state.state, view.review_state.doubted) == (
            2,
            "reviewed",
            False,
        )


def test_a_newer_reading_of_a_document_closes_the_older_one_that_waits(engine):
    (document,) = bring(engine, (b"three", [read("2027-01-01", recorded=0.2)]))
    again = read("2027-01-01", recorded=0.3, reads=2)
    bring(engine, (b"three", [again]), reader="reader-2", now=later(days=1))
    assert statuses(engine, document) == ["superseded"]
    assert statuses(engine, document, "reader-2") == ["needs_review"]
    assert len(queued(engine)) == 1
    bring(engine, (b"three", [THREE]), reader="reader-3", now=later(days=2))
    assert statuses(engine, document, "reader-2") == ["superseded"]
    assert statuses(engine, document, "reader-3") == ["published"]
    assert queued(engine) == ()


def test_what_was_decided_and_what_other_documents_say_is_not_superseded(engine):
    (one, other) = bring(
        engine,
        (b"one", [read("2027-01-01", recorded=0.2)]),
        (b"other", [read("2028-01-01", recorded=0.2)]),
    )
    (first, _) = queued(engine)
    reject_review(engine, first.id, later(days=1), why="Not the payer's text")
    bring(engine, (b"one", [THREE]), reader="reader-2", now=later(days=2))
    assert statuses(engine, one) == ["rejected"]
    assert statuses(engine, other) == ["needs_review"]


def test_of_a_bulletin_that_was_read_twice_the_newer_reading_counts(engine):
    entry = {"policy": "Prism Therapy", "action": "New", "items": ["Added prisms"]}
    told = {"record": 1, "policy_type": "bulletin", "payer": "acme", "title": "Updates"}
    for reader, entries in ((READER, [entry]), ("reader-2", [entry, {**entry, "policy": "Lamps"}])):
        bulletin = Bulletin.model_validate(told | {"entries": entries})
        bring(engine, (b"news", [bulletin]), reader=reader)
    with reading(engine) as session:
        ((kept, _),) = bulletins(session, "acme")
    assert [one.policy for one in kept.entries] == ["Prism Therapy", "Lamps"]


def test_what_a_person_published_does_not_wait_again(engine):
    doubtful = read("2027-01-01", recorded=0.4)
    (document,) = bring(engine, (b"three", [doubtful]))
    (item,) = queued(engine)
    accept_review(engine, item.id, later(days=1), by="Ada")
    bring(engine, (b"three", [doubtful]), reader="reader-2", now=later(days=2))
    assert statuses(engine, document, "reader-2") == ["published"]
    with reading(engine) as session:
        view = get_version(session, "acme", "p-1", "2027-01-01")
        assert (view.review_state.state, view.review_state.doubted) == ("reviewed", False)


def test_a_better_reading_does_not_replace_a_persons_correction(engine):
    (document,) = bring(engine, (b"three", [read("2027-01-01", recorded=0.2)]))
    (item,) = queued(engine)
    correct_review(
        engine, item.id, version("2027-01-01", text="As a person read it."), later(days=1)
    )
    bring(engine, (b"three", [THREE]), reader="reader-2", now=later(days=2))
    assert statuses(engine, document, "reader-2") == ["refused"]
    with reading(engine) as session:
        assert (
            get_version(session, "acme", "p-1", "2027-01-01").record.statements[0].text
            == "As a person read it."
        )
        assert document_of(session, "acme", "p-1", "2027-01-01") == document


def test_a_payer_all_of_whose_readings_wait_is_not_held(engine):
    bring(engine, (b"one", [read(recorded=0.1, payer="nobody-knows")]))
    with reading(engine) as session:
        assert list_payers(session) == ()
        assert count_waiting(session) == 1
    (item,) = queued(engine)
    assert accept_review(engine, item.id, later(days=1)).outcome == "first_record"
    with reading(engine) as session:
        assert [payer.name for payer in list_payers(session)] == ["Nobody Knows"]
    assert number(engine, EventRow) == 0


def test_a_payer_that_is_held_keeps_its_name(engine):
    load(engine, checked(version()), NOW)
    bring(engine, (b"one", [ONE]), now=later(days=1))
    with reading(engine) as session:
        assert [payer.name for payer in list_payers(session)] == ["Acme Health"]


def test_a_bulletin_is_kept_with_its_document(engine):
    bulletin = Bulletin(
        record=1,
        policy_type="bulletin",
        payer="acme",
        title="News of June",
        bulletin_date="2026-06-01",
    )
    (document,) = bring(engine, (b"news", [bulletin]))
    assert statuses(engine, document) == ["kept"]
    with reading(engine) as session:
        assert bulletins(session) == bulletins(session, "acme") == ((bulletin, document),)
        assert bulletins(session, "zenith") == ()


def test_history_that_is_to_come_is_told_on_its_day(engine):
    from policy_tracker.pipeline import take_effect

    bring(engine, (b"one", [ONE]), (b"three", [THREE]))
    assert take_effect(engine, day("2026-12-31"), later(days=350)) == 0
    assert take_effect(engine, day("2027-01-01"), later(days=351)) == 1


@pytest.mark.parametrize(
    "other", [{"label": "2027-02-02"}, {"policy": "p-2"}, {"payer": "emca"}], ids=str
)
def test_a_document_that_is_read_anew_as_something_else_waits_and_what_is_on_file_is_marked(
    engine, other
):
    vouch(engine, "emca")
    load(engine, checked(), NOW)
    (document,) = bring(engine, (b"three", [THREE]))
    again = read(**({"label": "2027-01-01", "reads": 2, "codes": codes(31)} | other))
    bring(engine, (b"three", [again]), reader="reader-2", now=later(days=1))
    assert statuses(engine, document, "reader-2") == ["needs_review"]
    with reading(engine) as session:
        view = get_version(session, "acme", "p-1", "2027-01-01")
        assert view.review_state.doubted
        assert view.review_state.words == (
            "read automatically, not reviewed; its document was read anew as another policy or version"
        )
    (item,) = queued(engine)
    assert "on file as version 2027-01-01 of p-1 (acme)" in item.reasons[-1]
    accept_review(engine, item.id, later(days=2), by="Ada")
    bring(engine, (b"three", [again]), reader="reader-3", now=later(days=3))
    assert statuses(engine, document, "reader-3") == ["published"]
