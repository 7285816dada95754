"""Policies as TOML files, and as the plain data that such a file holds."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from duanju.adapters.documents.policy_paths import path_in_document
from duanju.adapters.documents.policy_tables import (
    ClauseTable,
    HeaderTable,
    ParameterTable,
    ProvisionTable,
    SourceTable,
    as_data,
)
from duanju.adapters.documents.reading import read_text
from duanju.adapters.documents.toml_reading import Document
from duanju.deals import Policy, check_policy
from duanju.deals.clauses import Clause
from duanju.kernel import Problem, ProblemsFound, Text, Where

_ARRAYS = ("source", "parameter", "clause")
_SUPPRESSED_BY = {
    "source": ("deals.no-source",),
    "parameter": ("deals.unknown-parameter",),
    "clause": ("deals.no-clause", "deals.refers-to-no-clause"),
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
    return _read(Document.parse(text, file=file))


def policy_from_data(data: Mapping[str, Any], *, file: str = "") -> Policy:
    """Read and check what a policy file would hold, as plain data: of a form, of JSON.

    It is read as strictly as a file. Numbers may be text (`"0.15"`, `"15%"`, `"1/3"`), days ISO
    8601 text.

    Args:
        data: Keys as in a file: `id`, `version`, …, `source`, `parameter`, `clause`.
        file: The name by which problems call it.

    Raises:
        ProblemsFound: With all problems, each with its path, `clause.2.tier.0.rate`.
    """
    return _read(Document(file, data))


def policy_to_data(policy: Policy) -> dict[str, Any]:
    """Return a policy as the plain data that its file holds; `policy_from_data` reads it.

    Numbers are `int` where whole, `Decimal` where their digits end, and else text: `"1/3"`.
    """
    data = HeaderTable.data_of(policy)
    arrays = {
        "source": policy.sources,
        "parameter": policy.parameters,
        "clause": policy.clauses,
    }
    return data | {key: [as_data(own) for own in rows] for key, rows in arrays.items() if rows}


def clause_to_data(clause: Clause) -> dict[str, Any]:
    """Return a clause as the plain data of its `[[clause]]`; what is at its default is left out."""
    data: dict[str, Any] = as_data(clause)
    return data


def clause_from_data(data: object, path: str = "clause") -> Clause | tuple[Problem, ...]:
    """Read one clause from plain data, without asking what it means within a policy.

    Args:
        data: What a `[[clause]]` holds, `kind` included.
        path: What the paths of problems begin with: `clause.3`.

    Returns:
        The clause, or everything that is wrong with its keys and values.
    """
    document = Document("", {})
    table: ProvisionTable | None = document.read(ClauseTable, data, path)
    return tuple(document.problems) if table is None else table.as_clause()


def _read(document: Document) -> Policy:
    header = {key: value for key, value in document.data.items() if key not in _ARRAYS}
    head: HeaderTable | None = document.read(HeaderTable, header, "")
    sources: dict[int, SourceTable] = document.read_each(SourceTable, "source")
    parameters: dict[int, ParameterTable] = document.read_each(ParameterTable, "parameter")
    clauses: dict[int, ProvisionTable] = document.read_each(ClauseTable, "clause")
    policy = Policy(
        id=head.id if head else "unread",
        version=head.version if head else 1,
        title=head.title if head else Text({"en": "unread"}),
        summary=head.summary if head else Text({"en": "unread"}),
        valid_from=head.valid_from if head else date.min,
        valid_until=head.valid_until if head else None,
        sources=tuple(source.as_value() for source in sources.values()),
        parameters=tuple(parameter.as_value() for parameter in parameters.values()),
        clauses=tuple(clause.as_clause() for clause in clauses.values()),
    )
    _note_meaning(document, policy, {"parameter": list(parameters), "clause": list(clauses)})
    document.require_good()
    return policy


def _note_meaning(document: Document, policy: Policy, places: Mapping[str, list[int]]) -> None:
    """Note what is wrong with the meaning of those tables that could be read."""
    unread = {problem.where.path.split(".")[0] for problem in document.problems}
    suppressed = {code for table in unread for code in _SUPPRESSED_BY.get(table, ())}
    for problem in check_policy(policy):
        if problem.code not in suppressed:
            path = path_in_document(problem.where.path, document.data, places)
            document.note_all([replace(problem, where=Where(path=path))])
