"""What an author wrote: the tree of a `.policy` file, the same for every spelling and every layout.

Two trees are equal when they say the same; spans take no part in it, comments do. Names are kept as the author wrote them
(after NFKC), so a label and its identifier are different names here; `check` resolves both to one thing.
"""

from __future__ import annotations

import datetime
from decimal import Decimal

import attrs
from attrs import field

from policy.source import Span

NOWHERE: Span = (0, 0)


def _span() -> Span:
    return field(default=NOWHERE, eq=False, repr=False, kw_only=True)


@attrs.frozen
class Comments:
    """Comments of an item, without their `#`: on lines `before` it, `after` it on its last line, and `last` inside its `end`."""

    before: tuple[str, ...] = ()
    after: str = ""
    last: tuple[str, ...] = ()


NO_COMMENTS = Comments()


def _comments() -> Comments:
    return field(default=NO_COMMENTS, kw_only=True, repr=False)


@attrs.frozen
class Name:
    """A name as written: of a variable, parameter, enum member, entity …"""

    text: str
    span: Span = _span()


@attrs.frozen
class Label:
    """The quoted label of a declaration; a name too."""

    text: str
    span: Span = _span()


# --- citations -------------------------------------------------------------------------------------------------------


@attrs.frozen
class Citation:
    """`第十一条第一款第(二)项`, `《文件》第三条`, or a text (`article` is None) that names another source.

    `suffix` is the number in `第二十条之一`. `document` None is the pack's own regulation.
    """

    article: int | None
    paragraph: int | None = None
    item: int | None = None
    suffix: int | None = None
    document: str | None = None
    text: str | None = None
    span: Span = _span()


# --- expressions -----------------------------------------------------------------------------------------------------


@attrs.frozen
class Literal:
    """A text, whole number, decimal number, date or truth value."""

    value: str | int | Decimal | datetime.date | bool = field(eq=lambda v: (type(v).__name__, v))
    span: Span = _span()


@attrs.frozen
class Duration:
    """`30 days`, `三个月`: `unit` is a key of `keywords.UNITS`."""

    amount: int
    unit: str
    span: Span = _span()


@attrs.frozen
class MonthDayLiteral:
    """`03-31`, `3月31日`."""

    month: int
    day: int
    span: Span = _span()


@attrs.frozen
class AsOf:
    """`as_of`, the day as of which the data are judged."""

    span: Span = _span()


@attrs.frozen
class Member:
    """`base.name`: a step of a path."""

    base: Expr
    name: str
    span: Span = _span()
    name_span: Span = _span()


@attrs.frozen
class Call:
    """`name(arguments)`: a definition, a built-in function or one from a plug-in."""

    name: str
    arguments: tuple[Expr, ...]
    span: Span = _span()
    name_span: Span = _span()


@attrs.frozen
class Not:
    operand: Expr
    span: Span = _span()


@attrs.frozen
class Logic:
    """`operator` is `and` or `or`; two operands or more. An operand of the same operator was in parentheses."""

    operator: str
    operands: tuple[Expr, ...]
    span: Span = _span()


@attrs.frozen
class Compare:
    """`operator`: is, is_not, before, after, no_later_than, no_earlier_than, lt, le, gt, ge."""

    operator: str
    left: Expr
    right: Expr
    span: Span = _span()


@attrs.frozen
class IsMissing:
    operand: Expr
    span: Span = _span()


@attrs.frozen
class IsFilled:
    operand: Expr
    span: Span = _span()


@attrs.frozen
class In:
    operand: Expr
    options: tuple[Expr, ...]
    span: Span = _span()


@attrs.frozen
class Between:
    operand: Expr
    low: Expr
    high: Expr
    span: Span = _span()


@attrs.frozen
class If:
    condition: Expr
    then: Expr
    otherwise: Expr
    span: Span = _span()


@attrs.frozen
class Arithmetic:
    """`operator`: add, sub, mul."""

    operator: str
    left: Expr
    right: Expr
    span: Span = _span()


@attrs.frozen
class Negate:
    operand: Expr
    span: Span = _span()


