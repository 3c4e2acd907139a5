"""A payer that nobody knows waits for a person, who confirms payer, number and title once."""

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy.exc import DatabaseError
from sqlmodel import select

from policy_tracker.commands.verify import verify_store
from policy_tracker.errors import ConflictError, InputError, NotFoundError
from policy_tracker.extract.quality import UNKNOWN_PAYER
from policy_tracker.intake import (
    accept_review,
    correct_review,
    keep,
    note_read,
    publish_history,
    reject_review,
)
from policy_tracker.pipeline import load
from policy_tracker.record import Payer
from policy_tracker.store.confirmations import DocumentNaming, confirm_payer, is_confirmed
from policy_tracker.store.database import MIGRATIONS, alone, reading, upgrade, writing
from policy_tracker.store.extractions import extractions_of, review_item, waiting
from policy_tracker.store.queries import get_version, list_payers
from policy_tracker.store.tables import ConfirmedPayerRow, JournalRow
from tests.store.making import NOW, checked, later, version
from tests.test_review import labels, read

STRANGE = "lumen-health-plan"


def bring(engine, *records, reader="reader-1", now=NOW, data=None):
    """Import one document for each record; gives what became of them."""
    kept = []
    for record in records:
        content = data or f"{record.payer}/{record.policy}@{record.version}".encode()
        document, _ = keep(engine, content, "one.pdf", "application/pdf", reader, now)
        note_read(engine, document, [record], reader, now)
        kept.append(document)
    publish_history(engine, now)
    with reading(engine) as session:
        return [
            one for document in kept for one in extractions_of(session, document.id, reader) or ()
        ]


def strange(label="2025-01-01", **more):
    return read(label, **({"payer": STRANGE} | more))


def journal(engine):
    with reading(engine) as session:
        return [
            (row.payer, row.payload)
            for row in session.exec(select(JournalRow).where(JournalRow.kind == "confirm"))
        ]


def confirmed(engine, payer):
    with reading(engine) as session:
        return is_confirmed(session, payer)


def queued(engine):
    with reading(engine) as session:
        return waiting(session)


def test_a_document_of_a_payer_that_nobody_confirmed_waits_and_says_so(engine):
    (found,) = bring(engine, strange())
    assert found.status == "needs_review"
    (reason,) = found.reasons
    assert reason.lower().startswith("unconfirmed payer")
    (item,) = queued(engine)
    assert item.confirm.model_dump() == {
        "payer": STRANGE,
        "payer_name": "Lumen Health Plan",
        "number": "P-1",
        "title": "Prism Therapy p-1",
    }


def test_a_payer_with_a_format_of_its_own_is_confirmed_from_the_start(engine):
    (found,) = bring(engine, read(payer="cigna"))
    assert (found.status, found.confirm) == ("published", None)


def test_a_payer_with_a_file_of_its_own_is_confirmed_from_the_start(engine):
    payer = Payer(record=1, payer=STRANGE, name="Lumen")
    load(engine, checked(payers=(payer,)), NOW)
    load(engine, checked(payers=(payer,)), later(days=1))
    (found,) = bring(engine, strange())
    assert found.status == "published"


def test_a_person_confirms_once_and_later_documents_publish_by_themselves(engine):
    bring(engine, strange("2024-01-01"))
    (item,) = queued(engine)
    accept_review(engine, item.id, later(days=1), by="Ada")
    assert confirmed(engine, STRANGE)
    (after,) = bring(engine, strange("2025-01-01"), now=later(days=2))
    (doubtful,) = bring(engine, strange("2026-01-01", recorded=0.1), now=later(days=2))
    assert (after.status, doubtful.status) == ("published", "needs_review")
    ((payer, told),) = journal(engine)
    assert (payer, told["by"], told["reading"], told["number"], told["title"]) == (
        STRANGE,
        "Ada",
        item.id,
        "P-1",
        "Prism Therapy p-1",
    )
    with reading(engine) as session:
        (row,) = session.exec(select(ConfirmedPayerRow)).all()
    assert (row.payer, row.how, row.confirmed_by, row.confirmed_at, row.extraction_id) == (
        STRANGE,
        "review",
        "Ada",
        later(days=1),
        item.id,
    )


def test_what_waited_for_nothing_else_is_published_too(engine):
    bring(
        engine,
        strange("2024-01-01"),
        strange("2025-01-01"),
        strange(policy="p-2"),
        strange("2026-01-01", recorded=0.1),
    )
    first, *_ = queued(engine)
    accept_review(engine, first.id, later(days=1))
    assert labels(engine, STRANGE) == ["2025-01-01", "2024-01-01"]
    assert labels(engine, STRANGE, "p-2") == ["2025-01-01"]
    (left,) = queued(engine)
    assert left.version == "2026-01-01"


