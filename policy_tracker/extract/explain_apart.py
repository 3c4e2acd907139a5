"""A document beside what was read of it, read in a process of its own with the limits of `sandbox`."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass

from policy_tracker.errors import ExhaustedDocumentError
from policy_tracker.extract.explaining import Passage, Use
from policy_tracker.extract.sandbox import Limits, _death, _environment, _error, _kill, _value
from policy_tracker.record import Bulletin, Record

_CHILD = "policy_tracker.extract.explain_child"


@dataclass(frozen=True, slots=True)
class Explained:
    """The records of a document, its passages with their uses, and the running lines (headers, footers) that were left out of them."""

    records: tuple[Record | Bulletin, ...]
    passages: tuple[Passage, ...]
    running: tuple[str, ...]


def explain_apart(data: bytes, name: str, payer: str | None = None, limits: Limits | None = None) -> Explained:
    """The document in `data` beside its records. Raises what `sandbox.extract_apart` raises."""
    answer = _answer(data, name, payer, limits or Limits())
    return Explained(
        records=tuple(_value(item) for item in answer["records"]),
        passages=tuple(_passage(**item) for item in answer["passages"]),
        running=tuple(answer["running"]),
    )


def _passage(page: int | None, kind: str, label: str | None, text: str, indent: float, uses: list[dict]) -> Passage:
    return Passage(page, kind, label, text, indent, [Use(**use) for use in uses])


def _answer(data: bytes, name: str, payer: str | None, limits: Limits) -> dict[str, list]:
    head = json.dumps({"name": name, "payer": payer, "memory": limits.memory, "cpu_seconds": limits.cpu_seconds}).encode()
    command = [sys.executable, "-P", "-X", "utf8", "-m", _CHILD]
    with subprocess.Popen(  # noqa: S603 - our own interpreter and module
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, env=_environment()
    ) as child:
        try:
            out, err = child.communicate(head + b"\n" + data, timeout=limits.wall_seconds)
        except subprocess.TimeoutExpired as error:
            _kill(child)
            raise ExhaustedDocumentError(name, f"took more than {limits.wall_seconds:g} seconds to read") from error
        except BaseException:
            _kill(child)
            raise
    if child.returncode:
        raise _death(child.returncode, err.decode(errors="replace"), name, limits)
    answer = json.loads(out)
    if "error" in answer:
        raise _error(answer["error"], name)
    return answer
