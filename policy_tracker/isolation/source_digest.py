"""What Python source does, as digests that layout, comments and places do not change.

Each statement at the top level of a module has a digest of its own. A name in it that stands for
something of the same body of source counts as what it names (by digest), not as where that stands:
`numbers.singular` and an imported `singular` are the same, and a function may move to another
module. Two functions of one name in two modules stay two.
"""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

_ROUNDS = 4
"""How far a change of what a name stands for is followed from use to use; each statement counts by
itself as well, so that this only tells things of the same name apart."""
_LEFT_OUT = frozenset({"annotation", "ctx", "kind", "returns", "type_comment", "type_ignores"})
"""Fields of syntax trees that do nothing when the program runs; annotations of fields are added."""

_DEFINED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, *_COMPREHENSIONS)


class Name(NamedTuple):
    """A name at the top level of a module."""

    module: str
    name: str


Token = str | Name


class Module:
    """A module's statements, and what its names stand for."""

    def __init__(self, name: str, source: str, *, is_package: bool) -> None:
        self.name = name
        self.package = name if is_package else name.rpartition(".")[0]
        self.aliases: dict[str, str] = {}
        """What imported names stand for, dotted: `re`, `re.compile`, `policy_tracker.errors`."""
        self.imports: set[str] = set()
        """Modules that are imported when the program runs, and names that may be modules."""
        tree = ast.parse(source)
        self._note_imports(tree, running=True)
        self.statements = [node for node in tree.body if not _is_idle(node)]
        self.bound: dict[str, list[ast.stmt]] = defaultdict(list)
        for statement in self.statements:
            for bound in _bound_by(statement):
                self.bound[bound].append(statement)

    def _note_imports(self, node: ast.AST, *, running: bool) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import | ast.ImportFrom):
                self._note_import(child, running=running)
            elif isinstance(child, ast.stmt | ast.ExceptHandler | ast.match_case):
                within = running and not _is_for_types(child)
                self._note_imports(child, running=within)

    def _note_import(self, node: ast.Import | ast.ImportFrom, *, running: bool) -> None:
        if isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            source = importlib.util.resolve_name(module, self.package)
            found = {one.asname or one.name: f"{source}.{one.name}" for one in node.names}
            named = {source, *found.values()}
        else:
            named = {one.name for one in node.names}
            whole = {one.asname: one.name for one in node.names if one.asname}
            found = whole | {
                _first(one.name): _first(one.name) for one in node.names if not one.asname
            }
        self.aliases |= found
        if running:
            self.imports |= named


def _first(dotted: str) -> str:
    return dotted.partition(".")[0]


def reached(modules: Mapping[str, Module], roots: Iterable[str]) -> set[str]:
    """The modules that the roots import when they run, directly or not, the roots among them."""
    found: set[str] = set()
    waiting = [root for root in roots if root in modules]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [module for module in modules[name].imports if module in modules]
    return found


def outside(modules: Mapping[str, Module], of: Iterable[str]) -> list[str]:
    """The top-level modules of other projects that some modules import, in order."""
    imported = {_first(name) for module in of for name in modules[module].imports}
    own = {_first(name) for name in modules}
    return sorted(imported - own - sys.stdlib_module_names)


def digests(modules: Mapping[str, Module], of: Collection[str]) -> list[str]:
    """The digests of all top-level statements of some modules, sorted."""
    walker = _Walker({name: modules[name] for name in of})
    words: dict[ast.stmt, str] = {}
    names: dict[ast.stmt, list[list[ast.stmt]]] = {}
    for name in of:
        for statement in modules[name].statements:
            tokens = list(walker.tokens(statement, modules[name]))
            words[statement] = _digest(
                "\0".join("\1" if isinstance(one, Name) else one for one in tokens)
            )
            names[statement] = [
                modules[one.module].bound[one.name] for one in tokens if isinstance(one, Name)
            ]
    known = words
    for _ in range(_ROUNDS):
        before = known
        known = {
            one: _digest(own + "".join(_of_any(before, targets) for targets in names[one]))
            for one, own in words.items()
        }
    return sorted(known.values())


