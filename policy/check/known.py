"""What a pack has declared, as far as the check has come: what names in expressions can mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import attrs

from policy.check.citations import Basis
from policy.check.names import Names
from policy.check.page import Page
from policy.lang import ast, ir
from policy.lang.ops import FUNCTIONS, Function
from policy.lang.schema import Entity, Enum, Field, Member
from policy.lang.types import ANY_REF, DATE, TEXT, Type, enum_type, ref_type

__all__ = ["UNDER", "VIOLATION", "VIOLATION_FIELDS", "VIOLATION_NAMES", "DefinitionSignature", "Known", "RuleSignature"]

UNDER = "under"
VIOLATION = ref_type("violation")
VIOLATION_NAMES = ("violation", "违反记录")

_STATUS = Enum("violation.status", None, (Member("violated", "不合规"), Member("late", "逾期完成")))
_SEVERITY = Enum("violation.severity", None, (Member("fail", "不合规"), Member("warn", "警告"), Member("advise", "提示")))

VIOLATION_FIELDS: dict[str, tuple[str, Type]] = {
    name: (fields[0], type)
    for *fields, type in (
        ("rule", "规则", TEXT),
        ("status", "状态", enum_type(_STATUS.name)),
        ("severity", "严重程度", enum_type(_SEVERITY.name)),
        ("bearer", "责任主体", ANY_REF),
        ("due", "期限", DATE),
    )
    for name in fields
}
"""The fields of a violation by identifier and label: identifier and type."""


@attrs.frozen(eq=False)
class RuleSignature:
    """What other rules may ask of a rule: its binders, by every name, with the variable and its type."""

    declaration: ast.RuleDecl
    binders: dict[str, tuple[str, Type]]


@attrs.define(eq=False)
class DefinitionSignature:
    """A definition: its arguments, and once it is checked its meaning, the rules it reads violations of, and its depth."""

    declaration: ast.DefineDecl
    arguments: tuple[tuple[str, Type], ...]
    basis: Basis
    note: str
    definition: ir.Definition | None = None
    depends: tuple[str, ...] = ()
    height: int = 0


def _functions(plugins: Mapping[str, Function]) -> dict[str, Function]:
    return {name: function for function in plugins.values() for name in (function.name, function.label) if name is not None}


@attrs.define(eq=False)
class Known:
    """The names of a pack. `types` has entities and enums, `functions` what is built in and the pack's definitions.

    `fields` and `members` are the scopes inside of entities and enums, by identifier. `all_rules` gives the rules that do not
    depend on violations. `rules_missing` if there are rules that could not be read; `idle` are rules that are disabled or not in force.
    `elsewhere` are the pages of the clauses, fields and members (by their `id`) that a variant has put into a declaration of its base.
    """

    types: Names[Entity | Enum]
    fields: dict[str, Names[Field]]
    members: dict[str, Names[Member]]
    parameters: Names[ir.Parameter]
    plugins: Mapping[str, Function] = attrs.field(factory=dict, converter=_functions)
    functions: Names[Function | DefinitionSignature | str] = attrs.field(
        factory=lambda: Names(
            [(name, function) for function in FUNCTIONS.values() for name in (function.name, function.label)]
            + [(UNDER, UNDER), ("隶属于", UNDER)]
        )
    )
    rules: dict[str, RuleSignature] = attrs.field(factory=dict)
    idle: frozenset[str] = frozenset()
    elsewhere: dict[int, Page] = attrs.field(factory=dict)
    all_rules: Callable[[], tuple[str, ...]] = tuple
    rules_missing: bool = False

    def enum_members(self, enum: str) -> Names[Member]:
        """The members of an enum of the pack or of the engine."""
        return self.members.get(enum) or _ENGINE_MEMBERS[enum]

    def called(self, name: str, language: str) -> str:
        """What authors of a language call an entity or enum: by its label in Chinese, if it has one."""
        found = self.types.get(name)
        return found.label if found is not None and found.label and language == "zh" else name

    def entities(self) -> list[str]:
        """What entities are called."""
        return [name for name in self.types if self.entity(name)]

    def entity(self, name: str) -> Entity | None:
        """The entity called `name`; None for an enum and for an unknown name."""
        found = self.types.get(name)
        return found if isinstance(found, Entity) else None


_ENGINE_MEMBERS: dict[str, Names[Member]] = {
    enum.name: Names((name, member) for member in enum.members for name in (member.name, member.label))
    for enum in (_STATUS, _SEVERITY)
}
