"""What a player tells of a play."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from duanju.adapters.lake.event import Event
from duanju.kernel import Month, new_id
from duanju_web.demo.viewing import figures

SECOND_US = 1_000_000


@dataclass(frozen=True, slots=True)
class Play:
    """One viewer's play of one episode, from `at_us` on, `watched_ms` long."""

    viewer_id: int
    title_id: int
    episode_number: int
    watched_ms: int
    complete: bool
    channel: str
    language: str
    territory: str
    at_us: int


def tell_play(random: Random, play: Play) -> list[Event]:
    """Return the start, the progress and, where the end was reached, the end of a play."""
    session_id = random.getrandbits(62)
    late_us = _lateness_us(random, play.at_us)
    ended_us = play.at_us + play.watched_ms * 1000 + random.randrange(SECOND_US)
    impossible = random.randrange(figures.IMPOSSIBLE_ONE_IN) == 0
    effective_ms = play.watched_ms * 40 + 600_000 if impossible else play.watched_ms
    told = [("start", play.at_us, 0), ("progress", ended_us, effective_ms)]
    if play.complete:
        told.append(("end", ended_us, 0))
    return [
        _tell(random, play, session_id, sequence, kind, at_us, effective, late_us)
        for sequence, (kind, at_us, effective) in enumerate(told)
    ]


def tell_paywall(random: Random, play: Play) -> Event:
    """Return the view of a paywall in front of a locked episode."""
    return _tell(random, play, random.getrandbits(62), 0, "paywall", play.at_us, 0, 0)


def _tell(
    random: Random,
    play: Play,
    session_id: int,
    sequence: int,
    kind: str,
    at_us: int,
    effective_ms: int,
    late_us: int,
) -> Event:
    return Event(
        id=str(new_id(time_ms=at_us // 1000, random_bits=random.getrandbits(74))),
        kind=kind,  # type: ignore[arg-type]
        occurred_at_us=at_us,
        received_at_us=at_us + late_us + random.randint(80_000, 2 * SECOND_US),
        session_id=session_id,
        session_started_at_us=play.at_us,
        sequence=sequence,
        viewer_id=play.viewer_id,
        title_id=play.title_id,
        episode_number=play.episode_number,
        effective_ms=effective_ms,
        channel=play.channel,
        language=play.language,
        territory=play.territory,
    )


def _lateness_us(random: Random, at_us: int) -> int:
    """Return how much later than usual a play is told: mostly 0, some after the month's close."""
    if random.randrange(figures.LATE_ONE_IN):
        return 0
    moment = datetime.fromtimestamp(at_us // SECOND_US, UTC)
    told = Month.of(moment).period().end + timedelta(days=5, minutes=random.randrange(600))
    if told.date() > figures.LAST_DAY:
        return 0
    return int((told - moment).total_seconds()) * SECOND_US