def test_a_rejection_confirms_nothing(engine):
    bring(engine, strange())
    (item,) = queued(engine)
    reject_review(engine, item.id, NOW, why="no policy")
    assert not confirmed(engine, STRANGE)
    assert bring(engine, strange("2026-01-01"))[0].status == "needs_review"


def test_payer_number_and_title_are_corrected_and_the_record_is_keyed_by_them(engine):
    bring(engine, strange())
    (item,) = queued(engine)
    naming = DocumentNaming(
        payer="lumen",
        payer_name="Lumen Health",
        number="LU-77.2",
        title="Prism Therapy of the Knee",
    )
    done = accept_review(engine, item.id, later(days=1), by="Ada", naming=naming)
    assert (done.payer, done.policy) == ("lumen", "lu-77-2")
    with reading(engine) as session:
        view = get_version(session, "lumen", "lu-77-2", "2025-01-01")
        assert [(payer.payer, payer.name) for payer in list_payers(session)] == [
            ("lumen", "Lumen Health")
        ]
        # what was read stays as it was read
        assert review_item(session, item.id).record.payer == STRANGE
    assert (view.record.policy_number, view.record.title) == (
        "LU-77.2",
        "Prism Therapy of the Knee",
    )
    ((_, told),) = journal(engine)
    assert told["renamed"]["payer"] == {"read": STRANGE, "confirmed": "lumen"}
    assert confirmed(engine, "lumen")
    assert not confirmed(engine, STRANGE)


def test_later_documents_that_are_read_under_the_same_name_belong_to_the_payer_that_was_named(
    engine,
):
    bring(engine, strange())
    (item,) = queued(engine)
    accept_review(engine, item.id, NOW, naming=DocumentNaming(payer="lumen"))
    (found,) = bring(engine, strange("2026-01-01"), now=later(days=1))
    assert (found.payer, found.status) == ("lumen", "published")


def test_a_vendors_name_is_asked_for_again(engine):
    bring(engine, strange(payer="vendor-guidelines"))
    (item,) = queued(engine)
    accept_review(engine, item.id, NOW, naming=DocumentNaming(payer="cigna"))
    (found,) = bring(engine, strange("2026-01-01", payer="vendor-guidelines"), now=later(days=1))
    assert (found.payer, found.status, found.confirm.payer) == (
        "vendor-guidelines",
        "needs_review",
        "cigna",
    )


def test_a_better_reading_of_the_document_keeps_what_a_person_said_it_is(engine):
    bring(engine, strange(), data=b"the same")
    (item,) = queued(engine)
    accept_review(
        engine, item.id, NOW, naming=DocumentNaming(payer="lumen", number="LU-7", title="Prisms")
    )
    (found,) = bring(
        engine,
        strange(reads=2, text="Prism therapy is covered."),
        reader="reader-2",
        now=later(days=1),
        data=b"the same",
    )
    assert (found.payer, found.policy, found.title, found.status) == (
        "lumen",
        "lu-7",
        "Prisms",
        "published",
    )
    with reading(engine) as session:
        assert get_version(session, "lumen", "lu-7", "2025-01-01").origin == "technical_upgrade"


def test_a_payer_that_no_letterhead_names_is_named_by_the_person(engine):
    bring(engine, strange(payer=UNKNOWN_PAYER))
    (item,) = queued(engine)
    assert "unconfirmed" not in item.reasons[0].lower()
    assert item.confirm.payer is None
    with pytest.raises(InputError, match="--payer"):
        accept_review(engine, item.id, NOW)
    accept_review(
        engine, item.id, NOW, naming=DocumentNaming(payer="lumen", payer_name="Lumen Health")
    )
    assert labels(engine, "lumen") == ["2025-01-01"]
    assert not confirmed(engine, UNKNOWN_PAYER)
    assert (
        bring(engine, strange("2026-01-01", payer=UNKNOWN_PAYER), now=later(days=1))[0].status
        == "needs_review"
    )


def test_a_corrected_record_names_the_payer_that_was_not_read(engine):
    bring(engine, strange(payer=UNKNOWN_PAYER))
    (item,) = queued(engine)
    with pytest.raises(InputError, match="does not name its payer"):
        correct_review(engine, item.id, version(payer=UNKNOWN_PAYER), NOW)
    correct_review(engine, item.id, version(payer="lumen"), NOW)
    assert labels(engine, "lumen") == ["2025-01-01"]
    assert confirmed(engine, "lumen")


