"""`policy sample`: write a data set to try a pack on."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from policy.cli.arguments import Arguments, Flag, choice, whole
from policy.cli.check import DEFAULT_PACK, load
from policy.cli.files import whole_file, write_whole
from policy.cli.screen import Screen, UsageError
from policy.hooks.manager import load_plugins

if TYPE_CHECKING:
    from policy.hooks.manager import Plugins
    from policy.hooks.spec import Sample
    from policy.lang.schema import Entity, Vocabulary

__all__ = ["EXAMPLES", "FLAGS", "USAGE", "find_sample", "labelled", "run", "write_sample"]

USAGE = ""
FLAGS = (
    Flag("pack", "U220", metavar="NAME|PATH", short="p", default=DEFAULT_PACK),
    Flag("name", "U250", metavar="NAME"),
    Flag("directory", "U251", metavar="DIR", short="o", default="sample"),
    Flag("format", "U252", metavar="csv|xlsx|both", default="both", read=choice("csv", "xlsx", "both")),
    Flag("seed", "U253", metavar="N", default="1", read=whole),
)
EXAMPLES = ("policy sample -o 示例 --format xlsx",)

Table = tuple["Entity", list[str], list[list[object]]]


def run(arguments: Arguments, screen: Screen) -> int:
    """Write the sample's tables into a folder."""
    plugins = load_plugins()
    loaded = load(arguments["pack"], plugins, screen)
    if loaded.pack is None:
        return 2
    sample = find_sample(loaded.pack.id, arguments["name"], plugins)
    folder, form = Path(arguments["directory"]), arguments["format"]
    for file in _places(sample, folder, form):
        if file.exists():  # it may hold what somebody has changed by now
            raise UsageError("U142", file=str(file))
    for file in write_sample(sample, loaded.pack.vocabulary, arguments["seed"], folder, form):
        print(file)
    return 0


def find_sample(pack: str, name: str | None, plugins: Plugins) -> Sample:
    """The sample of a pack with this name (None: its first). Raises UsageError."""
    samples = [sample for sample in plugins.samples if sample.pack == pack]
    if not samples:
        raise UsageError("U140", pack=pack)
    for sample in samples:
        if name in (None, sample.name):
            return sample
    raise UsageError("U141", name=str(name), known=" ".join(sample.name for sample in samples))


def write_sample(sample: Sample, vocabulary: Vocabulary, seed: int, folder: Path, form: str) -> list[Path]:
    """Write the tables of a sample and return the files: `csv/*.csv`, a workbook called after the sample, or both."""
    tables = [labelled(vocabulary, name, header, rows) for name, (header, rows) in sample.make(seed).items()]
    files = []
    if form != "csv":
        files.append(_book(sample, folder))
        folder.mkdir(parents=True, exist_ok=True)
        _write_workbook(files[0], tables)
    if form != "xlsx":
        inner = folder / "csv"  # apart from the workbook, as checking a folder reads every table in it
        inner.mkdir(parents=True, exist_ok=True)
        files += list(_write_csv(inner, tables))
    return files


def _places(sample: Sample, folder: Path, form: str) -> list[Path]:
    """The workbook and the folder that a sample is written to."""
    places = {"xlsx": _book(sample, folder), "csv": folder / "csv"}
    return [place for name, place in places.items() if form in (name, "both")]


def _book(sample: Sample, folder: Path) -> Path:
    return folder / f"{sample.name}.xlsx"


def labelled(vocabulary: Vocabulary, name: str, header: Sequence[str], rows: Sequence[Sequence[object]]) -> Table:
    """A table with the labels of its columns, and with labels for the members of enums and yes and no."""
    entity = vocabulary.entity(name)
    assert entity is not None, name
    fields = [entity.field(column) for column in header]
    words = [_words(vocabulary, field) for field in fields]
    cells = [[word.get(cell, cell) for word, cell in zip(words, row)] for row in rows]
    return entity, [field.label or field.name if field else column for field, column in zip(fields, header)], cells


def _words(vocabulary: Vocabulary, field) -> dict[object, str]:
    if field is not None and field.type.kind == "bool":
        return {True: "是", False: "否"}
    if field is not None and field.type.is_enum:
        return {member.name: member.label or member.name for member in vocabulary.enums[field.type.name].members}
    return {}


def _write_csv(folder: Path, tables: Sequence[Table]) -> Iterator[Path]:
    for entity, header, rows in tables:
        stream = io.StringIO(newline="")
        csv.writer(stream).writerows([header, *([_cell(cell) for cell in row] for row in rows)])
        file = folder / f"{entity.label or entity.name}.csv"
        write_whole(file, stream.getvalue().encode("utf-8-sig"))  # with the mark by which Excel knows UTF-8
        yield file


def _cell(cell: object) -> object:
    return cell.isoformat() if isinstance(cell, datetime.date) else cell


def _write_workbook(file: Path, tables: Sequence[Table]) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for entity, header, rows in tables:
        sheet = book.create_sheet(entity.label or entity.name)
        for row in (header, *rows):
            sheet.append(list(row))
    with whole_file(file) as stream:
        book.save(stream)
