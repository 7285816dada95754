"""The event lake: what viewers did, durable, counted once, added exactly."""

from duanju.adapters.lake.correction import (
    REASON_CHARACTERS_MAX,
    CorrectedEvent,
    Correction,
    CorrectionKind,
)
from duanju.adapters.lake.event import (
    Event,
    EventKind,
    InvalidEvent,
    made_at_us,
    occurred_within_day,
)
from duanju.adapters.lake.judgement import (
    CHANGED_DUPLICATE,
    EPISODE_LOCKED,
    FROM_THE_FUTURE,
    SESSION_OVER,
    TOO_MANY_SECONDS,
    TOO_OLD,
    UNLOCK_FROM_PLAYER,
)
from duanju.adapters.lake.lake import Lake
from duanju.adapters.lake.measures import (
    DayMeasure,
    EpisodeMeasure,
    Sums,
    TitleMeasure,
    microseconds,
)
from duanju.adapters.lake.pages import EventPage, InvalidCursor
from duanju.adapters.lake.sealing import SealReport
from duanju.adapters.lake.spool import Spool, SpoolFull

__all__ = [
    "CHANGED_DUPLICATE",
    "EPISODE_LOCKED",
    "FROM_THE_FUTURE",
    "REASON_CHARACTERS_MAX",
    "SESSION_OVER",
    "TOO_MANY_SECONDS",
    "TOO_OLD",
    "UNLOCK_FROM_PLAYER",
    "CorrectedEvent",
    "Correction",
    "CorrectionKind",
    "DayMeasure",
    "EpisodeMeasure",
    "Event",
    "EventKind",
    "EventPage",
    "InvalidCursor",
    "InvalidEvent",
    "Lake",
    "SealReport",
    "Spool",
    "SpoolFull",
    "Sums",
    "TitleMeasure",
    "made_at_us",
    "microseconds",
    "occurred_within_day",
]
