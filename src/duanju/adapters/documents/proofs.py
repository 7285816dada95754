"""Proofs as lines of text."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from duanju.adapters.documents.numbers import in_major_units, plain_number
from duanju.kernel import ProofStep

STEP_SENTENCES: Mapping[str, Mapping[str, str]] = {
    "tiered_rate": {
        "en": "{clause}: all tiers together, {result}",
        "zh-Hans": "{clause}：各档合计 {result}",
    },
    "month": {"en": "{month}: {result}", "zh-Hans": "{month}：{result}"},
    "measured": {
        "en": "measured: {quantity} ms ÷ {per_unit} = {result} minutes",
        "zh-Hans": "计量：{quantity} 毫秒 ÷ {per_unit} = {result} 分钟",
    },
    "tier_marginal": {
        "en": "above {above}: {portion} minutes ÷ {per} × {rate} = {result}",
        "zh-Hans": "超过 {above} 分钟的部分：{portion} 分钟 ÷ {per} × {rate} = {result}",
    },
    "tier_whole_amount": {
        "en": "all {portion} minutes at the rate above {threshold}: ÷ {per} × {rate} = {result}",
        "zh-Hans": "全部 {portion} 分钟按超过 {threshold} 分钟的单价：÷ {per} × {rate} = {result}",
    },
    "studio_part": {
        "en": "the deal's own part, {own} of {all}: {result}",
        "zh-Hans": "本合同占 {all} 中的 {own}：{result}",
    },
    "income": {"en": "income, {channel}: {result}", "zh-Hans": "收入（{channel}）：{result}"},
    "deduction": {
        "en": "{deduction}, {channel}: {remaining_money} × {rate} = {result}",
        "zh-Hans": "{deduction}（{channel}）：{remaining_money} × {rate} = {result}",
    },
    "base": {"en": "base, {base}: {result}", "zh-Hans": "分成基数（{base}）：{result}"},
    "share": {
        "en": "share of {role}: base × {share} = {result}",
        "zh-Hans": "{role} 分成：基数 × {share} = {result}",
    },
    "rest": {
        "en": "what remains, to {role}: {result}",
        "zh-Hans": "余额归 {role}：{result}",
    },
    "total": {"en": "{name}, all channels: {result}", "zh-Hans": "{name}，各渠道合计：{result}"},
}
"""Step code to its sentence by language; a tier's code is followed by its reading."""


def explain_proof(proof: ProofStep, *, language: str) -> tuple[str, ...]:
    """Return a proof as lines, each step indented two spaces beneath the one that rests on it.

    Args:
        proof: The root step.
        language: `en` or `zh-Hans`; any other reads English.
    """
    return tuple(_lines(proof, language, 0))


def _lines(step: ProofStep, language: str, depth: int) -> Iterator[str]:
    yield "  " * depth + _sentence(step, language)
    for inner in step.steps:
        yield from _lines(inner, language, depth + 1)


def _sentence(step: ProofStep, language: str) -> str:
    code = f"tier_{step.inputs['reading']}" if step.code == "tier" else step.code
    sentences = STEP_SENTENCES[code]
    return sentences.get(language, sentences["en"]).format(**_words(step))


def _words(step: ProofStep) -> dict[str, str]:
    words = {
        name: plain_number(value) if isinstance(value, Fraction) else value
        for name, value in step.inputs.items()
    }
    if step.code == "tier":
        inputs = {name: value for name, value in step.inputs.items() if not isinstance(value, str)}
        upper = inputs.get("until", inputs.get("measured", Fraction(0)))
        words["portion"] = plain_number(upper - inputs.get("above", Fraction(0)))
    if isinstance(remaining := step.inputs.get("remaining"), Fraction):
        words["remaining_money"] = in_major_units(remaining, step.currency)
    if step.unit == "minor":
        words["result"] = f"{step.currency} {in_major_units(step.result, step.currency)}"
    else:
        words["result"] = plain_number(step.result)
    return words
