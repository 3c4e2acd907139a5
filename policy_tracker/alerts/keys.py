"""Secrets of an installation: given by a setting, or made once and kept in the data folder for its
owner alone.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from policy_tracker.errors import SettingsError
from policy_tracker.store.private import make_private_folder
from policy_tracker.usable import SHORTEST_SECRET

if TYPE_CHECKING:
    from policy_tracker.settings import Settings

SECRET_KEY_FILE = "secret-key"  # noqa: S105 - the name of a file


def secret_key(settings: Settings) -> str:
    """The key that signs links and forms: the setting, else the one in the data folder, which is
    made at the first call.

    Raises SettingsError where it cannot be kept.
    """
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value()
    return made_once(settings.data_dir / SECRET_KEY_FILE)


def made_once(path: Path) -> str:
    """The secret kept in `path`; made, with 256 random bits and readable by its owner alone, where
    the file does not exist yet.

    Two processes that ask at once get the same secret: it is written beside its place and linked
    there, which only one of them can do first. Raises SettingsError where the file cannot be
    written or read, or holds too little.
    """
    try:
        if not path.exists():
            _make(path)
        return _long_enough(path.read_text(encoding="ascii").strip(), str(path))
    except (OSError, UnicodeDecodeError) as error:
        message = f"The secret in {path} cannot be kept or read: {error}."
        raise SettingsError(message) from error


def _make(path: Path) -> None:
    make_private_folder(path.parent)
    # mkstemp gives mode 0600
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    draft = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(32) + "\n")
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):  # another process was first; its secret counts
            path.hardlink_to(draft)
    finally:
        draft.unlink()


def _long_enough(secret: str, where: str) -> str:
    if len(secret) < SHORTEST_SECRET:
        message = (
            f"The secret in {where} has fewer than {SHORTEST_SECRET} characters, so it could "
            f"be guessed."
        )
        raise SettingsError(message)
    return secret
