"""The process in which `sandbox` has a document taken apart: limits first, then the work, then one JSON answer."""

from __future__ import annotations

import json
import os
import resource
import sys


def main() -> int:
    """Reads `{name, payer, memory, cpu_seconds}` on one line, the document behind it; answers `{records}` or `{error: {kind, reason}}`."""
    source = sys.stdin.buffer
    task = json.loads(source.readline())
    _limit(task["memory"], task["cpu_seconds"])
    # what a library prints goes to standard error, so that it cannot get into the answer
    answer_to = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    answer = _answer(source.read(), task["name"], task["payer"], task["memory"])
    answer_to.write(answer)
    answer_to.close()
    return 0


def _limit(memory: int, cpu_seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _answer(data: bytes, name: str, payer: str | None, memory: int) -> bytes:
    try:
        return _records(data, name, payer)
    except MemoryError:
        return _refusal("ExhaustedDocumentError", f"took more than {memory // 1_000_000} million bytes of memory")


def _records(data: bytes, name: str, payer: str | None) -> bytes:
    from policy_tracker.errors import DocumentError, InputError

    try:
        from policy_tracker.extract.extraction import extract

        records = extract(data, name, payer)
        return json.dumps(
            {"records": [record.model_dump(mode="json", by_alias=True, exclude_defaults=True) for record in records]}
        ).encode()
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
    where = f" in {os.path.basename(place.tb_frame.f_code.co_filename)}, line {place.tb_lineno}" if place else ""  # noqa: PTH119 - a name only
    return f"{type(error).__name__}{where}"


def _refusal(kind: str, reason: str) -> bytes:
    return json.dumps({"error": {"kind": kind, "reason": reason}}).encode()


if __name__ == "__main__":
    sys.exit(main())
