"""The entities and enums of a pack: their names, and the types of their fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from policy.check.known import VIOLATION_NAMES, Known
from policy.check.names import Names, listed, suggestion
from policy.check.page import Help, Page
from policy.check.typer import POISON
from policy.lang import ast, ir
from policy.lang.keywords import KEYWORDS
from policy.lang.schema import ATTESTATION, WAIVER, Entity, Enum, Field, Member, Vocabulary
from policy.lang.secrecy import LEVELS
from policy.lang.types import BOOL, DATE, INT, MONTH_DAY, NUMBER, TEXT, Type, enum_type, ref_type

__all__ = ["PLAIN", "argument_type", "declare", "find_entity", "known_of", "named_type"]

PLAIN = {"text": TEXT, "int": INT, "number": NUMBER, "date": DATE, "bool": BOOL, "month_day": MONTH_DAY}
"""The types that have no name of their own."""

_RESERVED = (*VIOLATION_NAMES, "year", "年度")
_TYPE_KEYWORDS = ("TEXT", "INT", "NUMBER_TYPE", "DATE_TYPE", "BOOL", "DURATION_TYPE", "MONTH_DAY_TYPE")
_BUILT_IN = (ATTESTATION, WAIVER)


def known_of(vocabulary: Vocabulary, parameters: Iterable[ir.Parameter]) -> Known:
    """The names of a vocabulary and of parameters that were checked before."""
    types = (*vocabulary.entities.values(), *vocabulary.enums.values())
    return Known(
        Names((name, type) for type in types for name in (type.name, type.label)),
        {entity.name: _parts(entity.fields) for entity in vocabulary.entities.values()},
        {enum.name: _parts(enum.members) for enum in vocabulary.enums.values()},
        Names((name, parameter) for parameter in parameters for name in (parameter.name, parameter.label)),
    )


def _parts(parts: Iterable) -> Names:
    return Names((name, part) for part in parts for name in (part.name, part.label))


def declare(known: Known, declarations: Sequence[tuple[Page, ast.EntityDecl | ast.EnumDecl]]) -> Vocabulary:
    """The vocabulary that these declarations make, with the engine's own entities; their names are entered into `known`."""
    vocabulary = Vocabulary({}, {})
    shared = _shared_labels(declaration for _, declaration in declarations)
    stubs = [(page, declaration, *_stub(known, page, declaration, shared)) for page, declaration in declarations]
    for page, declaration, stub, fresh in stubs:
        part = _entity(known, page, declaration) if isinstance(stub, Entity) else _enum(known, page, declaration)
        if fresh:
            known.types.replace(stub, part, (part.name, part.label))
            (vocabulary.entities if isinstance(part, Entity) else vocabulary.enums)[part.name] = part
    members = {one.name.text: one.members for _, one in declarations if isinstance(one, ast.EnumDecl)}
    for page, declaration, _, _ in stubs:
        if isinstance(declaration, ast.EntityDecl):
            _check_shared(known, page, declaration, members)
    for entity in _BUILT_IN:
        vocabulary.entities[entity.name] = entity
    return vocabulary


def _shared_labels(declarations: Iterable[ast.EntityDecl | ast.EnumDecl]) -> set[str]:
    """The labels that several enums have (类别, 状态): what a column is called is often not unique, and then it names none."""
    enums = (declaration for declaration in declarations if isinstance(declaration, ast.EnumDecl))
    labels = Counter(enum.label.text for enum in enums if enum.label)
    return {label for label, count in labels.items() if count > 1}


def _stub(known: Known, page: Page, declaration: ast.EntityDecl | ast.EnumDecl, shared: set[str]) -> tuple[Entity | Enum, bool]:
    """What stands for an entity or enum until its parts are known, and whether its name is its own."""
    stub = (Entity if isinstance(declaration, ast.EntityDecl) else Enum)(declaration.name.text, None, ())
    for name in (declaration.name, declaration.label):
        if name is not None and name.text in _RESERVED:
            page.refuse("C011", name.span, ("another_name", {}), name=name.text)
    label = None if declaration.label and declaration.label.text in shared else declaration.label
    return stub, known.types.declare(stub, page, declaration.name, label)


# --- enums -----------------------------------------------------------------------------------------------------------


def _enum(known: Known, page: Page, declaration: ast.EnumDecl) -> Enum:
    scope: Names[Member] = Names()
    members = []
    for part in declaration.members:
        member = Member(part.name.text, part.label and part.label.text)
        if scope.declare(member, known.elsewhere.get(id(part), page), part.name, part.label):
            members.append(member)
    if not members:
        page.refuse("C023", declaration.name.span, name=declaration.name.text)
    known.members.setdefault(declaration.name.text, scope)
    return Enum(declaration.name.text, declaration.label and declaration.label.text, tuple(members))


# --- entities --------------------------------------------------------------------------------------------------------


