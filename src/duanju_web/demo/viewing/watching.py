"""How long somebody watches an episode."""

from random import Random

from duanju_web.demo.viewing import figures


def first_watch_ms(random: Random, length_ms: int) -> int:
    """Draw how long a first episode is watched when it comes up in the feed.

    Args:
        random: The seeded source of chance.
        length_ms: The episode's length, at least 10,000.

    Returns:
        Milliseconds from 200 to `length_ms`; the length itself means to the end.
    """
    chance = random.random()
    if chance < figures.REACH_END:
        return length_ms
    if chance < figures.REACH_10_S:
        return random.randint(10_000, max(10_001, length_ms - 500))
    if chance < figures.REACH_3_S:
        return random.randint(3_000, 9_999)
    return random.randint(200, 2_999)


def engaged_watch_ms(random: Random, length_ms: int) -> int:
    """Draw how long an episode is watched by somebody who chose to go on."""
    if random.random() < figures.ENGAGED_REACH_END:
        return length_ms
    return random.randint(length_ms // 4, length_ms - 500)


def spending_episodes(random: Random) -> int:
    """Draw how many episodes a paying viewer unlocks in all, at least one."""
    spread = random.lognormvariate(0.0, figures.SPENDING_SIGMA)
    return max(1, round(figures.SPENDING_MEDIAN_EPISODES * spread))
