"""Writes down what is read of the invented documents of payers, and the digest that is shipped.

Run `python -m scripts.record_golden_records`, and look at the difference before you commit it.
"""

import json

from policy_tracker.isolation import fingerprint
from tests.extract.payers.golden_records import GOLDEN, digest, read_again
from tests.extract.payers.made_documents import MADE


def main() -> None:
    records = {name: read_again(name) for name in MADE}
    for name, record in records.items():
        text = json.dumps(record, indent=1, ensure_ascii=False)
        (GOLDEN / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")
    fingerprint.GOLDEN.write_text(f"{digest(records)}\n", encoding="ascii")
    print(f"{len(records)} golden records, {digest(records)[:12]}")


if __name__ == "__main__":
    main()
