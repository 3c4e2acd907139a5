"""The process in which `explain_apart` has a document read and laid beside its records: limits first, then the work, one JSON answer."""

from __future__ import annotations

import json
import os
import sys

from policy_tracker.extract.sandbox_child import _limit, _refusal, _told


def main() -> int:
    """Reads what `sandbox_child` reads; answers `{records, passages, running}` or `{error: {kind, reason}}`."""
    source = sys.stdin.buffer
    task = json.loads(source.readline())
    _limit(task["memory"], task["cpu_seconds"])
    # what a library prints goes to standard error, so that it cannot get into the answer
    answer_to = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    answer_to.write(_answer(source.read(), task["name"], task["payer"], task["memory"]))
    answer_to.close()
    return 0


def _answer(data: bytes, name: str, payer: str | None, memory: int) -> bytes:
    from policy_tracker.errors import DocumentError, InputError

    try:
        return json.dumps(_explained(data, name, payer)).encode()
    except DocumentError as error:
        return _refusal(type(error).__name__, error.reason)
    except InputError as error:
        return _refusal("InputError", str(error))
    except MemoryError:
        return _refusal("ExhaustedDocumentError", f"took more than {memory // 1_000_000} million bytes of memory")
    except Exception as error:
        return _refusal("FailedDocumentError", f"could not be read: {_told(error)}")


def _explained(data: bytes, name: str, payer: str | None) -> dict[str, object]:
    from dataclasses import asdict

    from policy_tracker.extract.document import read_document
    from policy_tracker.extract.editions import split_editions
    from policy_tracker.extract.explaining import explain
    from policy_tracker.extract.extraction import _of_payer, _with_checked_codes
    from policy_tracker.extract.formats import format_of
    from policy_tracker.record import Bulletin, Record

    records: list[Record | Bulletin] = []
    passages, running = [], []
    for edition in split_editions(read_document(data, name)):
        read = [_with_checked_codes(_of_payer(record, payer)) for record in format_of(edition, payer).read(edition)]
        found = explain(edition, read, len(records))
        passages += [{key: value for key, value in asdict(passage).items() if key != "words"} for passage in found]
        running += edition.running
        records += read
    values = [record.model_dump(mode="json", by_alias=True, exclude_defaults=True) for record in records]
    return {"records": values, "passages": passages, "running": list(dict.fromkeys(running))}


if __name__ == "__main__":
    sys.exit(main())
