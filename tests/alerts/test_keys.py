from concurrent.futures import ThreadPoolExecutor

import pytest

from policy_tracker.alerts.keys import SECRET_KEY_FILE, made_once, secret_key
from policy_tracker.errors import SettingsError
from policy_tracker.settings import read_settings


def test_a_secret_is_made_once_for_its_owner_alone(tmp_path):
    path = tmp_path / "data" / "secret"
    secret = made_once(path)
    assert len(secret) >= 43
    assert made_once(path) == secret
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["secret"]


def test_processes_that_ask_at_once_get_the_same_secret(tmp_path):
    for round_ in range(20):
        path = tmp_path / str(round_)
        with ThreadPoolExecutor(8) as pool:
            assert len(set(pool.map(lambda _, path=path: made_once(path), range(8)))) == 1


def test_the_setting_goes_before_the_file(tmp_path):
    settings = read_settings(data_dir=tmp_path, secret_key="a-key-from-the-environment")
    assert secret_key(settings) == "a-key-from-the-environment"
    assert not (tmp_path / SECRET_KEY_FILE).exists()
    assert (
        secret_key(read_settings(data_dir=tmp_path))
        == (tmp_path / SECRET_KEY_FILE).read_text().strip()
    )


@pytest.mark.parametrize("content", ["", "short", "ümlaut" * 10])
def test_a_weak_or_damaged_secret_is_refused(tmp_path, content):
    path = tmp_path / "secret"
    path.write_text(content)
    with pytest.raises(SettingsError, match="secret"):
        made_once(path)


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SettingsError, match="cannot be kept"):
        made_once(tmp_path / "file" / "secret")
