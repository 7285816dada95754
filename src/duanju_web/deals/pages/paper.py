"""An agreement on paper, set by typst with the font that the package brings."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import typst
from noto_cjk_sans_otc import FONT_PATH

from duanju.adapters.prose import (
    CaseInWords,
    ClauseInWords,
    ParameterInWords,
    PolicyInWords,
    ProofInWords,
    SourceInWords,
    Speaker,
    Table,
    explain_policy,
    worked_example,
)
from duanju.adapters.prose.numbers import say_day
from duanju.deals import AmendedBy, Amendment, ParameterValue, Policy, Terms

TEMPLATE = Path(__file__).resolve().parents[1] / "paper" / "agreement.typ"
DEPTH_MAX = 3
"""Deeper steps of a proof stay on the page; a statement shows them down to its events."""


@dataclass(frozen=True, slots=True)
class AmendmentOnPaper:
    """One amendment of a printed deal.

    Attributes:
        number: Its place in the order of agreement, from 1.
        amendment: As the engine has it.
    """

    number: int
    amendment: Amendment


@dataclass(frozen=True, slots=True)
class Agreement:
    """What is printed.

    Attributes:
        policy: The policy.
        values: What holds for its parameters; none for a policy alone.
        terms: Terms for the worked example, or None where none can be supposed.
        names: Role to who fills it; a role that is absent is a blank.
        titles: Names of the titles.
        number: The deal's or offer's number, or an empty string.
        status: `policy`, `offer` or `deal`.
        digest: Of what is printed: the terms, or the policy alone.
        starts_on: First day that counts, or None for a blank.
        last_day: Last day that counts, or None for an open end.
        signed_on: Day of signing, or None.
        signed_by: Roles that have signed in this installation.
        reader: The role that reads; empty where everybody may.
        amendments: What was agreed later, in its order.
    """

    policy: Policy
    values: Mapping[str, ParameterValue]
    terms: Terms | None
    names: Mapping[str, str]
    titles: Sequence[str]
    number: str
    status: str
    digest: str
    starts_on: date | None = None
    last_day: date | None = None
    signed_on: date | None = None
    signed_by: Sequence[str] = ()
    reader: str = ""
    amendments: Sequence[AmendmentOnPaper] = ()


def print_agreement(agreement: Agreement, *, language: str) -> bytes:
    """Return an agreement as PDF; no font of the machine is used.

    Args:
        agreement: What is printed.
        language: `en` or `zh-Hans`.
    """
    data = json.dumps(agreement_as_data(agreement, language=language), ensure_ascii=False)
    return typst.compile(
        TEMPLATE,
        format="pdf",
        font_paths=[Path(str(FONT_PATH)).parent],
        ignore_system_fonts=True,
        sys_inputs={"data": data},
    )


def agreement_as_data(agreement: Agreement, *, language: str) -> dict[str, Any]:
    """Return all words of an agreement, as the template reads them."""
    speaker = Speaker.of(language)
    told = explain_policy(agreement.policy, agreement.values, language, reader=agreement.reader)
    label = speaker.phrase
    return {
        "language": "zh" if speaker.language == "zh-Hans" else "en",
        "author": agreement.names.get("platform", "Duanju"),
        "status": label(f"paper.status_{agreement.status}"),
        "title": told.header,
        "subtitle": " · ".join(own for own in (agreement.number, told.version) if own),
        "summary": told.summary,
        "facts": list(_facts(agreement, speaker)),
        **{
            f"{own}_label": label(f"paper.{own}")
            for own in (
                *("parties", "titles", "parameters", "clauses", "general", "checks", "amendments"),
                *("signatures", "signature", "date", "example", "sources", "digest"),
            )
        },
        "example_lead": label(f"paper.example_lead_{agreement.status}"),
        "parties": [
            {"role": _upper(own.name), "name": agreement.names.get(own.role, _blank(speaker))}
            for own in told.parties
        ],
        "titles": list(agreement.titles),
        "parameters": [_parameter(own, speaker) for own in told.parameters],
        "clauses": [_clause(own) for own in told.clauses],
        "amendments": [_amendment(own, agreement.reader, speaker) for own in agreement.amendments],
        "general": list(told.general),
        "checks": list(told.checks),
        "signatures": list(_signatures(agreement, told, speaker)),
        "example": _example(agreement, speaker),
        "sources": [_source(own) for own in told.sources],
        "digest": agreement.digest,
    }


def _facts(agreement: Agreement, speaker: Speaker) -> Iterator[dict[str, str]]:
    language, label = speaker.language, speaker.phrase
    first = say_day(agreement.starts_on, language) if agreement.starts_on else _blank(speaker)
    if agreement.last_day:
        last = say_day(agreement.last_day, language)
    else:
        last = label("paper.open_end") if agreement.starts_on else _blank(speaker)
    yield {"label": label("paper.first_day"), "value": first}
    yield {"label": label("paper.last_day"), "value": last}
    if agreement.signed_on:
        day = say_day(agreement.signed_on, language)
        yield {"label": label("paper.signed_on"), "value": day}
    yield {"label": label("paper.policy_digest"), "value": agreement.policy.digest[:32] + "…"}


def _parameter(own: ParameterInWords, speaker: Speaker) -> dict[str, str]:
    value = own.value
    if value and own.is_default:
        value += " " + speaker.phrase("markdown.default")
    if not value:
        value = " / ".join(f"□ {option}" for option in own.options) or _blank(speaker)
    doubt = speaker.phrase("markdown.doubtful") if own.is_doubtful else ""
    note = " ".join(part for part in (own.limits, own.note, doubt) if part)
    return {"title": own.title, "value": value, "note": note}


def _clause(clause: ClauseInWords) -> dict[str, Any]:
    return {
        "number": clause.number,
        "title": clause.title,
        "kind": clause.kind,
        "explanation": clause.explanation,
        "blocks": [
            {"sentences": block.sentences, "table": _table(block.table)} for block in clause.blocks
        ],
    }


def _amendment(own: AmendmentOnPaper, reader: str, speaker: Speaker) -> dict[str, Any]:
    terms, language = own.amendment.terms, speaker.language
    told = explain_policy(terms.policy, terms.values, language, reader=reader)
    whole = own.amendment.by is AmendedBy.SIGNING_DATE
    reach = "whole" if whole else "from_day"
    day = say_day(own.amendment.effective_on, language)
    agreed = say_day(terms.signed_on, language) if terms.signed_on else _blank(speaker)
    return {
        "title": speaker.phrase("paper.amendment", number=str(own.number)),
        "sentences": [
            speaker.phrase("paper.agreed_on", day=agreed),
            speaker.phrase(f"paper.amendment_{own.amendment.mode.value}"),
            speaker.phrase(f"paper.amendment_{reach}", day=day),
            f"{told.header} · {told.version} · {terms.policy.digest[:32]}…",
        ],
        "clauses": [_clause(clause) for clause in told.clauses],
    }


def _table(table: Table | None) -> dict[str, Any] | None:
    if table is None:
        return None
    return {"caption": table.caption, "head": table.head, "rows": table.rows}


def _signatures(
    agreement: Agreement, told: PolicyInWords, speaker: Speaker
) -> Iterator[dict[str, str]]:
    for own in told.parties:
        signed = ""
        if agreement.signed_on and own.role in agreement.signed_by:
            day = say_day(agreement.signed_on, speaker.language)
            signed = speaker.phrase("paper.signed_electronically", day=day)
        name = agreement.names.get(own.role, _blank(speaker))
        yield {"role": _upper(own.name), "name": name, "signed": signed}


def _example(agreement: Agreement, speaker: Speaker) -> list[dict[str, Any]]:
    if agreement.terms is None:
        return []
    example = worked_example(agreement.terms, speaker.language, reader=agreement.reader)
    return [_case(case, speaker) for case in example.cases]


def _case(case: CaseInWords, speaker: Speaker) -> dict[str, Any]:
    return {
        "label": speaker.phrase("markdown.case", number=case.number),
        "suppositions": case.suppositions,
        "parts": [
            {
                "party": part.party,
                "clause": part.clause,
                "amount": part.amount,
                "steps": list(_steps(part.proof, 0)),
            }
            for part in case.parts
        ],
        "totals": [{"party": party, "amount": amount} for party, amount in case.totals],
    }


def _steps(proof: ProofInWords, depth: int) -> Iterator[dict[str, Any]]:
    details = [own for own in (proof.arithmetic, proof.exact) if own]
    yield {
        "depth": depth,
        "sentence": proof.sentence,
        "detail": " · ".join(details),
        "result": proof.result,
    }
    if depth < DEPTH_MAX:
        for step in proof.steps:
            yield from _steps(step, depth + 1)


def _source(source: SourceInWords) -> dict[str, str]:
    detail = " · ".join(own for own in (source.day, source.address) if own)
    return {"title": source.title, "detail": detail, "note": source.note}


def _blank(speaker: Speaker) -> str:
    return speaker.phrase("paper.blank")


def _upper(name: str) -> str:
    return name[:1].upper() + name[1:]
