"""`duanju conformance`: hold an engine, this one or another, to the cases worked by hand."""

from importlib.resources import files
from pathlib import Path

import click

from duanju.adapters.documents import (
    CaseResult,
    Mismatch,
    find_cases,
    judge_answers,
    load_policies,
    run_case,
)
from duanju.cli.opening import FOLDER
from duanju.cli.problems import LANGUAGE_OPTION, exits_with_problems

EXIT_DIFFERS = 1

_SENTENCES = {
    "en": {
        "holds": "holds",
        "differs": "DIFFERS",
        "rows": "{rows} rows",
        "expected": "expected {row}",
        "found": "found    {row}",
        "nothing": "nothing",
        "problem": "not settled: {code}",
        "unanswered": "no answer",
        "sum": "{held} of {all} cases hold.",
    },
    "zh-Hans": {
        "holds": "一致",
        "differs": "不一致",
        "rows": "{rows} 行",
        "expected": "应为 {row}",
        "found": "实为 {row}",
        "nothing": "无",
        "problem": "未能结算：{code}",
        "unanswered": "未作答",
        "sum": "{all} 个算例中 {held} 个一致。",
    },
}


@click.command(short_help="Hold an engine to the cases worked by hand.")
@click.argument("names", nargs=-1)
@click.option(
    "--policies",
    "policies_folder",
    type=FOLDER,
    help="Folder of policies.  [default: those installed with duanju; in a clone `policies`]",
)
@click.option(
    "--cases",
    "cases_folder",
    type=FOLDER,
    help="Folder of cases.  [default: those installed with duanju; in a clone `tests/golden`]",
)
@click.option(
    "--answers",
    "answers_folder",
    type=FOLDER,
    help="Another system's answers, `<case>.csv` each, instead of this engine's.",
)
@click.option("--list", "only_list", is_flag=True, help="Name the cases and their folders.")
@LANGUAGE_OPTION
@exits_with_problems
def conformance(
    names: tuple[str, ...],
    policies_folder: Path | None,
    cases_folder: Path | None,
    answers_folder: Path | None,
    only_list: bool,
    language: str,
) -> None:
    """Run the cases worked by hand, all of them or those whose NAMES begin so.

    Without --answers this engine settles each case, each month twice. With --answers the rows of
    another system are compared: they have the columns of a case's `expected.csv`.

    Exit codes: 0 every case holds, 1 some differ.
    """
    cases = [
        case
        for case in find_cases(cases_folder or _suite("cases", Path("tests", "golden")))
        if not names or case.name.startswith(names)
    ]
    if not cases:
        raise click.UsageError("No case of that name. Give --cases, or run `duanju conformance`.")
    if only_list:
        for case in cases:
            click.echo(f"{case.name}  {case}")
        return
    policies = load_policies(policies_folder or _suite("policies", Path("policies")))
    words = _SENTENCES[language]
    held = 0
    for case in cases:
        if answers_folder is None:
            result: CaseResult | None = run_case(case, policies=policies)
        else:
            answers = answers_folder / f"{case.name}.csv"
            result = judge_answers(case, answers) if answers.is_file() else None
        if result is None:
            click.echo(f"{words['unanswered']:10} {case.name}")
        else:
            held += result.holds
            _print(result, language)
    click.echo(words["sum"].format(held=held, all=len(cases)))
    if held < len(cases):
        raise click.exceptions.Exit(EXIT_DIFFERS)


def _print(result: CaseResult, language: str) -> None:
    words = _SENTENCES[language]
    verdict = words["holds"] if result.holds else words["differs"]
    click.echo(f"{verdict:10} {result.name}  {words['rows'].format(rows=result.rows)}")
    for code in result.problems:
        click.echo(f"    {words['problem'].format(code=code)}")
    for mismatch in result.mismatches:
        _print_mismatch(mismatch, language)


def _print_mismatch(mismatch: Mismatch, language: str) -> None:
    words = _SENTENCES[language]
    for name, row in (("expected", mismatch.expected), ("found", mismatch.found)):
        shown = ", ".join(row.values()) if row else words["nothing"]
        click.echo(f"    {mismatch.file}: {words[name].format(row=shown)}")


def _suite(name: str, in_checkout: Path) -> Path:
    """Return a folder of the suite: as it was installed with the package, else the checkout's."""
    installed = Path(str(files("duanju"))) / "conformance" / name
    return installed if installed.is_dir() else in_checkout
