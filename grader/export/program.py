"""The program itself as files that pip installs, with every version that it runs on."""

import json
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

import grader
from grader.errors import UsageError

NAME = "grade"
CACHE = "__pycache__"
PROJECT = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "grade"
version = {version}
requires-python = {python}
dependencies = {dependencies}

[project.scripts]
grade = "grader.cli:main"

[project.entry-points.pytest11]
grade = "grader.engine.plugin"

[tool.hatch.build.targets.wheel]
packages = ["grader"]
"""


def program() -> dict[str, bytes]:
    """The package and what builds it, by their paths."""
    home = Path(grader.__file__).parent
    files = {
        f"grader/{path.relative_to(home).as_posix()}": path.read_bytes()
        for path in sorted(home.rglob("*"))
        if path.is_file() and CACHE not in path.parts and not path.name.startswith(".")
    }
    return {"pyproject.toml": _project().encode("utf-8"), **files}


def _project() -> str:
    metadata = distribution(NAME).metadata
    needs = [str(one) for one in _needs(NAME, with_marker=False)]
    return PROJECT.format(
        version=json.dumps(grader.__version__),
        python=json.dumps(metadata["Requires-Python"] or ">=3.11"),
        dependencies=json.dumps(needs, indent=4),
    )


def pins() -> str:
    """The version of everything that is needed, a line each: names and versions, no address."""
    found: dict[str, str] = {}
    waiting = [one.name for one in _needs(NAME)]
    while waiting:
        name = waiting.pop()
        if name.lower() in found:
            continue
        try:
            found[name.lower()] = distribution(name).version
        except PackageNotFoundError:
            continue  # not needed here, as on another system
        waiting += [one.name for one in _needs(name)]
    return "".join(f"{name}=={version}\n" for name, version in sorted(found.items()))


def _needs(name: str, *, with_marker: bool = True) -> Iterator[Requirement]:
    """What a package needs, its extras excepted; with `with_marker`, on this system."""
    try:
        texts = distribution(name).requires or []
    except PackageNotFoundError:
        raise UsageError(f"`{name}` is not installed here, so its versions are not known") from None
    for text in texts:
        one = Requirement(text)
        if "extra ==" in str(one.marker or ""):
            continue
        if not with_marker or one.marker is None or one.marker.evaluate({"extra": ""}):
            yield one
