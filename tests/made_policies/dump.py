"""Writes made policies and their truth to a folder: `python -m tests.made_policies.dump FOLDER`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from tests.made_policies.forms.every import FORMS, rendered
from tests.made_policies.invent import invent
from tests.made_policies.stock import ways
from tests.made_policies.writing import write


def main() -> None:
    """Write all ways in all forms, or those that are named."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--seeds", type=int, default=2)
    options.add_argument("--way", action="append")
    options.add_argument("--form", action="append")
    told = options.parse_args()
    for place in (told.folder / "docs", told.folder / "truth"):
        place.mkdir(parents=True, exist_ok=True)
    for way in ways().values():
        if told.way and way.name not in told.way:
            continue
        for seed in range(told.seeds):
            page = write(invent(seed), way, seed)
            for form in told.form or FORMS:
                name, data = rendered(page, form)
                (told.folder / "docs" / name).write_bytes(data)
                truth = {"document": name, **page.truth}
                place = told.folder / "truth" / f"{Path(name).stem}.json"
                place.write_text(json.dumps(truth, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
