"""The order of the steps, known nowhere else: packs, data and outcomes, made by the rooms that know how."""

from __future__ import annotations

import gc
import io
import os
import sys
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import attrs

from policy import __version__
from policy.diagnostic import Diagnostic
from policy.hooks.spec import SourceError
from policy.lang.facts import Problem
from policy.lang.keywords import KEYWORDS, status_word
from policy.lang.outcome import PROBLEMS, STATUSES
from policy.lang.secrecy import ORDINARY, higher, highest
from policy.near import nearest
from policy.source import Source, Span

if TYPE_CHECKING:
    import datetime

    from policy.hooks.manager import Failure, Plugins
    from policy.hooks.spec import Reporter
    from policy.hooks.spec import Source as Reader
    from policy.lang import ast, ir
    from policy.lang.dates import Calendar
    from policy.lang.document import Written
    from policy.lang.facts import Facts
    from policy.lang.outcome import Judgement, Outcome
    from policy.lang.report import Decision, Report
    from policy.lang.table import RawTable
    from policy.lang.unit import Unit
    from policy.load import Mark

# what is made here is tuples: a class of attrs takes half a millisecond of every start

__all__ = [
    "UNIT_FILE", "CaseResult", "DataErrors", "LoadedPack", "PluginError", "Reading", "Request", "SecrecyError", "check", "document",
    "find_calendar", "find_pack", "find_rules", "format_text", "load_pack", "raised_at", "read", "read_unit", "read_waivers", "run_cases",
    "set_parameters", "unit_parameters", "write", "written",
]  # fmt: skip

UNIT_FILE = "policy.toml"
"""What the file of a unit is called, wherever it lies; it is never read as data."""

_EXTENDS = KEYWORDS["EXTENDS"]["zh"] + KEYWORDS["EXTENDS"]["en"]

_KEPT = 16
"""Packs kept in the cache; an author who saves often would fill the disk."""


class DataErrors(Exception):
    """The data cannot be judged: `problems` lists what is wrong with them, errors and remarks."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = tuple(problems)


class SecrecyError(Exception):
    """The data carry `marks` of secrecy above the `level` that is declared for this machine."""

    def __init__(self, marks: Sequence[Mark], level: str) -> None:
        super().__init__(f"{len(marks)} marks")
        self.marks = tuple(marks)
        self.level = level


class PluginError(Exception):
    """A plug-in failed at work: `failure` names it and says how."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure)
        self.failure = failure


class LoadedPack(NamedTuple):
    """A pack as loaded: the pack, or None and the mistakes that prevent it; and the sources of its rule files."""

    pack: ir.Pack | None
    diagnostics: tuple[Diagnostic, ...]
    sources: tuple[Source, ...]


class Reading(NamedTuple):
    """The tables found at some locations, and what was wrong there."""

    tables: tuple[RawTable, ...]
    problems: tuple[Problem, ...]


class Request(NamedTuple):
    """How to judge: `parameters` are those that were set, each with the decision; `rules` None means all.

    `secrecy` is the highest level that this machine may hold, `unit` the unit's file.
    """

    as_of: datetime.date
    calendar: Calendar
    language: str
    parameters: Mapping[str, tuple[ir.Value, Decision]] = MappingProxyType({})
    rules: Collection[str] | None = None
    extra: tuple[str, ...] = ()
    keep_going: bool = False
    all_outcomes: bool = False
    secrecy: str = ORDINARY
    unit: str | None = None


class CaseResult(NamedTuple):
    """A case and why it failed; it has passed when there is no failure."""

    case: ir.Case
    failures: tuple[Diagnostic, ...]


# --- plug-ins at work ------------------------------------------------------------------------------------------------

_ACCIDENTS = (Exception, SystemExit)