@attrs.frozen
class Shift:
    """`1 month after X`, `X 后 1个月`, `X plus period`: `direction` is `after` or `before`."""

    base: Expr
    period: Expr
    direction: str
    span: Span = _span()


@attrs.frozen
class Violations:
    """`violations of R1, R2`; `rules` None is `all rules`: all that do not depend on violations themselves."""

    rules: tuple[Name, ...] | None
    span: Span = _span()


@attrs.frozen
class Binder:
    """A variable that ranges over the rows of an entity, the members of an enum (`source` a Name), or violations.

    Without an alias it is called by its source's name (`violation` for violations).
    """

    source: Name | Violations
    alias: Name | None = None
    span: Span = _span()


@attrs.frozen
class YearBinder:
    """`year as y from A to B`, both ends included."""

    alias: Name
    first: Expr
    last: Expr
    span: Span = _span()


@attrs.frozen
class Quantifier:
    """`exists E such that C`, `no E such that C`, `every E where F such that C`; only `every` has a `where`."""

    kind: str
    binder: Binder
    where: Expr | None
    such_that: Expr | None
    span: Span = _span()


@attrs.frozen
class Count:
    """`count E such that C`."""

    binder: Binder
    such_that: Expr | None
    span: Span = _span()


@attrs.frozen
class Aggregate:
    """`sum of V over E such that C`; `kind` is sum, min or max."""

    kind: str
    value: Expr
    binder: Binder
    such_that: Expr | None
    span: Span = _span()


@attrs.frozen
class Pick:
    """`earliest E [by D] such that C`: a row; `kind` is earliest or latest. Without `by` the entity's `occurs` day decides."""

    kind: str
    binder: Binder
    by: Expr | None
    such_that: Expr | None
    span: Span = _span()


@attrs.frozen
class Nearest:
    """`nearest E [as v] from X via field such that C`: X or the first row up the chain of `field` for which C holds."""

    binder: Binder
    start: Expr
    via: Name
    such_that: Expr
    span: Span = _span()


Expr = (
    Name | Literal | Duration | MonthDayLiteral | AsOf | Member | Call | Not | Logic | Compare | IsMissing | IsFilled | In
    | Between | If | Arithmetic | Negate | Shift | Quantifier | Count | Aggregate | Pick | Nearest
)  # fmt: skip


# --- declarations ----------------------------------------------------------------------------------------------------


@attrs.frozen
class Setting:
    """A line of a pack's header: title, regulation (str), effective (date), calendar (str), months, nonworking (str), due_soon (Duration)."""

    kind: str
    value: str | datetime.date | Duration
    span: Span = _span()
    comments: Comments = _comments()


@attrs.frozen
class BasisClause:
    citations: tuple[Citation, ...]
    span: Span = _span()
    comments: Comments = _comments()


@attrs.frozen
class ExtendsClause:
    """The pack that a variant is laid over, and which of its versions fit: `>=1.0 <2`."""

    name: Name
    versions: str
    span: Span = _span()
    comments: Comments = _comments()


@attrs.frozen
class PackHeader:
    name: Name
    version: str
    items: tuple[Setting | ExtendsClause | BasisClause | NoteClause, ...]
    span: Span = _span()
    comments: Comments = _comments()


@attrs.frozen
class TypeName:
    """The type of a field, parameter or argument. `kind`: text, int, number, date, bool, duration, month_day, ref, name.

    `name` is the entity of a `ref`, or the enum (of a field or parameter), or the entity or enum of an argument.
    """

    kind: str
    name: str | None = None
    span: Span = _span()


@attrs.frozen
class FieldDecl:
    """`flags`: a subset of key, optional, occurs, confidential, tree, secrecy, in this order."""

    name: Name
    type: TypeName
    flags: tuple[str, ...]
    label: Label | None = None
    span: Span = _span()
    comments: Comments = _comments()


@attrs.frozen
class EntityDecl:
    name: Name
    label: Label | None
    fields: tuple[FieldDecl, ...]
    span: Span = _span()
    comments: Comments = _comments()


