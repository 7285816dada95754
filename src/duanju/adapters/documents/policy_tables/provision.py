"""What the table of every kind of clause has."""

from typing import Any

from duanju.adapters.documents.policy_tables.conditions import ConditionTable
from duanju.adapters.documents.policy_tables.table import Table
from duanju.adapters.documents.policy_tables.values import ClauseId, Id, Role, TextValue
from duanju.deals.clauses import Clause


class ProvisionTable(Table):
    """`[[clause]]` of any kind."""

    id: Id
    title: TextValue
    explanation: TextValue
    when: list[ConditionTable] = []
    adds_to: list[ClauseId] = []
    replaces: list[ClauseId] = []
    binds: list[Role] = []

    def as_clause(self) -> Clause:
        """Return the clause that the table says."""
        clause: Clause = self.as_value()
        return clause

    @classmethod
    def data_of(cls, value: Any) -> Any:
        """Return the plain data from which the table reads this clause, its kind at the head."""
        data = super().data_of(value)
        return {"id": data.pop("id"), "kind": data.pop("kind")} | data
