"""The JSON Schema (draft 2020-12) of the record's files, so that editors complete and explain while
a person writes.

Descriptions are the docstrings of the values. The schema says what a file may hold in its parts;
whether the parts fit each other (keys, references, forms of codes) is checked when the file is
read. `python -m policy_tracker.record.schema` writes the files anew.
"""

import json
from pathlib import Path

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema

from policy_tracker.record.bulletin import Bulletin
from policy_tracker.record.content import Record
from policy_tracker.record.payer import Payer

SCHEMAS: dict[str, type[BaseModel]] = {
    "version.schema.json": Record,
    "payer.schema.json": Payer,
    "bulletin.schema.json": Bulletin,
}
"""File name and the value that the file's schema describes; the files lie beside this module."""
_TITLES = {"Record": "Version of a policy", "Payer": "Payer", "Bulletin": "Bulletin of a payer"}


def schema_of(model: type[BaseModel]) -> JsonSchemaValue:
    """The JSON Schema of a file that holds one `model`."""
    _, schema = models_json_schema([(model, "validation")], by_alias=True)
    definitions = {name: _without_titles(part) for name, part in schema["$defs"].items()}
    top = definitions.pop(model.__name__)
    result = {"$schema": GenerateJsonSchema.schema_dialect, **top, "title": _TITLES[model.__name__]}
    return {**result, "$defs": definitions} if definitions else result


def _without_titles(part: JsonSchemaValue) -> JsonSchemaValue:
    """A definition whose fields carry no titles: those only repeat the names."""
    fields = {
        name: {key: value for key, value in field.items() if key != "title"}
        for name, field in part.get("properties", {}).items()
    }
    return {**part, "properties": fields}


def schema_text(model: type[BaseModel]) -> str:
    """The text of the schema's file."""
    return json.dumps(schema_of(model), indent=1, ensure_ascii=False) + "\n"


def write_schemas(folder: Path) -> None:
    """Writes every schema into `folder`."""
    for name, model in SCHEMAS.items():
        (folder / name).write_text(schema_text(model), encoding="utf-8")


if __name__ == "__main__":
    write_schemas(Path(__file__).parent)
