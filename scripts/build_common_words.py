"""Builds the shipped list of common English words from the frequency dictionary of symspellpy:
`pip install symspellpy==6.10.1`, then `python -m scripts.build_common_words`.

The dictionary holds the words of SCOWL that Google's n-grams have, by their frequency.
"""

import lzma
import re
import sys
from importlib.metadata import distribution
from pathlib import Path

from policy_tracker.language.common_words import SHIPPED

LIST = "symspellpy/frequency_dictionary_en_82_765.txt"
MOST = 50_000


def build(text: str) -> bytes:
    """The most frequent words of a dictionary (`word count` on each line), packed."""
    words = (line.split()[0] for line in text.lstrip("\ufeff").splitlines() if line.strip())
    kept = [word for word in words if re.fullmatch(r"[a-z]+", word)][:MOST]
    return lzma.compress("\n".join(["", *kept, ""]).encode("ascii"), preset=9)


def main() -> int:
    place = Path(str(distribution("symspellpy").locate_file(LIST)))
    SHIPPED.write_bytes(build(place.read_text(encoding="utf-8")))
    print(SHIPPED)
    return 0


if __name__ == "__main__":
    sys.exit(main())
