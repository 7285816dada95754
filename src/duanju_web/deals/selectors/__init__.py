"""What other rooms may ask of policies, offers and deals."""

from duanju_web.deals.mapping.contracts import amendments_agreed, contract_of, day_in_zone
from duanju_web.deals.mapping.expectations import (
    Expectation,
    Expected,
    currency_of,
    facts_expected,
    find_expected,
    find_milestones,
    find_partners,
    roles_needed,
)
from duanju_web.deals.mapping.numbers import (
    exact_minor_in_words,
    minutes_in_words,
    money_in_words,
    number_in_words,
    plotted,
)
from duanju_web.deals.mapping.parameters import (
    ParameterInWords,
    put_parameters_in_words,
    values_of,
)
from duanju_web.deals.mapping.policies import policy_of
from duanju_web.deals.mapping.proofs import ProofInWords, put_proof_in_words
from duanju_web.deals.mapping.prose import (
    ClauseInWords,
    put_policy_in_words,
    titles_in_proofs,
)
from duanju_web.deals.mapping.words import (
    channel_in_words,
    condition_in_words,
    in_reader_language,
    measure_in_words,
    role_in_words,
    uncounted_in_words,
)
from duanju_web.deals.selectors.amendments import (
    AmendmentEffect,
    amendments_of,
    amendments_open,
    find_effect,
    find_recorded,
    parts_named,
    standing_terms,
)
from duanju_web.deals.selectors.calculation import (
    Calculation,
    CurvePoint,
    calculate,
    draw_curve,
)
from duanju_web.deals.selectors.comparing import (
    Candidate,
    compare_candidates,
    compare_versions,
    find_candidate,
    simulate_candidates,
)
from duanju_web.deals.selectors.deals import (
    deals_begun,
    deals_in_force,
    deals_of,
    offers_of,
    parties_in_words,
    party_names,
    possible_parties,
    role_of,
    trail_of,
)
from duanju_web.deals.selectors.drafts import drafts_of
from duanju_web.deals.selectors.facts import LAKE_MEASURES, facts_recorded, reported_facts
from duanju_web.deals.selectors.policies import (
    find_policy_ids,
    find_policy_version,
    policy_versions,
    versions_by_policy,
    versions_of,
)
from duanju_web.deals.selectors.thresholds import currency_of_rates, thresholds_of

__all__ = [
    "LAKE_MEASURES",
    "AmendmentEffect",
    "Calculation",
    "Candidate",
    "ClauseInWords",
    "CurvePoint",
    "Expectation",
    "Expected",
    "ParameterInWords",
    "ProofInWords",
    "amendments_agreed",
    "amendments_of",
    "amendments_open",
    "calculate",
    "channel_in_words",
    "compare_candidates",
    "compare_versions",
    "condition_in_words",
    "contract_of",
    "currency_of",
    "currency_of_rates",
    "day_in_zone",
    "deals_begun",
    "deals_in_force",
    "deals_of",
    "drafts_of",
    "draw_curve",
    "exact_minor_in_words",
    "facts_expected",
    "facts_recorded",
    "find_candidate",
    "find_effect",
    "find_expected",
    "find_milestones",
    "find_partners",
    "find_policy_ids",
    "find_policy_version",
    "find_recorded",
    "in_reader_language",
    "measure_in_words",
    "minutes_in_words",
    "money_in_words",
    "number_in_words",
    "offers_of",
    "parties_in_words",
    "parts_named",
    "party_names",
    "plotted",
    "policy_of",
    "policy_versions",
    "possible_parties",
    "put_parameters_in_words",
    "put_policy_in_words",
    "put_proof_in_words",
    "reported_facts",
    "role_in_words",
    "role_of",
    "roles_needed",
    "simulate_candidates",
    "standing_terms",
    "thresholds_of",
    "titles_in_proofs",
    "trail_of",
    "uncounted_in_words",
    "values_of",
    "versions_by_policy",
    "versions_of",
]
