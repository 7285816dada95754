"""Whether a title may be shown: a pure decision.

**Source** Rules on micro-dramas in force from 2026-09-01: a filing or licence before release, its
number shown with the title, an AI label on every episode made with AI, tiers by budget.
"""

import re
import unicodedata
from dataclasses import dataclass

from duanju.kernel import Problem

AI_MADE = "ai_made"
_FILING_NUMBER = re.compile(r"\([\u4e00-\u9fff]{1,3}\)[\u4e00-\u9fff]{2,10}\(20\d{2}\)第\d{1,6}号")


@dataclass(frozen=True, slots=True)
class TitleFacts:
    """What the decision rests on.

    Attributes:
        filing_number: As entered, or empty.
        budget_tier: A `BudgetTier`, or empty.
        production_kind: A `ProductionKind`.
        ai_label: Whether the title carries the AI label.
        free_episode_count: So many from the first are free.
        episode_count: Episodes of any state.
        ready_numbers: Numbers of the episodes that play, rising.
    """

    filing_number: str
    budget_tier: str
    production_kind: str
    ai_label: bool
    free_episode_count: int
    episode_count: int
    ready_numbers: tuple[int, ...]


def find_obstacles(facts: TitleFacts) -> tuple[Problem, ...]:
    """Return every reason against publication, in the order in which one would put them right."""
    obstacles = []
    if not facts.filing_number:
        obstacles.append(Problem("productions.no-filing-number"))
    if not facts.budget_tier:
        obstacles.append(Problem("productions.no-budget-tier"))
    if facts.production_kind == AI_MADE and not facts.ai_label:
        obstacles.append(Problem("productions.no-ai-label"))
    if not facts.ready_numbers:
        obstacles.append(Problem("productions.no-ready-episode"))
    elif facts.ready_numbers[0] != 1:
        obstacles.append(Problem("productions.first-episode-not-ready"))
    if facts.free_episode_count > facts.episode_count > 0:
        params = {"free": facts.free_episode_count, "episodes": facts.episode_count}
        obstacles.append(Problem("productions.more-free-than-episodes", params=params))
    return tuple(obstacles)


def normalise_filing_number(text: str) -> str | None:
    """Return a filing number with ASCII brackets and digits, or None if it is not of the form.

    >>> normalise_filing_number("（京）网微剧审字（2026）第001号")
    '(京)网微剧审字(2026)第001号'
    >>> normalise_filing_number("12345") is None
    True
    """
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    plain = plain.translate(str.maketrans("〔〕[]【】", "()()()"))
    return plain if _FILING_NUMBER.fullmatch(plain) else None
