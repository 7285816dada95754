"""Where money is computed there is no float."""

import ast
from pathlib import Path

import pytest

from tests.support.repository import SOURCE, WEB, modules_below

MONEY_ROOMS = [
    *(SOURCE / "duanju" / room for room in ("kernel", "deals", "settlement", "workflows")),
    *(WEB / room for room in ("deals", "settlement")),
]


@pytest.mark.parametrize("room", MONEY_ROOMS, ids=lambda room: room.relative_to(SOURCE).as_posix())
def test_money_is_never_a_float(room: Path) -> None:
    floats = [
        f"{path.relative_to(SOURCE)}:{node.lineno}"
        for path in modules_below(room)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if _is_float(node)
    ]
    assert floats == []


def _is_float(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, float)
    return isinstance(node, ast.Name) and node.id == "float" and isinstance(node.ctx, ast.Load)
