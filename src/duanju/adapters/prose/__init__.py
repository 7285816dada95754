"""The contract as sentences, in English and Simplified Chinese: a projection of the terms."""

from duanju.adapters.prose.examples import (
    CaseInWords,
    ExampleInWords,
    PartInWords,
    worked_example,
)
from duanju.adapters.prose.leaving_open import CONDITION_SENTENCES, explain_condition
from duanju.adapters.prose.markdown import terms_as_markdown
from duanju.adapters.prose.narrating import Narrator, Table, Values
from duanju.adapters.prose.policies import (
    ClauseInWords,
    ParameterInWords,
    PartyInWords,
    PolicyInWords,
    SourceInWords,
    explain_clause,
    explain_parameters,
    explain_policy,
    may_read,
    policy_titles,
)
from duanju.adapters.prose.proofs import (
    Names,
    ProofInWords,
    explain_proof,
    put_proof_in_words,
)
from duanju.adapters.prose.speaking import (
    Speaker,
    name_channel,
    name_kind,
    name_measure,
    name_role,
)
from duanju.adapters.prose.steps import STEP_SENTENCES
from duanju.adapters.prose.supposing import suppose_example_terms
from duanju.adapters.prose.uncounted import explain_uncounted

__all__ = [
    "CONDITION_SENTENCES",
    "STEP_SENTENCES",
    "CaseInWords",
    "ClauseInWords",
    "ExampleInWords",
    "Names",
    "Narrator",
    "ParameterInWords",
    "PartInWords",
    "PartyInWords",
    "PolicyInWords",
    "ProofInWords",
    "SourceInWords",
    "Speaker",
    "Table",
    "Values",
    "explain_clause",
    "explain_condition",
    "explain_parameters",
    "explain_policy",
    "explain_proof",
    "explain_uncounted",
    "may_read",
    "name_channel",
    "name_kind",
    "name_measure",
    "name_role",
    "policy_titles",
    "put_proof_in_words",
    "suppose_example_terms",
    "terms_as_markdown",
    "worked_example",
]
