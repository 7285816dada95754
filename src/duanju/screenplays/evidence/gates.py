"""The gates of a policy: what a script must be before anybody grades it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from duanju.screenplays.evidence.timing import Pace, time_episode
from duanju.screenplays.structure import ScriptEpisode


class GateKind(StrEnum):
    """What a gate asks."""

    EPISODES = "episodes"
    MINUTES = "minutes"
    ORIGINAL = "original"
    UNSIGNED = "unsigned"


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate of a policy.

    Attributes:
        kind: What it asks.
        at_least: For episodes and minutes; 1 for what is declared.
        source: Where the policy says so.
    """

    kind: GateKind
    at_least: int = 1
    source: str = ""


@dataclass(frozen=True, slots=True)
class GateAnswer:
    """Whether a script passes a gate.

    Attributes:
        gate: The gate.
        found: How many there are; for what is declared, 1 or 0.
        passed: Whether that is enough; none, where nobody declared it.
        lines: Where it can be seen.
    """

    gate: Gate
    found: int
    passed: bool | None
    lines: tuple[int, ...] = ()


def check_gates(
    gates: Sequence[Gate],
    episodes: Sequence[ScriptEpisode],
    declared: Mapping[GateKind, bool],
    pace: Pace,
) -> tuple[GateAnswer, ...]:
    """Return the answer to each gate, in their order.

    Args:
        gates: Of a policy.
        episodes: Of the script.
        declared: What the writer declared: original, unsigned. What is missing stays open.
        pace: By which minutes are estimated; whole minutes, rounded down.
    """
    lines = tuple(episode.line for episode in episodes)
    minutes = sum(time_episode(episode, pace) for episode in episodes) // 60_000
    counted = {GateKind.EPISODES: len(episodes), GateKind.MINUTES: minutes}
    answers = []
    for gate in gates:
        if gate.kind in counted:
            found = counted[gate.kind]
            answers.append(GateAnswer(gate, found, found >= gate.at_least, lines))
        else:
            said = declared.get(gate.kind)
            answers.append(GateAnswer(gate, int(bool(said)), said))
    return tuple(answers)
