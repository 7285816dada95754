"""How commands say which facts no clause counts."""

from collections.abc import Sequence
from pathlib import Path

import click

from duanju.adapters.documents.facts import find_places
from duanju.deals import UncountedFacts, UncountedReason

SHOWN_MAX = 50
"""How many groups are printed; of the rest their number is said."""

_WORDS = {
    "en": {
        "head": "Not counted by any clause:",
        "line": "{measure}{item} of {title} in {stretch}: {reason}. Facts: {count}.",
        "whole": "the whole",
        "more": "And {number} more kinds of fact.",
        "known": " Known: {known}.",
        "resembling": " Did you mean {resembling}?",
        "title": "no deal has the title {word}",
        "measure": "no clause counts this measure",
        "item": "no clause names {word}",
        "channel": "no clause counts the channel {word}",
        "territory": "no clause counts the territory {word}",
        "medium": "no clause counts the medium {word}",
        "window": "no clause counts the window {word}",
        "seconds": "no clause counts plays from {word} seconds on",
        "days": "outside the days of the deal",
        "unfinished": "its days are not over yet",
        "none": "“”",
    },
    "zh-Hans": {
        "head": "以下数据未被任何条款计入：",
        "line": "{title} 的 {measure}{item}，{stretch}：{reason}。共 {count} 条。",
        "whole": "整体",
        "more": "另有 {number} 类数据。",
        "known": "可用：{known}。",
        "resembling": "是否应为 {resembling}？",
        "title": "没有合同包含剧目 {word}",
        "measure": "没有条款计入该指标",
        "item": "没有条款提到 {word}",
        "channel": "没有条款计入渠道 {word}",
        "territory": "没有条款计入地区 {word}",
        "medium": "没有条款计入媒介 {word}",
        "window": "没有条款计入窗口期 {word}",
        "seconds": "没有条款计入满 {word} 秒的播放",
        "days": "不在合同期内",
        "unfinished": "所涉日期尚未结束",
        "none": "“”",
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
        click.echo("  " + place + _sentence(own, words))
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


def _sentence(own: UncountedFacts, words: dict[str, str]) -> str:
    first = own.first
    sentence = words["line"].format(
        measure=first.measure,
        item=f" {first.item}" if first.item else "",
        title=first.title_id or words["whole"],
        stretch=first.stretch,
        reason=words[own.reason.value].format(word=own.word or words["none"]),
        count=own.count,
    )
    if own.resembling:
        return sentence + words["resembling"].format(resembling=own.resembling)
    if own.known and own.reason is not UncountedReason.TITLE:
        return sentence + words["known"].format(known=", ".join(own.known))
    return sentence
