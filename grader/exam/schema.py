"""The JSON Schema of what authors write: from the same types that the readers hold a file to."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from pydantic import Field, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from grader.curriculum import CurriculumFile
from grader.exam.amendments import AmendmentsFile
from grader.model.blueprint import BlueprintFile
from grader.model.item import Item
from grader.model.strict import STRICT
from grader.quiz.schemes import FITS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
LINE = "# yaml-language-server: $schema={path}"
"""The first line of a file that an editor with the YAML language server holds to a schema."""


@dataclass(frozen=True, slots=True)
class _TopicFile:
    """A file of the question bank."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = STRICT

    topic: str
    items: tuple[Annotated[Item, Field(discriminator="type")], ...]


class _AsTyped(GenerateJsonSchema):
    """A number is as good as text, which keeps its digits: `number: 0.50`."""

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        return {"type": ["string", "number"]}

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False  # "Near Misses" above `near_misses` tells nobody anything


def _schema(into: Any, title: str) -> dict[str, Any]:
    made = TypeAdapter(into).json_schema(schema_generator=_AsTyped)
    return {"$schema": DIALECT, **made, "title": title}


def bank_schema() -> dict[str, Any]:
    """The schema of a file of the question bank."""
    schema = _schema(_TopicFile, "A topic of the question bank")
    names = {name: noun for name, noun in schema["$defs"].items() if "type" in noun["properties"]}
    for noun in names.values():
        fitting = FITS[noun["properties"]["type"]["const"]]
        noun["properties"]["scheme"] = {"enum": sorted(fitting), "description": "a scoring scheme"}
    # A part has the id and the difficulty of its item; an item states both.
    items = schema["properties"]["items"]["items"]
    schema["properties"]["items"]["items"] = {**items, "required": ["id", "difficulty"]}
    return schema


def blueprint_schema() -> dict[str, Any]:
    """The schema of a blueprint."""
    return _schema(BlueprintFile, "A blueprint of a paper")


def curriculum_schema() -> dict[str, Any]:
    """The schema of a list of the curriculum."""
    return _schema(CurriculumFile, "The entries of one digest")


def amendments_schema() -> dict[str, Any]:
    """The schema of a file of amendments, for `grade score --amend`."""
    return _schema(AmendmentsFile, "Amendments to the marking of papers")


SCHEMAS: Mapping[str, Callable[[], dict[str, Any]]] = {
    "amendments": amendments_schema,
    "bank": bank_schema,
    "blueprint": blueprint_schema,
    "curriculum": curriculum_schema,
}


def schema_text(name: str) -> str:
    """A schema as the file that an editor reads."""
    return json.dumps(SCHEMAS[name](), indent=2, ensure_ascii=False) + "\n"
