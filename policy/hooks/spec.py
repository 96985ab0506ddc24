"""The hooks a plug-in may implement, and the things they hand over.

A plug-in is a module named by an entry point of the group `policy`. It imports `policy.hooks.spec` (for `hookimpl`) and
`policy.lang`, nothing else of this program.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Protocol

import pluggy

from policy.lang.data_report import DataReport
from policy.lang.dates import Calendar
from policy.lang.noun import noun
from policy.lang.ops import Function
from policy.lang.report import Report
from policy.lang.table import RawTable

if TYPE_CHECKING:
    from policy.lang.url import Url

__all__ = [
    "PROJECT", "Calendar", "DataReport", "DataReporter", "Database", "Document", "Function", "Hooks", "Look", "RawTable", "Report", "Reporter",
    "Sample", "Scale", "Source", "SourceError", "hookimpl",
]  # fmt: skip

PROJECT = "policy"
_hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


class SourceError(Exception):
    """A location that cannot be read: `code` is an entry of `policy.messages.MESSAGES`, `arguments` fill it."""

    def __init__(self, code: str, location: str, **arguments: str) -> None:
        super().__init__(code, location)
        self.code = code
        self.location = location
        self.arguments = arguments


class Source(Protocol):
    """Reads tables from files."""

    name: str
    suffixes: tuple[str, ...]
    """Endings of file names that it reads, with the dot, in lower case; of two that fit the longer one counts."""

    def read(self, path: Path) -> Iterable[RawTable]:
        """The tables of a file. Raises SourceError when it cannot be read at all; what is wrong with a cell is judged later."""


class Database(Protocol):
    """Reads tables from what a URL names: a database, a service."""

    name: str
    schemes: tuple[str, ...]
    """What the URLs that it reads begin with, without a driver (`+…`) and `://`, in lower case."""

    def read(self, url: Url) -> Iterable[RawTable]:
        """The tables at a URL, of which `str(url)` may be shown. Raises SourceError when they cannot be read at all."""


class Reporter(Protocol):
    """Writes a report in a format. One whose bytes are no text has `binary = True`, so that nobody gets them on a terminal.

    One that looks at all outcomes has `every_outcome = True`; without it those that are no problems may only be counted (`Report.tally`).
    One that fills in a template has `template(language)`, which gives the one that ships as a Document; `report.notice_template` is the user's.
    """

    name: str
    """What `-o` calls it.

    It may have a `mask`, too, one of `policy.lang.report.MASKS`: how much is hidden from it unless the user says otherwise; `none` where it has not.
    """

    def write(self, report: Report, stream: BinaryIO, *, colour: bool) -> None:
        """Write the whole report; `colour` is true where the stream is a terminal that shows colours.

        Raises SourceError where something that it needs is not installed.
        """


class Document(NamedTuple):
    """A file that a data report makes. `title` tells it from others of the same report; its `suffix` has a dot."""

    title: str
    suffix: str
    content: bytes


class DataReporter(Protocol):
    """Writes what is wrong with the data, for whoever mends them."""

    name: str
    """What `--data-report` calls it."""

    def documents(self, report: DataReport) -> Iterable[Document]:
        """The files of the report; mostly one, or one for each workbook."""


@noun
class Look:
    """Another way to look at a sample that is worth showing: the day, the rules and the parameters that `policy check` is given."""

    titles: tuple[str, str]
    """In Chinese and in English."""
    as_of: datetime.date
    select: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    """As `--set` takes them."""


@noun
class Scale:
    """A sample in another size or form, written by the plug-in because it is too large to be handed over as rows.

    `write(seed, folder, form)` writes a file for each entity into an empty folder and gives each as it is finished; `form` is one of `forms`,
    the endings of the files' names, the usual one first. Tables and columns are called by identifier. Raises SourceError when it cannot.
    """

    name: str
    title: str
    forms: tuple[str, ...]
    write: Callable[[int, Path, str], Iterable[Path]]
    as_of: datetime.date | None = None
    """The day as of which it is worth looking at (None: any)."""


@noun
class Sample:
    """A data set that a plug-in makes for a pack: `make(seed)` gives its tables, by entity identifier: header and rows.

    `as_of` is the day as of which it is worth looking at (None: any), `looks` are others for the demo to show. `scales` are its sizes; one
    called like the sample is the sample itself in further forms.
    """

    pack: str
    name: str
    title: str
    make: Callable[[int], Mapping[str, tuple[Sequence[str], Sequence[Sequence[object]]]]]
    as_of: datetime.date | None = None
    looks: tuple[Look, ...] = ()
    scales: tuple[Scale, ...] = ()


class Hooks:
    """Every hook; each plug-in implements those it needs."""

    @_hookspec
    def policy_sources(self) -> Sequence[Source]:
        """Readers of files."""

    @_hookspec
    def policy_databases(self) -> Sequence[Database]:
        """Readers of URLs."""

    @_hookspec
    def policy_reporters(self) -> Sequence[Reporter]:
        """Writers of reports."""

    @_hookspec
    def policy_data_reporters(self) -> Sequence[DataReporter]:
        """Writers of what is wrong with the data."""

    @_hookspec
    def policy_functions(self) -> Sequence[Function]:
        """Functions for rules, with their types. Pure, total and fast: None where they have no answer."""

    @_hookspec
    def policy_calendars(self) -> Mapping[str, Callable[[], Calendar]]:
        """Calendars by the name that a pack's header gives, made when first used."""

    @_hookspec
    def policy_packs(self) -> Mapping[str, Path]:
        """Rule packs by id, each the folder of its files."""

    @_hookspec
    def policy_samples(self) -> Sequence[Sample]:
        """Data sets to try a pack on."""
