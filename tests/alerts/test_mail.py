"""Mails as they are received: golden files, headers that mail programs act on, and hostile words
that must stay words.
"""

import datetime as dt
import os
import re
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_tracker.alerts.change_summary import (
    MOST_CHANGES,
    ChangeSummary,
    short_payer,
    subject_of,
)
from policy_tracker.alerts.links import Links
from policy_tracker.alerts.mail import Envelope, compose, sender_of
from policy_tracker.alerts.messages import (
    Asked,
    Office,
    Recipient,
    change_mail,
    confirm_mail,
    manage_mail,
)
from policy_tracker.alerts.naming import occurrence_words
from policy_tracker.alerts.topics import Topic
from policy_tracker.errors import SettingsError
from policy_tracker.record import CodeRef, Start
from policy_tracker.recordfiles.folder import read_records
from policy_tracker.rules import compare
from policy_tracker.rules.changes import Account, ActionItem, Directions
from policy_tracker.settings import read_settings
from tests.alerts.samples import BOTH, POLICY, START, change, comparison, mm_0300, record

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden" / "mail"
NOW = dt.datetime(2025, 9, 1, 12, tzinfo=dt.UTC)
SETTINGS = read_settings(
    secret_key="k" * 40,
    base_url="https://tracker.example",
    mail_from="Policy Tracker <alerts@tracker.example>",
)
OFFICE = Office(SETTINGS, Links("k" * 40, SETTINGS.public_url))
ANN = Recipient("ann@clinic.example", 1)

UNREVIEWED = "read automatically, not reviewed"


def letter(news, reasons=("Cigna MM 0300",), now=NOW):
    return change_mail(
        OFFICE, news, ANN, list(reasons), number=7, key="0123456789abcdef", at=NOW, now=now
    )


def received(message):
    """The message as a mail program reads it."""
    return message_from_bytes(message.as_bytes(), policy=SMTP)


def plain(message):
    return received(message).get_body(("plain",)).get_content().replace("\r\n", "\n")


def html(message):
    return received(message).get_body(("html",)).get_content().replace("\r\n", "\n")


def versions():
    """The two versions of MM 0300, as they are curated."""
    names = ("2025-09-26.before", "2025-09-26")
    return tuple(
        read_records(ROOT / f"policies/cigna/mm-0300/{name}.yaml")[0].value for name in names
    )


def seed_news():
    """The change of MM 0300 as the rules read it."""
    before, after = versions()
    return ChangeSummary(POLICY, after, START, compare(before, after), review=UNREVIEWED)


def looked_at():
    """The same change in words that stay, so that a golden file is about the mail and not about the
    rules.
    """
    return ChangeSummary(POLICY, versions()[1], START, mm_0300(), review=UNREVIEWED)


LETTERS = {
    "mm-0300": lambda: letter(looked_at(), ["Cigna MM 0300", "code 0691T"]),
    "confirm": lambda: confirm_mail(
        OFFICE,
        ANN,
        Asked("code 0691T", occurrence_words(Topic("code", "CPT:0691T"), "code 0691T")),
        numbers=(3, 1),
        key="0123456789abcdef",
        at=NOW,
    ),
    "manage": lambda: manage_mail(
        OFFICE, ANN, ["Cigna MM 0300", "code 0691T"], key="0123456789abcdef", at=NOW
    ),
}