def raised_at(error: BaseException) -> str:
    """The file and the line where an error was raised."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    return f"{os.path.basename(place.tb_frame.f_code.co_filename)}:{place.tb_lineno}" if place else ""


@contextmanager
def _at_work(plugins: Plugins, hook: str, name: str, *allowed: type[Exception]) -> Iterator[None]:
    """Whatever the thing called `name` of a hook raises in the block, save what it may, becomes a PluginError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what libraries warn of quotes cells
            yield
    except (PluginError, *allowed):
        raise
    except _ACCIDENTS as error:
        raise PluginError(plugins.blame(hook, name, "P09", kind=type(error).__name__, where=raised_at(error))) from error


def _wrong(plugins: Plugins, hook: str, name: str, thing: object, wanted: str) -> PluginError:
    return PluginError(plugins.blame(hook, name, "P10", thing=type(thing).__name__, wanted=wanted))


def _shielded(name: str, call: Callable, plugins: Plugins) -> Callable:
    """A function of a plug-in that never raises, as a pack that loads must not fail on data: an answer that fails is missing."""

    def answer(*values: object) -> object:
        try:
            return call(*values)
        except _ACCIDENTS as error:
            plugins.blame("policy_functions", name, "P11", kind=type(error).__name__, where=raised_at(error))
            return None

    return answer


# --- packs -----------------------------------------------------------------------------------------------------------


class _PackFile(NamedTuple):
    """A file of a pack: its `name` inside the pack, and `shown` for messages."""

    name: str
    shown: str
    content: bytes


def find_pack(name_or_path: str, plugins: Plugins) -> Path:
    """The path of a pack: of an installed one by its name, else of a folder or a file. Raises SourceError."""
    if name_or_path in plugins.packs:
        return Path(plugins.packs[name_or_path])
    path = Path(name_or_path)
    if path.exists():
        return path
    raise _unknown("U10", name_or_path, plugins.packs)


def load_pack(path: Path, plugins: Plugins, *, cases: bool = True) -> LoadedPack:
    """The pack in a folder (`*.policy` and its regulations `*.md`) or in a single file, from the cache if nothing changed.

    Without `cases` the pack may lack its cases, most of what there is to load. The pack that it extends is loaded with it: one beside it,
    else an installed one. Mistakes in the files are diagnostics; a path without rule files raises SourceError.
    """
    layers, diagnostics = _layers(path, plugins)
    rules = tuple(source for layer in layers for file, source in layer if file.name.endswith(".policy"))
    if diagnostics:
        return LoadedPack(None, diagnostics, rules)
    files = [file for layer in layers for file, _ in layer]
    sha256 = _digest(part for file in files for part in (file.name.encode(), file.content))
    store = _store(_digest(_cache_key(sha256, files, plugins)))
    pack = _restore(store, cases) if store else None
    if pack is None:
        pack, diagnostics = _build(layers, plugins, sha256)
        if pack is not None and not diagnostics and store:
            _keep(store, pack)
    return LoadedPack(pack, diagnostics, rules)


_Files = list[tuple[_PackFile, Source]]


def _layers(path: Path, plugins: Plugins) -> tuple[list[_Files], tuple[Diagnostic, ...]]:
    """The files of a pack and, before them, of those that it extends; and what keeps them from being read."""
    layers: list[_Files] = []
    names: list[str] = []
    passed: list[Path] = []
    while True:
        files = _pack_files(path)
        sources, diagnostics = _sources(files)
        layers.insert(0, list(zip(files, sources)))
        passed.append(path.resolve())
        extends = None if diagnostics else _extends(layers[0])
        if extends is None:
            return layers, diagnostics
        source, language, name = extends
        base = _base(path, name.text, plugins)
        if base is None:
            near = nearest(name.text, plugins.packs)
            help = ("did_you_mean", {"name": near}) if near else (None, {})
            return layers, (Diagnostic("C801", source, name.span, {"name": name.text}, *help, language=language),)
        names.append(name.text)
        if base.resolve() in passed:
            circle = "@circle:" + "\n".join([*names[passed.index(base.resolve()) :], names[passed.index(base.resolve())]])
            return layers, (Diagnostic("C804", source, name.span, {"names": circle}, language=language),)
        path = base


