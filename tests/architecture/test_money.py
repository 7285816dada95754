"""Where money is computed there is no float."""

import ast
from pathlib import Path

import pytest

from tests.support.repository import SOURCE, WEB, modules_below

MONEY_ROOMS = [
    *(SOURCE / "duanju" / room for room in ("kernel", "deals", "settlement", "workflows")),
    *(WEB / room for room in ("deals", "settlement", "payouts")),
]


@pytest.mark.parametrize("room", MONEY_ROOMS, ids=lambda room: room.relative_to(SOURCE).as_posix())
def test_money_is_never_a_float(room: Path) -> None:
    floats = [
        f"{path.relative_to(SOURCE)}:{line}"
        for path in modules_below(room)
        for line in _floats_in(ast.parse(path.read_text("utf-8")))
    ]
    assert floats == []


def _floats_in(tree: ast.AST) -> list[int]:
    """Return the lines that make a float or name its type, other than to refuse one."""
    refusing = {
        name
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "isinstance"
        for name in ast.walk(call)
    }
    return [
        node.lineno
        for node in ast.walk(tree)
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Name) and node.id == "float" and node not in refusing)
    ]
