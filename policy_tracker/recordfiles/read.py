"""One file to the value that it holds, or to everything that is wrong with it, each with line,
field and reason.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from policy_tracker.errors import Fault, RecordError
from policy_tracker.record.bulletin import Bulletin
from policy_tracker.record.coherence import INCOHERENT, Incoherence, problems_of
from policy_tracker.record.content import Record
from policy_tracker.record.payer import Payer
from policy_tracker.recordfiles.json import read_json
from policy_tracker.recordfiles.located import (
    Mapping,
    Node,
    Path,
    Sequence,
    Slip,
    UnreadableError,
    line_of,
    one_line,
    plain,
    written,
)
from policy_tracker.recordfiles.messages import reason_of, shown
from policy_tracker.recordfiles.yaml import read_yaml

if TYPE_CHECKING:
    import pathlib
    from collections.abc import Iterable

MOST_BYTES = 5_000_000
"""The largest file that is read: a record with 10,000 codes takes about one million bytes."""
SUFFIXES = (".yaml", ".yml", ".json")

# Codes of these fields have a fixed form, so that a number that stands there cannot have lost a
# zero unseen.
_CODE_FIELDS = frozenset({"code", "from", "to"})
_CODE_LISTS = frozenset({"modifiers", "place_of_service", "revenue"})

ModelT = TypeVar("ModelT", bound=BaseModel)
ValueT = TypeVar("ValueT", covariant=True)  # noqa: PLC0105 - the field's word


@dataclass(frozen=True, slots=True)
class Sourced(Generic[ValueT]):
    """A value, the file that holds it (as it was given), and the lines on which its top fields
    stand.
    """

    value: ValueT
    file: str
    lines: tuple[tuple[str, int], ...] = ()

    def line(self, field: str) -> int | None:
        """The line of a top field, None where it is not written."""
        return dict(self.lines).get(field)


def read_records(path: pathlib.Path) -> list[Sourced[Record | Bulletin]]:
    """The records in a file: one, or several (YAML documents, or one list).

    Raises RecordError with everything that is wrong with the file.
    """
    values: list[Sourced[Record | Bulletin]] = []
    faults: list[Fault] = []
    nodes, slips = _nodes(path)
    for node, base in _entries(nodes):
        is_bulletin = (
            isinstance(node, Mapping)
            and "policy_type" in node.items
            and plain(node.items["policy_type"]) == "bulletin"
        )
        value, more = _value(node, Bulletin if is_bulletin else Record, base, slips)
        faults += _faults(path, more)
        if value is not None:
            values.append(Sourced(value, str(path), _top_lines(node)))
    faults += _faults(path, slips)
    if faults:
        raise RecordError(in_order(faults))
    return values


def read_nodes(path: pathlib.Path) -> tuple[list[Node], list[Fault]]:
    """What a file holds, each value with its line, and what is wrong with its spelling.

    Raises RecordError where it cannot be read.
    """
    nodes, slips = _nodes(path)
    return nodes, _faults(path, slips)


def read_payer(path: pathlib.Path) -> Payer:
    """The payer that a file describes.

    Raises RecordError with everything that is wrong with the file.
    """
    nodes, slips = _nodes(path)
    if len(nodes) != 1:
        raise RecordError([Fault(str(path), None, "", "describes more than one payer")])
    value, more = _value(nodes[0], Payer, (), slips)
    if value is None or slips:
        raise RecordError(in_order(_faults(path, [*slips, *more])))
    return value


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """Faults by file and line, each once."""
    return sorted(
        dict.fromkeys(faults),
        key=lambda fault: (fault.file, fault.line or 0, fault.field, fault.reason),
    )


def _faults(path: pathlib.Path, slips: Iterable[Slip]) -> list[Fault]:
    return [
        Fault(str(path), slip.line, written(slip.path), one_line(slip.reason, 500))
        for slip in slips
    ]


def _nodes(path: pathlib.Path) -> tuple[list[Node], list[Slip]]:
    """What the file holds. Raises RecordError where nothing can be made of it."""
    try:
        text = _text(path)
        nodes, slips = read_json(text) if path.suffix == ".json" else read_yaml(text)
    except UnreadableError as error:
        raise RecordError(_faults(path, [error.slip])) from error
    # a list of nothing holds no record either
    if not nodes or all(plain(node) in (None, []) for node in nodes):
        raise RecordError([Fault(str(path), None, "", "is empty")])
    return nodes, slips


def _text(path: pathlib.Path) -> str:
    """The file's text. Raises UnreadableError where it is no readable, moderate file in UTF-8."""
    content = _content(path)
    if len(content) > MOST_BYTES:
        raise UnreadableError(Slip(None, (), f"is larger than {MOST_BYTES} bytes"))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableError(
            Slip(line, (), "is not UTF-8 text: save it in that encoding")
        ) from error


