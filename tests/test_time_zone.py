"""Today is the day in the installation's time zone, wherever today matters."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from policy_tracker.alerts.change_summary import ChangeSummary
from policy_tracker.alerts.links import Links
from policy_tracker.alerts.messages import Office, Recipient, change_mail
from policy_tracker.app import create_app
from policy_tracker.errors import SettingsError
from policy_tracker.jobs import Work, run_now
from policy_tracker.pages.static_site import render_site
from policy_tracker.pipeline import load
from policy_tracker.recordfiles.folder import check_folder
from policy_tracker.settings import read_settings, today
from policy_tracker.store.database import reading
from tests.alerts.samples import POLICY, START, mm_0300, record
from tests.commands.conftest import Run, loaded_template, run, run_loaded
from tests.web.world import MM, ROOT, curated, settings_at

__all__ = ["curated", "loaded_template", "run", "run_loaded"]

EVENING = datetime(2025, 9, 26, 3, 59, tzinfo=UTC)
"""Sep 25, 11:59 p.m. in New York, a minute before MM 0300 changes there; in UTC it is Sep 26
already.
"""
MIDNIGHT = EVENING + timedelta(minutes=1)


def client_at(engine: Engine, folder: Path, moment: datetime, **values: object) -> TestClient:
    return TestClient(
        create_app(settings_at(folder, **values), engine=engine, clock=lambda: moment)
    )


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        # 11:59 p.m. EST: clocks go forward in this night
        (datetime(2026, 3, 8, 4, 59, tzinfo=UTC), date(2026, 3, 7)),
        (datetime(2026, 3, 8, 5, 0, tzinfo=UTC), date(2026, 3, 8)),
        # a day of 23 hours: 11:59 p.m. EDT
        (datetime(2026, 3, 9, 3, 59, tzinfo=UTC), date(2026, 3, 8)),
        (datetime(2026, 3, 9, 4, 0, tzinfo=UTC), date(2026, 3, 9)),
        # clocks go back in this night
        (datetime(2026, 11, 1, 3, 59, tzinfo=UTC), date(2026, 10, 31)),
        (datetime(2026, 11, 1, 4, 0, tzinfo=UTC), date(2026, 11, 1)),
        # a day of 25 hours: 11:59 p.m. EST
        (datetime(2026, 11, 2, 4, 59, tzinfo=UTC), date(2026, 11, 1)),
        (datetime(2026, 11, 2, 5, 0, tzinfo=UTC), date(2026, 11, 2)),
    ],
)
def test_the_day_begins_at_local_midnight_whatever_the_clocks_do(
    moment: datetime, day: date
) -> None:
    assert today(read_settings(), moment) == day
    assert today(read_settings(time_zone="UTC"), moment) == moment.date()


def test_a_moment_in_another_zone_is_the_same_moment() -> None:
    eastern = EVENING.astimezone(datetime.fromisoformat("2025-09-26T12:00:00+09:00").tzinfo)
    assert today(read_settings(), eastern) == date(2025, 9, 25)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "America",
        "Eastern",
        "EST5PDT6",
        "../../etc/passwd",
        "/etc/localtime",
        "America/New York",
        "x" * 5000,
        "\0",
    ],
)
def test_a_name_that_is_no_time_zone_stops_the_start_with_one_sentence(name: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings(time_zone=name)
    assert str(refused.value) == (
        f"POLICY_TRACKER_TIME_ZONE: {name!r} is not the IANA name of a time zone, such as "
        f"America/New_York or UTC"
    )


@pytest.mark.parametrize(("moment", "day"), [(EVENING, "2025-09-25"), (MIDNIGHT, "2025-09-26")])
def test_answers_without_a_date_are_of_the_local_day_and_say_whose_it_is(
    curated: Engine, tmp_path: Path, moment: datetime, day: str
) -> None:
    with client_at(curated, tmp_path, moment) as client:
        asked = client.get("/v1/codes/0691T").json()["question"]
        assert (asked["as_of"], asked["time_zone"]) == (day, "America/New_York")
        batch = client.post("/v1/codes:batch", json={"questions": [{"code": "0691T"}]}).json()[
            "answers"
        ][0]["question"]
        assert (batch["as_of"], batch["time_zone"]) == (day, "America/New_York")
        found = client.get(f"/v1{MM}/as-of").json()
        assert (found["date"], found["time_zone"], found["governing"]["version"]) == (
            day,
            "America/New_York",
            {"2025-09-25": "2025-09-26.before", "2025-09-26": "2025-09-26"}[day],
        )
        assert client.get(f"/v1{MM}").json()["policy"]["version"] == found["governing"]["version"]


@pytest.mark.parametrize(
    ("moment", "words"), [(EVENING, "September 25, 2025"), (MIDNIGHT, "September 26, 2025")]
)
def test_pages_say_today_with_its_time_zone(
    curated: Engine, tmp_path: Path, moment: datetime, words: str
) -> None:
    with client_at(curated, tmp_path, moment) as client:
        for path in ("/", "/calendar"):
            html = client.get(path).text
            assert f"{words} (America/New_York)" in html, path
        code = client.get("/codes/0691T").text
        assert words in code
        assert "Today, in the time zone America/New_York." in code
        assert "Today, in the time zone" not in client.get("/codes/0691T?as_of=2024-01-05").text
    with client_at(curated, tmp_path, EVENING, time_zone="UTC") as client:
        assert "September 26, 2025 (UTC)" in client.get("/").text


def test_the_static_site_is_of_the_local_day(curated: Engine, tmp_path: Path) -> None:
    with reading(curated) as session:
        render_site(session, tmp_path / "site", settings_at(tmp_path), EVENING)
        assert "September 25, 2025 (America/New_York)" in (tmp_path / "site/index.html").read_text()
        assert (
            render_site(
                session, tmp_path / "site", settings_at(tmp_path), EVENING - timedelta(hours=9)
            ).written
            == 0
        )
        assert render_site(session, tmp_path / "site", settings_at(tmp_path), MIDNIGHT).written
        assert render_site(
            session, tmp_path / "site", settings_at(tmp_path, time_zone="Asia/Tokyo"), MIDNIGHT
        ).written


def test_a_version_takes_effect_at_local_midnight(engine: Engine, tmp_path: Path) -> None:
    load(engine, check_folder([ROOT / "policies"]), datetime(2025, 9, 1, 12, tzinfo=UTC))
    settings = settings_at(tmp_path)
    before, _ = run_now("effective", Work(engine, settings, lambda: EVENING))
    at, _ = run_now("effective", Work(engine, settings, lambda: MIDNIGHT))
    assert before is not None
    assert before.did == "0 versions took effect."
    assert at is not None
    assert at.did == "1 version took effect."


@pytest.mark.parametrize(
    ("moment", "label"), [(EVENING, "Takes effect on"), (MIDNIGHT, "Took effect on")]
)
def test_a_mail_counts_from_the_local_day(tmp_path: Path, moment: datetime, label: str) -> None:
    settings = settings_at(tmp_path)
    office = Office(settings, Links("0123456789abcdef", settings.public_url))
    mail = change_mail(
        office,
        ChangeSummary(POLICY, record(), START, mm_0300(), review="recorded by hand"),
        Recipient("a@example.org", 1),
        ["x"],
        number=1,
        key="k",
        at=moment,
        now=moment,
    )
    assert label in mail.get_body(("plain",)).get_content()


def test_commands_ask_for_the_local_day(run_loaded: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between these two islands lie 25 hours: whenever this runs, their days differ."""
    days = {}
    for zone in ("Pacific/Niue", "Pacific/Kiritimati"):
        monkeypatch.setenv("POLICY_TRACKER_TIME_ZONE", zone)
        asked = json.loads(run_loaded("lookup", "0691T", "--json").stdout)["question"]
        assert asked["time_zone"] == zone
        days[zone] = date.fromisoformat(asked["as_of"])
        assert f"(today, {zone})" in run_loaded("lookup", "0691T").stdout.replace(" \n", " ")
    assert days["Pacific/Niue"] < days["Pacific/Kiritimati"]
