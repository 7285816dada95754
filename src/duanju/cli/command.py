"""The root of the command, and the commands that other packages add to it."""

from importlib.metadata import entry_points, version

import click

from duanju.cli.conformance import conformance
from duanju.cli.entitle import entitle_command
from duanju.cli.importing import lake
from duanju.cli.policies import policies
from duanju.cli.remit import remit
from duanju.cli.replay import replay_command
from duanju.cli.reports import reports
from duanju.cli.scripts import scripts
from duanju.cli.settle import settle
from duanju.cli.signing import keys, sign_command, verify_command
from duanju.cli.terms import terms

COMMANDS_GROUP = "duanju.commands"
"""The entry-point group by which another package adds a command."""


class _CommandsOfPackages(click.Group):
    """A group that also holds the commands that installed packages register, loaded when used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        own = super().list_commands(ctx)
        return sorted({*own, *entry_points(group=COMMANDS_GROUP).names})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        own = super().get_command(ctx, cmd_name)
        if own is not None:
            return own
        for entry_point in entry_points(group=COMMANDS_GROUP, name=cmd_name):
            command = entry_point.load()
            if isinstance(command, click.Command):
                return command
        return None


@click.group(
    cls=_CommandsOfPackages,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(version("duanju"), prog_name="duanju")
def main() -> None:
    """Settle micro-dramas: policies and deals in, statements that explain every fen out.

    \b
    Check terms, read them as a contract, and see who would earn what:
      duanju terms check policies/*.toml
      duanju terms explain policies/tencent-huolong.toml --lang zh-Hans
      duanju terms compare --facts facts.csv one.toml another.toml
      duanju entitle --terms one.toml --facts facts.csv --as-of 2026-10-01
    Settle a month from a table of facts, or from an event lake:
      duanju settle --deals deals.toml --facts facts.csv --period 2026-09 --out september
      duanju settle --deals deals.toml --lake data/lake --period 2026-10 --out october \\
        --posted september/ledger.csv
    Take in events from a warehouse, by the batch:
      duanju lake import --lake data/lake --batch 2026-10-07 events/2026-10-07/*.parquet
    Compute a statement again from its bundle, offline, and compare:
      duanju replay september/statement-2026-09-hours-lanxi.bundle.json
    Sign a bundle, and verify whose it is, offline:
      duanju keys new aurora.pem
      duanju sign september/statement-2026-09-hours-lanxi.bundle.json --key aurora.pem
      duanju verify september/statement-2026-09-hours-lanxi.bundle.json \\
        --signature september/statement-2026-09-hours-lanxi.signature.json \\
        --public-key aurora.public.pem
    Say what is due of it, converted and taxed:
      duanju remit --ledger september/ledger.csv --rules remittances.toml \\
        --period 2026-09 --paid-on 2026-10-20 --out october
    Read what a store or an advertising network reports, by a saved mapping of columns:
      duanju reports read pangle-2026-09.csv --mapping pangle.toml --period 2026-09
    Check a screenplay line by line, and write it in another form:
      duanju scripts check script.docx --lang zh-Hans
      duanju scripts convert script.docx --to fountain --out script.fountain
    Calibrate readers' scores into grades:
      duanju scripts grade --rubric rubric.toml --scores scores.csv
    Hold an engine, this one or another, to the cases worked by hand:
      duanju conformance

    Exit codes: 0 all is well; 1 some deals could not be settled, the others were; 2 the command was
    called wrongly; 3 a file that was handed in has problems and nothing was written.
    """


for _command in (
    *(settle, remit, replay_command, keys, sign_command, verify_command),
    *(policies, terms, entitle_command, conformance, reports, lake, scripts),
):
    main.add_command(_command)