def _extends(files: _Files) -> tuple[Source, str, ast.Name] | None:
    """The name of the pack that is extended, and where it stands. Only files that may have it are looked at, as most packs extend none."""
    for file, source in files:
        if not file.name.endswith(".policy") or not any(word in source.text for word in _EXTENDS):
            continue
        from policy.lang import ast
        from policy.parse import parse_file

        tree, _ = parse_file(source)
        headers = (one for one in tree.declarations if isinstance(one, ast.PackHeader))
        clauses = (item for header in headers for item in header.items if isinstance(item, ast.ExtendsClause))
        clause = next(clauses, None)
        if clause is not None:
            return source, tree.language, clause.name
    return None


def _base(path: Path, name: str, plugins: Plugins) -> Path | None:
    """The pack called `name`: a folder or file beside the one that extends it, else an installed one."""
    beside = path.parent if path.name not in ("", "..") else path.resolve().parent
    if next((beside / name).glob("*.policy"), None):
        return beside / name
    if (beside / f"{name}.policy").is_file():
        return beside / f"{name}.policy"
    return Path(plugins.packs[name]) if name in plugins.packs else None


def _pack_files(path: Path) -> list[_PackFile]:
    """The rule files and the regulations of a pack, by name."""
    try:
        folder = path if path.is_dir() else path.parent
        found = sorted(_walk(folder)) if path.is_dir() else [path.name, *sorted(_regulations(folder))]
        files = [_PackFile(name, str(folder / name), (folder / name).read_bytes()) for name in found]
    except OSError as error:
        raise SourceError("U11", str(path), reason=error.strerror or "") from error
    if not any(file.name.endswith(".policy") for file in files):
        raise SourceError("U12", str(path))
    return files


def _walk(folder: Path) -> Iterable[str]:
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if name.endswith((".policy", ".md")) and not name.startswith("."):
                yield Path(parent, name).relative_to(folder).as_posix()


def _regulations(folder: Path) -> list[str]:
    return [name for name in os.listdir(folder) if name.endswith(".md") and not name.startswith(".")]


def _sources(files: Sequence[_PackFile]) -> tuple[list[Source], tuple[Diagnostic, ...]]:
    """The texts of the files, and a diagnostic for each that is not UTF-8."""
    sources, diagnostics = [], []
    for file in files:
        try:
            sources.append(Source(file.shown, file.content.decode("utf-8-sig").replace("\r\n", "\n")))
        except UnicodeDecodeError as error:
            source = Source(file.shown, file.content.decode("utf-8", "replace"))
            place = len(file.content[: error.start].decode("utf-8", "replace"))
            diagnostics.append(Diagnostic("U13", source, (place, place + 1)))
            sources.append(source)
    return sources, tuple(diagnostics)


def _build(layers: Sequence[_Files], plugins: Plugins, sha256: str) -> tuple[ir.Pack | None, tuple]:
    from policy.check import Layer, check_pack
    from policy.parse import parse_file
    from policy.parse.regulation import parse_regulation

    read, diagnostics = [], []
    for files in layers:
        parsed, regulations = [], {}
        for file, source in files:
            if file.name.endswith(".md"):
                regulations[file.name] = parse_regulation(source)
                continue
            tree, found = parse_file(source)
            parsed.append((source, tree))
            diagnostics.extend(found)
        read.append(Layer(parsed, regulations))
    trees = [one for layer in read for one in layer.files]
    if not all(tree.whole for _, tree in trees):  # names declared in a part that was not understood would all be unknown
        return None, tuple(diagnostics)
    pack, found = check_pack(read, plugins.functions, sha256, calendars=plugins.calendars, rules_missing=bool(diagnostics))
    if not diagnostics:
        return pack, tuple(found)
    numbers = {source: number for number, (source, _) in enumerate(trees)}
    return None, tuple(sorted([*diagnostics, *found], key=lambda one: (numbers[one.source], one.span)))


# --- the cache -------------------------------------------------------------------------------------------------------


