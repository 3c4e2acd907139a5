"""A page whose text layer gives each letter as a line."""

from policy_tracker.documents.pdf.letters import with_words


class _Chars:
    """Letters of ten points, each with the gap before it."""

    def __init__(self, text: str, gaps: dict[int, float]) -> None:
        self.boxes: list[tuple[float, float, float, float]] = []
        right = 0.0
        for number, letter in enumerate(text):
            left = right + gaps.get(number, 0.0)
            width = 0.0 if letter in "\r\n" else 5.0
            self.boxes.append((left, 0.0, left + width, 10.0))
            right = left + width

    def box(self, number: int) -> tuple[float, float, float, float]:
        return self.boxes[number]

    def size(self, _number: int) -> tuple[float, float]:
        return 10.0, 10.0


def _read(text: str, gaps: dict[int, float]) -> str:
    whole = with_words(_Chars(text, gaps), text)  # type: ignore[arg-type]
    assert len(whole) == len(text)
    return whole.replace("\u200b", "")


def test_letters_that_touch_are_a_word_and_others_are_two():
    text = "o\r\ni\r\nl\r\no\r\nf"
    assert _read(text, {9: 3.0}) == "oil  of"


def test_what_stands_far_apart_stays_apart():
    text = "o\r\ni\r\nl\r\no\r\nf"
    assert _read(text, {9: 60.0}) == "oil\r\nof"


def test_lines_of_words_stay_lines():
    text = "lamps of brass\r\nand oil for them"
    assert _read(text, {}) == text