def _entity(known: Known, page: Page, declaration: ast.EntityDecl) -> Entity:
    scope: Names[Field] = Names()
    fields: list[Field] = []
    for part in declaration.fields:
        where = known.elsewhere.get(id(part), page)
        field = _field(known, where, declaration, part, len(fields))
        if scope.declare(field, where, part.name, part.label):
            fields.append(field)
    _single(known, page, declaration, "key", "C017")
    _single(known, page, declaration, "occurs", "C019")
    if not any(field.key for field in fields):
        page.refuse("C016", declaration.name.span, ("mark_key", {}), name=declaration.name.text)
    known.fields.setdefault(declaration.name.text, scope)
    return Entity(declaration.name.text, declaration.label and declaration.label.text, tuple(fields))


def _single(known: Known, page: Page, declaration: ast.EntityDecl, flag: str, code: str) -> None:
    """Refuse a second field with a flag that only one may have."""
    flagged = [(known.elsewhere.get(id(part), page), part) for part in declaration.fields if flag in part.flags]
    for where, part in flagged[1:]:
        place, first = flagged[0]
        where.refuse(code, part.name.span, related=(place, first.name.span, "first"), entity=declaration.name.text)


def _check_shared(known: Known, page: Page, declaration: ast.EntityDecl, members: Mapping[str, Sequence[ast.MemberDecl]]) -> None:
    """What can be said of fields only when every enum, with its `members`, is known: marks of secrecy are levels."""
    for part in declaration.fields:
        if "secrecy" not in part.flags:
            continue
        where, place = known.elsewhere.get(id(part), page), part.name
        enum = known.types.get(part.type.name or "")
        if not isinstance(enum, Enum):
            where.refuse("C027", place.span, ("levels", {"names": listed(LEVELS)}), name=part.name.text)
            continue
        strange = next((member for member in members[enum.name] if member.name.text not in LEVELS), None)
        if strange is None:
            continue
        if id(strange) in known.elsewhere:  # a variant that adds it is told of it there
            where, place = known.elsewhere[id(strange)], strange.name
        where.refuse("C028", place.span, ("levels", {"names": listed(LEVELS)}), name=part.name.text, member=strange.name.text)


def _field(known: Known, page: Page, owner: ast.EntityDecl, part: ast.FieldDecl, index: int) -> Field:
    type = _field_type(known, page, part.type)
    flags = {flag: True for flag in part.flags}
    if "key" in flags and (type not in (TEXT, POISON) or "optional" in flags):
        page.refuse("C018", part.name.span, name=part.name.text)
    if "occurs" in flags and type not in (DATE, POISON):
        page.refuse("C020", part.name.span, name=part.name.text)
    shown = next((flag for flag in ("key", "occurs") if flag in flags), "ref" if type.is_ref else None)
    if "confidential" in flags and shown:
        page.refuse("C029", part.name.span, ("hide_name", {}), name=part.name.text, flag=f"@keyword:{shown.upper()}")
    if "tree" in flags and type not in (ref_type(owner.name.text), POISON):
        page.refuse("C021", part.name.span, name=part.name.text, entity=owner.name.text)
    return Field(part.name.text, part.label and part.label.text, type, index, **flags)


def _field_type(known: Known, page: Page, type: ast.TypeName) -> Type:
    if type.kind in ("duration", "month_day"):
        page.refuse("C022", type.span, type=f"@{type.kind}_type")
        return POISON
    found = argument_type(known, page, type)
    if type.kind == "name" and found.is_ref:
        page.refuse("C025", type.span, ("write_ref", {"name": type.name}), name=type.name)
        return POISON
    return found


def argument_type(known: Known, page: Page, type: ast.TypeName) -> Type:
    """The type that is written; an entity's name is the type of its rows."""
    if type.kind in PLAIN:
        return PLAIN[type.kind]
    found = known.types.get(type.name)
    if found is None:
        _unknown_type(known, page, type)
        return POISON
    return named_type(page, type, found)


def find_entity(known: Known, page: Page, name: ast.Name, help: Help | None = None) -> Entity | None:
    """The entity of that name; None, and a mistake, when there is none; `help` is what to do with an enum."""
    found = known.types.get(name.text)
    if found is None:
        page.refuse("C002", name.span, suggestion(name.text, known.entities()), name=name.text)
    elif isinstance(found, Enum):
        page.refuse("C009", name.span, help, name=name.text)
    else:
        return found
    return None


def _unknown_type(known: Known, page: Page, type: ast.TypeName) -> None:
    if type.kind == "ref":
        page.refuse("C002", type.span, suggestion(type.name, known.entities()), name=type.name)
    else:
        plain = [spelling for terminal in _TYPE_KEYWORDS for one in KEYWORDS[terminal].values() for spelling in one]
        page.refuse("C003", type.span, suggestion(type.name, [*known.types, *plain]), name=type.name)


def named_type(page: Page, type: ast.TypeName, found: Entity | Enum) -> Type:
    """The type named by an entity or enum; after `ref` it has to be an entity."""
    if isinstance(found, Entity):
        return ref_type(found.name)
    if type.kind == "ref":
        page.refuse("C009", type.span, ("enum_field", {"name": type.name}), name=type.name)
        return POISON
    return enum_type(found.name)
