"""Builds the shipped release of ICD-10-CM from the list in the package simple-icd-10-cm: `python -m
scripts.build_icd10cm`.

The package's files are read, never imported: importing it costs seconds and builds its whole tree.
"""

import sys
from datetime import date
from importlib.metadata import distribution
from pathlib import Path

from policy_tracker.codesets.icd10cm import SHIPPED, keep_release, pack
from policy_tracker.codesets.icd10cm_lists import codes_of

LIST = "simple_icd_10_cm/data/code-list-April-2026.txt"
FIRST_DAY, LAST_DAY, TITLE = date(2026, 4, 1), date(2026, 9, 30), "April 2026"


def build() -> bytes:
    """The April 2026 release, packed."""
    package = distribution("simple-icd-10-cm")
    text = Path(str(package.locate_file(LIST))).read_text(encoding="utf-8")
    return pack(
        codes_of(text, LIST),
        FIRST_DAY,
        LAST_DAY,
        TITLE,
        f"CDC, as carried by simple-icd-10-cm {package.version} (MIT)",
    )


def main() -> int:
    print(keep_release(SHIPPED, build(), FIRST_DAY))
    return 0


if __name__ == "__main__":
    sys.exit(main())
