"""How commands say which facts no clause counts."""

from collections.abc import Sequence
from pathlib import Path

import click

from duanju.adapters.documents.facts import find_places
from duanju.adapters.prose import explain_uncounted
from duanju.deals import UncountedFacts

SHOWN_MAX = 50
"""How many groups are printed; of the rest their number is said."""

_WORDS = {
    "en": {
        "head": "Not counted by any clause:",
        "more": "And {number} more kinds of fact.",
    },
    "zh-Hans": {
        "head": "以下数据未被任何条款计入：",
        "more": "另有 {number} 类数据。",
    },
}


def print_uncounted(
    uncounted: Sequence[UncountedFacts], *, language: str, facts_file: Path | None
) -> None:
    """Print what no clause counts, with the place of the first of each kind where it is known."""
    if not uncounted:
        return
    words = _WORDS[language]
    shown = uncounted[:SHOWN_MAX]
    places = find_places(facts_file, [own.first for own in shown]) if facts_file else {}
    click.echo("\n" + words["head"])
    for own in shown:
        place = f"{places[own.first]}: " if own.first in places else ""
        click.echo("  " + place + explain_uncounted(own, language=language))
    if len(uncounted) > SHOWN_MAX:
        click.echo("  " + words["more"].format(number=len(uncounted) - SHOWN_MAX))


def uncounted_as_data(own: UncountedFacts) -> dict[str, object]:
    """Return facts that no clause counts as JSON data."""
    first = own.first
    return {
        "reason": own.reason.value,
        "word": own.word,
        "known": list(own.known),
        "did_you_mean": own.resembling,
        "count": own.count,
        "measure": first.measure,
        "title_id": first.title_id,
        "item": first.item,
        "channel": first.channel,
        "territory": first.territory,
        "medium": first.medium,
        "window": first.window,
        "over_seconds": first.over_seconds,
        "starts_on": first.stretch.starts_on.isoformat(),
        "ends_on": first.stretch.ends_on.isoformat(),
    }
