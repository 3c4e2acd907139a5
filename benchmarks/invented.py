"""Records of any size, invented from a seed: the same seed gives the same record."""

from random import Random

from policy_tracker.record import Record

SENTENCE = """
therapy requires documented failure of conservative treatment for at least weeks before imaging is repeated in adults with chronic
pain and confirmed diagnosis by a specialist unless contraindicated or not tolerated within the previous months of continuous care
"""  # noqa: E501
WORDS = SENTENCE.split()


def paragraphs(count: int, seed: int = 1) -> list[str]:
    """Sentences of 12 to 30 words."""
    random = Random(seed)
    return [
        " ".join(random.choices(WORDS, k=random.randint(12, 30))).capitalize() + "."
        for _ in range(count)
    ]


def reworded(text: str, random: Random) -> str:
    """The sentence with about one word in six replaced."""
    return " ".join(
        random.choice(WORDS) if random.random() < 1 / 6 else word for word in text.split()
    )


def codes(count: int) -> list[str]:
    """Distinct codes of the form of HCPCS."""
    letters = "ABCEGHJKLMPQRSTV"
    return [
        f"{letters[number % len(letters)]}{number // len(letters):04d}" for number in range(count)
    ]


def record(texts: dict[str, str], listed: list[str]) -> Record:
    """A record with these statements, and one list of these codes."""
    return Record.model_validate(
        {
            "record": 1,
            "payer": "invented",
            "policy": "large",
            "title": "An invented policy",
            "policy_type": "medical_coverage",
            "version": "2025-01-01",
            "source_kind": "payer_document",
            "dates": {"effective": {"date": "2025-01-01"}},
            "sections": [{"key": "criteria", "heading": "Criteria", "kind": "coverage"}],
            "statements": [
                {"key": key, "section": "criteria", "role": "criterion", "text": text}
                for key, text in texts.items()
            ],
            "code_groups": [
                {
                    "key": "covered",
                    "heading": "Covered",
                    "disposition": "medically_necessary",
                    "codes": [{"system": "HCPCS", "code": code} for code in listed],
                }
            ],
        }
    )
