"""Loading: what becomes of each record, what subscribers are told, and what a crash leaves behind."""

import threading
from collections import Counter
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlmodel import func, select

from policy_tracker.errors import NotFoundError
from policy_tracker.pipeline import load, reclassify, take_effect
from policy_tracker.record import Payer, Record, timing_of
from policy_tracker.recordfiles.folder import check_folder
from policy_tracker.rules import compare
from policy_tracker.store.database import open_engine, reading, writing
from policy_tracker.store.events import events
from policy_tracker.store.governing import Entry, resolve
from policy_tracker.store.journal import sequence_at
from policy_tracker.store.plan import accept, draft, holdings
from policy_tracker.store.publish import publish
from policy_tracker.store.queries import get_comparison, get_policy, get_version, updates, versions
from policy_tracker.store.tables import (
    ChangeCode,
    CodeMention,
    EventRow,
    JournalRow,
    SearchDocument,
    StoredChange,
    StoredComparison,
    StoredPayer,
    StoredPolicy,
    StoredRevision,
    StoredSpan,
    StoredStatement,
    StoredVersion,
)
from policy_tracker.store.timeline import as_of, timeline
from policy_tracker.store.views import ChangeFilter
from tests.databases import migrated_url
from tests.store.making import NOW, OTHER, PAYER, POLICIES, checked, day, later, on, version

TABLES = (
    StoredPayer,
    StoredPolicy,
    StoredVersion,
    StoredRevision,
    StoredStatement,
    CodeMention,
    StoredSpan,
    StoredComparison,
    StoredChange,
    ChangeCode,
    JournalRow,
    EventRow,
    SearchDocument,
)


def put(engine, *records, at=NOW, payers=(PAYER,)):
    """Load records and return the outcomes by version."""
    report = load(engine, checked(*records, payers=payers), at)
    return {row.version: row.outcome for row in report.loaded}


def news(engine):
    with reading(engine) as session:
        return [(one.kind, one.from_version, one.to_version) for one in events(session)]


def steps(engine):
    """The stored comparisons, earliest first."""
    with reading(engine) as session:
        rows = updates(session, ChangeFilter(substantive=None), limit=100).items
    return [(row.from_version, row.to_version) for row in reversed(rows)]


def counts(engine):
    with reading(engine) as session:
        return {
            table.__tablename__: session.exec(select(func.count()).select_from(table)).one()
            for table in TABLES
        }


def governing(engine, text, **more):
    with reading(engine) as session:
        return as_of(session, 1, on(text, **more))


ONE = version(
    "2024-01-01", position="experimental_investigational", text="Prism therapy is experimental."
)
TWO = version("2025-01-01")
THREE = version("2026-06-01", text="Prism therapy is medically necessary after two weeks.")


def test_a_history_that_comes_first_is_first_records_and_no_news(engine):
    report = load(engine, checked(TWO, ONE), NOW)
    assert [(row.version, row.outcome) for row in report.loaded] == [
        ("2024-01-01", "first_record"),
        ("2025-01-01", "first_record"),
    ]
    assert report.loaded[0].verdict.change_type == "new"
    assert report.loaded[1].verdict.direction.coverage == "broadened"
    assert report.payers_changed == ("acme",)
    assert news(engine) == []
    assert steps(engine) == [(None, "2024-01-01"), ("2024-01-01", "2025-01-01")]


def test_loading_again_changes_nothing_and_says_so(engine):
    put(engine, ONE, TWO)
    before = counts(engine)
    report = load(engine, checked(ONE, TWO), later(days=1))
    assert {row.outcome for row in report.loaded} == {"unchanged"}
    assert report.changed == ()
    assert report.payers_changed == ()
    assert counts(engine) == before


def test_a_later_version_is_a_change_and_news(engine):
    put(engine, ONE)
    report = load(engine, checked(ONE, TWO), later(days=1))
    assert [(row.version, row.outcome) for row in report.loaded] == [
        ("2024-01-01", "unchanged"),
        ("2025-01-01", "payer_change"),
    ]
    with reading(engine) as session:
        (event,) = events(session)
        assert (event.kind, event.from_version, event.to_version) == (
            "published",
            "2024-01-01",
            "2025-01-01",
        )
        assert event.comparison == compare(ONE, TWO)
        assert (event.at, event.effective) == (later(days=1), day("2025-01-01"))
        assert event.policy.label == "P-1"
        assert events(session, after=event.id) == ()


