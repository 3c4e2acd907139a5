"""docs/record-format.md explains every field of every value and every word of its vocabulary, and
its examples are records.
"""

import re
from pathlib import Path

import pytest

from policy_tracker.record import Record
from policy_tracker.record.schema import SCHEMAS, schema_of
from policy_tracker.recordfiles.located import plain
from policy_tracker.recordfiles.yaml import read_yaml

TEXT = (Path(__file__).parents[2] / "docs" / "record-format.md").read_text(encoding="utf-8")
SECTIONS = {
    part.split("\n", 1)[0].strip(): part for part in re.split(r"^## ", TEXT, flags=re.MULTILINE)
}
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```", TEXT, flags=re.MULTILINE | re.DOTALL)
MODELS = {model.__name__: schema_of(model) for model in SCHEMAS.values()}
for _schema in list(MODELS.values()):
    MODELS |= _schema.get("$defs", {})


@pytest.mark.parametrize("name", sorted(MODELS))
def test_every_field_is_explained(name):
    assert name in SECTIONS, "the value has no section"
    explained = re.findall(r"^\| `(\w+)` \|", SECTIONS[name].split("\n### ")[0], flags=re.MULTILINE)
    assert explained == list(MODELS[name]["properties"]), (
        "one row per field, in the order of the value"
    )


def words_of(schema):
    if isinstance(schema, dict):
        yield from (word for word in schema.get("enum", ()) if isinstance(word, str))
        names = schema.get("propertyNames", {})
        yield from names.get("enum", ())
        for part in schema.values():
            yield from words_of(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from words_of(part)


def test_every_word_of_the_vocabulary_is_named():
    words = {word for schema in MODELS.values() for word in words_of(schema)}
    assert len(words) > 80
    assert {word for word in words if f"`{word}`" not in TEXT} == set()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: text.split(":")[0])
def test_every_example_is_a_record_or_a_part_of_one(example):
    nodes, slips = read_yaml(example)
    assert slips == []
    smallest = plain(read_yaml(EXAMPLES[0])[0][0])
    Record.model_validate({**smallest, **plain(nodes[0])})


def test_every_link_leads_to_a_section():
    targets = {
        heading.lower().replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", TEXT, flags=re.MULTILINE)
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", TEXT)) <= targets
