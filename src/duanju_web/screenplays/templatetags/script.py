"""How pages lead from a figure to its line."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from django import template
from django.urls import reverse

from duanju.screenplays import ScriptEpisode
from duanju.screenplays.evidence import EpisodeCount, Figure
from duanju_web.screenplays.models import Script, ScriptVersion

register = template.Library()


@register.simple_tag
def line_address(
    script: Script, version: ScriptVersion, episodes: Sequence[ScriptEpisode], line: int
) -> str:
    """Return the address of a line: that of its episode, and its anchor."""
    place = max(1, bisect_right([episode.line for episode in episodes], line))
    address = reverse("script_lines", args=[script.pk, place])
    return f"{address}?version={version.number}#line-{line}"


@register.filter
def figures(count: EpisodeCount) -> tuple[Figure, ...]:
    """Return the figures of a row, in the order of its columns."""
    return (count.speakers, count.nights, count.exteriors, count.crowds, count.effects)


@register.filter
def minutes(milliseconds: int) -> int:
    """Return whole minutes, begun ones counted."""
    return -(-milliseconds // 60_000)


@register.filter
def beside(first: Iterable[object], second: Iterable[object]) -> list[tuple[object, object]]:
    """Return two lists of one length as pairs."""
    return list(zip(first, second, strict=True))