@attrs.frozen
class MemberDecl:
    name: Name
    label: Label | None = None
    span: Span = _span()
    comments: Comments = _comments()


@attrs.frozen
class EnumDecl:
    name: Name
    label: Label | None
    members: tuple[MemberDecl, ...]
    span: Span = _span()
    comments: Comments = _comments()


@attrs.frozen
class ParamDecl:
    """`low` and `high` are the bounds that a unit may choose from, both or neither."""

    name: Name
    label: Label | None
    type: TypeName
    value: Expr
    low: Expr | None
    high: Expr | None
    items: tuple[BasisClause | NoteClause, ...]
    span: Span = _span()
    comments: Comments = _comments()


@attrs.frozen
class Argument:
    name: Name
    type: TypeName
    label: Label | None = None
    span: Span = _span()


@attrs.frozen
class DefineDecl:
    name: Name
    label: Label | None
    arguments: tuple[Argument, ...]
    body: Expr
    items: tuple[BasisClause | NoteClause, ...]
    span: Span = _span()
    comments: Comments = _comments()


@attrs.frozen
class BearerClause:
    value: Expr
    span: Span = _span()
    comments: Comments = _comments()


@attrs.frozen
class ForEachClause:
    binders: tuple[Binder | YearBinder, ...]
    span: Span = _span()
    comments: Comments = _comments()


@attrs.frozen
class WhereClause:
    condition: Expr
    span: Span = _span()
    comments: Comments = _comments()


@attrs.frozen
class LetClause:
    name: Name
    value: Expr
    span: Span = _span()
    comments: Comments = _comments()


@attrs.frozen
class WhenClause:
    condition: Expr
    span: Span = _span()
    comments: Comments = _comments()


@attrs.frozen
class ExceptClause:
    condition: Expr
    citations: tuple[Citation, ...]
    span: Span = _span()
    comments: Comments = _comments()


@attrs.frozen
class DutyClause:
    """`kind`: must, must_not or may."""

    kind: str
    condition: Expr
    span: Span = _span()
    comments: Comments = _comments()


@attrs.frozen
class AttestClause:
    question: str
    office: str | None
    valid: Duration | None
    span: Span = _span()
    comments: Comments = _comments()


@attrs.frozen
class DueClause:
    """`months` (down, up, error) and `nonworking` (none, next_workday, previous_workday) differ from the pack's with a basis."""

    value: Expr
    months: str | None
    nonworking: str | None
    citations: tuple[Citation, ...]
    span: Span = _span()
    comments: Comments = _comments()


@attrs.frozen
class EffectiveClause:
    day: datetime.date
    span: Span = _span()
    comments: Comments = _comments()


@attrs.frozen
class OtherwiseClause:
    """`severity`: fail, warn or advise."""

    severity: str
    message: str
    span: Span = _span()
    comments: Comments = _comments()
    message_span: Span = _span()


@attrs.frozen
class RemedyClause:
    text: str
    span: Span = _span()
    comments: Comments = _comments()


@attrs.frozen
class NoteClause:
    text: str
    span: Span = _span()
    comments: Comments = _comments()


@attrs.frozen
class FinalClause:
    span: Span = _span()
    comments: Comments = _comments()


@attrs.frozen
class InForceClause:
    """The days, both included, as of which something counts; None: no end on that side, but not on both."""

    first: datetime.date | None
    last: datetime.date | None
    span: Span = _span()
    comments: Comments = _comments()


Clause = (
    BasisClause | BearerClause | ForEachClause | WhereClause | LetClause | WhenClause | ExceptClause | DutyClause
    | AttestClause | DueClause | EffectiveClause | OtherwiseClause | RemedyClause | NoteClause | FinalClause | InForceClause
)  # fmt: skip


@attrs.frozen
class RuleDecl:
    """A rule with its clauses in the order they were written."""

    id: Name
    title: Label | None
    clauses: tuple[Clause, ...]
    span: Span = _span()
    comments: Comments = _comments()


@attrs.frozen
class BecauseClause:
    text: str
    span: Span = _span()
    comments: Comments = _comments()


