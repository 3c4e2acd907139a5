"""Alerts: subscribe, confirm, manage, unsubscribe, without an account.

A GET shows a page and changes nothing; only a POST acts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from policy_tracker.alerts import subscriptions
from policy_tracker.alerts.addresses import read_address
from policy_tracker.alerts.keys import secret_key
from policy_tracker.alerts.links import Links
from policy_tracker.alerts.naming import known_topic, occurrence_words, reach_words, topic_words
from policy_tracker.alerts.topics import parse_topic, read_topic
from policy_tracker.errors import InputError, LinkError
from policy_tracker.pages.addresses import query_text
from policy_tracker.store.database import reading, writing
from policy_tracker.store.queries import list_payers, list_policies
from policy_tracker.web.client import client_of, retry_after
from policy_tracker.web.csrf import from_here
from policy_tracker.web.respond import page, today_of
from policy_tracker.web.routing import PageRoute

if TYPE_CHECKING:
    import datetime as dt

    from sqlmodel import Session

    from policy_tracker.alerts.tables import Subscription
    from policy_tracker.alerts.topics import Topic
    from policy_tracker.settings import Settings

router = APIRouter(route_class=PageRoute, prefix="/alerts", include_in_schema=False)

Short = Annotated[str, Form(max_length=300)]
Asked = Annotated[str, Query(max_length=300)]
Token = Annotated[str, Query(max_length=1000)]
_PRIVATE = {"Cache-Control": "no-store"}


@router.get("")
def form(
    request: Request,
    payer: Asked = "",
    policy: Asked = "",
    code: Asked = "",
    sent: Annotated[str, Query(max_length=1)] = "",
) -> Response:
    """The form, filled in from the address: `payer=cigna`, with `policy=mm-0300`, or `code=0691T`;
    with `sent=1` what happens next.
    """
    if sent:
        return page(
            request, "pages/alerts_sent.html", nav="alerts", mailbox=_shows_mailbox(request)
        )
    kind = "code" if code else "policy" if payer and policy else "payer" if payer else "everything"
    filled = {
        "kind": kind,
        "payer": payer,
        "policy": f"{payer}/{policy}" if payer and policy else policy,
        "code": code,
        "email": "",
    }
    return _form(request, filled, {})


@router.post("")
def subscribe(
    request: Request,
    email: Short = "",
    kind: Short = "",
    payer: Short = "",
    policy: Short = "",
    code: Short = "",
    website: Short = "",
) -> Response:
    """Ask for alerts; whatever the address is, the answer is the same.

    `website` is a trap: people do not see it, robots fill it in.
    """
    from_here(request)
    filled = {"email": email, "kind": kind, "payer": payer, "policy": policy, "code": code}
    if website:
        return _see(request, "/alerts?sent=1")
    wrong: dict[str, str] = {}
    address = topic = None
    try:
        address = read_address(email)
    except InputError as error:
        wrong["email"] = str(error)
    try:
        topic = read_topic(kind, filled.get(kind, ""))
    except InputError as error:
        wrong["topic"] = str(error)
    with writing(request.app.state.engine) as session:
        if topic is not None and known_topic(session, topic) is None:
            wrong["topic"] = f"No {topic.kind} {topic.value} is held here."
        if address is not None and topic is not None and not wrong:
            asker = subscriptions.Asker(address, client_of(request), _key(request))
            try:
                subscriptions.subscribe(session, asker, topic, _now(request))
            except subscriptions.TooManyRequestsError as error:
                return _form(
                    request,
                    filled,
                    {"form": str(error)},
                    status=429,
                    headers=retry_after(error.free_at, _now(request)),
                )
    if wrong:
        return _form(request, filled, wrong, status=422)
    return _see(request, "/alerts?sent=1")


@router.get("/confirm")
def ask(request: Request, token: Token = "") -> Response:
    """What a confirmation link is about, with the button that confirms; or that it is confirmed."""
    now = _now(request)
    try:
        numbers = _links(request).read("confirm", token, now)
        with reading(request.app.state.engine) as session:
            subscription = subscriptions.requested(session, numbers)
            topic = parse_topic(subscription.topic)
            words, reach = topic_words(session, topic), reach_words(session, topic)
            confirmed = subscription.confirmed_at is not None
            manage = (
                _links(request).token("manage", [subscription.subscriber_id], now)
                if confirmed
                else None
            )
    except LinkError as error:
        return _void(request, error)
    return page(
        request,
        "pages/alerts_confirm.html",
        headers=_PRIVATE,
        nav="alerts",
        token=token,
        topic=words,
        when=occurrence_words(topic, words),
        reach=reach,
        confirmed=confirmed,
        manage=manage,
    )


@router.post("/confirm")
def confirm(request: Request, token: Annotated[str, Form(max_length=1000)] = "") -> Response:
    """Confirm a request; from now on its alerts are sent."""
    now = _now(request)
    try:
        numbers = _links(request).read("confirm", token, now)
        with writing(request.app.state.engine) as session:
            subscriptions.confirm(session, numbers, now)
    except LinkError as error:
        return _void(request, error)
    return _see(request, f"/alerts/confirm?{query_text({'token': token})}")


@router.get("/manage")
def overview(
    request: Request, token: Token = "", sent: Annotated[str, Query(max_length=1)] = ""
) -> Response:
    """What the holder of a link follows; without a link, the form that asks for one."""
    if not token:
        return _ask_for_link(request, sent=bool(sent))
    try:
        with reading(request.app.state.engine) as session:
            subscriber = subscriptions.subscriber_of(
                session, _links(request).read("manage", token, _now(request))
            )
            following = _rows(session, subscriptions.active(session, subscriber.id or 0))
            address = subscriber.address
    except LinkError as error:
        return _void(request, error)
    return page(
        request,
        "pages/alerts_manage.html",
        headers=_PRIVATE,
        nav="alerts",
        token=token,
        address=address,
        following=following,
    )


@router.post("/manage")
def manage(
    request: Request,
    token: Annotated[str, Form(max_length=1000)] = "",
    email: Short = "",
    subscription: Annotated[int, Form(ge=0, le=2**31 - 1)] = 0,
    website: Short = "",
) -> Response:
    """End one subscription, or all of them (0); without a link, send one to an address."""
    if not token:
        return _send_link(request, email, website)
    now = _now(request)
    try:
        numbers = _links(request).read("manage", token, now)
        with writing(request.app.state.engine) as session:
            subscriber = subscriptions.subscriber_of(session, numbers)
            subscriptions.end(
                session, subscriber.id or 0, [subscription] if subscription else None, now
            )
    except LinkError as error:
        return _void(request, error)
    return _see(request, f"/alerts/manage?{query_text({'token': token})}")


@router.get("/unsubscribe")
def leaving(request: Request, token: Token = "") -> Response:
    """What brought a mail, with the buttons that end it; or that it is ended."""
    try:
        with reading(request.app.state.engine) as session:
            message, following = subscriptions.brought(
                session, _links(request).read("unsubscribe", token, _now(request))
            )
            ending = _rows(session, following)
            others = len(subscriptions.active(session, message.subscriber_id)) - len(following)
    except LinkError as error:
        return _void(request, error)
    return page(
        request,
        "pages/alerts_unsubscribe.html",
        headers=_PRIVATE,
        nav="alerts",
        token=token,
        ending=ending,
        others=others,
    )


@router.post("/unsubscribe")
def unsubscribe(
    request: Request,
    token: Token = "",
    everything: Short = "",
    one_click: Annotated[str, Form(alias="List-Unsubscribe", max_length=100)] = "",
) -> Response:
    """End what brought a mail, or everything.

    A mail program's one-click (RFC 8058) comes without cookies or origin, and gets a plain answer.
    """
    now = _now(request)
    try:
        with writing(request.app.state.engine) as session:
            message, following = subscriptions.brought(
                session, _links(request).read("unsubscribe", token, now)
            )
            numbers = None if everything else [kept.id for kept in following if kept.id is not None]
            subscriptions.end(session, message.subscriber_id, numbers, now)
    except LinkError as error:
        return PlainTextResponse(str(error), 400) if one_click else _void(request, error)
    if one_click:
        return PlainTextResponse("You are unsubscribed.")
    return _see(request, f"/alerts/unsubscribe?{query_text({'token': token})}")


def _form(
    request: Request,
    filled: dict[str, str],
    wrong: dict[str, str],
    status: int = 200,
    headers: dict[str, str] | None = None,
) -> Response:
    with reading(request.app.state.engine) as session:
        payers = list_payers(session)
        policies = list_policies(session, today_of(request)).items
    shown = {"form": None, "email": None, "topic": None, **wrong}
    return page(
        request,
        "pages/alerts.html",
        status=status,
        headers=headers,
        nav="alerts",
        filled=filled,
        wrong=shown,
        payers=payers,
        policies=policies,
    )


def _ask_for_link(
    request: Request,
    *,
    sent: bool,
    email: str = "",
    wrong: str | None = None,
    status: int = 200,
    free_at: dt.datetime | None = None,
) -> Response:
    mailbox, headers = (
        _shows_mailbox(request),
        retry_after(free_at, _now(request)) if free_at else None,
    )
    return page(
        request,
        "pages/alerts_link.html",
        status=status,
        headers=headers,
        nav="alerts",
        sent=sent,
        email=email,
        wrong=wrong,
        mailbox=mailbox,
    )


def _send_link(request: Request, email: str, website: str) -> Response:
    from_here(request)
    if not website:
        try:
            asker = subscriptions.Asker(read_address(email), client_of(request), _key(request))
            with writing(request.app.state.engine) as session:
                subscriptions.ask_to_manage(session, asker, _now(request))
        except subscriptions.TooManyRequestsError as error:
            return _ask_for_link(
                request,
                sent=False,
                email=email,
                wrong=str(error),
                status=429,
                free_at=error.free_at,
            )
        except InputError as error:
            return _ask_for_link(request, sent=False, email=email, wrong=str(error), status=422)
    return _see(request, "/alerts/manage?sent=1")


def _void(request: Request, error: LinkError) -> Response:
    """The page for a link that does not work: why, and how to get one that does."""
    return page(
        request,
        "pages/alerts_void.html",
        status=400,
        headers=_PRIVATE,
        nav="alerts",
        reason=str(error),
    )


def _rows(session: Session, following: list[Subscription]) -> list[dict[str, object]]:
    return [
        {
            "id": kept.id,
            "topic": _sentence(session, parse_topic(kept.topic)),
            "since": kept.confirmed_at,
        }
        for kept in following
    ]


def _sentence(session: Session, topic: Topic) -> str:
    words = topic_words(session, topic)
    return words[:1].upper() + words[1:]


def _see(request: Request, path: str) -> Response:
    """Answer a POST with the page to look at, so that reloading it sends nothing again."""
    return RedirectResponse(f"{request.scope.get('root_path', '')}{path}", status_code=303)


def _now(request: Request) -> dt.datetime:
    return request.app.state.clock()


def _key(request: Request) -> str:
    settings: Settings = request.app.state.settings
    return secret_key(settings)


def _links(request: Request) -> Links:
    return Links(_key(request), request.app.state.settings.public_url)


def _shows_mailbox(request: Request) -> bool:
    return not request.app.state.settings.smtp_host
