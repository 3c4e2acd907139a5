"""A stored installation of an older program is put right when a newer one opens it, and nobody is
alerted.
"""

import itertools
from datetime import date

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import func, text
from sqlmodel import select

from policy_tracker.alerts.tables import Message
from policy_tracker.commands.verify import verify_store
from policy_tracker.pipeline import load, reclassify, take_effect
from policy_tracker.store import queries, timeline
from policy_tracker.store.database import MIGRATIONS, alone, reading, upgrade, writing
from policy_tracker.store.plan import holdings
from policy_tracker.store.reclassifying import settle_chain
from policy_tracker.store.refreshing import refresh
from policy_tracker.store.tables import (
    CodeMention,
    EventRow,
    JournalRow,
    MentionBasis,
    StoredComparison,
    StoredPolicy,
    TimingRow,
)
from tests.store.making import NOW, PAYER, checked, day, later, on, version

FIRST = "2018-01-29"
"""What every version prints as its effective date: it is the policy's first."""
ISSUED = {
    "2018-01-29": (),
    "2021-11-01": ("2018-01", "2021-01", "2021-11"),
    "2022-01-10": ("2018-01", "2021-01", "2021-11", "2022-01"),
}


def sibling(issued, policy="p-1", **more):
    rows = [{"date": row, "text": "Something was changed."} for row in ISSUED[issued]]
    said = {
        "dates": {"last_review": {"date": issued}},
        "revision_history": rows,
        "text": f"Prism therapy, as of {issued}.",
    }
    return version(issued, effective=FIRST, policy=policy, **said, **more)


def downgraded(engine):
    """The database as the program of migration 0003 left it: without dated facts, and with the
    printed date as everybody's start.
    """
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with alone(engine) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0003")


def as_recorded(engine, order):
    """Compare the versions of policy 1 in the order in which they were recorded, all from the
    printed date on, as that program did.
    """
    wanted = list(itertools.pairwise([None, *order]))
    with engine.begin() as connection:
        ids = dict(
            connection.execute(text("SELECT label, id FROM edition WHERE policy_id = 1")).all()
        )
        labels = {number: label for label, number in ids.items()}
        revisions = dict(
            connection.execute(
                text("SELECT edition_id, id FROM revision WHERE policy_id = 1")
            ).all()
        )
        held = connection.execute(
            text("SELECT id, from_edition_id, to_edition_id FROM comparison WHERE policy_id = 1")
        ).all()
        rows = {row: (labels.get(before), labels[after]) for row, before, after in held}
        spare = [row for row, step in rows.items() if step not in wanted]
        places = [
            next((row for row, step in rows.items() if step == one), None) or spare.pop()
            for one in wanted
        ]
        connection.execute(text("UPDATE comparison SET from_edition_id = NULL WHERE policy_id = 1"))
        for row, (before, after) in zip(places, wanted, strict=True):
            values = {
                "row": row,
                "before": ids.get(before),
                "after": ids[after],
                "day": FIRST,
                "key": date.fromisoformat(FIRST).toordinal(),
            }
            values |= {"one": revisions.get(ids.get(before)), "two": revisions[ids[after]]}
            columns = (
                "from_edition_id = :before, to_edition_id = :after, from_revision_id = :one, "
                "to_revision_id = :two"
            )
            connection.execute(
                text(
                    f"UPDATE comparison SET {columns}, effective = :day, effective_key = :key "
                    f"WHERE id = :row"
                ),
                values,
            )
            connection.execute(
                text("UPDATE change SET effective_key = :key WHERE comparison_id = :row"), values
            )
        imported = {"day": f"{NOW:%Y-%m-%d}", "key": NOW.date().toordinal()}
        connection.execute(
            text(
                "UPDATE comparison SET effective = :day, effective_key = :key WHERE policy_id = 3"
            ),
            imported,
        )


def told(engine):
    with reading(engine) as session:
        return session.exec(select(func.count(EventRow.id))).one(), session.exec(
            select(func.count(Message.id))
        ).one()


