"""Records as if they had been read from documents, and the texts of these."""

from policy_tracker.record import Record

HEADING = "Criteria for approval"


def record(version: str, statements: list[tuple[str, str | None, str]], **fields: str) -> Record:
    """A record whose statements stand in the blocks that they name; with the spans of its
    heading.
    """
    return Record.model_validate(
        {
            "record": 1,
            "payer": "example-health",
            "policy": "p1",
            "policy_number": "P1",
            "title": "Sinus Surgery",
            "policy_type": "medical_coverage",
            "version": version,
            "source_kind": "payer_document",
            "sections": [
                {"key": "c", "heading": HEADING, "kind": "coverage", "spans": [["b0", 0, 21]]}
            ],
            "statements": [
                {
                    "key": block.replace(".", "-"),
                    "section": "c",
                    "parent": parent,
                    "role": "criterion" if parent else "position",
                    "text": text,
                    "source": {"spans": [[block, 0, len(text)]]},
                }
                | ({} if parent else {"position": fields.get("position", "medically_necessary")})
                for block, parent, text in statements
            ],
        }
    )


def texts(*lines: str) -> list[dict[str, object]]:
    return [
        {"id": f"b{number}", "text": text, "standing": "shown"}
        for number, text in enumerate((HEADING, *lines))
    ]
