"""What a unit's ledger means: which columns it has, by whatever names, and which rows of which tables a row of it gives."""

from __future__ import annotations

from policy.lang.noun import noun

__all__ = ["SPLIT", "Choice", "Lookup", "LedgerColumn", "Mapping", "Origins", "Phrase", "Template"]

SPLIT = "分行数"
"""The column that every ledger has: into how many rows its row was split."""


@noun
class LedgerColumn:
    """A column of a ledger. `headers` are what it may be called, each a path of headings from the group down (`谈话后｜整改措施`).

    `parts` is a pattern whose named groups are columns of their own, called `column.group`; `separators` stand between several
    values in one cell. Without a `required` column, and without a cell in it, there is nothing to read; an `optional` one is not
    missed where it is not there.
    """

    name: str
    headers: tuple[tuple[str, ...], ...]
    required: bool = False
    optional: bool = False
    parts: str = ""
    separators: str = ""


@noun
class Origins:
    """Where a value comes from: a `column` (or a part of one), a `label` that stands above or below the table (`填报单位：…`), a
    `constant`, or the key of the row that the template `row` gives.

    `translations` are pairs of a text, folded, and what it means; `phrase` names what finds the value in free text; `first` takes
    the first of several days.
    """

    column: str | None = None
    label: str | None = None
    constant: str | None = None
    row: str | None = None
    translations: tuple[tuple[str, str], ...] = ()
    phrase: str | None = None
    first: bool = False


@noun
class Template:
    """A row of `entity` that a row of the ledger gives.

    Its key is made of `made_of` (columns and rows) or has a column of its own, and stands in `key` in the place of `{0}`; names
    of templates in it stand for their keys. With `each` there is one for each value in the cell of that column, numbered `{#}`.

    It is there if a column says anything of it, if all cells of `when` say something but no, and all of `unless` nothing; with
    `new` whenever the template of that name has just added a row. `find` looks for a row of this name first: `add` adds it where
    there is none, `refuse` only where there is no table of them at all; `within` is the template of the row that tells namesakes
    apart. With `once` there is one row of a key.
    """

    name: str
    entity: str
    values: tuple[tuple[str, tuple[Origins, ...]], ...]
    key: str = "{0}"
    made_of: tuple[str, ...] = ()
    key_column: str | None = None
    each: str | None = None
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    new: str | None = None
    find: str | None = None
    within: str | None = None
    once: bool = False


@noun
class Choice:
    """What a phrase means, by field, if a part of it has the pattern `has` but not `lacks`, and the whole has `whole`."""

    has: str
    lacks: str
    whole: str
    means: tuple[tuple[str, str], ...]


@noun
class Phrase:
    """Free text that says values: cut at `separators`, without the parts that have the pattern `skip`.

    The first choice that holds says what it means, else `otherwise` does.
    """

    name: str
    separators: str
    skip: str
    choices: tuple[Choice, ...]
    otherwise: tuple[tuple[str, str], ...] = ()


@noun
class Lookup:
    """How rows of an entity are found by the field `name`, without what the pattern `omit` finds in names.

    With a `parent` the names of those above may stand before it. `by` is an entity that says which row is where.
    """

    entity: str
    name: str
    omit: str = ""
    parent: str | None = None
    by: str | None = None


@noun
class Mapping:
    """What a kind of sheet means. All texts are patterns where they are called so.

    `file` is where it was read. Mappings of a lower `order` come first, as later ones find what these give. `skip` and `stop` are
    patterns of the first cell of rows that are none, and of the row that ends the table. `carry` are groups of columns that take
    the cells above where the first of the group is empty; `split` are columns of which the first, where its cell holds several
    values, makes several rows of one. `unused` are headers that are known to have no use, and `codes` translations by enum.
    `form` are the headers of an empty one to fill in, in their order.
    """

    name: str
    file: str
    order: int
    columns: dict[str, LedgerColumn]
    templates: tuple[Template, ...]
    skip: str = ""
    stop: str = ""
    carry: tuple[tuple[str, ...], ...] = ()
    split: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    codes: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    phrases: tuple[Phrase, ...] = ()
    lookups: tuple[Lookup, ...] = ()
    form: tuple[tuple[str, ...], ...] = ()

    def column_under(self, header: tuple[str, ...]) -> LedgerColumn | None:
        """The column that has just this header, in whatever further groups; None where there is none."""
        return next((column for column in self.columns.values() if any(header[-len(one) :] == one for one in column.headers)), None)
