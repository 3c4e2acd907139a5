"""Every page answers, keeps to the content security policy, and leads only to pages that exist."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from tests.web.world import AFTER, BEFORE, HOSTILE_PAGES, MM, PAGES, TYPED, WRONG, audit, client_of

ATOM = "{http://www.w3.org/2005/Atom}"
OTHER_ROOMS = ("/v1", "/alerts", "/status", "/mailbox", "/static")


@pytest.mark.parametrize("path", PAGES)
def test_answers_with_lawful_markup(site: TestClient, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    page = audit(answer.text)
    assert [tag for tag, _ in page.tags].count("h1") == 1
    assert [tag for tag, _ in page.tags].count("main") == 1


def test_all_links_lead_somewhere(site: TestClient) -> None:
    seen: dict[str, str] = dict.fromkeys(PAGES, "")
    waiting = list(PAGES)
    while waiting and len(seen) < 400:
        path = waiting.pop()
        answer = site.get(path)
        assert answer.status_code < 400, (
            f"{path}, linked from {seen[path]}, answers {answer.status_code}"
        )
        page = audit(answer.text)
        for address in page.addresses():
            target, _, fragment = address.partition("#")
            if not target:
                assert fragment in page.ids(), f"{path} links to #{fragment}"
            elif (
                target.startswith("/")
                and not target.startswith(OTHER_ROOMS)
                and not target.startswith("/changes.atom")
                and target not in seen
            ):
                seen[target] = path
                if "month=" not in target and not target.endswith("/compare"):
                    waiting.append(target)
    assert len(seen) > 40


@pytest.mark.parametrize("path", WRONG)
def test_wrong_addresses_are_explained(site: TestClient, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code in (404, 422)
    page = audit(answer.text)
    assert any(
        tag == "a" and attributes.get("href") == "/policies" for tag, attributes in page.tags
    )


def test_unknown_policy_names_the_one_that_was_meant(site: TestClient) -> None:
    answer = site.get("/policies/cigna/mm-0301")
    assert answer.status_code == 404
    assert MM in audit(answer.text).addresses()


def test_unknown_version_lists_those_that_exist(site: TestClient) -> None:
    addresses = audit(site.get(f"{MM}/2025-09-27").text).addresses()
    assert f"{MM}/{AFTER}" in addresses
    assert f"{MM}/{BEFORE}" in addresses


def test_unknown_code_says_that_silence_is_no_denial(site: TestClient) -> None:
    answer = site.get("/codes/99999")
    assert answer.status_code == 404
    page = audit(answer.text)
    assert "Silence is not a denial" in page.text
    assert "/codes" in page.addresses()


def test_malformed_code_keeps_what_was_typed(site: TestClient) -> None:
    answer = site.get("/codes/069%221T")
    assert answer.status_code == 422
    fields = {
        attributes.get("name"): attributes
        for tag, attributes in audit(answer.text).tags
        if tag == "input"
    }
    assert fields["code"]["value"] == '069"1T'
    assert fields["code"]["aria-invalid"] == "true"


def test_bad_date_keeps_the_form_and_says_what_is_wrong(site: TestClient) -> None:
    answer = site.get("/codes/0691T?as_of=2025-02-30&state=TX")
    assert answer.status_code == 422
    page = audit(answer.text)
    fields = {attributes.get("name"): attributes for tag, attributes in page.tags if tag == "input"}
    assert fields["as_of"]["value"] == "2025-02-30"
    assert fields["as_of"]["aria-describedby"] == "wrong-as_of"
    assert fields["state"]["value"] == "TX"
    assert "“2025-02-30” is no day of the calendar" in page.text


@pytest.mark.parametrize(
    ("day", "said"),
    [("2025-09-25", "Experimental"), ("2025-09-26", "Medically necessary when criteria are met")],
)
def test_code_answers_as_of_a_day(site: TestClient, day: str, said: str) -> None:
    page = audit(site.get(f"/codes/0691T?as_of={day}").text)
    answer = page.text.partition("For services on")[2].partition("Over time")[0]
    assert said in answer
    assert "MM 0300" in answer


def test_code_form_leads_to_the_code_with_its_question(site: TestClient) -> None:
    answer = site.get("/codes?code=0691t&as_of=2025-09-25&payer=")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/codes/0691T?as_of=2025-09-25"


def test_picker_leads_to_the_comparison(site: TestClient) -> None:
    answer = site.get(f"{MM}/compare?from={BEFORE}&to={AFTER}&view=inline")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{MM}/compare/{BEFORE}...{AFTER}?view=inline"
    assert site.get(f"{MM}/compare?from={BEFORE}&to=").status_code == 422
    assert site.get(f"{MM}/compare?from={BEFORE}&to=//example.org").status_code == 404


def test_reversed_comparison_says_so(site: TestClient) -> None:
    assert (
        "You read backwards in time"
        in audit(site.get(f"{MM}/compare/{AFTER}...{BEFORE}").text).text
    )
    assert (
        "You read backwards in time"
        not in audit(site.get(f"{MM}/compare/{BEFORE}...{AFTER}").text).text
    )


def test_a_version_compared_with_itself_has_no_changes(site: TestClient) -> None:
    page = audit(site.get(f"{MM}/compare/{AFTER}...{AFTER}").text)
    assert "Both sides are the same version" in page.text
    assert "No change that can decide a claim" in page.text


def test_invented_payers_are_marked_wherever_their_name_stands(site: TestClient) -> None:
    for path in (
        "/",
        "/policies",
        "/policies/example-health/ehp-104",
        "/policies/example-health/ehp-104/2025-03-01/brief",
        "/codes/62321",
        "/search?q=injection",
    ):
        assert "Invented example" in audit(site.get(path).text).text, path
    assert "Invented example" not in audit(site.get(MM).text).text


def test_filters_stay_in_the_form_and_can_be_loosened(site: TestClient) -> None:
    page = audit(site.get("/?code=0691T&impact=high").text)
    assert "Nothing matches all of these filters" in page.text
    assert "/?impact=high" in page.addresses()
    assert "/?code=0691T" in page.addresses()
    fields = {attributes.get("name"): attributes for tag, attributes in page.tags if tag == "input"}
    assert fields["code"]["value"] == "0691T"


def test_htmx_gets_the_list_alone_and_the_address(site: TestClient) -> None:
    answer = site.get("/?code=0691T&payer=&impact=", headers={"HX-Request": "true"})
    assert answer.headers["HX-Push-Url"] == "/?code=0691T"
    assert "HX-Request" in answer.headers["Vary"]
    page = audit(answer.text)
    assert "html" not in [tag for tag, _ in page.tags]
    assert page.ids()[0] == "feed"
    assert "Bone Mineral Density Measurement" in page.text


def test_new_to_you_after_a_later_record(curated: Engine, tmp_path: Path) -> None:
    with client_of(curated, tmp_path) as client:
        assert "New to you" not in client.get("/").text
        assert "New to you" not in client.get("/").text
    with client_of(curated, tmp_path) as client:
        assert "New to you" in client.get("/", headers={"Cookie": "feed_seen=0.1700000000"}).text
        assert "New to you" not in client.get("/", headers={"Cookie": "feed_seen=<script>"}).text


def test_feed_is_well_formed_and_unchanged_answers_304(site: TestClient) -> None:
    answer = site.get("/changes.atom?code=0691T")
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = ET.fromstring(answer.text)
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")]
    assert (
        "Cigna Healthcare MM 0300 from September 26, 2025: coverage broadened, burden added "
        "(0691T and 0743T)"
    ) in titles
    assert all(
        link.get("href", "").startswith("http://testserver/") for link in feed.iter(f"{ATOM}link")
    )
    again = site.get("/changes.atom?code=0691T", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("path", HOSTILE_PAGES)
def test_what_a_payer_wrote_is_text_everywhere(hostile: Engine, tmp_path: Path, path: str) -> None:
    with client_of(hostile, tmp_path) as client:
        page = audit(client.get(path).text)
    if path.startswith("/policies/hostile/h-1"):
        assert "<script>alert(1)</script>" in page.text
    assert not [
        attributes for tag, attributes in page.tags if tag == "a" and "onmouseover" in attributes
    ]


def test_feed_of_hostile_words_is_well_formed(hostile: Engine, tmp_path: Path) -> None:
    with client_of(hostile, tmp_path) as client:
        feed = ET.fromstring(client.get("/changes.atom").text)
    assert "<script>alert(1)</script>" in (feed.findtext(f"{ATOM}entry/{ATOM}title") or "")


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/", "code"),
        ("/", "text"),
        ("/", "payer"),
        ("/", "from"),
        ("/policies", "text"),
        ("/codes", "code"),
        ("/search", "q"),
        ("/calendar", "month"),
        ("/codes/0691T", "as_of"),
    ],
)
def test_what_a_reader_typed_is_text_everywhere(site: TestClient, path: str, field: str) -> None:
    audit(site.get(path, params={field: TYPED.replace("\u202e", "")}).text)
    audit(site.get(path, params={field: TYPED}).text)


def test_control_characters_in_an_address_are_not_found(site: TestClient) -> None:
    for path in ("/policies/cigna/mm%000300", "/policies/%00/x", "/codes/06%0091T", f"{MM}/%1b"):
        assert site.get(path).status_code == 404, path
    assert site.get("/?text=%00&code=%00").status_code == 200


def test_descriptors_are_shown_only_where_they_may_be(curated: Engine, tmp_path: Path) -> None:
    printed = "Bone strength and fracture risk using finite element analysis"
    for path in (
        f"{MM}/{AFTER}",
        f"{MM}/{AFTER}/brief",
        "/codes",
        "/codes/0743T?as_of=2025-10-01",
        "/search?q=finite+element+functional",
    ):
        with client_of(curated, tmp_path) as client:
            assert printed in audit(client.get(path).text).text, path
        with client_of(curated, tmp_path, show_descriptors=False) as client:
            assert printed not in audit(client.get(path).text).text, path


def test_no_page_promises_payment(site: TestClient) -> None:
    for path in PAGES:
        assert "will be paid" not in site.get(path).text.lower(), path
