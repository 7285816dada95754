"""What is open at the end of an episode: why a viewer might pay for the next.

Nothing is weighed or added up: open gaps and set-ups of the knowledge ledger, and whether the last
beat asks something, stand beside each other, each with its lines. That viewers pay where much is
open is a hypothesis; the theater's own figures say whether they did.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from duanju.screenplays.evidence.knowledge import Gap, KnowledgeLedger, Setup, find_gaps
from duanju.screenplays.evidence.timing import last_beat, leaves_question
from duanju.screenplays.structure import ScriptEpisode


@dataclass(frozen=True, slots=True, kw_only=True)
class PaywallPoint:
    """The end of an episode, as a place to ask for money.

    Attributes:
        episode: Its number.
        line: Of its last beat; that of its beginning, where nothing happens.
        asks: Whether the last beat asks something.
        gaps: Those between viewer and cast that are open there.
        setups: What was set up and is not yet paid off there.
    """

    episode: int
    line: int
    asks: bool
    gaps: tuple[Gap, ...]
    setups: tuple[Setup, ...]


def weigh_paywall(
    episodes: Sequence[ScriptEpisode], ledger: KnowledgeLedger, cast: Sequence[str]
) -> tuple[PaywallPoint, ...]:
    """Return what is open at the end of each episode, in the order of episodes.

    Args:
        episodes: Of the script, or those among which the paywall may stand.
        ledger: What readers wrote down.
        cast: Whose knowledge is compared with the viewer's.
    """
    gaps = find_gaps(ledger, cast)
    return tuple(_point(episode, gaps, ledger.setups) for episode in episodes)


def _point(episode: ScriptEpisode, gaps: Sequence[Gap], setups: Sequence[Setup]) -> PaywallPoint:
    beat = last_beat(episode)
    line = beat.line if beat is not None else episode.line
    return PaywallPoint(
        episode=episode.number,
        line=line,
        asks=leaves_question(beat),
        gaps=tuple(
            gap
            for gap in gaps
            if gap.from_line <= line and (gap.to_line is None or gap.to_line > line)
        ),
        setups=tuple(
            setup
            for setup in setups
            if setup.line <= line and (setup.paid_line is None or setup.paid_line > line)
        ),
    )
