"""Taking plays back as fraud, and letting them count again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from secrets import randbits
from uuid import UUID

from django.db import transaction

from duanju.adapters.lake import REASON_CHARACTERS_MAX, Event
from duanju.kernel import Problem, Where, new_id, parse_id
from duanju_web.shared.actor import Actor
from duanju_web.shared.models import Organisation
from duanju_web.shared.services import record_audit
from duanju_web.theater.models import EventCorrection, EventCorrectionKind
from duanju_web.theater.selectors.taken_back import find_own_events, last_words
from duanju_web.theater.services.unlocks import ID_RANDOM_BITS

EVENTS_AT_ONCE_MAX = 200
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_Said = tuple[EventCorrection, ...] | tuple[Problem, ...]


def take_plays_back(
    *, event_ids: Sequence[str], reason: str, actor: Actor, now: datetime
) -> tuple[EventCorrection, ...] | tuple[Problem, ...]:
    """Say of events of titles under the platform's deals that they were fraud.

    The lake takes it in with its next seal. Either all are taken back or, with problems, none.

    Args:
        event_ids: As they stand in the lists of events, at most `EVENTS_AT_ONCE_MAX`.
        reason: Read by partners beside what was taken back.
        actor: Of the platform.
        now: When it is said.
    """
    platform = actor.organisation
    assert platform is not None, "a page opens to a platform's members only"
    problems = tuple(_find_wrong_words(event_ids, reason))
    if problems:
        return problems
    wanted = list(dict.fromkeys(str(parse_id(own)) for own in event_ids))
    events = {event.id: event for event in find_own_events(platform, wanted)}
    problems = tuple(_find_unfit(wanted, events, last_words(platform, wanted)))
    if problems:
        return problems
    saying = _Saying(platform, EventCorrectionKind.MARK, reason.strip(), actor, now)
    return saying.keep([saying.of_event(events[own]) for own in wanted])


def let_play_count(
    *, mark: EventCorrection, reason: str, actor: Actor, now: datetime
) -> tuple[EventCorrection, ...] | tuple[Problem, ...]:
    """Say of an event that was taken back that it was no fraud after all.

    Args:
        mark: What took it back.
        reason: Read by partners.
        actor: Of the mark's platform.
        now: When it is said.
    """
    event_id = str(mark.event_id)
    problems = tuple(_find_wrong_words([event_id], reason))
    if problems:
        return problems
    if last_words(mark.platform, [event_id]).get(event_id) != mark:
        return (Problem("theater.counts-already", Where(), {"event": event_id}),)
    saying = _Saying(mark.platform, EventCorrectionKind.UNMARK, reason.strip(), actor, now)
    return saying.keep([saying.of_mark(mark)])


@dataclass(frozen=True, slots=True)
class _Saying:
    platform: Organisation
    kind: EventCorrectionKind
    reason: str
    actor: Actor
    now: datetime

    def of_event(self, event: Event) -> EventCorrection:
        occurred_at = _EPOCH + timedelta(microseconds=event.occurred_at_us)
        return self._built(UUID(event.id), event.title_id, event.episode_number, occurred_at)

    def of_mark(self, mark: EventCorrection) -> EventCorrection:
        return self._built(mark.event_id, mark.title_id, mark.episode_number, mark.occurred_at)

    @transaction.atomic
    def keep(self, said: Sequence[EventCorrection]) -> tuple[EventCorrection, ...]:
        EventCorrection.objects.bulk_create(said)
        for own in said:
            record_audit(
                actor=self.actor,
                action=f"theater.{self.kind.value}-event",
                target=own,
                before=None,
                after={"event": str(own.event_id), "reason": self.reason},
                now=self.now,
            )
        return tuple(said)

    def _built(
        self, event_id: UUID, title_id: int, episode_number: int, occurred_at: datetime
    ) -> EventCorrection:
        time_ms = int(self.now.timestamp() * 1000)
        return EventCorrection(
            id=new_id(time_ms=time_ms, random_bits=randbits(ID_RANDOM_BITS)),
            platform=self.platform,
            kind=self.kind,
            event_id=event_id,
            title_id=title_id,
            episode_number=episode_number,
            occurred_at=occurred_at,
            reason=self.reason,
            by=self.actor.user,
            at=self.now,
        )


def _find_wrong_words(event_ids: Sequence[str], reason: str) -> Iterator[Problem]:
    if not reason.strip() or len(reason.strip()) > REASON_CHARACTERS_MAX:
        yield Problem("theater.reason-to-give", Where(), {"most": REASON_CHARACTERS_MAX})
    if not 1 <= len(event_ids) <= EVENTS_AT_ONCE_MAX:
        yield Problem("theater.events-to-name", Where(), {"most": EVENTS_AT_ONCE_MAX})
    for number, text in enumerate(event_ids[:EVENTS_AT_ONCE_MAX], start=1):
        try:
            parse_id(text)
        except ValueError:
            yield Problem("theater.no-event-id", Where(line=number), {"text": text[:40]})


def _find_unfit(
    wanted: Sequence[str], events: Mapping[str, Event], said: Mapping[str, EventCorrection]
) -> Iterator[Problem]:
    for number, own in enumerate(wanted, start=1):
        if own not in events:
            yield Problem("theater.no-such-event", Where(line=number), {"event": own})
        elif own in said and said[own].kind == EventCorrectionKind.MARK:
            yield Problem("theater.taken-back-already", Where(line=number), {"event": own})