def test_a_policy_that_the_payer_issues_while_it_is_watched_is_news(engine):
    load(engine, checked(), NOW)
    future = version("2026-03-01", policy="p-new")
    assert put(engine, future, at=later(days=1)) == {"2026-03-01": "first_record"}
    assert news(engine) == [("published", None, "2026-03-01")]
    put(
        engine,
        version("2026-01-15", policy="p-old"),
        version("2026-04-01", policy="p-old", text="More."),
        at=later(days=2),
    )
    assert len(news(engine)) == 1, "it began before we knew the payer"


def test_the_first_load_of_a_payer_is_no_news_even_of_what_is_to_come(engine):
    put(engine, version("2026-03-01", policy="p-new"))
    assert news(engine) == []


def test_an_undated_new_version_is_news_because_it_may_govern_now(engine):
    put(engine, ONE)
    put(
        engine,
        version("undated", effective=None, text="Prism therapy is covered."),
        at=later(days=1),
    )
    assert [kind for kind, _, after in news(engine) if after == "undated"] == ["published"]


def test_a_version_that_prints_the_policys_old_date_is_news_when_it_was_issued_now(engine):
    old = "2018-01-29"
    put(engine, version("one", effective=old, dates={"issued": {"date": "2024-02-01"}}))
    put(
        engine,
        version(
            "two",
            effective=old,
            dates={"issued": {"date": "2026-01-10"}},
            text="Only after six weeks.",
        ),
        at=later(days=1),
    )
    assert news(engine) == [("published", "one", "two")]


def test_a_version_that_prints_the_policys_old_date_and_was_replaced_long_ago_is_history(engine):
    old = "2018-01-29"
    put(engine, version("two", effective=old, dates={"issued": {"date": "2024-02-01"}}))
    put(
        engine,
        version(
            "one",
            effective=old,
            dates={"issued": {"date": "2020-02-01"}},
            text="Only after six weeks.",
        ),
        at=later(days=1),
    )
    assert news(engine) == []
    assert steps(engine) == [(None, "one"), ("one", "two")]


def test_two_new_versions_are_two_pieces_of_news_in_their_order(engine):
    put(engine, ONE)
    put(engine, THREE, TWO)
    assert news(engine) == [
        ("published", "2024-01-01", "2025-01-01"),
        ("published", "2025-01-01", "2026-06-01"),
    ]


def test_a_version_of_the_past_is_no_news_and_gives_its_neighbours_new_steps(engine):
    put(engine, ONE, THREE)
    with reading(engine) as session:
        old = {row.verdict.summary for row in updates(session, ChangeFilter()).items}
    assert put(
        engine,
        version("2024-06-01", text="Prism therapy is medically necessary.", position="covered"),
    ) == {"2024-06-01": "payer_change"}
    assert steps(engine) == [
        (None, "2024-01-01"),
        ("2024-01-01", "2024-06-01"),
        ("2024-06-01", "2026-06-01"),
    ]
    assert news(engine) == [("published", "2024-01-01", "2024-06-01")], (
        "it governs from then until THREE begins, which is later than now"
    )
    assert put(engine, version("2024-03-01", text="Prism therapy was experimental once.")) == {
        "2024-03-01": "payer_change"
    }
    assert len(news(engine)) == 1, "its turn was over before it became known"
    assert len(old) == 2


def test_ids_of_changes_rest_on_versions(engine):
    put(engine, ONE, TWO)

    def ids():
        with reading(engine) as session:
            return set(session.exec(select(StoredChange.change_id)))

    before = ids()
    put(engine, version("2023-01-01", text="Prism therapy was unheard of."))
    assert before <= ids()
    reclassify(engine, later(days=1))
    assert before <= ids()


def test_other_content_of_a_version_is_refused_and_the_others_load(engine):
    put(engine, ONE)
    changed = version("2024-01-01", text="Something else.")
    report = load(
        engine,
        checked(changed, TWO, version("x", effective="2024-01-01", policy="p-2")),
        later(days=1),
    )
    assert {(row.policy, row.version): row.outcome for row in report.loaded} == {
        ("p-1", "2024-01-01"): "refused",
        ("p-1", "2025-01-01"): "payer_change",
        ("p-2", "x"): "first_record",
    }
    (fault,) = report.faults
    assert (fault.file, fault.field) == ("acme/p-1/2024-01-01.yaml", "version")
    assert "corrects" in fault.reason
    with reading(engine) as session:
        assert get_version(session, "acme", "p-1", "2024-01-01").record == ONE


