"""The process in which `run` has a document taken apart: limits first, then the work, then one
answer.

It is asked on one line of JSON, with the document behind it, and answers in the same form: one line
of JSON, then the bytes that the job made, if it makes any.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import sys
from typing import Any

JOBS = "policy_tracker.isolation.jobs"


def main() -> int:
    """Reads `{job, name, memory, cpu_seconds, asked}`; answers with what the job tells, or `{error:
    {kind, reason}}`.
    """
    source = sys.stdin.buffer
    task = json.loads(source.readline())
    _limit(task["memory"], task["cpu_seconds"])
    # what a library prints goes to standard error, so that it cannot get into the answer
    answer_to = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    told, body = _answer(source.read(), task)
    answer_to.write(json.dumps(told).encode() + b"\n" + body)
    answer_to.close()
    return 0


def _limit(memory: int, cpu_seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _answer(data: bytes, task: dict[str, Any]) -> tuple[dict[str, object], bytes]:
    try:
        return _work(data, task)
    except MemoryError:
        return _refusal(
            "ExhaustedDocumentError",
            f"took more than {task['memory'] // 1_000_000} million bytes of memory",
        )


def _work(data: bytes, task: dict[str, Any]) -> tuple[dict[str, object], bytes]:
    from policy_tracker.errors import DocumentError, InputError

    try:
        return importlib.import_module(f"{JOBS}.{task['job']}").work(
            data, task["name"], **task["asked"]
        )
    except DocumentError as error:
        return _refusal(type(error).__name__, error.reason)
    except InputError as error:
        return _refusal("InputError", str(error))
    except MemoryError:
        raise
    except Exception as error:
        return _refusal("FailedDocumentError", f"could not be read: {_told(error)}")


def _told(error: Exception) -> str:
    """Kind and place of an unforeseen error, without its words, which may quote the document."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = (
        f" in {os.path.basename(place.tb_frame.f_code.co_filename)}, line {place.tb_lineno}"  # noqa: PTH119
        if place
        else ""
    )
    return f"{type(error).__name__}{where}"


def _refusal(kind: str, reason: str) -> tuple[dict[str, object], bytes]:
    return {"error": {"kind": kind, "reason": reason}}, b""


if __name__ == "__main__":
    sys.exit(main())
