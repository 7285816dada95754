"""One correction: what takes an event of the lake back, or gives it back, by naming it."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from duanju.adapters.lake.event import Event, EventId, TimeUs

CorrectionKind = Literal["reversal", "mark", "unmark"]

REASON_CHARACTERS_MAX = 200


class Correction(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Takes back an event, or gives it back; told once under an id of its own.

    An event counts unless a reversal names it or the last mark has not been undone. Only what was
    told decides, in the order of reception; so neither the order in which corrections and events
    arrive nor a copy of either changes anything.

    Attributes:
        id: UUID version 7 in lower case.
        kind: `reversal` is a refund, from whoever holds the money, and is for good; `mark` says
            that a play was fraud, and `unmark` that it was not.
        corrects: Id of the event, which may arrive later than this.
        received_at_us: When the server took it in.
        reason: In the words of whoever decided it.
    """

    id: EventId
    kind: CorrectionKind
    corrects: EventId
    received_at_us: TimeUs
    reason: Annotated[str, Meta(min_length=1, max_length=REASON_CHARACTERS_MAX)]


class CorrectedEvent(Event, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What a correction changes in the sums: the event's own row, at its own moment, with a sign.

    Attributes:
        id: Of the correction.
        corrects: Id of the event; all else, but for the sign of what is added, is as it was told.
        correction: What kind of correction decided it.
        reason: Of that correction.
    """

    corrects: str
    correction: CorrectionKind
    reason: str