def test_a_correction_is_a_revision_and_news_where_it_matters(engine):
    put(engine, ONE, TWO)
    corrected = version(
        "2025-01-01",
        text="Prism therapy is medically necessary after six weeks.",
        corrects="the six weeks were overlooked",
    )
    assert put(engine, corrected, at=later(days=1)) == {"2025-01-01": "correction"}
    with reading(engine) as session:
        view = get_version(session, "acme", "p-1", "2025-01-01")
        assert (view.revision, view.corrections, view.origin, view.record) == (
            2,
            1,
            "correction",
            corrected,
        )
        assert (view.first_recorded_at, view.recorded_at) == (NOW, later(days=1))
        then = get_version(session, "acme", "p-1", "2025-01-01", known_at=later(hours=1))
        assert (then.revision, then.record) == (1, TWO)
    assert news(engine) == [("correction", "2024-01-01", "2025-01-01")]
    assert put(engine, corrected) == {"2025-01-01": "unchanged"}
    same_without_reason = version(
        "2025-01-01", text="Prism therapy is medically necessary after six weeks."
    )
    assert put(engine, same_without_reason) == {"2025-01-01": "unchanged"}


def test_what_was_replaced_does_not_come_back_by_itself(engine):
    put(engine, TWO)
    put(engine, version("2025-01-01", text="Better read.", corrects="misread"))
    report = load(engine, checked(TWO), NOW)
    assert [row.outcome for row in report.loaded] == ["refused"]
    assert "revision 1" in report.faults[0].reason


def test_a_correction_that_changes_nothing_told_is_no_news(engine):
    put(engine, ONE, TWO)
    more = TWO.model_copy(
        update={"corrects": "the address was missing", "source_url": "https://acme.example/p-1"}
    )
    assert put(engine, more) == {"2025-01-01": "correction"}
    assert news(engine) == []


def test_a_withdrawn_version_gives_way_to_the_one_before(engine):
    put(engine, ONE)
    put(engine, TWO, at=later(days=1))
    withdrawn = version("2025-01-01", withdrawn={"why": "issued in error", "on": "2026-01-20"})
    assert put(engine, withdrawn, at=later(days=2)) == {"2025-01-01": "withdrawal"}
    assert governing(engine, "2026-01-20").version == "2024-01-01"
    assert governing(engine, "2026-01-20", known_at=later(days=1)).version == "2025-01-01"
    assert news(engine)[-1] == ("withdrawal", "2024-01-01", "2025-01-01")
    with reading(engine) as session:
        row = updates(session, ChangeFilter()).items[0]
        assert (row.verdict.change_type, row.changes) == ("withdrawn", 0)
        assert "issued in error" in row.verdict.summary
        view = get_version(session, "acme", "p-1", "2025-01-01")
        assert (view.withdrawn, view.governs, view.previous) == (True, False, None)
        assert get_policy(session, "acme", "p-1", date(2026, 1, 20)).latest == "2024-01-01"
    again = TWO.model_copy(
        update={"corrects": "the withdrawal was itself withdrawn", "scope": "as before"}
    )
    assert put(engine, again, at=later(days=3)) == {"2025-01-01": "correction"}
    assert governing(engine, "2026-01-20").version == "2025-01-01"


def test_a_policy_all_of_whose_versions_are_withdrawn_is_still_listed(engine):
    put(engine, TWO)
    put(engine, version("2025-01-01", withdrawn={"why": "in error"}))
    with reading(engine) as session:
        row = get_policy(session, "acme", "p-1", date(2026, 1, 20))
        assert (row.status, row.latest, row.versions) == ("nothing_known", None, 1)


def test_a_reissue_for_the_same_day(engine):
    put(engine, version("a", effective="2025-01-01", dates={"issued": {"date": "2024-11-01"}}))
    put(
        engine,
        version(
            "b", effective="2025-01-01", dates={"issued": {"date": "2024-12-01"}}, text="Reissued."
        ),
    )
    assert governing(engine, "2025-01-01").version == "b"
    with reading(engine) as session:
        assert [(view.version, view.governs) for view in versions(session, 1)] == [
            ("b", True),
            ("a", False),
        ]


