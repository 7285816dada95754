"""What can be found wrong with policies, terms and facts, as problems with their places."""

from duanju.deals.checks.amendments import check_contract
from duanju.deals.checks.contracts import Subject, check_contracts, find_subjects
from duanju.deals.checks.cuts import cuts_of
from duanju.deals.checks.facts import check_facts, find_refused_facts
from duanju.deals.checks.policies import check_policy
from duanju.deals.checks.terms import check_terms, read_parameters

__all__ = [
    "Subject",
    "check_contract",
    "check_contracts",
    "check_facts",
    "check_policy",
    "check_terms",
    "cuts_of",
    "find_refused_facts",
    "find_subjects",
    "read_parameters",
]