@attrs.frozen
class NoRuleDecl:
    """Why places of the pack's own regulation have no rule; `items` should be a single reason."""

    citations: tuple[Citation, ...]
    items: tuple[BecauseClause, ...]
    span: Span = _span()
    comments: Comments = _comments()


# --- what a variant changes


@attrs.frozen
class SeverityClause:
    """`otherwise warn` without a message: the severity changes, the message stays."""

    severity: str
    span: Span = _span()
    comments: Comments = _comments()


@attrs.frozen
class AlsoClause:
    """A clause that comes to those of the base, instead of taking their place."""

    clause: Clause
    span: Span = _span()
    comments: Comments = _comments()


Change = BasisClause | NoteClause | InForceClause
"""On what basis, why and how long something is changed."""


@attrs.frozen
class SetDecl:
    """Another default for a parameter of the base."""

    name: Name
    value: Expr
    items: tuple[Change, ...]
    span: Span = _span()
    comments: Comments = _comments()


@attrs.frozen
class DisableDecl:
    """Rules of the base that do not count."""

    rules: tuple[Name, ...]
    items: tuple[Change, ...]
    span: Span = _span()
    comments: Comments = _comments()


@attrs.frozen
class OverrideDecl:
    """Clauses that take the place of those of the same kind in rules of the base; its `basis` is that of the change."""

    rules: tuple[Name, ...]
    title: Label | None
    clauses: tuple[Clause | SeverityClause | AlsoClause, ...]
    span: Span = _span()
    comments: Comments = _comments()


@attrs.frozen
class ExtendEntityDecl:
    """Fields that an entity of the base has besides."""

    entity: Name
    items: tuple[FieldDecl | BasisClause | NoteClause, ...]
    span: Span = _span()
    comments: Comments = _comments()


@attrs.frozen
class ExtendEnumDecl:
    """Members that an enum of the base has besides."""

    enum: Name
    items: tuple[MemberDecl | BasisClause | NoteClause, ...]
    span: Span = _span()
    comments: Comments = _comments()


# --- cases and files -------------------------------------------------------------------------------------------------


@attrs.frozen
class Cell:
    """A cell of a case's table: its text, stripped."""

    text: str
    span: Span = _span()


@attrs.frozen
class CaseTable:
    """Rows given for an entity. Every row has as many cells as there are columns."""

    entity: Name
    columns: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    span: Span = _span()
    comments: Comments = _comments()


@attrs.frozen
class CaseSetting:
    """`set name = value`: a parameter for this case."""

    name: Name
    value: Expr
    span: Span = _span()
    comments: Comments = _comments()


@attrs.frozen
class Expectation:
    """What a rule is expected to say of a subject (the keys of its binders, in their order).

    `status` is a status of `outcome.STATUSES`, or `absent`: no outcome at all. `bearer` is the key of who owes it.
    """

    rule: Name
    subject: tuple[Name, ...]
    status: str
    due: datetime.date | None = None
    fulfilled: datetime.date | None = None
    bearer: Name | None = None
    severity: str | None = None
    span: Span = _span()
    comments: Comments = _comments()


@attrs.frozen
class CaseDecl:
    title: Label
    as_of: datetime.date
    items: tuple[CaseSetting | CaseTable | Expectation, ...]
    span: Span = _span()
    comments: Comments = _comments()


Declaration = (
    PackHeader | EntityDecl | EnumDecl | ParamDecl | DefineDecl | RuleDecl | NoRuleDecl | CaseDecl
    | SetDecl | DisableDecl | OverrideDecl | ExtendEntityDecl | ExtendEnumDecl
)  # fmt: skip


@attrs.frozen
class File:
    """The declarations of one file in their order. `language` (`zh` or `en`) is that of most of its keywords.

    `whole` if everything that rules build on could be read: syntax errors, if any, stand in rules and cases only.
    """

    declarations: tuple[Declaration, ...]
    language: str = field(default="zh", eq=False)
    comments: Comments = _comments()
    whole: bool = field(default=True, eq=False)
