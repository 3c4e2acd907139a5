"""Documents from outside are taken apart in a process of their own, with limits on memory and time:
what breaks it breaks nothing else.

The child gets the document on its standard input and answers in JSON, with bytes behind it where a
job makes some (a picture); nothing else crosses the border, and no pickle.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from policy_tracker import errors
from policy_tracker.errors import (
    DamagedDocumentError,
    DocumentError,
    ExhaustedDocumentError,
    FailedDocumentError,
    InputError,
)
from policy_tracker.record import Bulletin, Record

_CHILD = "policy_tracker.isolation.child"
_OUT_OF_TIME = frozenset({signal.SIGXCPU, signal.SIGKILL})
_NO_MEMORY = ("MemoryError", "Cannot allocate memory", "failed to map segment", "bad_alloc")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take: bytes of address space, seconds of processor time, seconds by the
    clock.
    """

    memory: int = 1 << 30
    cpu_seconds: int = 60
    wall_seconds: float = 110.0


@dataclass(frozen=True, slots=True)
class JobResult:
    """What a job tells of a document, and the bytes that it made."""

    values: dict[str, Any]
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """The records of a document, and its texts as `documents.attached.packed` packs them."""

    records: tuple[Record | Bulletin, ...]
    texts: bytes


def read_document_apart(
    data: bytes,
    name: str,
    payer: str | None = None,
    limits: Limits | None = None,
    *,
    as_policy: bool = False,
) -> ReadDocument:
    """A document's records and texts, read in a process of its own.

    Raises what `run_apart` raises.
    """
    answer = run_apart("records", data, name, limits, payer=payer, as_policy=as_policy)
    return ReadDocument(tuple(read_value(item) for item in answer.values["records"]), answer.body)


def extract_apart(
    data: bytes, name: str, payer: str | None = None, limits: Limits | None = None
) -> list[Record | Bulletin]:
    """The records of a document, as `extraction.extract` gives them, read in a process of its own.

    Raises what `run_apart` raises.
    """
    return list(read_document_apart(data, name, payer, limits).records)


def read_value(item: dict[str, object]) -> Record | Bulletin:
    """A record or a bulletin as it came over the border."""
    model = Bulletin if item.get("policy_type") == "bulletin" else Record
    return model.model_validate(item)


def run_apart(
    job: str, data: bytes, name: str, limits: Limits | None = None, /, **asked: object
) -> JobResult:
    """What `work` of the file `apart/<job>.py` tells of the document in `data`, in a process of its
    own.

    `name` is the document's, for errors; `asked` goes to the work as JSON. Raises the errors that
    the work raises (an InputError that is about no document as a plain one), ExhaustedDocumentError
    where a limit was reached, DamagedDocumentError where the child crashed, and FailedDocumentError
    where its program failed.
    """
    bounds = limits or Limits()
    task = {
        "job": job,
        "name": name,
        "memory": bounds.memory,
        "cpu_seconds": bounds.cpu_seconds,
        "asked": asked,
    }
    head, _, body = _output(json.dumps(task).encode() + b"\n" + data, name, bounds).partition(b"\n")
    told = json.loads(head)
    if "error" in told:
        raise _error(told["error"], name)
    return JobResult(told, body)


def _output(task: bytes, name: str, limits: Limits) -> bytes:
    # the safe interpreter path (-P): a file in the working directory cannot stand in for a module
    command = [sys.executable, "-P", "-X", "utf8", "-m", _CHILD]
    with subprocess.Popen(  # noqa: S603 - our own interpreter and module
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env=_environment(),
    ) as child:
        try:
            out, err = child.communicate(task, timeout=limits.wall_seconds)
        except subprocess.TimeoutExpired as error:
            _kill(child)
            raise ExhaustedDocumentError(
                name, f"took more than {limits.wall_seconds:g} seconds to read"
            ) from error
        except BaseException:
            _kill(child)
            raise
    if child.returncode:
        raise _death(child.returncode, err.decode(errors="replace"), name, limits)
    return out


def _environment() -> dict[str, str]:
    """One thread for the numbers library, which otherwise reserves memory for one per processor."""
    return {
        **os.environ,
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "PYTHONHASHSEED": "0",
    }


def _kill(child: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)


def _death(code: int, words: str, name: str, limits: Limits) -> DocumentError:
    if -code in _OUT_OF_TIME:
        return ExhaustedDocumentError(
            name, f"took more than {limits.cpu_seconds} seconds of processor time, or all memory"
        )
    if any(sign in words for sign in _NO_MEMORY):
        return ExhaustedDocumentError(
            name, f"took more than {limits.memory // 1_000_000} million bytes of memory"
        )
    if code < 0:
        return DamagedDocumentError(
            name, f"made its reader break off ({signal.Signals(-code).name})"
        )
    last = words.strip().splitlines()[-1:] or ["no reason given"]
    return FailedDocumentError(name, f"could not be read: {last[0][:200]}")


def _error(told: dict[str, str], name: str) -> InputError:
    kind = getattr(errors, told["kind"], None)
    if isinstance(kind, type) and issubclass(kind, DocumentError):
        return kind(name, told["reason"])
    return InputError(f"{name}: {told['reason']}")
