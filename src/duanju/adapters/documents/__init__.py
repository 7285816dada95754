"""Files that people keep: policies, deals, facts, ledgers and statements."""

from duanju.adapters.documents.deals import Deals, read_deals
from duanju.adapters.documents.facts import read_facts
from duanju.adapters.documents.ledger import read_ledger, write_ledger
from duanju.adapters.documents.numbers import in_major_units, plain_number
from duanju.adapters.documents.policies import (
    clause_from_data,
    clause_to_data,
    load_policies,
    policy_from_data,
    policy_from_text,
    policy_to_data,
    read_policies,
    read_policy,
)
from duanju.adapters.documents.policy_fields import (
    FieldDescription,
    KindDescription,
    clause_kinds,
    describe_clause,
    describe_header,
    describe_parameter,
    describe_source,
)
from duanju.adapters.documents.policy_tables import Form
from duanju.adapters.documents.policy_writing import policy_to_text
from duanju.adapters.documents.proofs import STEP_SENTENCES, explain_proof
from duanju.adapters.documents.sentences import PROBLEM_SENTENCES, Explanation, explain_problem
from duanju.adapters.documents.statements import (
    proof_as_data,
    proof_from_data,
    statement_as_data,
    write_statement_csv,
)

__all__ = [
    "PROBLEM_SENTENCES",
    "STEP_SENTENCES",
    "Deals",
    "Explanation",
    "FieldDescription",
    "Form",
    "KindDescription",
    "clause_from_data",
    "clause_kinds",
    "clause_to_data",
    "describe_clause",
    "describe_header",
    "describe_parameter",
    "describe_source",
    "explain_problem",
    "explain_proof",
    "in_major_units",
    "load_policies",
    "plain_number",
    "policy_from_data",
    "policy_from_text",
    "policy_to_data",
    "policy_to_text",
    "proof_as_data",
    "proof_from_data",
    "read_deals",
    "read_facts",
    "read_ledger",
    "read_policies",
    "read_policy",
    "statement_as_data",
    "write_ledger",
    "write_statement_csv",
]
