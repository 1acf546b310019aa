"""What pydantic needs to know to refuse unknown fields."""

from collections.abc import Mapping

STRICT: Mapping[str, str] = {"extra": "forbid"}
