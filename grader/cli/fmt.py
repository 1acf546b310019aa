"""`grade fmt`: lays out the files of the question bank in one way."""

from collections.abc import Sequence
from pathlib import Path

import click

from grader.cli import FULL, LOST
from grader.cli.course import the_course
from grader.cli.output import GivenPath
from grader.errors import ContentError, Finding
from grader.files import write_file
from grader.layout import formatted
from grader.testing.wording import count
from grader.yaml_tree import read_tree


@click.command()
@click.argument("files", nargs=-1, type=GivenPath())
@click.option("--check", is_flag=True, help="Change nothing; exit with 1 where something would change.")
def fmt(files: tuple[Path, ...], *, check: bool) -> int:
    """Lay out FILES of the question bank, or all of its topics and blueprints, in one way.

    Fields come in one order, long texts are folded at 110 columns, comments stay where they are. What a file
    says does not change.
    """
    changed = 0
    paths = files or _of_the_bank(the_course("question_bank"))
    for path, text in _laid_out(paths):
        if text.encode("utf-8") == path.read_bytes():
            continue
        changed += 1
        click.echo(f"{path} {'would change' if check else 'was changed'}")
        if not check:
            write_file(path, text.encode("utf-8"))
    click.echo(f"{changed} of {count(len(paths), 'file')} {'would change' if check else 'changed'}")
    return LOST if check and changed else FULL


def _of_the_bank(course: Path) -> Sequence[Path]:
    folder = course / "question_bank"
    return [*sorted(folder.glob("*.yaml")), *sorted((folder / "blueprints").glob("*.yaml"))]


def _laid_out(paths: Sequence[Path]) -> list[tuple[Path, str]]:
    """Each file with its text laid out; none is written before all can be.

    Raises:
        ContentError: a file is not YAML that can be read in one way.
    """
    trees = [read_tree(path) for path in paths]
    findings: list[Finding] = [finding for tree in trees for finding in tree.findings]
    if findings:
        raise ContentError(sorted(findings))
    return [(tree.path, formatted(tree)) for tree in trees]
