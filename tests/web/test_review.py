"""The queue of what waits for a person: who sees it, what it shows, and that a decision is taken
once, from our own pages alone.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from policy_tracker import intake
from policy_tracker.extract.quality import NO_COVERAGE_PART
from policy_tracker.intake import accept_review
from policy_tracker.recordfiles.read import read_records
from policy_tracker.store.database import reading
from policy_tracker.store.documents import document_of
from policy_tracker.store.extractions import review_item, waiting
from tests.web import documented
from tests.web.documented import AT, UNDATED
from tests.web.world import TYPED, audit, client_of, hostile_record, opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Engine
    from starlette.testclient import TestClient

TOKEN = "the-token-of-this-test-installation"
OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = opened(tmp_path)
    documented.fill(made)
    documented.bring(made, UNDATED, "undated.pdf")
    yield made
    made.dispose()


@pytest.fixture
def stranger(engine: Engine, tmp_path: Path) -> Iterator[TestClient]:
    with client_of(engine, tmp_path, staff_token=TOKEN) as client:
        yield client


@pytest.fixture
def staff(stranger: TestClient) -> TestClient:
    answer = stranger.post("/status", data={"token": TOKEN, "door": "/review"}, headers=OURS)
    assert answer.headers["location"] == "/review"
    return stranger


@pytest.fixture
def number(engine: Engine) -> int:
    return only(engine).id


def only(engine: Engine):
    with reading(engine) as session:
        (found,) = waiting(session)
    return found


def decide(client: TestClient, number: int, headers: dict[str, str] = OURS, **fields: str):
    return client.post(f"/review/{number}", data=fields, headers=headers)


def test_strangers_are_asked_for_the_token(stranger, engine, number):
    for path in (
        "/review",
        f"/review/{number}",
        f"/review/{number}/record.json",
        f"/review/{number}/page/1",
        f"/review/{number}/page/1.png",
    ):
        answer = stranger.get(path)
        assert (answer.status_code, "Staff token" in answer.text, "Lantern" in answer.text) == (
            401,
            True,
            False,
        ), path
    assert decide(stranger, number, decision="accept").status_code == 401
    assert only(engine).id == number


def test_the_queue_says_why_each_one_waits(staff, engine, number):
    page = audit(staff.get("/review").text)
    assert "1 reading waits for a decision." in page.text
    assert "Lumen Health" in page.text
    assert "undated.pdf" in page.text
    assert f"/review/{number}" in page.addresses()
    for said in (audit(staff.get(f"/review/{number}").text).text, page.text):
        assert all(reason in said for reason in only(engine).reasons)
    assert staff.get("/review").headers["cache-control"] == "no-store"
    assert "1 reading waits for a decision" in audit(staff.get("/status").text).text


def test_a_reading_leads_to_its_places_in_the_document(staff, number):
    links = [
        link
        for link in audit(staff.get(f"/review/{number}").text).addresses()
        if "/page/1?" in link
    ]
    assert any("statement=" in link for link in links)
    assert any("code=64999" in link for link in links)
    for link in links:
        answer = staff.get(link)
        assert (answer.status_code, "Marked on this page" in answer.text) == (200, True), link
        assert f"/review/{number}" in [
            address.partition("#")[0] for address in audit(answer.text).addresses()
        ]
    assert staff.get(f"/review/{number}/page/1.png").content.startswith(b"\x89PNG")
    assert staff.get(f"/review/{number}/page/9").status_code == 404


def test_the_record_can_be_taken_corrected_and_given_back(staff, number, tmp_path):
    answer = staff.get(f"/review/{number}/record.json")
    assert answer.headers["content-disposition"] == f'attachment; filename="reading-{number}.json"'
    file = tmp_path / f"reading-{number}.json"
    file.write_bytes(answer.content)
    (found,) = read_records(file)
    assert found.value.title == json.loads(answer.content)["title"] == "Lantern Therapy of the Knee"


def test_accepting_publishes_it(staff, engine, number):
    item = only(engine)
    answer = decide(staff, number, decision="accept", by=" Ada ", why="")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/review/{number}")
    page = audit(staff.get(f"/review/{number}").text)
    assert "This reading was accepted by Ada on 2025-09-14." in page.text
    assert "Accept and publish" not in page.text
    assert staff.get(f"/policies/{item.payer}/{item.policy}/{item.version}").status_code == 200
    with reading(engine) as session:
        assert document_of(session, item.payer, item.policy, item.version).name == "undated.pdf"
    assert "Nothing waits for a decision." in audit(staff.get("/review").text).text


def test_rejecting_says_why(staff, engine, number):
    answer = decide(staff, number, decision="reject", by="Ada", why="  ")
    assert answer.status_code == 422
    page = audit(answer.text)
    assert "A rejection says why." in page.text
    assert ("input", "Ada") in [(tag, attributes.get("value")) for tag, attributes in page.tags]
    assert only(engine).id == number
    assert decide(staff, number, decision="reject", why="It is <b>ours</b>.").status_code == 303
    assert "It is <b>ours</b>." in audit(staff.get(f"/review/{number}").text).text
    with reading(engine) as session:
        assert review_item(session, number).status == "rejected"


def test_a_decision_is_taken_once(staff, engine, number):
    accept_review(engine, number, AT, by="Bo")
    for fields in ({"decision": "accept"}, {"decision": "reject", "why": "no"}):
        answer = decide(staff, number, **fields)
        assert answer.status_code == 409
        assert "was accepted by Bo" in audit(answer.text).text


def test_other_sites_decide_nothing(staff, engine, number):
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
        assert decide(staff, number, headers, decision="accept").status_code == 422
    assert staff.get(f"/review/{number}?decision=accept").status_code == 200
    assert only(engine).id == number


@pytest.mark.parametrize(
    "path",
    [
        "/review/0",
        "/review/x",
        "/review/99999999999999999999",
        "/review/9223372036854775808",
        "/review/77",
        "/review?after=x",
    ],
)
def test_what_is_no_reading_is_not_found(staff, path):
    assert staff.get(path).status_code == 404
    if "?" not in path:
        assert staff.post(path, data={"decision": "accept"}, headers=OURS).status_code == 404


def test_an_unknown_decision_is_none(staff, engine, number):
    assert decide(staff, number, decision="delete").status_code == 404
    assert only(engine).id == number


def test_what_a_payer_wrote_is_text(staff, engine):
    record = hostile_record("2026-01-01")
    doubtful = record.model_copy(
        update={
            "extraction": record.extraction.model_copy(update={"warnings": (NO_COVERAGE_PART,)})
        }
    )
    document, _ = intake.keep(
        engine, documented.UNDATED + b"\n", "<b>.pdf", "application/pdf", "tests", AT
    )
    intake.note_read(engine, document, [doubtful], "tests", AT)
    intake.publish_history(engine, AT)
    with reading(engine) as session:
        found = next(item for item in waiting(session) if item.payer == "hostile")
    at = f"/review/{found.id}"
    for path in (
        "/review",
        at,
        f"{at}/page/1?statement=p",
        f"{at}/page/1?group=g",
        f"{at}/page/1?part=everything-else",
    ):
        answer = staff.get(path)
        assert answer.status_code == 200
        assert "alert(1)" in audit(answer.text).text
    decide(staff, found.id, decision="reject", by=TYPED, why=TYPED)
    assert "alert(2)" in audit(staff.get(at).text).text


@pytest.fixture
def strange(engine):
    """A reading of a document of a payer that nobody has confirmed."""
    record = hostile_record("2026-01-01").model_copy(
        update={"payer": "brook-health-plan", "title": "Lamp Therapy", "policy_number": "BR-7"}
    )
    document, _ = intake.keep(
        engine, documented.UNDATED + b"\n\n", "brook.pdf", "application/pdf", "tests", AT
    )
    intake.note_read(engine, document, [record], "tests", AT)
    intake.publish_history(engine, AT)
    with reading(engine) as session:
        return next(item for item in waiting(session) if item.payer == "brook-health-plan")


def fields_of(page):
    return {
        attributes.get("name"): attributes.get("value")
        for tag, attributes in page.tags
        if tag == "input"
    }


def test_an_unconfirmed_payer_is_confirmed_with_number_and_title(staff, engine, strange):
    page = audit(staff.get(f"/review/{strange.id}").text)
    assert "Unconfirmed payer" in page.text
    given = fields_of(page)
    assert (given["payer"], given["payer_name"], given["policy_number"], given["title"]) == (
        "brook-health-plan", "Brook Health Plan", "BR-7", "Lamp Therapy",
    )  # fmt: skip
    names = {
        "payer": "brook",
        "payer_name": "Brook Health",
        "policy_number": "BR-8",
        "title": "Lamp Therapy of the Knee",
    }
    assert decide(staff, strange.id, decision="accept", by="Ada", **names).status_code == 303
    page = audit(staff.get("/policies/brook/br-8").text)
    assert "Brook Health" in page.text
    assert "Lamp Therapy of the Knee" in page.text


def test_a_name_that_cannot_be_one_is_told_and_nothing_is_lost(staff, strange):
    answer = decide(
        staff,
        strange.id,
        decision="accept",
        payer="Brook Health",
        payer_name="<b>Brook",
        policy_number="x",
        title="Lamps",
    )
    assert answer.status_code == 422
    page = audit(answer.text)
    assert "is no short name of a payer" in page.text
    assert fields_of(page)["payer_name"] == "<b>Brook"
    assert staff.get(f"/review/{strange.id}").status_code == 200
