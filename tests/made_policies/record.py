"""Writes the figures of the sample down anew: `python -m tests.made_policies.record`."""

from __future__ import annotations

import json

from tests.made_policies import measure
from tests.made_policies.test_made_policies import (
    FIGURES,
    FORMS_DIFFER,
    differing_forms,
    figures_of,
    sample,
)

if __name__ == "__main__":
    told = figures_of(measure.measure(sample(), measure.read))
    told[FORMS_DIFFER] = differing_forms()
    FIGURES.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
