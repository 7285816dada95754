"""What can be found wrong with policies, terms and facts, as problems with their places."""

from duanju.deals.checks.contracts import check_contracts
from duanju.deals.checks.facts import check_facts
from duanju.deals.checks.policies import check_policy
from duanju.deals.checks.terms import check_terms, read_parameters

__all__ = ["check_contracts", "check_facts", "check_policy", "check_terms", "read_parameters"]