def _digest(parts: Iterable[bytes]) -> str:
    """SHA-256 over the parts, each with its length, so that no two lists of parts are the same text."""
    from hashlib import sha256

    digest = sha256()
    for part in parts:
        digest.update(b"%d:" % len(part))
        digest.update(part)
    return digest.hexdigest()


def _cache_key(sha256: str, files: Sequence[_PackFile], plugins: Plugins) -> Iterable[bytes]:
    """Everything that a checked pack depends on. The names shown are part of it, as rules know their file."""
    yield sha256.encode()
    for file in files:
        yield file.shown.encode("utf-8", "surrogateescape")
    for name in sorted(plugins.functions):
        function = plugins.functions[name]
        yield repr((name, function.label, function.parameters, function.result)).encode()
    yield " ".join(sorted(plugins.calendars)).encode()
    yield f"{__version__} {sys.version} {_newest_module()}".encode()


def _newest_module() -> int:
    """When the modules that make a pack were last changed: a program under development has one version for many programs."""
    here = os.path.dirname(__file__)
    try:
        rooms = [os.scandir(os.path.join(here, room)) for room in ("lang", "parse", "check")]
        return max(entry.stat().st_mtime_ns for room in rooms for entry in room)
    except OSError:  # inside a zip file there are no folders, and nothing changes
        return 0


def _store(key: str) -> Path | None:
    from policy.cache import cache_dir

    folder = cache_dir()
    return folder / f"pack-{key}.pickle" if folder else None


def _restore(store: Path, cases: bool) -> ir.Pack | None:
    """The pack kept in a file, or None: a cache may be absent, of another program or damaged."""
    import pickle

    from policy.lang import ir

    collecting = gc.isenabled()
    gc.disable()  # thousands of objects that all live on: collections in between double the time
    try:
        with store.open("rb") as stream:
            pack = pickle.load(stream)
            if cases:
                pack = attrs.evolve(pack, cases=pickle.load(stream))
    except Exception:  # unpickling damaged bytes raises almost anything
        return None
    finally:
        if collecting:
            gc.enable()
    return pack if isinstance(pack, ir.Pack) else None


def _keep(store: Path, pack: ir.Pack) -> None:
    """Keep a pack in a file: first all but its cases, then these."""
    import pickle

    partial = store.with_suffix(f".{os.getpid()}")
    try:
        with partial.open("wb") as stream:
            pickle.dump(attrs.evolve(pack, cases=()), stream, protocol=5)
            pickle.dump(pack.cases, stream, protocol=5)
        os.replace(partial, store)
        by_age = sorted(store.parent.glob("pack-*.pickle"), key=lambda file: file.stat().st_mtime_ns)
        for old in by_age[:-_KEPT]:
            old.unlink()
    except OSError:  # a full or read-only disk costs time, nothing else
        partial.unlink(missing_ok=True)


# --- what a user may set ---------------------------------------------------------------------------------------------


Values = dict[str, "tuple[ir.Value, Decision]"]
"""Parameters by name, each with the decision that gave it its value."""


def set_parameters(pack: ir.Pack, texts: Iterable[str], origin: str) -> tuple[Values, tuple[Diagnostic, ...]]:
    """The parameters set by texts such as `prompt_days=20 days`, by name; or what is wrong with them."""
    from policy.lang.report import Decision

    values: Values = {}
    diagnostics: list[Diagnostic] = []
    for text in texts:
        source = Source(origin, text)
        name, equals, value = text.replace("＝", "=").partition("=")
        if not equals or not name.strip():
            diagnostics.append(Diagnostic("U14", source, (0, len(text))))
            continue
        result, found = _parameter_value(pack, name.strip(), value, source, len(name) + 1, (0, len(text)))
        diagnostics += found
        if result is not None:
            values[_parameter(pack, name.strip()).name] = (result, Decision(origin))
    return values, tuple(diagnostics)


