"""The shipped JSON Schema is the one that the values generate, and the curated files obey it."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import policy_tracker.record
from policy_tracker.record.schema import SCHEMAS, schema_of, schema_text, write_schemas
from policy_tracker.recordfiles.located import plain
from policy_tracker.recordfiles.yaml import read_yaml

SHIPPED = Path(policy_tracker.record.__file__).parent
POLICIES = Path(__file__).parents[2] / "policies"
FILES = sorted(POLICIES.rglob("*.yaml"))


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_the_shipped_schema_is_up_to_date(name):
    assert (SHIPPED / name).read_text(encoding="utf-8") == schema_text(SCHEMAS[name]), (
        "run python -m policy_tracker.record.schema"
    )


@pytest.mark.parametrize("model", SCHEMAS.values(), ids=sorted(SCHEMAS))
def test_the_schema_is_valid_and_explains_every_field(model):
    schema = schema_of(model)
    Draft202012Validator.check_schema(schema)
    assert schema["title"]
    for definition in [schema, *schema.get("$defs", {}).values()]:
        if definition.get("type") == "object":
            assert definition["description"]
            assert definition["additionalProperties"] is False
            for name, field in definition["properties"].items():
                assert field.get("description"), name


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(POLICIES)))
def test_curated_files_obey_the_schema_that_they_name(file):
    text = file.read_text(encoding="utf-8")
    marker = "# yaml-language-server: $schema="
    first = text.splitlines()[0]
    assert first.startswith(marker)
    schema = (file.parent / first.removeprefix(marker)).resolve()
    assert schema.parent == SHIPPED.resolve()
    assert schema.name == (
        "payer.schema.json" if file.name == "payer.yaml" else "version.schema.json"
    )
    nodes, slips = read_yaml(text)
    assert slips == []
    Draft202012Validator(json.loads(schema.read_text(encoding="utf-8"))).validate(plain(nodes[0]))


def test_the_schema_refuses_what_is_no_record():
    validator = Draft202012Validator(schema_of(SCHEMAS["version.schema.json"]))
    nodes, _ = read_yaml((POLICIES / "cigna/mm-0300/2025-09-26.yaml").read_text(encoding="utf-8"))
    data = json.loads(json.dumps(plain(nodes[0])))
    assert validator.is_valid(data)
    for change in (
        {"colour": "red"},
        {"policy_type": "novel"},
        {"record": 2},
        {"statements": {}},
        {"payer": "No Slug"},
    ):
        assert not validator.is_valid({**data, **change})
    data["statements"][0]["logic"] = "some_of"
    assert not validator.is_valid(data)


def test_write_schemas_writes_every_file(tmp_path):
    write_schemas(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(SCHEMAS)
