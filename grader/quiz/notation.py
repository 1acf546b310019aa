r"""Reads formulas as people type them (`2x^2`, `\frac{1}{n} X^\top y`, `σ(z)`) into Python's syntax tree."""

import ast
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from grader.quiz.glyphs import END, NotationError, Token, canonical, is_greek, tokens

MAX_DEPTH = 40
MAX_NODES = 300
MAX_WORD = 30
TRANSPOSED = "transpose"

_OPENING = {"(": ")", "{": "}"}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a formula may be made of: variables, functions by the names that they go by, constants."""

    variables: Collection[str]
    functions: Mapping[str, str]
    constants: Collection[str] = ("e", "pi")
    matrices: bool = False


def read_formula(text: str, vocabulary: Vocabulary) -> ast.expr:
    r"""The syntax tree of a formula: numbers, names, calls by name, + - * / ** and, entry by entry, @.

    Products may be silent, and functions of one word may lack their parentheses. Where there are matrices,
    `*` is their product, `⊙` goes entry by entry, and `^T`, `'` and `^\top` transpose.

    Raises:
        NotationError: it is none, can be read in two ways, or uses a name that is not known.
    """
    parser = _Parser(tokens(text), vocabulary)
    tree = parser.sum()
    parser.expect_end()
    return tree


class _Parser:
    """Recursive descent, one token ahead, with bounds on depth and size."""

    def __init__(self, found: list[Token], vocabulary: Vocabulary) -> None:
        self._words = vocabulary
        self._variables = {canonical(name): name for name in vocabulary.variables}
        self._tokens = [piece for token in found for piece in self._resolved(token)]
        self._place = 0
        self._depth = 0
        self._nodes = 0
        self._bars: list[str] = []

    # --- tokens --------------------------------------------------------------------------------------------

    @property
    def _next(self) -> Token:
        return self._tokens[self._place] if self._place < len(self._tokens) else END

    def _take(self) -> Token:
        token = self._next
        self._place += 1
        return token

    def _takes(self, *signs: str) -> bool:
        if self._next.kind == "sign" and self._next.text in signs:
            self._place += 1
            return True
        return False

    def _expect(self, sign: str) -> None:
        if not self._takes(sign):
            self._refuse(f"a `{sign}` is missing")

    def _refuse(self, why: str = "") -> None:
        token = self._next
        at = "at its end" if token is END else f"before `{token.typed[:20]}`"
        if token.text == ",":
            raise NotationError("it has a comma; the decimal sign is a point, as in 0.5")
        raise NotationError(f"{why or 'something is missing'} {at}")

    def expect_end(self) -> None:
        if self._next is not END:
            why = "there is one too many: " if self._next.text in ")}" else "it cannot be read from here on: "
            if self._next.text == ",":
                self._refuse()
            raise NotationError(f"{why}`{self._next.typed[:20]}`")

    def _resolved(self, token: Token) -> list[Token]:
        """A word as the names it is made of: `Wx` is W x where those are known."""
        if token.typed == "||" and not self._words.matrices:
            return [Token("sign", "|", "|"), Token("sign", "|", "|")]
        if token.kind != "name":
            return [token]
        pieces = self._pieces(canonical(token.text))
        if pieces is None and "_" in token.text:  # `x_iy`: a subscript ends after one letter
            head, _, tail = token.text.partition("_")
            if not tail.startswith("{"):
                after = self._pieces(canonical(tail[1:])) if tail[1:] else None
                first = self._pieces(canonical(f"{head}{tail[:1]}"))
                pieces = [*first, *after] if first and after else None
        if pieces is None:
            known = ", ".join(f"`{name}`" for name in self._words.variables) or "none"
            raise NotationError(f"`{token.typed[:30]}` is not known here; the variables are {known}")
        return [
            Token("name", piece, token.typed, token.spaced and not index)
            for index, piece in enumerate(pieces)
        ]

    def _pieces(self, word: str) -> list[str] | None:
        """The known names that a word is made of, the longest first; None where it is not."""
        if self._is_known(word):
            return [word]
        if len(word) > MAX_WORD or is_greek(word):  # nobody means m u by `mu`
            return None
        rests: dict[int, list[str] | None] = {len(word): []}
        for start in reversed(range(len(word))):
            rests[start] = None
            for end in range(len(word), start, -1):
                rest = rests[end]
                piece = word[start:end]
                # `xe^x` ends in e, but `beta` is not b e t a.
                may_be = piece not in self._words.constants or end == len(word)
                if rest is not None and may_be and self._is_known(piece):
                    rests[start] = [piece, *rest]
                    break
        return rests[0]

    def _is_known(self, word: str) -> bool:
        return (
            word in self._variables
            or self._function(word) is not None
            or word in self._words.constants
            or (self._words.matrices and word == "T")
        )

    def _function(self, word: str) -> str | None:
        if word in self._variables:
            return None
        return self._words.functions.get(word) or self._words.functions.get(word.lower())

    # --- grammar -------------------------------------------------------------------------------------------

    def sum(self) -> ast.expr:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise NotationError("it is nested too deep")
        tree = self._product()
        while self._next.kind == "sign" and self._next.text in "+-":
            operator = ast.Add() if self._take().text == "+" else ast.Sub()
            tree = self._binary(tree, operator, self._product())
        self._depth -= 1
        return tree

    def _product(self) -> ast.expr:
        tree = self._signed()
        divided = ""
        while True:
            if self._takes("*"):
                tree, divided = self._binary(tree, ast.Mult(), self._signed()), ""
            elif self._takes("⊙"):
                tree, divided = self._binary(tree, ast.MatMult(), self._signed()), ""
            elif self._takes("/"):
                divided = self._next.typed
                tree = self._binary(tree, ast.Div(), self._signed())
            elif self._starts_factor():
                if divided and not self._words.matrices:
                    typed = f"{divided}{self._next.typed}"[:20]
                    raise NotationError(
                        f"`/{typed}` can be read in two ways; put parentheses around what is divided by"
                    )
                tree = self._binary(tree, ast.Mult(), self._power())
            else:
                return tree

    def _signed(self) -> ast.expr:
        signs = 0
        while self._next.kind == "sign" and self._next.text in "+-":
            signs += self._take().text == "-"
            if signs > MAX_DEPTH:
                raise NotationError("it is nested too deep")
        tree = self._power()
        return self._counted(ast.UnaryOp(ast.USub(), tree)) if signs % 2 else tree

    def _starts_factor(self) -> bool:
        """Whether a factor follows without a sign between."""
        token = self._next
        if token.kind == "number":
            before = self._tokens[self._place - 1]
            if before.kind == "number":
                raise NotationError(f"two numbers stand side by side: `{before.typed} {token.typed}`")
            return True
        if token.kind == "name":
            return True
        if token.typed == "[":
            raise NotationError("`[` after a value is not read; write `x_1` for an entry, or `(`")
        if token.text in ("(", "{", "frac", "sqrt"):
            return True
        return token.text in ("|", "‖") and token.text not in self._bars[-1:]

    def _power(self) -> ast.expr:
        base = self._transposed(self._atom())
        while self._takes("^"):
            base = self._raised(base)
        return base

    def _raised(self, base: ast.expr) -> ast.expr:
        if self._words.matrices and self._takes_transpose():
            return self._transposed(self._counted(_call(TRANSPOSED, [base])))
        before = self._place
        exponent = self._exponent()
        token = self._next
        is_e = isinstance(base, ast.Name) and base.id == "e"
        if is_e and self._tokens[before].kind == "number" and token.kind == "name" and not token.spaced:
            typed = f"e^{self._tokens[before].typed}{token.typed}"[:30]
            raise NotationError(f"`{typed}` can be read in two ways; put parentheses around the exponent")
        return self._transposed(self._binary(base, ast.Pow(), exponent))

    def _exponent(self) -> ast.expr:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise NotationError("it is nested too deep")
        negative = self._takes("-")
        if not negative:
            self._takes("+")
        tree = self._atom()
        if self._takes("^"):
            tree = self._raised(tree)
        self._depth -= 1
        return self._counted(ast.UnaryOp(ast.USub(), tree)) if negative else tree

    def _takes_transpose(self) -> bool:
        """`T`, `⊤`, `{T}` or `(T)` after `^`."""
        after = [token.text for token in self._tokens[self._place : self._place + 3]]
        for length, form in (
            (1, ["T"]),
            (1, ["⊤"]),
            (3, ["{", "T", "}"]),
            (3, ["{", "⊤", "}"]),
            (3, ["(", "T", ")"]),
        ):
            if after[:length] == form:
                self._place += length
                return True
        return False

    def _transposed(self, tree: ast.expr) -> ast.expr:
        while self._next.text == "⊤'":
            if not self._words.matrices:
                self._refuse("a derivative is not read; write it out")
            self._take()
            tree = self._counted(_call(TRANSPOSED, [tree]))
        return tree

    def _atom(self) -> ast.expr:
        token = self._next
        if token.kind == "number":
            return self._number(self._take())
        if token.kind == "name":
            return self._named(self._take())
        if token.kind == "sign" and token.text in _OPENING:
            return self._group()
        if token.kind == "sign" and token.text in ("|", "‖"):
            return self._between_bars(self._take().text)
        if self._takes("frac"):
            top = self._group()
            return self._binary(top, ast.Div(), self._group())
        if self._takes("sqrt"):
            return self._root()
        return self._nothing()

    def _nothing(self) -> ast.expr:
        self._refuse()
        raise NotationError("something is missing")

    def _group(self) -> ast.expr:
        opening = self._take().text
        if opening not in _OPENING:
            self._place -= 1
            return self._nothing()
        self._bars.append(opening)
        tree = self.sum()
        self._bars.pop()
        self._expect(_OPENING[opening])
        return tree

    def _between_bars(self, bar: str) -> ast.expr:
        self._bars.append(bar)
        tree = self.sum()
        self._bars.pop()
        self._expect(bar)
        function = "norm" if bar == "‖" and self._words.matrices else "abs"
        if self._words.matrices and function == "norm" and self._next.text == "_":
            self._refuse()
        return self._counted(_call(function, [tree]))

    def _root(self) -> ast.expr:
        degree: ast.expr | None = None
        if self._next.typed == "[":
            degree = self._group()
        radicand = self._group() if self._next.text in _OPENING else self._atom()
        if degree is None:
            return self._counted(_call("sqrt", [radicand]))
        return self._binary(radicand, ast.Pow(), self._binary(ast.Constant(1.0), ast.Div(), degree))

    def _number(self, token: Token) -> ast.expr:
        exponent = token.text.lower().partition("e")[2]
        if len(exponent) > 5:
            raise NotationError("its exponent is too large")
        return self._counted(ast.Constant(float(token.text)))

    def _named(self, token: Token) -> ast.expr:
        function = self._function(token.text)
        if function is not None:
            return self._called(function, token)
        if token.text == "T" and "T" not in self._variables:
            raise NotationError("`T` is not known here; a transpose is written `W^T`")
        return self._counted(ast.Name(self._variables.get(token.text, token.text)))

    def _called(self, function: str, token: Token) -> ast.expr:
        power = None
        if self._takes("^"):
            power = self._exponent()
        if self._next.kind == "sign" and self._next.text in _OPENING:
            arguments = self._arguments()
        else:
            arguments = [self._loose_argument(token)]
        tree = self._counted(_call(function, arguments))
        return tree if power is None else self._binary(tree, ast.Pow(), power)

    def _arguments(self) -> list[ast.expr]:
        closing = _OPENING[self._take().text]
        self._bars.append("(")
        arguments = [self.sum()]
        while self._takes(","):
            arguments.append(self.sum())
        self._bars.pop()
        self._expect(closing)
        return arguments

    def _loose_argument(self, token: Token) -> ast.expr:
        """What follows a function without parentheses: `ln 2x` is ln(2x)."""
        if self._next is END or not (self._starts_factor() or self._next.text == "-"):
            raise NotationError(f"`{token.typed[:20]}` is a function: write `{token.typed[:20]}(…)`")
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise NotationError("it is nested too deep")
        tree = self._signed()
        while self._starts_factor() and not (
            self._next.kind == "name" and self._function(self._next.text) is not None
        ):
            tree = self._binary(tree, ast.Mult(), self._power())
        self._depth -= 1
        return tree

    # --- nodes ---------------------------------------------------------------------------------------------

    def _binary(self, left: ast.expr, operator: ast.operator, right: ast.expr) -> ast.expr:
        return self._counted(ast.BinOp(left, operator, right))

    def _counted(self, tree: ast.expr) -> ast.expr:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise NotationError("it is too long")
        return tree


def _call(function: str, arguments: list[ast.expr]) -> ast.expr:
    return ast.Call(ast.Name(function), arguments, [])
