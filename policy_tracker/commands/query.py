"""Questions: what is said of a code, and how a policy came to be what it is."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from policy_tracker.commands.session import (
    policy_address,
    read_settings,
    session_to_read,
    today_under,
)
from policy_tracker.commands.terminal import WRONG, out, print_json, print_values, say
from policy_tracker.errors import QueryError

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
DayOption = Annotated[
    str | None, typer.Option(metavar="YYYY-MM-DD", help="Date of service; otherwise today.")
]


def lookup(  # noqa: PLR0913, PLR0917 - one argument per part of the question
    code: Annotated[str, typer.Argument(help="A code, such as 0691T.")],
    as_of: DayOption = None,
    known_at: Annotated[
        str | None,
        typer.Option(
            metavar="TIME", help="With what was recorded by then: a day, or an instant of RFC 3339."
        ),
    ] = None,
    processed_on: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="When the claim is processed.")
    ] = None,
    authorized_on: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="When authorization was requested.")
    ] = None,
    admitted_on: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="When the patient was admitted.")
    ] = None,
    payer: Annotated[str | None, typer.Option(help="This payer alone.")] = None,
    system: Annotated[
        str | None,
        typer.Option(help="The code's system, where its form does not tell: CPT, HCPCS, ICD10CM …"),
    ] = None,
    line_of_business: Annotated[
        str | None, typer.Option(help="The plan's line of business.")
    ] = None,
    funding: Annotated[str | None, typer.Option(help="fully_insured or self_funded.")] = None,
    state: Annotated[str | None, typer.Option(help="The plan's state, two letters.")] = None,
    diagnosis: Annotated[str | None, typer.Option(help="The claim's ICD-10-CM code.")] = None,
    modifier: Annotated[str | None, typer.Option(help="The claim's modifier.")] = None,
    place_of_service: Annotated[
        str | None, typer.Option(help="The claim's place of service.")
    ] = None,
    as_json: Json = False,
) -> None:
    """What each policy says of a code on a day, which version governs, and why."""
    from policy_tracker.api.coverage import code_data, question_from, read_code
    from policy_tracker.commands.show_code import show_code

    given = {
        "code": code,
        "system": system,
        "as_of": as_of,
        "known_at": _instant(known_at),
        "processed_on": processed_on,
        "authorized_on": authorized_on,
        "admitted_on": admitted_on,
        "payer": payer,
        "line_of_business": line_of_business,
        "funding": funding,
        "state": state,
        "diagnosis": diagnosis,
        "modifier": modifier,
        "place_of_service": place_of_service,
    }
    asked = question_from({name: value for name, value in given.items() if value is not None})
    settings = read_settings()
    today = today_under(settings)
    with session_to_read(settings) as session:
        if as_json:
            print_json(
                code_data(
                    session,
                    asked,
                    today,
                    time_zone=settings.time_zone,
                    descriptors=settings.show_descriptors,
                )
            )
            return
        found = read_code(session, asked, today)
    show_code(
        out(),
        found,
        descriptors=settings.show_descriptors,
        today=today,
        time_zone=settings.time_zone,
    )
    if not found.known:
        say(
            f"No record names {found.code} ({found.kind}). That is not a denial: nothing is "
            f"said about it."
        )
        raise typer.Exit(WRONG)


def history(
    policy: Annotated[
        str, typer.Argument(metavar="PAYER/POLICY", help="A policy, such as cigna/mm-0300.")
    ],
    known_at: Annotated[
        str | None, typer.Option(metavar="TIME", help="With what was recorded by then.")
    ] = None,
    as_json: Json = False,
) -> None:
    """The versions of a policy, when each applies, and what changed from one to the next."""
    from policy_tracker.api.schemas_policies import VersionSummary
    from policy_tracker.api.serialize import summary_of
    from policy_tracker.commands.show_history import show_history, steps_of
    from policy_tracker.store import queries
    from policy_tracker.store.timeline import timeline

    payer, slug = policy_address(policy)
    at, settings = _moment(known_at), read_settings()
    today = today_under(settings)
    with session_to_read(settings) as session:
        row = queries.get_policy(session, payer, slug, today)
        views = queries.versions(session, row.id, at)
        if as_json:
            print_values([VersionSummary.model_validate(summary_of(view)) for view in views])
            return
        show_history(
            out(), row, views, timeline(session, row.id, at), steps_of(session, views), today
        )


def blame(
    policy: Annotated[
        str, typer.Argument(metavar="PAYER/POLICY", help="A policy, such as cigna/mm-0300.")
    ],
    version: Annotated[str | None, typer.Option(help="This version instead of the latest.")] = None,
    as_json: Json = False,
) -> None:
    """Which version brought each statement of a policy, and which last changed it."""
    from policy_tracker.api.lineage import blame_answer
    from policy_tracker.commands.show_blame import show_blame
    from policy_tracker.store import queries
    from policy_tracker.store.lineage import blame_of

    payer, slug = policy_address(policy)
    settings = read_settings()
    with session_to_read(settings) as session:
        row = queries.get_policy(session, payer, slug, today_under(settings))
        found = blame_of(session, row.id, version)
        if as_json:
            print_values(blame_answer(session, row, found))
            return
        show_blame(out(), row, found.blame)


def _instant(text: str | None) -> str | None:
    """A day stands for its end (UTC): what was recorded on it counts."""
    return f"{text}T23:59:59Z" if text is not None and len(text) == len("YYYY-MM-DD") else text


def _moment(text: str | None) -> datetime | None:
    """The instant that an option names. Raises QueryError."""
    from policy_tracker.api.values import parse_instant

    try:
        return parse_instant(_instant(text)) if text else None
    except ValueError as error:
        raise QueryError(str(error), "known_at") from error
