"""Policies as TOML files."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from duanju.adapters.documents.policy_tables import (
    ClauseTable,
    HeaderTable,
    ParameterTable,
    RevenueShareTable,
    SourceTable,
    TieredRateTable,
)
from duanju.adapters.documents.reading import read_text
from duanju.adapters.documents.toml_reading import Document
from duanju.deals import Policy, check_policy
from duanju.kernel import Problem, ProblemsFound, Text, Where

_ARRAYS = ("source", "parameter", "clause")
_SUPPRESSED_BY = {
    "source": ("deals.no-source",),
    "parameter": ("deals.unknown-parameter",),
    "clause": ("deals.no-clause",),
}
"""Problems that would only repeat that a table of this name could not be read."""


def read_policy(path: Path) -> Policy:
    """Read and check a policy file.

    Raises:
        ProblemsFound: With all problems of the file, each with its line.
    """
    return policy_from_text(read_text(path), file=str(path))


def load_policies(folder: Path) -> dict[tuple[str, int], Policy]:
    """Read every `*.toml` of a folder, by id and version.

    Raises:
        ProblemsFound: With all problems of all files; two files with one id and version are one.
    """
    policies: dict[tuple[str, int], Policy] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            policy = read_policy(path)
        except ProblemsFound as found:
            problems.extend(found.problems)
            continue
        if (policy.id, policy.version) in policies:
            params: dict[str, str | int] = {"id": policy.id, "version": policy.version}
            problems.append(Problem("documents.duplicate-policy", Where(str(path), 1), params))
        policies[policy.id, policy.version] = policy
    if problems:
        raise ProblemsFound(tuple(problems))
    return policies


def policy_from_text(text: str, *, file: str = "") -> Policy:
    """Read and check the text of a policy file.

    Args:
        text: TOML.
        file: The name by which problems call it.

    Raises:
        ProblemsFound: With all problems of the text, each with its line.
    """
    document = Document.parse(text, file=file)
    header = {key: value for key, value in document.data.items() if key not in _ARRAYS}
    head: HeaderTable | None = document.read(HeaderTable, header, "")
    sources: dict[int, SourceTable] = document.read_each(SourceTable, "source")
    parameters: dict[int, ParameterTable] = document.read_each(ParameterTable, "parameter")
    clauses: dict[int, TieredRateTable | RevenueShareTable] = document.read_each(
        ClauseTable, "clause"
    )
    policy = Policy(
        id=head.id if head else "unread",
        version=head.version if head else 1,
        title=head.title if head else Text({"en": "unread"}),
        summary=head.summary if head else Text({"en": "unread"}),
        valid_from=head.valid_from if head else date.min,
        valid_until=head.valid_until if head else None,
        sources=tuple(source.as_source() for source in sources.values()),
        parameters=tuple(parameter.as_parameter() for parameter in parameters.values()),
        clauses=tuple(clause.as_clause() for clause in clauses.values()),
    )
    indexes = {"parameter": list(parameters), "clause": list(clauses)}
    _note_meaning(document, policy, indexes)
    document.require_good()
    return policy


def _note_meaning(document: Document, policy: Policy, indexes: Mapping[str, list[int]]) -> None:
    """Note what is wrong with the meaning of those tables that could be read."""
    unread = {problem.where.path.split(".")[0] for problem in document.problems}
    suppressed = {code for table in unread for code in _SUPPRESSED_BY.get(table, ())}
    for problem in check_policy(policy):
        if problem.code not in suppressed:
            document.note_all([_at_index_in_file(problem, indexes)])


def _at_index_in_file(problem: Problem, indexes: Mapping[str, list[int]]) -> Problem:
    """Turn the index among the tables that could be read into the index in the file."""
    table, _, rest = problem.where.path.partition(".")
    index, _, within = rest.partition(".")
    if table not in indexes or not index.isdigit():
        return problem
    parts = [table, str(indexes[table][int(index)]), within]
    return replace(problem, where=Where(path=".".join(part for part in parts if part)))
