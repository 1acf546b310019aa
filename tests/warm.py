"""What the process that commands are forked from has done before: imported all, read what a course has."""

import importlib
import pkgutil

import grader.cli
import grader.exam
import grader.export
import grader.report
from grader.bank import read_bank
from grader.course import read_exercises
from grader.exam.blueprint import read_blueprint
from tests.every_type import TYPES

PACKAGES = (grader.cli, grader.exam, grader.export, grader.report)

for package in PACKAGES:
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if module.name != "grader.cli.__main__":
            importlib.import_module(module.name)
# The readers of these are made when they are first used.
read_exercises(TYPES.parent.parent / "small")
read_bank(TYPES)
read_blueprint(TYPES / "blueprints/types.yaml")
