"""The figures that the simulated viewing follows, each with its source.

Sources: real watching of videos of 1 to 3 minutes over 46,043 plays (chance to reach 3 s, 10 s and
the end); the industry's published ranges for paying viewers (5% to 10% of those who start; the top
5% of payers bring 60% to 70% of the revenue), for prices (60 to 120 coins an episode; packs of
$4.99 = 500 coins and $19.99 = 2,200) and for the paywall point (episodes 8 to 12).
"""

from datetime import UTC, date, datetime

SEED = 20260901
FIRST_DAY = date(2026, 9, 1)
LAST_DAY = date(2026, 11, 14)
DAYS = (LAST_DAY - FIRST_DAY).days + 1

REACH_3_S = 0.60
REACH_10_S = 0.41
REACH_END = 0.12

PAYING_OF_STARTERS = 0.075
SPENDING_MEDIAN_EPISODES = 2.0
SPENDING_SIGMA = 2.6
"""Of a log-normal distribution, at which its top 5%, held back by what there is to unlock,
hold about two thirds of the whole."""
EPISODES_A_DAY_MAX = 40

CONTINUE_FREE = 0.86
"""Chance that an engaged viewer goes on to the next free episode."""
ENGAGED_REACH_END = 0.83

HOURLY_WEIGHTS = (3, 2, 1, 1, 1, 1, 2, 4, 5, 4, 4, 5, 8, 7, 4, 4, 4, 5, 7, 8, 10, 11, 9, 6)
"""Viewing by local hour, with peaks at lunch, on the way home, and before sleep."""

LATE_ONE_IN = 1500
"""One event in so many is told after the month's books were closed: a phone that was offline."""
IMPOSSIBLE_ONE_IN = 6000
"""One progress report in so many claims more seconds than have passed."""

FIRST_MOMENT = datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, tzinfo=UTC)
