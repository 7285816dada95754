"""Questions that need several engines."""

from duanju.workflows.comparing import (
    Comparison,
    Crossing,
    Curve,
    Outcome,
    compare,
    find_axis,
)
from duanju.workflows.differing import (
    Change,
    ClauseChange,
    Difference,
    FieldChange,
    find_differences,
    find_field_changes,
)
from duanju.workflows.facts_by_deal import FactsByDeal
from duanju.workflows.measuring import (
    TitleMeasure,
    UnmeasuredStretch,
    facts_of_measures,
    find_stretches,
    require_measured,
)
from duanju.workflows.open_conditions import open_conditions_of
from duanju.workflows.refused_facts import refused_facts_of
from duanju.workflows.remitting import RemittedMonth, remit_month
from duanju.workflows.replaying import (
    Bundle,
    Deviation,
    Replay,
    Settled,
    SnapshotLink,
    bundle_statement,
    bundles_of,
    replay,
)
from duanju.workflows.settling import settle_deals, settle_facts, settle_month
from duanju.workflows.simulating import Anchor, Forecast, Simulation, simulate
from duanju.workflows.supposing import ONLY_TITLE, suppose_terms, suppose_terms_of_facts
from duanju.workflows.uncounted import uncounted_of

__all__ = [
    "ONLY_TITLE",
    "Anchor",
    "Bundle",
    "Change",
    "ClauseChange",
    "Comparison",
    "Crossing",
    "Curve",
    "Deviation",
    "Difference",
    "FactsByDeal",
    "FieldChange",
    "Forecast",
    "Outcome",
    "RemittedMonth",
    "Replay",
    "Settled",
    "Simulation",
    "SnapshotLink",
    "TitleMeasure",
    "UnmeasuredStretch",
    "bundle_statement",
    "bundles_of",
    "compare",
    "facts_of_measures",
    "find_axis",
    "find_differences",
    "find_field_changes",
    "find_stretches",
    "open_conditions_of",
    "refused_facts_of",
    "remit_month",
    "replay",
    "require_measured",
    "settle_deals",
    "settle_facts",
    "settle_month",
    "simulate",
    "suppose_terms",
    "suppose_terms_of_facts",
    "uncounted_of",
]
