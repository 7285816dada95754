"""Files that people keep: policies, deals, facts, ledgers and statements."""

from duanju.adapters.documents.beancount import (
    LedgerOutOfOrder,
    account_of_beancount,
    beancount_account,
    ledger_as_beancount,
)
from duanju.adapters.documents.bundles import read_bundle, write_bundle
from duanju.adapters.documents.conformance import (
    CaseResult,
    Mismatch,
    find_cases,
    judge_answers,
    run_case,
)
from duanju.adapters.documents.deals import Deals, read_deals
from duanju.adapters.documents.exchange_rates import (
    RateReading,
    exchange_rates_from_text,
    look_through_exchange_rates,
)
from duanju.adapters.documents.facts import facts_template, read_facts
from duanju.adapters.documents.ledger import (
    ledger_as_csv,
    read_ledger,
    transfers_as_csv,
    write_ledger,
)
from duanju.adapters.documents.numbers import in_major_units, plain_number
from duanju.adapters.documents.policies import (
    clause_from_data,
    clause_to_data,
    load_policies,
    policy_from_data,
    policy_from_text,
    policy_to_data,
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
from duanju.adapters.documents.policy_reference import clause_reference
from duanju.adapters.documents.policy_schema import policy_schema
from duanju.adapters.documents.policy_tables import Form
from duanju.adapters.documents.policy_writing import policy_to_text
from duanju.adapters.documents.reading import read_text
from duanju.adapters.documents.remittance_rules import (
    RemittanceRules,
    is_good_reserve,
    read_remittance_rules,
    remittance_rules_from_text,
)
from duanju.adapters.documents.remittances import advice_as_csv, booked_as_csv, read_booked
from duanju.adapters.documents.row_tables import Cell, rows_as_csv
from duanju.adapters.documents.sentences import PROBLEM_SENTENCES, Explanation, explain_problem
from duanju.adapters.documents.signatures import (
    Signature,
    read_signature,
    require_as_written,
    sign_bundle,
    verify_bundle,
    write_signature,
)
from duanju.adapters.documents.signing_keys import (
    PublicKey,
    SigningKey,
    make_key_files,
    public_key_path,
    read_public_key,
    read_signing_key,
    signing_key_at,
)
from duanju.adapters.documents.statements import (
    proof_as_data,
    proof_from_data,
    statement_as_data,
    write_statement_csv,
)
from duanju.adapters.documents.workbooks import StatementFiles, write_statement_workbook

__all__ = [
    "PROBLEM_SENTENCES",
    "CaseResult",
    "Cell",
    "Deals",
    "Explanation",
    "FieldDescription",
    "Form",
    "KindDescription",
    "LedgerOutOfOrder",
    "Mismatch",
    "PublicKey",
    "RateReading",
    "RemittanceRules",
    "Signature",
    "SigningKey",
    "StatementFiles",
    "account_of_beancount",
    "advice_as_csv",
    "beancount_account",
    "booked_as_csv",
    "clause_from_data",
    "clause_kinds",
    "clause_reference",
    "clause_to_data",
    "describe_clause",
    "describe_header",
    "describe_parameter",
    "describe_source",
    "exchange_rates_from_text",
    "explain_problem",
    "facts_template",
    "find_cases",
    "in_major_units",
    "is_good_reserve",
    "judge_answers",
    "ledger_as_beancount",
    "ledger_as_csv",
    "load_policies",
    "look_through_exchange_rates",
    "make_key_files",
    "plain_number",
    "policy_from_data",
    "policy_from_text",
    "policy_schema",
    "policy_to_data",
    "policy_to_text",
    "proof_as_data",
    "proof_from_data",
    "public_key_path",
    "read_booked",
    "read_bundle",
    "read_deals",
    "read_facts",
    "read_ledger",
    "read_policy",
    "read_public_key",
    "read_remittance_rules",
    "read_signature",
    "read_signing_key",
    "read_text",
    "remittance_rules_from_text",
    "require_as_written",
    "rows_as_csv",
    "run_case",
    "sign_bundle",
    "signing_key_at",
    "statement_as_data",
    "transfers_as_csv",
    "verify_bundle",
    "write_bundle",
    "write_ledger",
    "write_signature",
    "write_statement_csv",
    "write_statement_workbook",
]