def unit_parameters(pack: ir.Pack, unit: Unit) -> tuple[Values, tuple[Diagnostic, ...]]:
    """The parameters that a unit's file sets, by name; or what is wrong with them, with its place in the file."""
    from policy.lang.report import Decision

    values: Values = {}
    diagnostics: list[Diagnostic] = []
    for one in unit.parameters:
        parameter, written = _parameter(pack, one.name), unit.source.text[slice(*one.value_span)]
        quotes = len(written) - len(written.lstrip("\"'“"))
        start, text = one.value_span[0] + quotes, one.text
        if parameter is not None and parameter.type.kind == "text":  # what a file has in quotes is a text already
            start, text = start - 1, '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
        result, found = _parameter_value(pack, one.name, text, unit.source, start, one.name_span)
        diagnostics += found
        if parameter is not None and parameter.name in values:
            diagnostics.append(Diagnostic("U27", unit.source, one.name_span, {"name": one.name}, language=pack.language))
        elif result is not None:
            values[parameter.name] = (result, Decision(unit.source.name, one.basis, one.by))
    return values, tuple(diagnostics)


def _parameter_value(
    pack: ir.Pack, name: str, text: str, source: Source, start: int, span: Span
) -> tuple[ir.Value | None, Iterable[Diagnostic]]:
    """A value written at `start` of a source for the parameter named at `span`, or None and what is wrong."""
    from policy.check import parameter_value
    from policy.parse import parse_expression

    expression, found = parse_expression(" " * start + text, source.name)  # blanks, so that places in it are places in the source
    value = None
    if expression is not None and not found:
        value, found = parameter_value(pack, name, expression, source, span)
    return value, [attrs.evolve(diagnostic, source=source) for diagnostic in found]


def _parameter(pack: ir.Pack, name: str) -> ir.Parameter | None:
    return next((parameter for parameter in pack.parameters.values() if name in (parameter.name, parameter.label)), None)


def read_unit(file: str) -> tuple[Unit | None, tuple[Diagnostic, ...]]:
    """What a unit's file says, or None and what is wrong with it. Raises OSError if it cannot be read."""
    from policy.load.unit import read_unit

    return read_unit(file, Path(file).read_bytes())


def find_rules(pack: ir.Pack, select: Sequence[str], ignore: Sequence[str]) -> frozenset[str] | None:
    """The ids of the rules that start with a selected prefix and with no ignored one; None when that is all of them.

    A prefix that no rule starts with, and a choice that leaves no rule, raise SourceError.
    """
    ids = [rule.id for rule in pack.rules]
    for prefix in (*select, *ignore):
        if not any(id.startswith(prefix) for id in ids):
            raise _unknown("U15", prefix, ids)
    if not select and not ignore:
        return None
    left = frozenset(id for id in ids if (not select or id.startswith(tuple(select))) and not id.startswith(tuple(ignore)))
    if not left:  # a report without findings would look like compliance
        raise SourceError("U17", " ".join([*(f"--select {prefix}" for prefix in select), *(f"--ignore {prefix}" for prefix in ignore)]))
    return left


def find_calendar(pack: ir.Pack, plugins: Plugins, file: str | None = None) -> Calendar:
    """The calendar that a pack names, extended by the days of a file.

    Raises PluginError when it cannot be made, DataErrors when the file cannot be used,
    OSError when there is none.
    """
    from policy.lang.dates import WEEKENDS

    calendar = WEEKENDS
    if pack.calendar is not None:
        calendar = _made_calendar(pack.calendar, plugins)
    if file is None:
        return calendar
    from policy.load.calendar import CalendarError, extend, read_calendar

    try:
        return extend(calendar, read_calendar(Path(file)))
    except CalendarError as error:
        raise DataErrors(error.problems) from error


def _made_calendar(name: str, plugins: Plugins) -> Calendar:
    from policy.lang.dates import Calendar

    with _at_work(plugins, "policy_calendars", name):
        calendar = plugins.calendars[name]()
    if not isinstance(calendar, Calendar):
        raise _wrong(plugins, "policy_calendars", name, calendar, "Calendar")
    return calendar


