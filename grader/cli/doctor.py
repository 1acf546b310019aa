"""`grade doctor`: what this machine can keep a submission from, proved by trying."""

import click

from grader.cli import FULL, LOST
from grader.sandbox.client import Isolation, Sandbox
from grader.sandbox.probes import prove


@click.command()
def doctor() -> int:
    """Try attacks on the sandbox and say which isolation holds on this machine.

    Exits with 0 when strict isolation holds, with 1 when it does not.
    """
    with Sandbox(Isolation.AUTO) as sandbox:
        click.echo(f"isolation: {sandbox.isolation}")
        if sandbox.missing:
            click.echo(f"  strict isolation is not to be had: {sandbox.missing}")
        probes = prove(sandbox)
        for probe in probes:
            click.echo(f"  {'✗ possible' if probe.got_through else '✓ stopped '}  {probe.what}")
        return LOST if sandbox.missing or any(probe.got_through for probe in probes) else FULL