def test_a_record_of_a_payer_that_is_not_held_is_refused(engine):
    report = load(engine, checked(TWO, payers=()), NOW)
    assert [row.outcome for row in report.loaded] == ["refused"]
    assert "payer.yaml" in report.faults[0].reason


def test_a_character_that_no_database_keeps_is_refused(engine):
    report = load(engine, checked(version("2025-06-01", text="a\0b"), TWO), NOW)
    assert {row.version: row.outcome for row in report.loaded} == {
        "2025-01-01": "first_record",
        "2025-06-01": "refused",
    }
    assert "U+0000" in report.faults[0].reason


def test_a_payer_is_recorded_when_it_changes(engine):
    assert load(engine, checked(payers=(PAYER, OTHER)), NOW).payers_changed == ("acme", "zenith")
    renamed = PAYER.model_copy(update={"name": "Acme Health Plan"})
    assert load(engine, checked(payers=(renamed, OTHER)), NOW).payers_changed == ("acme",)


def test_a_version_takes_effect_once(engine):
    put(engine, TWO)
    put(engine, THREE, at=later(days=1))
    assert news(engine) == [("published", "2025-01-01", "2026-06-01")]
    assert take_effect(engine, date(2026, 5, 31), later(days=100)) == 0
    assert take_effect(engine, date(2026, 6, 3), later(days=140)) == 1, (
        "also when the day itself was missed"
    )
    assert take_effect(engine, date(2026, 6, 4), later(days=141)) == 0
    assert news(engine)[1:] == [("takes_effect", "2025-01-01", "2026-06-01")]


def test_a_version_whose_turn_passed_unnoticed_is_no_news(engine):
    put(engine, TWO, THREE, version("2026-07-01", text="The next."))
    assert take_effect(engine, date(2026, 7, 2), later(days=200)) == 1
    assert news(engine) == [("takes_effect", "2026-06-01", "2026-07-01")]


def test_reclassifying_replaces_comparisons_and_tells_nobody(engine):
    put(engine, ONE, TWO)

    def newer(before, after, *, alignment=None):
        return compare(before, after, alignment=alignment).model_copy(update={"ruleset": "next"})

    before = counts(engine)
    assert reclassify(engine, later(days=1), compare=newer).examined == 1
    with reading(engine) as session:
        assert set(session.exec(select(StoredComparison.ruleset))) == {"next"}
    assert counts(engine) == {**before, "journal": before["journal"] + 1}


def test_a_draft_of_an_old_head_is_not_written(engine):
    put(engine, ONE)
    with reading(engine) as session:
        held = holdings(session, "acme", "p-1")
        drafted = draft(session, held, [accept(held, TWO, NOW)], NOW, compare)
    put(engine, THREE)
    before = counts(engine)
    with writing(engine) as session:
        assert publish(session, drafted) is False
    assert counts(engine) == before


def test_two_loaders_at_once_publish_each_record_once(engine):
    load(engine, checked(), NOW)
    start, outcomes = threading.Barrier(3), []

    def run():
        start.wait()
        for record in (ONE, TWO, THREE):
            outcomes.extend(row.outcome for row in load(engine, checked(record), NOW).loaded)

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(outcomes) == {"first_record": 1, "payer_change": 2, "unchanged": 6}
    assert counts(engine)["revision"] == 3
    assert len(news(engine)) == 2


class CrashError(Exception):
    """The machine stops here."""


@pytest.mark.parametrize(
    "held", [(), (ONE,)], ids=["a new policy with its history", "a new version"]
)
def test_a_crash_at_any_statement_leaves_nothing_half_done(engine, held):
    """Every statement that a publication executes is the last one once; loading again afterwards
    comes to the same end.
    """
    load(engine, checked(*held), NOW)
    before, survived, at = counts(engine), False, 0
    while not survived:
        at += 1
        left = at

        def crash(*_):
            nonlocal left
            left -= 1
            if left == 0:
                raise CrashError

        event.listen(engine, "before_cursor_execute", crash)
        try:
            put(engine, ONE, TWO)
            survived = True
        except CrashError:
            pass
        finally:
            event.remove(engine, "before_cursor_execute", crash)
        if not survived:
            assert counts(engine) == before, f"after a crash at statement {at}"
    assert at > 20
    assert counts(engine)["revision"] == 2
    assert news(engine) == ([("published", "2024-01-01", "2025-01-01")] if held else [])


