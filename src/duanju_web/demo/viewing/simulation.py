"""People come, watch, go on, meet the paywall, and some of them pay."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random

from duanju.adapters.lake.event import Event
from duanju_web.demo.viewing import figures
from duanju_web.demo.viewing.telling import Play, tell_paywall, tell_play
from duanju_web.demo.viewing.watching import engaged_watch_ms, first_watch_ms, spending_episodes

HOUR_US = 3_600_000_000
DAY_US = 24 * HOUR_US
FIRST_US = int(figures.FIRST_MOMENT.timestamp()) * 1_000_000
PAUSE_BETWEEN_EPISODES_US = 2_500_000
UNLOCK_BEFORE_PLAY_US = 1_000_000


@dataclass(frozen=True, slots=True)
class ShownTitle:
    """A title as the simulation knows it.

    Attributes:
        title_id: The title's number in the lake.
        audience: The platform's slug; each has an audience of its own.
        lengths_ms: Length of every episode, in order.
        free_episode_count: So many from the first are free.
        price_coins: Of one locked episode.
        weight: Share of first views among the audience's titles.
        first_day: Days after the first day on which it comes out.
        channels: Where the audience comes from, each with its weight.
        territory: Where the audience lives, ISO 3166.
        language: What it watches in, BCP 47.
        utc_offset_h: Of the audience's clock.
    """

    title_id: int
    audience: str
    lengths_ms: tuple[int, ...]
    free_episode_count: int
    price_coins: int
    weight: int
    first_day: int
    channels: tuple[tuple[str, int], ...]
    territory: str
    language: str
    utc_offset_h: int


@dataclass(frozen=True, slots=True)
class UnlockWish:
    """A viewer who wants to pay for an episode at a moment."""

    viewer_id: int
    title_id: int
    episode_number: int
    coins: int
    channel: str
    audience: str
    at_us: int


@dataclass(frozen=True, slots=True)
class Viewing:
    """What was simulated.

    Attributes:
        events: What the players tell, in no particular order.
        wishes: What viewers unlock, in order of time.
        viewer_ids: Everybody who came.
        starter_ids: Those of them who watched ten seconds of a first episode.
    """

    events: list[Event] = field(default_factory=list)
    wishes: list[UnlockWish] = field(default_factory=list)
    viewer_ids: list[int] = field(default_factory=list)
    starter_ids: set[int] = field(default_factory=set)


def simulate_viewing(
    *, titles: Sequence[ShownTitle], people: int, seed: int = figures.SEED
) -> Viewing:
    """Simulate everybody's viewing from the first day to the last.

    The same arguments give the same events, ids included.

    Args:
        titles: All titles of all audiences.
        people: How many viewers come over the whole time.
        seed: Of all chance.
    """
    random = Random(seed)
    viewing = Viewing()
    audiences: dict[str, list[ShownTitle]] = {}
    for title in titles:
        audiences.setdefault(title.audience, []).append(title)
    names = sorted(audiences)
    for _ in range(people):
        audience = audiences[random.choice(names)]
        _Person(random, viewing, audience).live()
    viewing.wishes.sort(key=lambda wish: (wish.at_us, wish.viewer_id))
    return viewing


class _Person:
    """One viewer from the first visit to the last."""

    def __init__(self, random: Random, viewing: Viewing, audience: list[ShownTitle]) -> None:
        self.random = random
        self.viewing = viewing
        self.audience = audience
        self.viewer_id = random.getrandbits(62)
        self.coming_day = random.randrange(figures.DAYS)
        self.followed: set[int] = set()
        names, weights = zip(*audience[0].channels, strict=True)
        self.channel = random.choices(names, weights)[0]
        viewing.viewer_ids.append(self.viewer_id)

    def live(self) -> None:
        """Try a few titles; pay if this is somebody who pays."""
        paying: bool | None = None
        budget = 0
        for title, came_us in self._visits():
            watched_ms = first_watch_ms(self.random, title.lengths_ms[0])
            at_us = self._play(title, 1, watched_ms, came_us)
            if watched_ms < 10_000:
                continue
            self.viewing.starter_ids.add(self.viewer_id)
            if paying is None:
                paying = self.random.random() < figures.PAYING_OF_STARTERS
                budget = spending_episodes(self.random) if paying else 0
            budget = self._follow(title, at_us, budget)
        for title in self._remaining(budget):
            budget = self._follow(title, self._moment(title), budget)

    def _visits(self) -> Iterator[tuple[ShownTitle, int]]:
        cumulative = list(accumulate(title.weight for title in self.audience))
        tries = 1
        while tries < 6 and self.random.random() < 0.4:
            tries += 1
        seen: set[int] = set()
        for _ in range(tries):
            title = self.random.choices(self.audience, cum_weights=cumulative)[0]
            if title.title_id not in seen:
                seen.add(title.title_id)
                yield title, self._moment(title)

    def _remaining(self, budget: int) -> Iterator[ShownTitle]:
        """Those who still have money to spend after their visits go through further titles."""
        if budget <= 0:
            return
        for title in sorted(self.audience, key=lambda title: -title.weight):
            has_locked_episodes = title.free_episode_count < len(title.lengths_ms)
            if has_locked_episodes and title.title_id not in self.followed:
                yield title

    def _moment(self, title: ShownTitle) -> int:
        """Draw a moment of the local day, on or after the person's and the title's first."""
        earliest = min(max(self.coming_day, title.first_day), figures.DAYS - 1)
        day = min(earliest + int(self.random.expovariate(0.4)), figures.DAYS - 1)
        hour = self.random.choices(range(24), figures.HOURLY_WEIGHTS)[0] - title.utc_offset_h
        within = (hour % 24) * HOUR_US + self.random.randrange(HOUR_US // 2)
        return FIRST_US + day * DAY_US + within

    def _follow(self, title: ShownTitle, at_us: int, budget: int) -> int:
        """Go on from the second episode; returns the episodes that can still be paid for."""
        self.followed.add(title.title_id)
        watched_today = 1
        for number in range(2, len(title.lengths_ms) + 1):
            if number > title.free_episode_count:
                if budget <= 0:
                    self._meet_paywall(title, number, at_us)
                    return 0
                self._wish(title, number, at_us)
                budget -= 1
            elif budget <= 0 and self.random.random() > figures.CONTINUE_FREE:
                return budget
            length_ms = title.lengths_ms[number - 1]
            at_us = self._play(title, number, engaged_watch_ms(self.random, length_ms), at_us)
            watched_today += 1
            if watched_today >= figures.EPISODES_A_DAY_MAX:
                at_us, watched_today = at_us + DAY_US, 0
            if at_us >= FIRST_US + figures.DAYS * DAY_US - HOUR_US:
                return 0
        return budget

    def _play(self, title: ShownTitle, number: int, watched_ms: int, at_us: int) -> int:
        play = Play(
            viewer_id=self.viewer_id,
            title_id=title.title_id,
            episode_number=number,
            watched_ms=watched_ms,
            complete=watched_ms >= title.lengths_ms[number - 1],
            channel=self.channel,
            language=title.language,
            territory=title.territory,
            at_us=at_us,
        )
        self.viewing.events.extend(tell_play(self.random, play))
        return at_us + watched_ms * 1000 + PAUSE_BETWEEN_EPISODES_US

    def _meet_paywall(self, title: ShownTitle, number: int, at_us: int) -> None:
        play = Play(
            viewer_id=self.viewer_id,
            title_id=title.title_id,
            episode_number=number,
            watched_ms=0,
            complete=False,
            channel=self.channel,
            language=title.language,
            territory=title.territory,
            at_us=at_us,
        )
        self.viewing.events.append(tell_paywall(self.random, play))

    def _wish(self, title: ShownTitle, number: int, at_us: int) -> None:
        self.viewing.wishes.append(
            UnlockWish(
                viewer_id=self.viewer_id,
                title_id=title.title_id,
                episode_number=number,
                coins=title.price_coins,
                channel=self.channel,
                audience=title.audience,
                at_us=at_us - UNLOCK_BEFORE_PLAY_US,
            )
        )
