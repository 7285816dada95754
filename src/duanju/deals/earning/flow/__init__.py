"""Incomes that march through steps month by month, exactly; refunds reverse what was paid last."""

from duanju.deals.earning.flow.marching import (
    BESIDE,
    DEFICIT,
    OWED,
    REST,
    Course,
    Levels,
    OpenReceiver,
    OpenStep,
    Place,
    Portion,
    Threshold,
    march,
)
from duanju.deals.earning.flow.months import FlowState, Piece, advance
from duanju.deals.earning.flow.plan import (
    FlowPlan,
    Inflow,
    LimitPlan,
    MeasuredGate,
    MonthNews,
    ReceiverPlan,
    StepPlan,
)

__all__ = [
    "BESIDE",
    "DEFICIT",
    "OWED",
    "REST",
    "Course",
    "FlowPlan",
    "FlowState",
    "Inflow",
    "Levels",
    "LimitPlan",
    "MeasuredGate",
    "MonthNews",
    "OpenReceiver",
    "OpenStep",
    "Piece",
    "Place",
    "Portion",
    "ReceiverPlan",
    "StepPlan",
    "Threshold",
    "advance",
    "march",
]