def test_the_shipped_folder_loads(engine):
    found = check_folder([POLICIES])
    report = load(engine, found, NOW)
    assert report.faults == ()
    assert {row.outcome for row in report.loaded} == {"first_record"}
    with reading(engine) as session:
        policy = get_policy(session, "cigna", "mm-0300", date(2025, 9, 25))
        before, after = (
            as_of(session, policy.id, on(text)) for text in ("2025-09-25", "2025-09-26")
        )
        assert (before.version, before.start.day) == ("2025-09-26.before", None)
        assert (after.version, after.start.day) == ("2025-09-26", date(2025, 9, 26))


def test_a_policy_that_does_not_exist_has_no_timeline(engine):
    with reading(engine) as session:
        assert as_of(session, 77, on("2025-01-01")).status == "nothing_known"
        assert [span.status for span in timeline(session, 77)] == ["nothing_known"]
        with pytest.raises(NotFoundError):
            versions(session, 77)


# --- The whole way through the database, against the same question asked of plain values.

labels = st.sampled_from(["a", "b", "c"])
days = st.sampled_from([f"2025-0{month}-01" for month in range(1, 6)])
recordings = st.lists(
    st.tuples(
        labels,
        st.none() | days,
        st.none() | days,
        st.none() | days,
        st.sampled_from([False, False, False, True]),
    ),
    min_size=1,
    max_size=6,
)


def record_of(number, label, start, issued, superseded, withdrawn):
    dates = {
        name: {"date": text}
        for name, text in (("issued", issued), ("superseded_on", superseded))
        if text and (not start or text >= start)
    }
    more = {"withdrawn": {"why": "in error"}} if withdrawn else {}
    return version(
        label,
        effective=start,
        dates=dates,
        text=f"Recording {number}.",
        corrects="read better",
        **more,
    )


@given(
    history=recordings,
    asked=st.sampled_from([date(2024, 12, 31), date(2025, 2, 15), date(2025, 4, 1)]),
    back=st.integers(0, 6),
)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_recorded_answers_as_plain_values_do(request, database_kind, history, asked, back):
    engine = open_engine(migrated_url(database_kind, request))
    known_at = later(days=back)
    try:
        for number, recording in enumerate(history):
            put(engine, record_of(number, *recording), at=later(days=number))
        with reading(engine) as session:
            question = on(asked.isoformat(), known_at=known_at)
            answer = as_of(session, 1, question)
            known = sequence_at(session, known_at)
            plain = [
                _entry(session, row)
                for row in session.exec(select(StoredRevision).order_by(StoredRevision.sequence))
            ]
            assert answer == resolve(plain, question, known)
            assert len(plain) == len(history)
            told = [(row.recorded_at, row.number) for row in session.exec(select(StoredRevision))]
            assert all(at <= known_at for at, _ in told) or back < len(history)
    finally:
        engine.dispose()


def _entry(session, row):
    """An entry made from the whole record that was stored, not from the columns beside it."""
    record = Record.model_validate(row.content)
    label = session.get(StoredVersion, row.version_id).label
    return Entry(
        label,
        row.id,
        row.number,
        row.sequence,
        timing_of(record),
        withdrawn=record.withdrawn is not None,
    )


def test_what_the_payer_states_by_default_is_what_a_change_is_measured_against(engine):
    default = {
        "system": "CPT",
        "position": "not_covered",
        "text": "What is not listed is not covered.",
    }
    group = {
        "key": "denied",
        "heading": "Not covered",
        "disposition": "not_covered",
        "codes": [{"system": "CPT", "code": "73999"}],
    }
    directions = {}
    for payer in (PAYER, OTHER):
        stated = [default] if payer is OTHER else []
        known = Payer.model_validate(payer.model_dump(mode="json") | {"defaults": stated})
        put(
            engine,
            version(payer=payer.payer),
            version("2026-01-01", payer=payer.payer, code_groups=[group]),
            payers=(known,),
        )
        with reading(engine) as session:
            found = get_comparison(
                session, payer.payer, version().policy, version().version, "2026-01-01"
            )
        [directions[payer.payer]] = [
            change.direction
            for change in found.changes
            if [code.code for code in change.codes] == ["73999"]
        ]
    assert directions == {PAYER.payer: "indeterminate", OTHER.payer: "neutral"}
