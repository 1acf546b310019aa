"""`grade schema`: the JSON Schema of what authors write, for editors that complete and check it."""

from pathlib import Path

import click

from grader.cli.output import ReportPath, write
from grader.exam.schema import LINE, SCHEMAS, schema_text


@click.command()
@click.argument("what", type=click.Choice(list(SCHEMAS)), default="bank")
@click.option("--output", type=ReportPath(), help="Write it to a file.")
@click.option("--line", is_flag=True, help="Print the comment that makes an editor use it, not the schema.")
def schema(what: str, output: Path | None, *, line: bool) -> None:
    """Print the JSON Schema of WHAT authors write: a file of the bank, a blueprint, amendments, a list of the
    curriculum.

    `grade schema bank --output question_bank/bank.json` writes it where all files of the bank find it. An
    editor with the YAML language server then completes fields and underlines slips in a file whose first
    line is the one that `--line` prints. `grade fmt` keeps that line; `grade audit` sees more than a schema.
    """
    path = output or Path(f"{what}.json")
    if line:
        click.echo(LINE.format(path=path.name))
        return
    write(schema_text(what), output)
    if output:
        click.echo(f"{output} is written. The first line of each file that it holds for:\n")
        click.echo(LINE.format(path=path.name))
