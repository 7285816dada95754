"""A draft as a whole: its clauses in order, names that change, what it says and what it pays."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from duanju.adapters.prose import name_kind
from duanju.deals import MEASURES
from duanju.kernel import Problem
from duanju_web.deals.mapping.documents import read_document
from duanju_web.deals.mapping.fields import CLAUSE_KINDS
from duanju_web.deals.pages.building.control import Surroundings, told
from duanju_web.deals.pages.building.names import (
    LANGUAGES,
    copied,
    id_from,
    in_language,
    share_to_show,
)
from duanju_web.deals.pages.calculating import calculator
from duanju_web.deals.pages.forms import MILESTONES, PARAMETER
from duanju_web.deals.selectors import put_policy_in_words
from duanju_web.shared.problems import ProblemInWords, put_in_words

Data = dict[str, Any]
Problems = dict[str, list[ProblemInWords]]
CLAUSE_LISTS = ("of", "against", "adds_to", "replaces")
CLAUSE_WORDS = ("recoups", "clause")


def add_clause(data: Data, kind: str) -> int:
    """Add a clause that is a working example of its kind; return its index."""
    clauses = data.setdefault("clause", [])
    taken = {str(own.get("id")) for own in clauses}
    own = CLAUSE_KINDS[kind]
    title = {tag: name_kind(kind, tag) for tag in LANGUAGES}
    says = {"en": in_language(own.says, "en"), "zh-Hans": in_language(own.says, "zh-hans")}
    clause: Data = {
        "id": id_from(kind.replace("_", "-"), taken, "clause"),
        "kind": kind,
        "title": title,
        "explanation": says,
        **copied(own.example),
    }
    if own.needs_others:
        clause["of"] = [str(clauses[0].get("id"))] if clauses else []
    clauses.append(clause)
    return len(clauses) - 1


def add_parameter(data: Data) -> int:
    """Add something that a deal fills in; return its index."""
    parameters = data.setdefault("parameter", [])
    taken = {str(own.get("id")) for own in parameters}
    parameters.append(
        {
            "id": id_from("parameter", taken, "parameter"),
            "kind": "share",
            "title": {"en": "Share", "zh-Hans": "比例"},
            "default": "50%",
        }
    )
    return len(parameters) - 1


def change_order(data: Data, verb: str, rest: str) -> None:
    """Move a clause or a parameter up or down, or take it out: `clause.2`."""
    key, _dot, index = rest.partition(".")
    parts = data.get(key)
    if key not in ("clause", "parameter") or not isinstance(parts, list):
        return
    if not index.isdecimal() or int(index) >= len(parts):
        return
    part = parts.pop(int(index))
    if verb != "drop":
        parts.insert(max(int(index) + (-1 if verb == "up" else 1), 0), part)


def rename_everywhere(data: Data, key: str, before: str, after: str) -> None:
    """Let everything that named a clause or a parameter by its old short name use the new one."""
    for own in data.get("clause", []):
        _rename(own, key, before, after)


def _rename(value: Any, key: str, before: str, after: str) -> None:
    if isinstance(value, list):
        for item in value:
            _rename(item, key, before, after)
    if not isinstance(value, dict):
        return
    for name, item in value.items():
        if (key == "parameter" and name == "parameter" and item == before) or (
            key == "clause" and name in CLAUSE_WORDS and item == before
        ):
            value[name] = after
        elif key == "clause" and name in CLAUSE_LISTS and isinstance(item, list):
            value[name] = [after if own == before else own for own in item]
        else:
            _rename(item, key, before, after)


def surroundings(
    data: Data, problems: Problems, path: str, *, clause: int | None = None
) -> Surroundings:
    """Return what the controls of one part of a document need to know of the rest.

    Args:
        data: The document.
        problems: All problems, by path.
        path: The part: `clause.2`; empty for the head.
        clause: The index of the clause, where it is one.
    """
    start = f"{path}." if path else ""
    own = {
        place.removeprefix(start): list(several)
        for place, several in problems.items()
        if (place.startswith(start) if path else not place.startswith(("clause.", "parameter.")))
    }
    own |= {"": list(problems[path])} if path and path in problems else {}
    clauses = data.get("clause", [])[: clause or 0]
    before = [(str(one.get("id")), told(one.get("title")) or str(one.get("id"))) for one in clauses]
    beside = {}
    if clause is not None:
        beside = {"~deductions": data["clause"][clause].get("deduction", [])}
    return Surroundings({**data, **beside}, before, own)


def live_panel(request: HttpRequest, data: Data) -> dict[str, Any]:
    """Return what stands beside every form: the terms in words, the money, or what is wrong."""
    policy, problems = read_document(data)
    if policy is None:
        return {
            "problems_by_path": _by_path(problems),
            "problem_count": len(problems),
            "explained": (),
            "kept_figures": kept_figures(request),
        }
    return {
        "problems_by_path": {},
        "problem_count": 0,
        "explained": put_policy_in_words(policy, {}),
        **calculator(request, policy=policy),
    }


def kept_figures(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the figures that were typed beside a draft, while it has a problem.

    They are not computed with then, and are there again when it has none.
    """
    sent = request.POST if request.method == "POST" else request.GET
    return [
        (name, value) for name in sent if _is_figure(name) for value in sent.getlist(name) if value
    ]


def _is_figure(name: str) -> bool:
    """Tell whether a field stands beside the draft, and is not the draft's own."""
    if name in ("minutes", MILESTONES) or name.startswith((PARAMETER, "income_")):
        return True
    return any(
        name == measure or name.startswith(f"{measure}_")
        for measure in MEASURES
        if measure != "milestone"
    )


def described_clauses(data: Data, problems: Problems) -> list[dict[str, Any]]:
    """Return each clause of a draft as its list shows it."""
    return [
        {
            "index": index,
            "title": told(own.get("title")) or own.get("id", ""),
            "kind": CLAUSE_KINDS.get(str(own.get("kind"))),
            "problems": _count(problems, f"clause.{index}"),
        }
        for index, own in enumerate(data.get("clause", []))
    ]


def described_parameters(data: Data, problems: Problems) -> list[dict[str, Any]]:
    """Return each parameter of a draft as its list shows it."""
    return [
        {
            "index": index,
            "title": told(own.get("title")) or own.get("id", ""),
            "options": [told(text) or word for word, text in own.get("options", {}).items()],
            "default": _default(own),
            "problems": _count(problems, f"parameter.{index}"),
        }
        for index, own in enumerate(data.get("parameter", []))
    ]


def _default(parameter: Mapping[str, Any]) -> str:
    """Return a default as people read it: a share as a percentage."""
    default = parameter.get("default", "")
    if parameter.get("kind") != "share" or not default:
        return str(default)
    return share_to_show(str(default))


def texts_of(part: Mapping[str, Any]) -> tuple[str, str]:
    """Return what a part is called in English and in Chinese, each in the other if it must."""
    title = part.get("title")
    title = title if isinstance(title, Mapping) else {}
    english, chinese = str(title.get("en", "")), str(title.get("zh-Hans", ""))
    return english or chinese, chinese or english


def _count(problems: Problems, path: str) -> int:
    return sum(
        len(several)
        for place, several in problems.items()
        if place == path or place.startswith(f"{path}.")
    )


def _by_path(problems: tuple[Problem, ...]) -> Problems:
    found: Problems = {}
    for own in problems:
        found.setdefault(own.where.path, []).append(put_in_words(own))
    return found
