"""A policy or terms as Markdown, for a terminal or a file."""

from collections.abc import Iterable, Iterator

from duanju.adapters.prose.examples import CaseInWords, worked_example
from duanju.adapters.prose.narrating import Table, Values
from duanju.adapters.prose.policies import (
    ClauseInWords,
    ParameterInWords,
    PolicyInWords,
    SourceInWords,
    explain_policy,
)
from duanju.adapters.prose.proofs import ProofInWords
from duanju.adapters.prose.speaking import Speaker
from duanju.adapters.prose.supposing import suppose_example_terms
from duanju.deals import Policy, Terms


def terms_as_markdown(policy: Policy, values: Values, language: str) -> str:
    """Return a policy in prose, clause by clause, with a worked example, as Markdown.

    Args:
        policy: The policy.
        values: What is known of its parameters; empty for the policy alone. The example supposes
            the first option of choices and a plain number where the policy leaves them open.
        language: `en` or `zh-Hans`; any other reads English.
    """
    speaker = Speaker.of(language)
    told = explain_policy(policy, values, language)
    lines = [*_head(told), *_parameters(told, speaker)]
    for clause in told.clauses:
        lines += _clause(clause)
    lines += _section(speaker.phrase("markdown.general"), told.general)
    lines += _section(speaker.phrase("markdown.checks"), told.checks)
    supposed = suppose_example_terms(policy, values)
    if supposed is not None:
        lines += _example(supposed, speaker)
    lines += _section(speaker.phrase("markdown.sources"), map(_source, told.sources))
    return "\n".join(lines).rstrip() + "\n"


def _head(told: PolicyInWords) -> Iterator[str]:
    yield from (f"# {told.header}", "", told.summary, "", told.version, "", told.validity, "")


def _parameters(told: PolicyInWords, speaker: Speaker) -> Iterator[str]:
    if not told.parameters:
        return
    yield from (f"## {speaker.phrase('markdown.parameters')}", "")
    for own in told.parameters:
        yield f"- **{own.title}**{_colon(speaker)}{_value(own, speaker)}"
        if own.note:
            yield f"  {own.note}"
    yield ""


def _value(own: ParameterInWords, speaker: Speaker) -> str:
    phrase = speaker.phrase
    if own.value:
        said = own.value + (f" {phrase('markdown.default')}" if own.is_default else "")
    elif own.options:
        said = " / ".join(own.options)
    else:
        said = phrase("markdown.required" if own.is_required else "markdown.unset")
    limits = f" ({own.limits})" if own.limits else ""
    doubt = f" {phrase('markdown.doubtful')}" if own.is_doubtful else ""
    return said + limits + doubt


def _clause(clause: ClauseInWords) -> Iterator[str]:
    yield from (f"## {clause.number}. {clause.title}", "", f"*{clause.kind}* · `{clause.id}`", "")
    yield from (clause.explanation, "")
    for part in clause.parts:
        if isinstance(part, Table):
            yield from ("", *_table(part), "")
        else:
            yield f"- {part}"
    yield ""


def _table(table: Table) -> Iterator[str]:
    yield f"**{table.caption}**"
    yield ""
    yield f"| {' | '.join(table.head)} |"
    yield f"|{'---|' * len(table.head)}"
    for row in table.rows:
        yield f"| {' | '.join(row)} |"


def _section(title: str, sentences: Iterable[str]) -> Iterator[str]:
    told = [f"- {own}" for own in sentences]
    if told:
        yield from (f"## {title}", "", *told, "")


def _source(source: SourceInWords) -> str:
    parts = [source.title, source.day, source.address, source.note]
    return " · ".join(part for part in parts if part)


def _example(terms: Terms, speaker: Speaker) -> Iterator[str]:
    example = worked_example(terms, speaker.language)
    if not example.cases:
        return
    yield from (f"## {speaker.phrase('markdown.example')}", "")
    yield from (speaker.say("markdown.supposed"), "")
    for case in example.cases:
        yield from _case(case, speaker)


def _case(case: CaseInWords, speaker: Speaker) -> Iterator[str]:
    yield from (f"### {speaker.phrase('markdown.case', number=case.number)}", "")
    yield from (f"- {own}" for own in case.suppositions)
    yield ""
    for part in case.parts:
        words = {"party": part.party, "clause": part.clause, "amount": part.amount}
        yield f"**{speaker.phrase('markdown.part', **words)}**"
        yield ""
        yield from _proof(part.proof, 0, speaker)
        yield ""
    for party, amount in case.totals:
        yield f"- {speaker.phrase('markdown.total', party=party, amount=amount)}"
    yield ""


def _proof(proof: ProofInWords, depth: int, speaker: Speaker) -> Iterator[str]:
    details = " · ".join(own for own in (proof.arithmetic, proof.exact) if own)
    line = f"{proof.sentence}{_colon(speaker)}{proof.result}"
    yield f"{'  ' * depth}- {line}" + (f" ({details})" if details else "")
    for step in proof.steps:
        yield from _proof(step, depth + 1, speaker)


def _colon(speaker: Speaker) -> str:
    return "：" if speaker.language == "zh-Hans" else ": "