def _unknown(code: str, word: str, known: Iterable[str]) -> SourceError:
    """The error of an unknown word, which lists the known ones and has the nearest as its argument `near` (empty: none)."""
    known = sorted(known)
    return SourceError(code, word, known="、".join(known), near=nearest(word, known) or "")


# --- data ------------------------------------------------------------------------------------------------------------


def read(locations: Iterable[str], plugins: Plugins, apart: Iterable[str] = ()) -> Reading:
    """The tables of files and folders (without their sub-folders), by name, save the files that are read apart for what they are.

    A location that does not exist, a file of an unknown type and a folder without data raise SourceError, a reader that fails
    PluginError; a file that cannot be read is a problem.
    """
    readers = {suffix: source for source in plugins.sources for suffix in source.suffixes}
    tables: list[RawTable] = []
    problems: list[Problem] = []
    left = {os.path.realpath(file) for file in apart}
    for path in map(Path, locations):
        for file in _data_files(path, readers, problems, left):
            try:
                tables.extend(_tables(readers[file.suffix.lower()], file, plugins))
            except SourceError as error:
                problems.append(Problem(error.code, tuple(error.arguments.items()), error.location))
            except OSError as error:
                problems.append(Problem("U21", (("reason", error.strerror or type(error).__name__),), str(file)))
    return Reading(tuple(tables), tuple(problems))


def _tables(reader: Reader, file: Path, plugins: Plugins) -> Sequence[RawTable]:
    from policy.lang.table import RawTable

    with _at_work(plugins, "policy_sources", reader.name, SourceError, OSError):
        result = reader.read(file)
        tables = tuple(result) if isinstance(result, Iterable) else None
    if tables is None:
        raise _wrong(plugins, "policy_sources", reader.name, result, "Iterable[RawTable]")
    for table in tables:
        if not isinstance(table, RawTable):
            raise _wrong(plugins, "policy_sources", reader.name, table, "RawTable")
    return tables


def read_waivers(files: Sequence[str], plugins: Plugins) -> Reading:
    """The waivers and attestations in files; the only table of a file holds waivers, whatever it is called.

    Raises what `read` raises.
    """
    from policy.lang.schema import ATTESTATION, WAIVER
    from policy.load.texts import folded

    reading = read(files, plugins)
    names = {folded(name) for entity in (WAIVER, ATTESTATION) for name in (entity.name, entity.label) if name}
    tables, problems = [], list(reading.problems)
    for table in reading.tables:
        if folded(table.name) in names:
            tables.append(table)
        elif sum(other.file == table.file for other in reading.tables) == 1:
            tables.append(attrs.evolve(table, name=WAIVER.name))
        else:
            problems.append(Problem("U28", (("table", table.name),), table.file, table.sheet))
    return Reading(tuple(tables), tuple(problems))


def _data_files(path: Path, readers: Mapping[str, object], problems: list[Problem], apart: Collection[str]) -> list[Path]:
    """The files to read at a location; what is left out of a folder is added to the problems."""
    if not path.exists():
        raise SourceError("U20", str(path))
    if path.name == UNIT_FILE and path.is_file():
        raise SourceError("U25", str(path))
    if not path.is_dir():
        if path.suffix.lower() not in readers:
            raise SourceError("U22", str(path), suffix=path.suffix, known=_list(readers))
        return [path]
    files = sorted(file for file in path.iterdir() if file.is_file() and not file.name.startswith((".", "~$")))
    files = [file for file in files if file.name != UNIT_FILE and os.path.realpath(file) not in apart]
    known = [file for file in files if file.suffix.lower() in readers]
    if not known:
        raise SourceError("U23", str(path), known=_list(readers))
    left = (file for file in files if file.suffix.lower() not in readers)
    problems.extend(Problem("U24", (("suffix", file.suffix), ("known", _list(readers))), str(file), error=False) for file in left)
    return known