def _of_any(known: Mapping[ast.stmt, str], statements: Iterable[ast.stmt]) -> str:
    """The digests of the statements that give one name its values, in any order."""
    return "".join(sorted(known[statement] for statement in statements))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _is_idle(node: ast.AST) -> bool:
    """Whether a statement does nothing: an import, a docstring, types alone, `__all__`."""
    if isinstance(node, ast.Import | ast.ImportFrom) or _is_for_types(node):
        return True
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    targets = node.targets if isinstance(node, ast.Assign) else []
    return any(isinstance(target, ast.Name) and target.id == "__all__" for target in targets)


def _is_for_types(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.If)
        and isinstance(node.test, ast.Name)
        and node.test.id == "TYPE_CHECKING"
    )


def _bound_by(statement: ast.stmt) -> Iterator[str]:
    """The names that a top-level statement gives a value, those in its branches among them."""
    if isinstance(statement, _DEFINED):
        yield statement.name
        return
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, _DEFINED):
            yield node.name


def _counts(node: ast.AST, field: str, value: object, *, within: bool) -> bool:
    """Whether a field of a node does something; `within` a function annotations do nothing.

    A field without a value is left out: later releases of Python know more of them.
    """
    if field == "annotation" and isinstance(node, ast.AnnAssign):
        return not within
    return field not in _LEFT_OUT and (isinstance(node, ast.Constant) or value not in (None, []))


def _locals(scope: ast.AST) -> frozenset[str]:
    """The names that belong to a function or comprehension, its parameters among them."""
    own: set[str] = set()
    for node in ast.walk(scope):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                own.add(name)
            case (
                ast.ExceptHandler(name=str(name))
                | ast.MatchAs(name=str(name))
                | ast.MatchStar(name=str(name))
            ):
                own.add(name)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) if node is not scope:
                own.add(name)
    return frozenset(own)


class _Walker:
    """Takes statements apart into tokens: kinds of nodes, values, and names that are resolved."""

    def __init__(self, modules: Mapping[str, Module]) -> None:
        self.modules = modules

    def tokens(
        self, node: ast.AST, module: Module, own: frozenset[str] = frozenset()
    ) -> Iterator[Token]:
        """The tokens of a node; `own` are the names that belong to the functions around it."""
        if isinstance(node, ast.Name | ast.Attribute) and (
            found := self._resolved(node, module, own)
        ):
            yield found
            return
        if isinstance(node, _SCOPES):
            own |= _locals(node)
        yield type(node).__name__
        for field, value in ast.iter_fields(node):
            if _counts(node, field, value, within=bool(own)):
                yield from self._of_field(field, value, module, own)

    def _of_field(
        self, field: str, value: object, module: Module, own: frozenset[str]
    ) -> Iterator[Token]:
        if isinstance(value, ast.AST):
            yield field
            yield from self.tokens(value, module, own)
        elif isinstance(value, list):
            items = [item for item in value if not (isinstance(item, ast.AST) and _is_idle(item))]
            yield f"{field}:{len(items)}"
            for item in items:
                yield from (
                    self.tokens(item, module, own) if isinstance(item, ast.AST) else [repr(item)]
                )
        else:
            yield f"{field}={value!r}"

    def _resolved(
        self, node: ast.Name | ast.Attribute, module: Module, own: frozenset[str]
    ) -> Token | None:
        """What a name, or an attribute of a module, stands for; None where it is no such thing."""
        dotted = _dotted(node)
        if dotted is None or dotted[0] in own or not isinstance(node.ctx, ast.Load):
            return None
        first, *rest = dotted
        if first in module.bound:
            return None if rest else Name(module.name, first)
        if first not in module.aliases:
            return None
        return self._followed(".".join((module.aliases[first], *rest)))

    def _followed(self, dotted: str) -> Token | None:
        """What a dotted name stands for, through modules that pass it on; as it is if of others."""
        for _ in range(len(self.modules)):
            home, _, name = dotted.rpartition(".")
            if home not in self.modules:
                break
            if name in self.modules[home].bound:
                return Name(home, name)
            if name not in self.modules[home].aliases:
                return name
            dotted = self.modules[home].aliases[name]
        first = _first(dotted)
        return (
            dotted.rpartition(".")[2]
            if any(_first(one) == first for one in self.modules)
            else dotted
        )


def _dotted(node: ast.expr) -> tuple[str, ...] | None:
    """The parts of `a` or `a.b.c`; None for an attribute of anything else."""
    if isinstance(node, ast.Name):
        return (node.id,)
    if isinstance(node, ast.Attribute) and (before := _dotted(node.value)):
        return (*before, node.attr)
    return None