@pytest.mark.parametrize("name", LETTERS)
@pytest.mark.parametrize("part", ["headers", "txt", "html"])
def test_mails_are_as_they_were_looked_at(name, part):
    """To accept a mail that was changed on purpose: ACCEPT_GOLDEN=1 pytest
    tests/alerts/test_mail.py, then look at the difference.
    """
    message = LETTERS[name]()
    said = {
        "headers": lambda: "".join(
            f"{header}: {value}\n" for header, value in received(message).items()
        ),
        "txt": lambda: plain(message),
        "html": lambda: html(message),
    }[part]()
    path = GOLDEN / f"{name}.{part}"
    if os.environ.get("ACCEPT_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(said, encoding="utf-8")
    assert said == path.read_text(encoding="utf-8")


def test_the_subject_carries_the_news():
    assert (
        letter(seed_news())["Subject"]
        == "Cigna MM 0300 from Sep 26, 2025 · 0691T and 0743T: medically necessary when criteria "
        "are met, was experimental, investigational or unproven; and more"
    )


def test_the_first_line_is_the_sentence_of_the_verdict():
    news = seed_news()
    first = plain(letter(news)).split("\n\n")[0].replace("\n", " ")
    assert first == news.comparison.verdict.summary


def test_text_and_html_tell_the_same():
    message = letter(seed_news())
    text, markup = " ".join(plain(message).split()), html(message)
    facts = [
        "prior authorization is new",
        "→ 12 months",
        "Takes effect on",
        "Friday, September 26, 2025",
        "Medium-High",
        "0691T, 0743T",
    ]
    facts += ["Before Friday, September 26, 2025", "charge capture", "disagrees with itself"]
    facts += [
        "https://tracker.example/policies/cigna/mm-0300/compare/2025-09-26.before...2025-09-26"
    ]
    for said in facts:
        assert said in text
        assert said in markup
    assert "Prior authorization is [-not-] required" in text
    assert re.search(r"Prior authorization is <del[^>]*>not</del>\s+required", markup)
    assert re.search(r"required <ins[^>]*>for initial treatment</ins>", markup)


def test_one_click_headers_arrive_unfolded():
    """RFC 8058 needs both; an address that was folded into an encoded word is no address any more."""
    links = Links("k" * 40, "https://tracker.example/" + "a-very-long-path/" * 12)
    message = change_mail(
        Office(SETTINGS, links), seed_news(), ANN, ["x"], number=7, key="k", at=NOW, now=NOW
    )
    raw = message.as_bytes().decode("ascii")
    lines = dict(line.split(": ", 1) for line in raw.split("\r\n\r\n")[0].split("\r\n"))
    assert re.fullmatch(
        r"<https://tracker\.example/\S+/alerts/unsubscribe\?token=[\w.-]+>",
        lines["List-Unsubscribe"],
    )
    assert lines["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert max(len(line) for line in raw.split("\r\n")) <= 998


def test_confirmations_can_not_be_unsubscribed_from():
    assert "List-Unsubscribe" not in LETTERS["confirm"]()


def test_the_message_id_is_the_same_each_time():
    assert letter(seed_news()).as_bytes() == letter(seed_news()).as_bytes()
    assert letter(seed_news())["Message-ID"] == "<0123456789abcdef@tracker.example>"


def test_nothing_remote_is_referred_to():
    for letter_of in LETTERS.values():
        markup = html(letter_of())
        assert not re.search(
            r"<(img|link|script|iframe|object)\b|@import|url\(|https?://(?!tracker\.example)",
            markup,
        )


HOSTILE = (
    '<script>alert(1)</script> & "quoted" <img src=x onerror=alert(1)>\r\nBcc: '
    "all@example.org {{ 7 * 7 }} \u202eevil\u0000"
)


def hostile_news():
    policy = POLICY.model_copy(
        update={"payer_name": HOSTILE, "aliases": (HOSTILE,), "title": HOSTILE}
    )
    said = comparison(
        change(before=HOSTILE, after=f"{HOSTILE} {HOSTILE}", heading=HOSTILE, explanation=HOSTILE),
        summary=HOSTILE,
        actions=(ActionItem(id="a", text=HOSTILE, due=HOSTILE, why="r"),),
    )
    claims = [{"text": HOSTILE, "source": {"place": HOSTILE}}, {"text": "other"}]
    return ChangeSummary(
        policy,
        record(title="x" + HOSTILE, disagreements=[{"about": "codes", "claims": claims}]),
        START,
        said,
        review=UNREVIEWED,
    )


def test_what_a_payer_wrote_stays_words():
    message = received(letter(hostile_news(), reasons=[HOSTILE]))
    assert "Bcc" not in message
    assert "\n" not in message["Subject"]
    markup = html(letter(hostile_news(), reasons=[HOSTILE]))
    assert "<script" not in markup
    assert "<img" not in markup
    assert "{{ 7 * 7 }}" in markup
    assert "49" not in re.sub(r"#[0-9a-f]{6}|token=\S+", "", markup)
    for hidden in ("\u202e", "\u0000"):
        assert hidden not in markup
        assert hidden not in plain(letter(hostile_news()))


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_words_make_a_mail(one, other):
    said = comparison(
        change(before=one or None, after=other or None, heading=one or "x", explanation=other),
        summary=one or "x",
    )
    message = received(
        letter(ChangeSummary(POLICY, record(), START, said, review=UNREVIEWED), reasons=[other])
    )
    assert set(message.keys()) == set(received(letter(seed_news())).keys())
    assert message.get_body(("html",)) is not None


@pytest.mark.parametrize(
    ("slug", "name", "short"),
    [
        ("cigna", "Cigna Healthcare", "Cigna"),
        ("example-health", "Example Health Plan", "Example Health"),
        ("uhc", "UnitedHealthcare", "UnitedHealthcare"),
    ],
)
def test_a_payer_is_called_as_people_call_it(slug, name, short):
    assert short_payer(slug, name, fixture=False) == short
    assert short_payer(slug, name, fixture=True) == f"{short} (invented payer)"


@pytest.mark.parametrize(
    ("values", "subject"),
    [
        ({"change_type": "retired"}, "Cigna MM 0300 from Sep 26, 2025: retired"),
        ({"change_type": "new"}, "Cigna MM 0300 from Sep 26, 2025: new policy"),
        ({}, "Cigna MM 0300 from Sep 26, 2025: changed, neither broadened nor narrowed"),
        (
            {"directions": Directions(recourse="narrowed")},
            "Cigna MM 0300 from Sep 26, 2025: recourse limited",
        ),
        (
            {
                "directions": Directions(coverage="mixed"),
                "codes": tuple(CodeRef(system="CPT", code=f"9921{n}") for n in range(8)),
            },
            (
                "Cigna MM 0300 from Sep 26, 2025: coverage changed both ways (99210, 99211, "
                "99212, 99213, 99214 +3)"
            ),
        ),
    ],
)
def test_subjects(values, subject):
    assert (
        subject_of(
            ChangeSummary(
                POLICY, record(), START, comparison(change(), **values), review=UNREVIEWED
            )
        )
        == subject
    )


def test_an_unknown_start_is_said_and_not_made_up():
    start = Start(day=None, stated_as="unknown", basis="unknown")
    news = ChangeSummary(
        POLICY, record(), start, comparison(change(), codes=BOTH), review=UNREVIEWED
    )
    assert (
        subject_of(news)
        == "Cigna MM 0300, start unknown: changed, neither broadened nor narrowed (0691T, 0743T)"
    )
    assert "Start unknown: the source states no date" in plain(letter(news))


def test_a_past_start_is_no_deadline():
    assert "Took effect on Friday, September 26, 2025" in plain(
        letter(seed_news(), now=NOW + dt.timedelta(days=40))
    )


def test_a_correction_says_so():
    news = ChangeSummary(
        POLICY, record(), START, comparison(change()), correction=True, review=UNREVIEWED
    )
    assert letter(news)["Subject"].startswith("Corrected: ")
    assert "recorded wrongly" in plain(letter(news))


def test_a_flood_of_changes_is_cut_and_counted():
    news = ChangeSummary(
        POLICY,
        record(),
        START,
        comparison(*(change(f"e{n}", after=f"after {n}") for n in range(MOST_CHANGES + 3))),
        review=UNREVIEWED,
    )
    assert f"{MOST_CHANGES + 3} CHANGES" in plain(letter(news))
    assert "3 further changes on the comparison page" in plain(letter(news))
    assert html(letter(news)).count("<h3") == MOST_CHANGES


def test_one_edit_at_many_places_is_told_once_with_its_places():
    at = (("Asthma", "Renewal"), ("Asthma", "Start"), ("Hives", "Start"))
    edits = [change(f"e{n}", statement=f"s{n}", subject=path) for n, path in enumerate(at)]
    news = ChangeSummary(POLICY, record(), START, comparison(*edits), review=UNREVIEWED)
    said = plain(letter(news))
    assert "3 CHANGES" in said
    assert said.count("Before: [-before-]") == 1
    places = "Changed alike at 3 places: Asthma › Renewal; Asthma › Start; Hives › Start."
    assert places in " ".join(said.split())
    assert html(letter(news)).count("<h3") == 1


def test_what_one_sentence_means_twice_is_told_below_its_words_once():
    edits = [
        change("e1", statement="s1"),
        change("e2", statement="s1", explanation="A second thing.", impact="high"),
    ]
    news = ChangeSummary(POLICY, record(), START, comparison(*edits), review=UNREVIEWED)
    said = plain(letter(news))
    assert said.count("Before: [-before-]") == 1
    assert said.index("A second thing.") < said.rindex("Something became different.")


def test_words_that_nobody_classified_are_counted():
    account = Account(words_differing=9, changed=2, moved=0, quiet={}, not_classified=7)
    told = comparison(change("e1")).model_copy(update={"account": account})
    news = ChangeSummary(POLICY, record(), START, told, review=UNREVIEWED)
    assert "7 words of the two documents differ" in plain(letter(news))
    assert "7 words of the two documents differ" in html(letter(news))


def test_lines_of_a_text_stay_lines_and_never_pass_for_lines_of_the_mail():
    edit = change("e1", before=None, after="All of these:\nAge 18\nUnsubscribe: elsewhere")
    news = ChangeSummary(POLICY, record(), START, comparison(edit), review=UNREVIEWED)
    lines = plain(letter(news)).split("\n")
    assert "           Age 18" in lines
    assert sum(line.startswith("Unsubscribe:") for line in lines) == 1


@pytest.mark.parametrize(
    "mail_from", ["", "nobody", "a@b@c", "x <y>", "a@example.org\r\nBcc: b@example.org"]
)
def test_a_sender_that_cannot_be_used_is_a_wrong_setting(mail_from):
    with pytest.raises(SettingsError, match="MAIL_FROM"):
        sender_of(mail_from)


def test_a_mail_goes_to_one_address_as_it_is_written():
    message = compose(
        "manage",
        Envelope("o'brien+x@clinic.example", "k", NOW),
        SETTINGS,
        topics=[],
        until="tomorrow",
        manage_url="https://tracker.example/x",
    )
    assert received(message)["To"].addresses[0].addr_spec == "o'brien+x@clinic.example"
    assert "follow nothing" in plain(message)
