"""Every setting of an installation: environment variables named POLICY_TRACKER_…, each documented
in docs/operations.md.
"""

import os
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from policy_tracker import usable
from policy_tracker.errors import SettingsError


class Settings(BaseSettings):
    """An installation's settings."""

    model_config = SettingsConfigDict(env_prefix="POLICY_TRACKER_", frozen=True, extra="ignore")

    data_dir: Path = Field(
        Path("var"),
        description="folder for the embedded database, the static site, the mailbox and the secret "
        "key",
    )
    database_url: str | None = Field(
        None,
        description="PostgreSQL (postgresql+psycopg://…) or SQLite; without it, SQLite in the data "
        "folder",
    )
    policies_dir: Path = Field(
        Path("policies"), description="folder of curated records that is loaded on a schedule"
    )
    rules_file: Path | None = Field(
        None, description="YAML file with overrides of rules: other impacts, rules that are off"
    )
    host: str = Field("127.0.0.1", description="address that the web server binds")
    port: int = Field(8000, ge=1, le=65535, description="port that the web server binds")
    base_url: str | None = Field(
        None,
        description="public address in mails and feeds; without it, http://HOST:PORT; never the "
        "Host header",
    )
    web_workers: int = Field(
        1, ge=1, le=64, description="web processes; the scheduler is always one process beside them"
    )
    trusted_proxies: Annotated[tuple[usable.Network, ...], NoDecode] = Field(
        (),
        description="addresses and networks of reverse proxies whose word on who asks is taken; "
        "none by default",
    )
    secret_key: SecretStr | None = Field(
        None, description="key that signs links; without it, one is made once in the data folder"
    )
    staff_token: SecretStr | None = Field(
        None,
        description="token that opens the staff pages; without it, one is made once and printed",
    )
    mail_from: str = Field(
        "Policy Tracker <policy-tracker@localhost>", description="sender of mails"
    )
    smtp_host: str | None = Field(
        None,
        description="mail server; without it, mails go to the local mailbox, shown at /mailbox",
    )
    smtp_port: int = Field(587, ge=1, le=65535, description="port of the mail server")
    smtp_user: str | None = Field(None, description="user name at the mail server")
    smtp_password: SecretStr | None = Field(None, description="password at the mail server")
    smtp_security: str = Field(
        "starttls", pattern="^(starttls|tls|none)$", description="starttls, tls or none"
    )
    show_descriptors: bool = Field(
        True,
        description="show code descriptors as the payer printed them; off where no licence allows "
        "it",
    )
    time_zone: str = Field(
        "America/New_York",
        description="time zone of the installation, by its IANA name: it decides which day is today",  # noqa: E501
    )
    load_every: int = Field(
        60, ge=5, description="seconds between two looks at the policies folder"
    )
    send_every: int = Field(15, ge=1, description="seconds between two deliveries of due mails")
    render_every: int = Field(
        60, ge=5, description="seconds between two renderings of the static site"
    )
    corpus: Path = Field(
        Path("../shared/corpus"),
        description="optional folder of real documents, for corpus tests and benchmarks",
    )

    @field_validator("time_zone")
    @classmethod
    def _is_a_time_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (
            ZoneInfoNotFoundError,
            ValueError,
            OSError,
        ) as error:  # unknown; a path out of the database; a folder or no zone file
            message = (
                f"{name!r} is not the IANA name of a time zone, such as America/New_York or UTC"
            )
            raise ValueError(message) from error
        return name

    @field_validator("secret_key", "staff_token")
    @classmethod
    def _guard(cls, value: SecretStr | None) -> SecretStr | None:
        # not "if value": an empty secret counts as nothing, and once let everybody in
        return None if value is None else SecretStr(usable.secret(value.get_secret_value()))

    @field_validator("smtp_password")
    @classmethod
    def _given(cls, value: SecretStr | None) -> SecretStr | None:
        """Its length is the mail server's business; an empty one is a variable that was not filled
        in.
        """
        if value is not None and not value.get_secret_value():
            message = "it is empty; unset it, or set the password"
            raise ValueError(message)
        return value

    @field_validator("mail_from")
    @classmethod
    def _sender(cls, value: str) -> str:
        return usable.sender(value)

    @field_validator("base_url")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        return value if value is None else usable.public_address(value)

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _networks(cls, value: object) -> object:
        return usable.networks(value.replace(",", " ").split()) if isinstance(value, str) else value

    @property
    def database(self) -> str:
        """The database URL in force."""
        return (
            self.database_url or f"sqlite:///{(self.data_dir / 'policy-tracker.sqlite').absolute()}"
        )

    @property
    def public_url(self) -> str:
        """The public base address without a final slash."""
        return (self.base_url or f"http://{self.host}:{self.port}").rstrip("/")


def local_time(settings: Settings, now: datetime) -> datetime:
    """The moment `now` (aware) as clocks in the installation's time zone show it, so that its day
    is the day there.
    """
    return now.astimezone(ZoneInfo(settings.time_zone))


def today(settings: Settings, now: datetime) -> date:
    """The day that it is at the moment `now` (aware) in the installation's time zone.

    A payer's effective date is a day on a wall calendar: at 8 p.m. in New York the next day has
    begun in UTC, but not for the claim.
    """
    return local_time(settings, now).date()


@lru_cache
def settings() -> Settings:
    """The settings of this process, read once. Raises SettingsError that names each wrong one."""
    return read_settings()


def read_settings(**values: object) -> Settings:
    """Settings from the environment, overridden by `values`.

    Raises SettingsError that names everything that is wrong.
    """
    known = {f"{usable.PREFIX}{name.upper()}" for name in Settings.model_fields}
    wrong = usable.unknown_names(os.environ, known)
    try:
        made = Settings(**values)  # ty: ignore[invalid-argument-type]
    except ValidationError as error:
        wrong = [_fault(str(fault["loc"][0]), fault["msg"]) for fault in error.errors()] + wrong
        raise SettingsError("; ".join(wrong)) from None  # the error holds what was set, secrets too
    if wrong:
        raise SettingsError("; ".join(wrong))
    return made


def _fault(name: str, reason: str) -> str:
    reason = reason.removeprefix("Value error, ")
    return f"{usable.PREFIX}{name.upper()}: {reason[:1].lower()}{reason[1:]}"
