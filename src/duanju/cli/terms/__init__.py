"""`duanju terms`: check, explain, compare, simulate and tell apart."""

import click

from duanju.cli.terms.checking import check
from duanju.cli.terms.comparing import compare_command
from duanju.cli.terms.differing import diff
from duanju.cli.terms.explaining import explain
from duanju.cli.terms.simulating import simulate_command


@click.group(short_help="Look at terms before anyone signs them.")
def terms() -> None:
    """Check, explain, compare and simulate terms before anyone signs them."""


for _command in (check, explain, compare_command, simulate_command, diff):
    terms.add_command(_command)