@pytest.mark.parametrize("order", list(itertools.permutations(ISSUED)), ids="-".join)
def test_siblings_that_print_one_date_are_put_in_line_whatever_the_order_of_loading(engine, order):
    for number, issued in enumerate(order):
        load(engine, checked(sibling(issued)), later(days=number))
    load(engine, checked(version("2024-01-01", policy="p-2")), NOW)
    load(engine, checked(version("undated", effective=None, policy="p-3")), NOW)
    before = told(engine)
    downgraded(engine)
    as_recorded(engine, order)

    upgrade(engine)

    with reading(engine) as session:
        bars = [(bar.version, bar.from_day, bar.certainty) for bar in timeline.timeline(session, 1)]
        assert bars == [
            (None, None, "uncertain"),
            ("2018-01-29", day("2018-01-29"), "presumed"),
            ("2018-01-29", day("2021-01-01"), "uncertain"),
            ("2021-11-01", day("2021-11-01"), "certain"),
            ("2022-01-10", day("2022-01-10"), "presumed"),
        ]
        assert queries.get_policy(session, "acme", "p-1", day("2026-01-01")).since == day(
            "2022-01-10"
        )
        undated = timeline.as_of(session, 3, on("2026-01-01"))
        assert (undated.version, undated.start.day, undated.certainty) == (
            "undated",
            None,
            "uncertain",
        )
        assert session.exec(select(func.count(TimingRow.revision_id))).one() == 5
        due = dict(session.exec(select(StoredPolicy.slug, StoredPolicy.chain_due)).all())
        assert due == {"p-1": True, "p-2": False, "p-3": True}, (
            "a start that was the day of import is known no more"
        )

    done = reclassify(engine, later(days=9), stale="any")
    assert done.failed == ()
    with reading(engine) as session:
        steps = [
            (row.content.get("from"), row.content["to"], row.effective, row.gap)
            for row in session.exec(
                select(StoredComparison)
                .where(StoredComparison.policy_id == 1)
                .order_by(StoredComparison.effective_key)
            )
        ]
        gap = {"after": "2018-01-29", "before": "2021-11-01", "missing": 1}
        assert steps == [
            (None, "2018-01-29", day("2018-01-29"), None),
            ("2018-01-29", "2021-11-01", day("2021-11-01"), gap),
            ("2021-11-01", "2022-01-10", day("2022-01-10"), None),
        ]
        assert not any(session.exec(select(StoredPolicy.chain_due)).all())
        last = session.exec(select(JournalRow.kind).order_by(JournalRow.sequence.desc())).first()
        assert last == ("publish" if list(order) == sorted(order) else "reclassify"), (
            "new neighbours are compared, as a technical upgrade"
        )
    take_effect(engine, day("2026-02-01"), later(days=10))
    assert told(engine) == before, "nobody is alerted"
    assert [fault for check in verify_store(engine) for fault in check.faults] == []


def test_opening_it_again_changes_nothing(sqlite_engine):
    load(sqlite_engine, checked(sibling("2018-01-29"), sibling("2021-11-01")), NOW)
    downgraded(sqlite_engine)
    upgrade(sqlite_engine)
    with reading(sqlite_engine) as session:
        once = [row.model_dump() for row in session.exec(select(StoredPolicy))]
    upgrade(sqlite_engine)
    with reading(sqlite_engine) as session:
        assert [row.model_dump() for row in session.exec(select(StoredPolicy))] == once


def test_what_is_recorded_stays_append_only(sqlite_engine):
    load(sqlite_engine, checked(sibling("2018-01-29")), NOW)
    downgraded(sqlite_engine)
    upgrade(sqlite_engine)
    with pytest.raises(Exception, match="append-only"), sqlite_engine.begin() as connection:
        connection.execute(text("UPDATE revision SET number = 7"))


def mentions_of(engine):
    with reading(engine) as session:
        bases = {
            one.id: (one.revision_id, one.kind, one.place, one.code_class)
            for one in session.exec(select(MentionBasis))
        }
        rows = session.exec(
            select(CodeMention).order_by(CodeMention.revision_id, CodeMention.ordinal)
        )
        return [
            row.model_dump(exclude={"id", "statement_id", "basis_id"})
            | {"basis": bases.get(row.basis_id)}
            for row in rows
        ]


def test_rows_that_an_older_program_made_are_made_anew_once_and_nobody_is_alerted(engine):
    dated = [
        {
            "key": "main",
            "section": "coverage",
            "role": "position",
            "position": "covered",
            "text": "From July on.",
            "effective": {"date": "2026-07-01"},
        },
        {
            "key": "within",
            "parent": "main",
            "section": "coverage",
            "role": "criterion",
            "text": "Six visits.",
            "codes": [{"system": "CPT", "code": "10009"}],
        },
    ]
    load(engine, checked(version("2026-01-01", policy="p-1", statements=dated)), NOW)
    load(
        engine,
        checked(
            version(
                "2026-01-01", policy="p-2", codes=(), title="Prolia", policy_type="drug_coverage"
            )
        ),
        NOW,
    )
    before, alerted = mentions_of(engine), told(engine)
    assert {"10009", "J0897"} <= {row["code"] for row in before}
    downgraded(engine)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM code_mention WHERE revision_id = 2"))
        connection.execute(text("UPDATE code_mention SET detail = '{}'"))

    upgrade(engine)

    assert mentions_of(engine) == before
    assert told(engine) == alerted
    assert [fault for check in verify_store(engine) for fault in check.faults] == []
    assert refresh(engine) == 0, "once"


def test_a_due_mark_that_came_meanwhile_is_not_settled(engine):
    load(engine, checked(sibling("2018-01-29"), sibling("2021-11-01")), NOW)
    with reading(engine) as session:
        held = holdings(session, "acme", "p-1")
    load(engine, checked(payers=(PAYER.model_copy(update={"dates_back": True}),)), later(days=1))
    with writing(engine) as session:
        session.exec(select(StoredPolicy)).one().chain_due = True
    with writing(engine) as session:
        assert not settle_chain(session, held)
    with writing(engine) as session:
        assert session.exec(select(StoredPolicy.chain_due)).one()
        assert settle_chain(session, holdings(session, "acme", "p-1"))
