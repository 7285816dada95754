"""The formula of a proof step with its numbers put in."""

import ast
from dataclasses import dataclass
from fractions import Fraction

from duanju.adapters.prose.numbers import say_exactly
from duanju.kernel import ProofStep, currency

TERMS_MAX = 6
"""A longer sum is shown with its first terms, its last, and dots between."""

SCALE = "minor_per_major"
_SIGNS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "−", ast.Mult: "×", ast.Div: "÷"}
_IN_MINOR_UNITS = frozenset({"amount", "remaining"})


@dataclass(frozen=True, slots=True)
class _Shown:
    """A part of a formula: how it reads, what it comes to, and how tightly it binds."""

    text: str
    value: Fraction
    binds: int

    def within(self, binds: int) -> str:
        return self.text if self.binds >= binds else f"({self.text})"


def show_arithmetic(step: ProofStep, language: str) -> str:
    """Return the arithmetic of a step, `1,500,000 ÷ 60 × 3 = 75,000`.

    Money is shown in major units. Where a formula does not come out so, because it mixes units
    that its names do not tell, it is shown in minor units, as the proof has it.

    Returns:
        The arithmetic; an empty string where it would only repeat a single number.
    """
    tree = ast.parse(step.formula, mode="eval").body
    if isinstance(tree, ast.Name):
        return ""
    scale = currency(step.currency).minor_per_major if step.unit == "minor" else 1
    shown = _Putter(step, language, scale).put(tree)
    result = step.result / scale
    if shown.value != result:
        shown, result = _Putter(step, language, 1).put(tree), step.result
    right = say_exactly(result, language)
    return "" if shown.text == right else f"{shown.text} = {right}"


@dataclass(frozen=True, slots=True)
class _Putter:
    step: ProofStep
    language: str
    scale: int

    def put(self, node: ast.expr) -> _Shown:
        match node:
            case ast.Name(name):
                return self._input(name)
            case ast.Constant(value) if isinstance(value, int):
                return self._number(Fraction(value))
            case ast.Call(ast.Name("sum"), [ast.Name(code)]):
                return self._sum(code)
            case ast.Call(ast.Name(name), arguments):
                return self._choice(name, [self.put(own) for own in arguments])
            case ast.UnaryOp(ast.USub(), operand):
                shown = self.put(operand)
                return _Shown(f"−{shown.within(3)}", -shown.value, 1)
            case ast.BinOp(left, operator, right):
                return self._operation(left, operator, right)
        raise ValueError(self.step.formula)

    def _number(self, value: Fraction) -> _Shown:
        return _Shown(say_exactly(value, self.language), value, 1 if value < 0 else 4)

    def _input(self, name: str) -> _Shown:
        value = self.step.inputs[name]
        assert isinstance(value, Fraction), f"{name} is no number"
        is_minor = name.endswith("_minor") or name in _IN_MINOR_UNITS
        return self._number(value / self.scale if is_minor else value)

    def _sum(self, code: str) -> _Shown:
        summed = [
            inner.result / self.scale if inner.unit == "minor" else inner.result
            for inner in self.step.steps
            if inner.code == code
        ]
        texts = [self._number(own).within(2) for own in summed]
        if len(texts) > TERMS_MAX:
            texts = [*texts[: TERMS_MAX - 1], "…", texts[-1]]
        total = sum(summed, Fraction(0))
        return _Shown(" + ".join(texts) or "0", total, 1 if len(texts) > 1 else 4)

    def _choice(self, name: str, shown: list[_Shown]) -> _Shown:
        chosen = (min if name == "min" else max)(own.value for own in shown)
        return _Shown(f"{name}({', '.join(own.text for own in shown)})", chosen, 4)

    def _operation(self, left: ast.expr, operator: ast.operator, right: ast.expr) -> _Shown:
        first = self.put(left)
        if self.scale != 1 and isinstance(right, ast.Name) and right.id == SCALE:
            return _Shown(first.text, first.value, first.binds)
        second = self.put(right)
        if isinstance(operator, ast.Sub) and not second.value and first.binds >= 1:
            return first
        value = _applied(operator, first.value, second.value)
        binds = 1 if isinstance(operator, ast.Add | ast.Sub) else 2
        tighter = binds if isinstance(operator, ast.Add) else binds + 1
        text = f"{first.within(binds)} {_SIGNS[type(operator)]} {second.within(tighter)}"
        return _Shown(text, value, binds)


def _applied(operator: ast.operator, first: Fraction, second: Fraction) -> Fraction:
    match operator:
        case ast.Add():
            return first + second
        case ast.Sub():
            return first - second
        case ast.Mult():
            return first * second
        case ast.Div():
            return first / second
    raise ValueError(ast.dump(operator))
