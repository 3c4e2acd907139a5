"""Renames fields of records that were written under former names.

    python -m scripts.rename_fields PATH...

Only the name of a field at the beginning of its line (YAML) or in quotes before a colon (JSON) is
touched; values, comments and the order of lines stay as they are. Files that need nothing are left
alone.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from policy_tracker.recordfiles.messages import FORMER_FIELDS
from policy_tracker.recordfiles.read import SUFFIXES


def renamed(text: str) -> str:
    """The text of a record's file with the present names of its fields."""
    for former, now in FORMER_FIELDS.items():
        text = re.sub(
            rf'(?m)^(\s*(?:- )?)(["\']?){former}\2(?=\s*:(?:\s|$))', rf"\1\2{now}\2", text
        )
        text = re.sub(rf'(?<=[{{,])(\s*)"{former}"(?=\s*:)', rf'\1"{now}"', text)
    return text


def rename_below(paths: list[Path]) -> Iterator[Path]:
    """Rename the fields of all records below `paths`, and yield each file that changed."""
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.suffix not in SUFFIXES or not file.is_file():
                continue
            text = file.read_text(encoding="utf-8")
            if (now := renamed(text)) != text:
                file.write_text(now, encoding="utf-8")
                yield file


if __name__ == "__main__":
    for changed in rename_below([Path(argument) for argument in sys.argv[1:]]):
        print(changed)
