"""Files that people keep: policies, deals, facts, ledgers and statements."""

from duanju.adapters.documents.deals import Deals, read_deals
from duanju.adapters.documents.facts import read_facts
from duanju.adapters.documents.ledger import read_ledger, write_ledger
from duanju.adapters.documents.numbers import in_major_units, plain_number
from duanju.adapters.documents.policies import load_policies, policy_from_text, read_policy
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
    "explain_problem",
    "explain_proof",
    "in_major_units",
    "load_policies",
    "plain_number",
    "policy_from_text",
    "policy_to_text",
    "proof_as_data",
    "proof_from_data",
    "read_deals",
    "read_facts",
    "read_ledger",
    "read_policy",
    "statement_as_data",
    "write_ledger",
    "write_statement_csv",
]
