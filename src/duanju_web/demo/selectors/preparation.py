"""How far the demo's media are."""

from dataclasses import dataclass
from functools import cache

from duanju_web.demo.world import drawn_episode_counts
from duanju_web.productions.selectors import count_episodes_by_state


@dataclass(frozen=True, slots=True)
class Preparation:
    """Episodes of the drawn stories: how many there are, and how many play already."""

    ready_count: int
    total_count: int

    @property
    def done(self) -> bool:
        """Whether all of them play."""
        return self.ready_count >= self.total_count

    @property
    def per_mille(self) -> int:
        """The part that plays."""
        return 1000 * self.ready_count // max(1, self.total_count)


def media_preparation() -> Preparation:
    """Count what plays of the drawn stories, in one query."""
    counts = _counts()
    states = count_episodes_by_state(slugs=tuple(counts))
    return Preparation(states.get("ready", 0), sum(counts.values()))


@cache
def _counts() -> dict[str, int]:
    return drawn_episode_counts()