def _list(words: Iterable[str]) -> str:
    return " ".join(sorted(words))


# --- judging ---------------------------------------------------------------------------------------------------------


def check(pack: ir.Pack, reading: Reading, request: Request, plugins: Plugins) -> Report:
    """What a pack says of the data, as it is on the day.

    Raises SecrecyError when they carry a mark that this machine is not declared for, and DataErrors when they have errors,
    unless the request keeps going.
    """
    pack = pack.edition(request.as_of)
    from policy.load import find_marks, load
    from policy.report import build_report

    vocabulary = pack.vocabulary
    marks = find_marks(reading.tables, vocabulary, [problem.file for problem in reading.problems])
    above = [mark for mark in marks if higher(mark.level, request.secrecy)]
    if above:
        raise SecrecyError(above, request.secrecy)
    facts = load(reading.tables, vocabulary, extra=request.extra)
    facts = attrs.evolve(facts, problems=(*reading.problems, *facts.problems))
    failed = any(problem.error for problem in facts.problems)
    if failed and not (request.keep_going and reading.tables):
        raise DataErrors(facts.problems)
    values = {name: value for name, (value, _) in request.parameters.items()}
    shown = STATUSES if request.all_outcomes else PROBLEMS
    judgement = _judge(pack, facts, request.as_of, values, request.calendar, plugins, request.rules, shown)
    return build_report(
        pack, facts, judgement, as_of=request.as_of, language=request.language, parameters=request.parameters, rules=request.rules,
        all_outcomes=request.all_outcomes, secrecy=highest(mark.level for mark in marks), unit=request.unit,
    )  # fmt: skip


def _judge(
    pack: ir.Pack,
    facts: Facts,
    as_of: datetime.date,
    values: Mapping[str, ir.Value],
    calendar: Calendar,
    plugins: Plugins,
    rules: Collection[str] | None,
    shown: Collection[str],
) -> Judgement:
    from policy.interpret import judge

    functions = {name: _shielded(name, function.call, plugins) for name, function in plugins.functions.items()}
    return judge(pack, facts, as_of, values, calendar, functions, rules, shown)


def write(report: Report, reporter: Reporter, plugins: Plugins, *, colour: bool) -> bytes:
    """What a reporter makes of a report. Raises PluginError when it fails."""
    stream = io.BytesIO()
    with _at_work(plugins, "policy_reporters", reporter.name, OSError):
        reporter.write(report, stream, colour=colour)
    return stream.getvalue()


def run_cases(loaded: LoadedPack, plugins: Plugins) -> list[CaseResult]:
    """The result of every case of a loaded pack, in their order."""
    pack = loaded.pack
    assert pack is not None, "a pack with mistakes has no cases"
    calendar = find_calendar(pack, plugins)
    sources = {source.name: source for source in loaded.sources}
    results = []
    for pack, case in [(one, case) for one in pack.all_days() for case in one.cases]:
        failures = _failures(pack, case, calendar, plugins)
        diagnostics = (Diagnostic(code, sources[case.file], span, arguments, language=pack.language) for code, span, arguments in failures)
        results.append(CaseResult(case, tuple(diagnostics)))
    return results


def _failures(pack: ir.Pack, case: ir.Case, calendar: Calendar, plugins: Plugins) -> Iterable[tuple[str, tuple, dict[str, str]]]:
    """Why a case fails, as code, place and arguments of a diagnostic."""
    from policy.load import case_facts

    facts, problems = case_facts(case, pack.vocabulary)
    if problems:
        yield from problems
        return
    rules = frozenset(expectation.rule for expectation in case.expectations)
    judgement = _judge(pack, facts, case.as_of, dict(case.parameters), calendar, plugins, rules, ())
    outcomes = {(outcome.rule, tuple(str(key) for _, key in outcome.subject)): outcome for outcome in judgement.outcomes}
    for expectation in case.expectations:
        outcome = outcomes.pop((expectation.rule, expectation.subject), None)
        yield from _differences(expectation, outcome, pack.language)
    for (rule, subject), outcome in outcomes.items():
        if outcome.status in PROBLEMS:
            yield "U33", case.span, {"rule": rule, "subject": ",".join(subject), "actual": status_word(outcome.status, pack.language)}


