"""The fingerprint changes with what can be read, and with nothing else."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from policy_tracker.isolation import fingerprint
from policy_tracker.isolation.fingerprint import noted, reader_of, what_is_read
from tests.extract.payers import golden_records
from tests.extract.payers.made_documents import MADE

NUMBERS = '''"""Numbers."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MOST", "singular"]

MOST = 12
"""The most that is read."""
_DIGITS = re.compile(r"[0-9]+")


def singular(word: str) -> str:
    """The word for one thing."""
    # an s at the end
    return word.removesuffix("s") if len(word) < MOST else word


def many(text: str) -> "Iterator[str]":
    for found in _DIGITS.finditer(text):
        yield found.group()
'''
WORDS = """def spoken(word: str) -> str:
    return word.lower()


def shape(word: str) -> str:
    return spoken(word).strip()
"""
FORMAT = """from made.language import numbers
from made.language.words import shape


class Form:
    unit: str = "day"

    def read(self, word: str) -> str:
        return shape(numbers.singular(word)) + self.unit
"""
FILES = {
    "__init__.py": '__version__ = "1"\n',
    "language/__init__.py": "",
    "language/numbers.py": NUMBERS,
    "language/words.py": WORDS,
    "language/unused.py": "IDLE = 1\n",
    "language/lexicon/units.toml": '# units\n[[unit]]\nname = "day"\nexamples = ["2 days"]\nseen = '
    '["a page"]\n',
    "extract/__init__.py": "",
    "extract/form.py": FORMAT,
    "extract/other.py": "def spoken(word: str) -> str:\n    return word.upper()\n",
}

Difference = Callable[[Path], None]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A small program that reads."""
    root = tmp_path / "made"
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def put(name: str, old: str, new: str) -> Difference:
    """Replaces a text in a file."""

    def difference(root: Path) -> None:
        text = (root / name).read_text(encoding="utf-8")
        assert old in text
        (root / name).write_text(text.replace(old, new), encoding="utf-8")

    return difference


def both(*differences: Difference) -> Difference:
    """Several edits, one after the other."""

    def difference(root: Path) -> None:
        for one in differences:
            one(root)

    return difference


def add(name: str, text: str) -> Difference:
    """Writes a text at the end of a file, which may be a new one."""

    def difference(root: Path) -> None:
        path = root / name
        path.write_text(
            (path.read_text(encoding="utf-8") if path.exists() else "") + text, encoding="utf-8"
        )

    return difference


def move(old: str, new: str) -> Difference:
    """Moves a file."""

    def difference(root: Path) -> None:
        (root / new).parent.mkdir(parents=True, exist_ok=True)
        (root / old).rename(root / new)

    return difference


SINGULAR = NUMBERS[NUMBERS.index("def singular") : NUMBERS.index("def many")]

IDLE: dict[str, Difference] = {
    "a docstring": put(
        "language/numbers.py", "The word for one thing.", "What one of them is called."
    ),
    "the docstring of a module": put(
        "language/numbers.py", '"""Numbers."""', '"""Numbers and more."""'
    ),
    "the docstring of a value": put(
        "language/numbers.py", "The most that is read.", "An upper bound."
    ),
    "a comment": put("language/numbers.py", "# an s at the end", "# cut it off"),
    "a formatted line": put(
        "language/numbers.py",
        'return word.removesuffix("s") if len(word) < MOST else word',
        (
            "return (\n        word.removesuffix('s')\n        if len(word) < MOST\n        else "
            "word\n    )"
        ),
    ),
    "an annotation of a function": put(
        "language/words.py", "def shape(word: str) -> str", "def shape(word) -> object"
    ),
    "an imported name in place of a module": both(
        put(
            "extract/form.py",
            "from made.language import numbers",
            "from made.language.numbers import singular",
        ),
        put("extract/form.py", "numbers.singular(word)", "singular(word)"),
    ),
    "an imported name of a library": both(
        put("language/numbers.py", "import re\n", "from re import compile as compiled\n"),
        put("language/numbers.py", "re.compile(", "compiled("),
    ),
    "a moved file": both(
        move("language/words.py", "language/speech/words.py"),
        add("language/speech/__init__.py", ""),
        put("extract/form.py", "made.language.words", "made.language.speech.words"),
    ),
    "a moved function": both(
        put("language/numbers.py", SINGULAR, ""),
        add("language/words.py", f"\n\nfrom made.language.numbers import MOST\n\n\n{SINGULAR}"),
        put("extract/form.py", "numbers.singular", "words.singular"),
        put("extract/form.py", "import numbers", "import numbers, words"),
    ),
    "functions in another order": put(
        "language/words.py", WORDS, "\n\n".join(reversed(WORDS.split("\n\n\n"))) + "\n"
    ),
    "a name that a package passes on": both(
        add("language/__init__.py", "from made.language.words import shape\n"),
        put(
            "extract/form.py",
            "from made.language.words import shape",
            "from made.language import shape",
        ),
    ),
    "a module that reading does not import": put("language/unused.py", "IDLE = 1", "IDLE = 2"),
    "the release of the program": put("__init__.py", '"1"', '"2"'),
    "an example of the vocabulary": put("language/lexicon/units.toml", "2 days", "3 days"),
    "a place where an entry was seen": put("language/lexicon/units.toml", "a page", "a leaflet"),
    "a comment in the vocabulary": put("language/lexicon/units.toml", "# units", "# all units"),
    "a moved file of vocabulary": move("language/lexicon/units.toml", "language/units.toml"),
}

TELLING: dict[str, Difference] = {
    "a constant": put("language/numbers.py", "MOST = 12", "MOST = 13"),
    "a pattern": put("language/numbers.py", "[0-9]+", "[0-9]{2}"),
    "an operator": put("language/numbers.py", "len(word) < MOST", "len(word) <= MOST"),
    "a message": put("language/numbers.py", 'removesuffix("s")', 'removesuffix("es")'),
    "a method": put("language/words.py", "word.lower()", "word.upper()"),
    "the type of a field": put("extract/form.py", "unit: str", "unit: int"),
    "the order of statements in a function": put(
        "language/words.py",
        "    return spoken(word).strip()",
        "    word = spoken(word)\n    return word.strip()",
    ),
    "another function of the same name": both(
        put(
            "language/words.py",
            WORDS[: WORDS.index("def shape")],
            "from made.extract.other import spoken\n",
        ),
        add("language/unused.py", WORDS[: WORDS.index("def shape")]),
        put("extract/form.py", "import numbers", "import numbers, unused"),
    ),
    "a function less": put("language/numbers.py", NUMBERS[NUMBERS.index("def many") :], ""),
    "an entry of the vocabulary": put(
        "language/lexicon/units.toml", 'name = "day"', 'name = "week"'
    ),
    "a list of the vocabulary": add("language/lexicon/codes.csv", "1,2\n"),
    "a format more": add("extract/new.py", "FORMAT = 1\n"),
    "a library": put("language/numbers.py", "import re\n", "import numpy\nimport re\n"),
}


@pytest.mark.parametrize("name", IDLE)
def test_it_stays_with(name: str, package: Path) -> None:
    before = what_is_read(package)
    IDLE[name](package)
    assert what_is_read(package) == before


@pytest.mark.parametrize("name", TELLING)
def test_it_changes_with(name: str, package: Path) -> None:
    before = what_is_read(package)
    TELLING[name](package)
    assert what_is_read(package) != before


def test_the_modules_of_this_program_that_read_are_in_it() -> None:
    modules, reading = fingerprint.code_that_reads(fingerprint.PACKAGE)
    formats = {name for name in modules if name.startswith("policy_tracker.extract.")}
    read_by = (
        "record.codes record.content language.sentences documents.read documents.pdf.reader "
        "codesets.icd10cm isolation.jobs.records"
    )
    assert formats | {f"policy_tracker.{name}" for name in read_by.split()} <= reading
    idle = "record.governance record.answering isolation.jobs.page_image recordfiles.yaml"
    assert not {f"policy_tracker.{name}" for name in idle.split()} & reading
    assert {f"policy_tracker.{name}" for name in idle.split()} <= set(modules)


@pytest.fixture(scope="module")
def this_program() -> fingerprint.Read:
    """What the real program comes to."""
    return what_is_read(fingerprint.PACKAGE)


@pytest.fixture
def looked_up(this_program: fingerprint.Read, monkeypatch: pytest.MonkeyPatch) -> None:
    """Spares each test the half second that it takes to find that out."""
    monkeypatch.setattr(fingerprint, "noted", lambda *_: this_program)


def test_the_libraries_are_those_that_reading_imports(this_program: fingerprint.Read) -> None:
    libraries = set(this_program.libraries)
    assert {"mammoth", "pydantic", "pypdfium2", "selectolax"} <= libraries
    assert not {"fastapi", "jinja2", "sqlmodel", "deepdiff"} & libraries


@pytest.mark.usefixtures("looked_up")
def test_another_release_of_a_library_changes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    found = {fingerprint.fingerprint.__wrapped__()}
    for other in ("99", "1"):
        monkeypatch.setattr(
            fingerprint,
            "version",
            lambda project, other=other: other if project == "selectolax" else "1",
        )
        found.add(fingerprint.fingerprint.__wrapped__())
    assert len(found) == 3


@pytest.mark.usefixtures("looked_up")
def test_other_golden_records_change_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = fingerprint.fingerprint.__wrapped__()
    other = tmp_path / "golden"
    other.write_text("0" * 64, encoding="ascii")
    monkeypatch.setattr(fingerprint, "GOLDEN", other)
    assert fingerprint.fingerprint.__wrapped__() != before


def test_the_shipped_digest_is_that_of_the_golden_records() -> None:
    """Where it is not: `python -m scripts.record_golden_records`, and look at what it changes."""
    records = {name: golden_records.read_again(name) for name in MADE}
    assert fingerprint.GOLDEN.read_text(encoding="ascii").strip() == golden_records.digest(records)


def test_a_reader_is_told_apart_by_the_payer_that_was_named() -> None:
    assert len({reader_of(), reader_of("fep"), reader_of("uhc")}) == 3
    assert reader_of("fep").startswith(reader_of())


def test_it_is_looked_up_until_a_file_changes(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = tmp_path / "byte_code" / "note.json"
    found = what_is_read(package)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert noted(package, note) == found
    assert not note.exists()
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    assert noted(package, note) == noted(package, note) == found
    assert [path.name for path in note.parent.iterdir()] == ["note.json"]
    held = json.loads(note.read_text(encoding="utf-8"))
    note.write_text(json.dumps(held | {"digest": "looked up"}), encoding="utf-8")
    assert noted(package, note).digest == "looked up"
    TELLING["a constant"](package)
    changed = what_is_read(package)
    assert noted(package, note) == changed != found


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"files": 1}'])
def test_a_damaged_note_is_made_anew(
    text: str, package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    note = tmp_path / "note.json"
    note.write_text(text, encoding="utf-8")
    assert noted(package, note) == what_is_read(package)
    assert json.loads(note.read_text(encoding="utf-8"))["digest"] == what_is_read(package).digest
