"""A question about a code beside an `async` hello of a bare FastAPI, both called as a server calls
them, without the network.

The curated policies are loaded into a database of their own. "Asked before" is what programs meet
that ask about the same codes all day: the answer is remembered until something new is recorded.
"Asked anew" makes every question a different one, so that each is answered from the tables.
"""

import asyncio
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter

import orjson
from fastapi import FastAPI

from benchmarks.measuring import ROUNDS, Measurement
from policy_tracker.app import create_app
from policy_tracker.pipeline import load
from policy_tracker.recordfiles.folder import check_folder
from policy_tracker.settings import Settings
from policy_tracker.store.database import open_engine, upgrade

POLICIES = Path(__file__).parents[1] / "policies"
OFTEN = 2_000
ANEW = 100
FIRST_DAY = date(2025, 9, 26)


def measure() -> Iterator[Measurement]:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), policies_dir=POLICIES)
        engine = open_engine(settings.database)
        upgrade(engine)
        load(engine, check_folder([POLICIES]), datetime.now(UTC))
        ours = create_app(settings, engine=engine)
        hello = FastAPI(openapi_url=None)

        @hello.get("/hello")
        async def _hello() -> dict[str, str]:
            return {"hello": "world"}

        yield from asyncio.run(_compare(ours, hello))
        engine.dispose()


async def _compare(ours: FastAPI, hello: FastAPI) -> list[Measurement]:
    reference = await _fastest(hello, ["/hello"] * OFTEN)
    answer = orjson.loads(await _call(ours, "/v1/codes/0691T?as_of=2025-09-26"))
    position = answer["policies"][0]["positions"][0]
    before = await _fastest(ours, ["/v1/codes/0691T?as_of=2025-09-26"] * OFTEN)
    days = iter(range(ANEW * ROUNDS))
    anew = await _fastest(
        ours,
        lambda: [f"/v1/codes/0691T?as_of={FIRST_DAY + timedelta(next(days))}" for _ in range(ANEW)],
    )
    return [
        Measurement(
            "code lookup, asked before",
            before,
            "async hello of FastAPI",
            reference,
            f"0691T: {position}",
        ),
        Measurement(
            "code lookup, asked anew",
            anew,
            "async hello of FastAPI",
            reference,
            f"{ANEW} different days",
        ),
    ]


async def _fastest(app: FastAPI, wanted) -> float:
    """Seconds per request in the fastest of several rounds."""
    times = []
    for _ in range(ROUNDS):
        addresses = wanted() if callable(wanted) else wanted
        started = perf_counter()
        for address in addresses:
            await _call(app, address)
        times.append((perf_counter() - started) / len(addresses))
    return min(times)


async def _call(app: FastAPI, address: str) -> bytes:
    path, _, query = address.partition("?")
    body = bytearray()
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(b"host", b"127.0.0.1"), (b"accept", b"*/*")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8000),
    }

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message) -> None:
        if message["type"] == "http.response.start" and message["status"] != 200:
            raise RuntimeError(f"{address} answered {message['status']}")
        body.extend(message.get("body", b""))

    await app(scope, receive, send)
    return bytes(body)
