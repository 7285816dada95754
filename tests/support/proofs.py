"""Recomputing proofs without the engine that made them."""

import ast
from fractions import Fraction

from duanju.kernel import ProofStep


def recompute(step: ProofStep) -> Fraction:
    """Recompute a proof from its leaves up; every step on the way must agree with its result."""
    sums: dict[str, Fraction] = {}
    for inner in step.steps:
        sums[inner.code] = sums.get(inner.code, Fraction(0)) + recompute(inner)
    found = _value(ast.parse(step.formula, mode="eval").body, step, sums)
    assert found == step.result, f"{step.code}: {step.formula} gives {found}, not {step.result}"
    return found


def _value(node: ast.expr, step: ProofStep, sums: dict[str, Fraction]) -> Fraction:
    match node:
        case ast.Name(name):
            value = step.inputs[name]
            assert isinstance(value, Fraction), f"{name} is no number"
            return value
        case ast.Call(ast.Name("sum"), [ast.Name(code)]):
            return sums.get(code, Fraction(0))
        case ast.Call(ast.Name("min" | "max" as name), [*operands]) if operands:
            values = [_value(operand, step, sums) for operand in operands]
            return min(values) if name == "min" else max(values)
        case ast.BinOp(left, operator, right):
            first, second = _value(left, step, sums), _value(right, step, sums)
            match operator:
                case ast.Add():
                    return first + second
                case ast.Sub():
                    return first - second
                case ast.Mult():
                    return first * second
                case ast.Div():
                    return first / second
    raise AssertionError(f"{ast.dump(node)} is not part of the language of formulas")
