"""Expressions in whole numbers, such as "8000 + (i*37) % 4001" or "i % 10 < 4": read by our own walk, nothing is executed."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from typing import Any

Expression = Callable[[int], Any]

_ARITHMETIC: dict[type[ast.operator], Callable[[int, int], int]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.FloorDiv: operator.floordiv, ast.Mod: operator.mod,
}  # fmt: skip
_COMPARISON: dict[type[ast.cmpop], Callable[[int, int], bool]] = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge,
}  # fmt: skip
LONGEST = 500


def expression(text: str) -> Expression:
    """Make a function of `i`. ValueError for anything but whole numbers, i, + - * // %, comparisons, and, or, not."""
    if len(text) > LONGEST:
        raise ValueError(f"an expression has at most {LONGEST} characters")
    try:
        return _made(ast.parse(text.strip(), mode="eval").body)
    except SyntaxError as error:
        raise ValueError(f"{text!r} is not an expression") from error


def _made(node: ast.expr) -> Expression:
    match node:
        case ast.Constant(value=bool()):
            raise ValueError("an expression is made of whole numbers")
        case ast.Constant(value=int(number)):
            return lambda _i: number
        case ast.Name(id="i"):
            return lambda i: i
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _ARITHMETIC:
            return _pair(_ARITHMETIC[type(op)], _made(left), _made(right))
        case ast.Compare(left=left, ops=ops, comparators=others) if all(type(op) in _COMPARISON for op in ops):
            sides = [_made(one) for one in (left, *others)]
            links = [_pair(_COMPARISON[type(op)], sides[at], sides[at + 1]) for at, op in enumerate(ops)]
            return links[0] if len(links) == 1 else lambda i: all(link(i) for link in links)
        case ast.BoolOp(op=op, values=values):
            parts = [_made(one) for one in values]
            return (lambda i: all(part(i) for part in parts)) if isinstance(op, ast.And) else (lambda i: any(part(i) for part in parts))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            inner = _made(operand)
            return lambda i: not inner(i)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            inner = _made(operand)
            return lambda i: -inner(i)
    raise ValueError(f"{ast.unparse(node)!r} has no place in an expression")


def _pair(does: Callable[[int, int], Any], left: Expression, right: Expression) -> Expression:
    return lambda i: does(left(i), right(i))