def _differences(expectation: ir.Expectation, outcome: Outcome | None, language: str) -> Iterable[tuple[str, tuple, dict[str, str]]]:
    """How an outcome differs from what was expected of it."""
    status = outcome.status if outcome else "absent"
    if status != expectation.status:
        words = {"expected": status_word(expectation.status, language), "actual": status_word(status, language)}
        yield "U30", expectation.span, words
        return
    for name, code in (("due", "U31"), ("fulfilled", "U32")):
        expected, actual = getattr(expectation, name), getattr(outcome, name, None)
        if expected is not None and actual != expected:
            yield code, expectation.span, {"expected": str(expected), "actual": str(actual or "—")}


# --- documents -------------------------------------------------------------------------------------------------------


def document(pack: ir.Pack, form: str, language: str) -> str:
    """A pack, loaded with its cases, as a document for readers: `form` is html or md."""
    from policy.document import as_html, as_markdown, build_document

    told = build_document(pack, *written(pack, language), language)
    return as_html(told) if form == "html" else as_markdown(told)


def written(pack: ir.Pack, language: str) -> tuple[dict[str, Written], dict[str, str]]:
    """The rules of a pack by id, and its definitions by name, as the formatter prints them in a language."""
    from policy.format import format_file

    rules = {rule.id: _written(rule, language) for rule in pack.rules}
    definitions = {name: format_file(_declared(one.text), language) for name, one in pack.definitions.items()}
    return rules, {name: text.rstrip("\n") for name, text in definitions.items()}


def _written(rule: ir.Rule, language: str) -> Written:
    from policy.format import format_expression, format_file
    from policy.lang import ast
    from policy.lang.document import Written

    files = [_declared(rule.text), *(_of_rule(_declared(change), rule.id) for change in rule.changes)]
    clauses = [clause for file in files for clause in file.declarations[0].clauses]
    clauses = [clause.clause if isinstance(clause, ast.AlsoClause) else clause for clause in clauses]
    lets = {clause.name.text: clause.value for clause in clauses if isinstance(clause, ast.LetClause)}

    def said(kind: type) -> str:
        """The value of the last clause of a kind, which counts; where it is a `let` what that stands for."""
        values = [clause.value for clause in clauses if isinstance(clause, kind)][-1:]
        resolved = (lets.get(value.text, value) if isinstance(value, ast.Name) else value for value in values)
        return "".join(format_expression(value, language) for value in resolved)

    text, *changes = (format_file(file, language).rstrip("\n") for file in files)
    return Written(text, tuple(changes), said(ast.BearerClause), said(ast.DueClause))


def _declared(text: str) -> ast.File:
    """The declaration that a text is; it has been read before, without a mistake."""
    from policy.parse import parse_file

    file, diagnostics = parse_file(Source("", text))
    assert not diagnostics and len(file.declarations) == 1, "the text of a declaration is one"
    return file


def _of_rule(file: ast.File, id: str) -> ast.File:
    """An override of several rules as that of one of them."""
    (override,) = file.declarations
    rules = tuple(name for name in override.rules if name.text == id)
    return attrs.evolve(file, declarations=(attrs.evolve(override, rules=rules),))


# --- formatting ------------------------------------------------------------------------------------------------------


def format_text(source: Source, language: str | None) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """The canonical layout of a rule file, its keywords in `language` (None: in its own); or None and its mistakes."""
    from policy.format import format_file
    from policy.parse import parse_file

    tree, diagnostics = parse_file(source)
    if diagnostics:
        return None, tuple(diagnostics)
    text = format_file(tree, language)
    if parse_file(Source(source.name, text)) != (tree, ()):  # a defect of the formatter must not reach an author's file
        raise AssertionError("the formatted text says something else")
    return text, ()