@pytest.mark.parametrize(
    ("naming", "words"),
    [
        ({"payer": "Lumen Health"}, "short name"),
        ({"payer": "lumen/../cigna"}, "short name"),
        ({"payer": "unknown"}, "unknown"),
        ({"payer": ""}, "short name"),
        ({"payer": "x" * 200}, "short name"),
        ({"payer": "lumen", "payer_name": " "}, "payer's name"),
        ({"payer": "lumen", "payer_name": "--"}, "no name"),
        ({"payer": "lumen", "payer_name": "Aetna"}, "'aetna'"),
        ({"payer": "aetna", "payer_name": "Lumen"}, "payer.yaml"),
        ({"number": ""}, "number"),
        ({"number": "none"}, "no digit"),
        ({"number": "7" * 61}, "1 to 60"),
        ({"number": "7\x007"}, "printed"),
        ({"number": "7\n7"}, "printed"),
        ({"title": " "}, "title"),
        ({"title": "12"}, "no title"),
        ({"title": "Untitled policy"}, "no title"),
        ({"title": "x" * 401}, "1 to 400"),
    ],
)
def test_impossible_values_are_refused_and_the_reading_goes_on_waiting(
    sqlite_engine, naming, words
):
    engine = sqlite_engine
    bring(engine, strange())
    (item,) = queued(engine)
    with pytest.raises(InputError, match=words):
        accept_review(engine, item.id, NOW, naming=DocumentNaming(**naming))
    assert [one.id for one in queued(engine)] == [item.id]
    assert journal(engine) == []
    with reading(engine) as session:
        assert list_payers(session) == ()


def test_a_record_that_lands_on_another_version_is_refused(engine):
    load(engine, checked(version("2025-01-01", text="Other words.")), NOW)
    bring(engine, strange())
    (item,) = queued(engine)
    with pytest.raises(ConflictError, match="other content"):
        accept_review(engine, item.id, NOW, naming=DocumentNaming(payer="acme"))
    with pytest.raises(NotFoundError):
        accept_review(engine, item.id + 9, NOW)
    assert len(queued(engine)) == 1


def test_a_record_of_a_file_waits_too_where_its_payer_was_only_read_so_far(engine):
    """An installation that published a payer's documents before anybody was asked: they stay, and
    what comes next waits.
    """
    from policy_tracker.extract.payers.names import payer_named
    from policy_tracker.store.database import writing
    from policy_tracker.store.publish import hold_payer

    with writing(engine) as session:
        hold_payer(session, payer_named(STRANGE), NOW)
    (row,) = load(engine, checked(strange(), payers=()), NOW).loaded
    assert row.outcome == "needs_review"
    accept_review(engine, row.review, NOW)
    assert (
        load(engine, checked(strange("2026-01-01"), payers=()), later(days=1)).loaded[0].outcome
        == "payer_change"
    )


# --- Verifying, and installations from before


def faults(engine):
    return [fault for check in verify_store(engine) for fault in check.faults]


def test_verify_finds_a_confirmation_that_nobody_gave(engine):
    bring(engine, strange())
    (item,) = queued(engine)
    accept_review(engine, item.id, later(days=1), by="Ada")
    assert faults(engine) == []
    with writing(engine) as session:
        session.add(
            ConfirmedPayerRow(payer="ghost", read_as="ghost", how="profile", confirmed_at=NOW)
        )
        session.add(
            ConfirmedPayerRow(
                payer=STRANGE,
                read_as="other",
                how="review",
                confirmed_at=NOW,
                confirmed_by="Eve",
                extraction_id=item.id,
            )
        )
    assert faults(engine) == [
        "the confirmation of ghost is of a payer that is not held",
        f"the confirmation of {STRANGE} rests on reading {item.id}, which Eve did not accept",
        f"the confirmation of {STRANGE} does not stand in the journal",
    ]


def back_to(engine, revision):
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with alone(engine) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def test_an_installation_from_before_keeps_what_is_published_marked_not_reviewed(sqlite_engine):
    described = Payer(record=1, payer="lumen-of-ohio", name="Lumen: the Ohio Plan")
    load(sqlite_engine, checked(payers=(described,)), NOW)
    # as if these had published themselves: nothing waited for a person then
    with writing(sqlite_engine) as session:
        confirm_payer(session, STRANGE, NOW, how="profile")
    bring(sqlite_engine, strange())
    back_to(sqlite_engine, "0004")
    upgrade(sqlite_engine)
    with reading(sqlite_engine) as session:
        kept = get_version(session, STRANGE, "p-1", "2025-01-01")
        rows = session.exec(select(ConfirmedPayerRow)).all()
    assert kept.review_state.words == "read automatically, not reviewed"
    assert [(row.payer, row.how, row.confirmed_by) for row in rows] == [
        ("lumen-of-ohio", "profile", None)
    ]
    assert (
        bring(sqlite_engine, strange("2026-01-01"), now=later(days=1))[0].status == "needs_review"
    )
    assert (
        bring(sqlite_engine, strange(payer="lumen-of-ohio"), now=later(days=1))[0].status
        == "published"
    )
    assert faults(sqlite_engine) == []
    with pytest.raises(DatabaseError, match="append-only"), sqlite_engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM confirmed_payer")
