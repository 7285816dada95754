"""The reference of files shows what is read and names every column."""

import re
import tomllib
from pathlib import Path

from duanju.adapters.documents import load_policies, policy_from_text, read_deals
from duanju.adapters.documents.bundles import SECTIONS
from duanju.adapters.documents.facts import OPTIONAL_COLUMNS, REQUIRED_COLUMNS
from duanju.adapters.documents.ledger import COLUMNS as LEDGER_COLUMNS
from duanju.adapters.documents.policy_tables import HeaderTable, ParameterTable, SourceTable
from duanju.adapters.documents.statements import COLUMNS as STATEMENT_COLUMNS
from duanju.adapters.reports import mapping_from_data
from duanju.deals import MEASURES, check_policy

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "reference" / "files.md").read_text("utf-8")
POLICY, DEALS, MAPPING = re.findall(r"^```toml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def test_policy_that_is_shown_is_good() -> None:
    policy = policy_from_text(POLICY)
    assert check_policy(policy) == ()
    assert [clause.kind for clause in policy.clauses] == ["tiered_rate", "revenue_share"]


def test_deals_that_are_shown_are_good(tmp_path: Path) -> None:
    (tmp_path / "deals.toml").write_text(DEALS, "utf-8")
    deals = read_deals(tmp_path / "deals.toml", policies=load_policies(ROOT / "policies"))
    (contract,) = deals.contracts
    assert contract.id == "night-flight-unlocks"
    assert [amendment.id for amendment in contract.amendments] == ["second"]


def test_mapping_that_is_shown_is_good() -> None:
    mapping = mapping_from_data(tomllib.loads(MAPPING))
    assert (mapping.source, mapping.name) == ("pangle", "Pangle, daily")


def test_every_key_above_the_clauses_is_shown() -> None:
    """Keys of clauses are told by the reference that is made of the tables."""
    tables = (HeaderTable, SourceTable, ParameterTable)
    keys = {field.alias or name for own in tables for name, field in own.model_fields.items()}
    shown = POLICY[: POLICY.index("[[clause]]")]
    assert keys - set(re.findall(r"[a-z_]+", shown)) == set()


def test_every_column_is_named() -> None:
    for column in (*REQUIRED_COLUMNS, *OPTIONAL_COLUMNS, *LEDGER_COLUMNS, *SECTIONS, *MEASURES):
        assert f"`{column}`" in PAGE
    for headings in STATEMENT_COLUMNS.values():
        assert headings["en"].lower() in PAGE
