"""How far the demo's media are."""

from dataclasses import dataclass

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
    def per_cent(self) -> int:
        """The part that plays."""
        return 100 * self.ready_count // max(1, self.total_count)


def media_preparation(*, slugs: tuple[str, ...], total_count: int) -> Preparation:
    """Count what plays of the drawn stories."""
    states = count_episodes_by_state(slugs=slugs)
    return Preparation(states.get("ready", 0), total_count)