def _content(path: pathlib.Path) -> bytes:
    """At most one byte more than MOST_BYTES; a pipe or a device is not waited for."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise UnreadableError(Slip(None, (), "is not a file"))
            return file.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise UnreadableError(Slip(None, (), "there is no such file")) from error
    except IsADirectoryError as error:
        raise UnreadableError(Slip(None, (), "is not a file")) from error
    except (OSError, ValueError) as error:
        words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UnreadableError(Slip(None, (), f"cannot be read: {words}")) from error


def _entries(nodes: list[Node]) -> list[tuple[Node, Path]]:
    """The records of a file with their paths in it: every document, or every entry of one list."""
    if len(nodes) == 1 and isinstance(nodes[0], Sequence):
        return [(item, (place,)) for place, item in enumerate(nodes[0].items)]
    return [(node, ()) for node in nodes]


def _value(
    node: Node, model: type[ModelT], base: Path, known: list[Slip]
) -> tuple[ModelT | None, list[Slip]]:
    """The value, or what is wrong beyond what is `known` already; `base` is the node's own path in
    its file.
    """
    data = _codes_as_text(plain(node))
    if not isinstance(data, dict):
        return None, [
            Slip(node.line, base, f"a record is wanted (fields with values), not {shown(data)}")
        ]
    try:
        return model.model_validate(data, by_alias=True, by_name=False), []
    except ValidationError as error:
        told = {slip.path for slip in known}
        slips = [
            Slip(line_of(node, path), (*base, *path), reason)
            for path, reason in _findings(error, model, data)
        ]
        return None, [slip for slip in slips if slip.path not in told]


def _findings(
    error: ValidationError, model: type[BaseModel], data: object
) -> list[tuple[Path, str]]:
    """Path and reason of each finding; where fields are wrong, the check of the whole runs on the
    plain data too.
    """
    findings: list[tuple[Path, str]] = []
    problems: list[Incoherence] | None = None
    for detail in error.errors(include_url=False):
        if detail["type"] == INCOHERENT:
            problems = detail["ctx"]["problems"]
        else:
            path = tuple(step for step in detail["loc"] if step != "[key]")
            findings.append((path, reason_of(detail, model)))
    if problems is None:
        problems = problems_of(data) if model is Record else []
    return [*findings, *((problem.path, problem.reason) for problem in problems)]


def _codes_as_text(data: object, name: str | None = None) -> object:
    """`data` with the numbers in fields for codes as texts: `code: 77080` is a code."""
    if isinstance(data, dict):
        return {key: _codes_as_text(item, key) for key, item in data.items()}
    if isinstance(data, list):
        return [_codes_as_text(item, name if name in _CODE_LISTS else None) for item in data]
    is_number = isinstance(data, int) and not isinstance(data, bool)
    return str(data) if is_number and (name in _CODE_FIELDS or name in _CODE_LISTS) else data


def _top_lines(node: Node) -> tuple[tuple[str, int], ...]:
    return tuple(node.lines.items()) if isinstance(node, Mapping) else ()
