"""The tables of a policy's TOML document, and what each becomes."""

from typing import Annotated

from pydantic import Field

from duanju.adapters.documents.policy_tables.adjustments import (
    CapTable,
    CommissionTable,
    ReserveTable,
)
from duanju.adapters.documents.policy_tables.amounts import (
    AwardTable,
    FeeTable,
    MinimumGuaranteeTable,
)
from duanju.adapters.documents.policy_tables.counting import CountedTable
from duanju.adapters.documents.policy_tables.forms import Form, Shown
from duanju.adapters.documents.policy_tables.header import (
    HeaderTable,
    ParameterTable,
    SourceTable,
)
from duanju.adapters.documents.policy_tables.provision import ProvisionTable
from duanju.adapters.documents.policy_tables.rates import (
    BonusBandsTable,
    PoolShareTable,
    TieredBonusTable,
    TieredRateTable,
)
from duanju.adapters.documents.policy_tables.revenue_shares import RevenueShareTable
from duanju.adapters.documents.policy_tables.table import Table, all_tables, as_data, table_of
from duanju.adapters.documents.policy_tables.values import PARAMETER_KEY, Id, TextValue
from duanju.adapters.documents.policy_tables.waterfalls import CoInvestmentTable, WaterfallTable

ClauseTable = Annotated[
    TieredRateTable
    | TieredBonusTable
    | BonusBandsTable
    | FeeTable
    | MinimumGuaranteeTable
    | PoolShareTable
    | AwardTable
    | CommissionTable
    | CapTable
    | ReserveTable
    | RevenueShareTable
    | WaterfallTable
    | CoInvestmentTable,
    Field(discriminator="kind"),
]
"""`[[clause]]`: its `kind` says which table it is."""

CLAUSE_TABLES: dict[str, type[ProvisionTable]] = {
    "tiered_rate": TieredRateTable,
    "tiered_bonus": TieredBonusTable,
    "bonus_bands": BonusBandsTable,
    "fee": FeeTable,
    "minimum_guarantee": MinimumGuaranteeTable,
    "pool_share": PoolShareTable,
    "award": AwardTable,
    "commission": CommissionTable,
    "cap": CapTable,
    "reserve": ReserveTable,
    "revenue_share": RevenueShareTable,
    "waterfall": WaterfallTable,
    "co_investment": CoInvestmentTable,
}
"""The table of each kind of clause."""

__all__ = [
    "CLAUSE_TABLES",
    "PARAMETER_KEY",
    "ClauseTable",
    "CountedTable",
    "Form",
    "HeaderTable",
    "Id",
    "ParameterTable",
    "ProvisionTable",
    "Shown",
    "SourceTable",
    "Table",
    "TextValue",
    "all_tables",
    "as_data",
    "table_of",
]
