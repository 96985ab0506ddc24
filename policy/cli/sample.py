"""`policy sample`: write a data set to try a pack on."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from policy.cli.arguments import Arguments, Flag, whole
from policy.cli.files import whole_file, whole_folder, write_whole
from policy.cli.judging import DEFAULT_PACK, load
from policy.cli.screen import Screen, UsageError
from policy.hooks.manager import load_plugins
from policy.hooks.spec import SourceError

if TYPE_CHECKING:
    from policy.hooks.manager import Plugins
    from policy.hooks.spec import Sample, Scale
    from policy.lang.schema import Entity, Vocabulary

__all__ = ["EXAMPLES", "FLAGS", "USAGE", "find_sample", "labelled", "run", "write_sample"]

USAGE = ""
FLAGS = (
    Flag("pack", "U220", metavar="NAME|PATH", short="p", default=DEFAULT_PACK),
    Flag("name", "U250", metavar="NAME"),
    Flag("scale", "U249", metavar="NAME"),
    Flag("directory", "U251", metavar="DIR", short="o", default="sample"),
    Flag("format", "U252", metavar="csv|xlsx|both|parquet"),
    Flag("seed", "U253", metavar="N", default="1", read=whole),
)
EXAMPLES = ("policy sample -o 示例 --format xlsx", "policy sample --scale province -o 全省")

_FORMS = ("both", "csv", "xlsx")
"""In which the program itself writes the rows of a sample, the usual one first."""

Table = tuple["Entity", list[str], list[list[object]]]


def run(arguments: Arguments, screen: Screen) -> int:
    """Write the sample's tables into a folder."""
    plugins = load_plugins()
    loaded = load(arguments["pack"], plugins, screen)
    if loaded.pack is None:
        return 2
    sample = find_sample(loaded.pack.id, arguments["name"], plugins)
    scale = _find_scale(sample, arguments["scale"])
    form = _form(sample, scale, arguments["format"])
    folder = Path(arguments["directory"])
    for file in _places(sample, folder, form):
        if file.exists():  # it may hold what somebody has changed by now
            raise UsageError("U142", file=str(file))
    if scale is None or (scale.name == sample.name and form in _FORMS):
        for file in write_sample(sample, loaded.pack.vocabulary, arguments["seed"], folder, form):
            print(file)
        return 0
    for file in _write_scale(scale, arguments["seed"], folder / form, form):
        print(file)
    if scale.as_of is not None:
        screen.say("U144", folder=folder / form, as_of=scale.as_of)
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


def _find_scale(sample: Sample, name: str | None) -> Scale | None:
    """The size with this name; without a name the sample itself, which may lack an entry of its own (None). Raises UsageError."""
    wanted = name or sample.name
    found = next((scale for scale in sample.scales if scale.name == wanted), None)
    if found is None and wanted != sample.name:
        known = dict.fromkeys((sample.name, *(scale.name for scale in sample.scales)))
        raise UsageError("U143", name=wanted, known=" ".join(known))
    return found


def _form(sample: Sample, scale: Scale | None, asked: str | None) -> str:
    """The form that was asked for, if the size has it; the usual one if none was. Raises UsageError."""
    own = _FORMS if scale is None or scale.name == sample.name else ()
    forms = (*own, *(scale.forms if scale else ()))
    if asked not in (None, *forms):
        raise UsageError("U50", flag="--format", value=asked, known=" ".join(forms))
    return asked or forms[0]


def _write_scale(scale: Scale, seed: int, folder: Path, form: str) -> list[Path]:
    """Have the files of a size written, all or none."""
    with whole_folder(folder) as partial:
        try:
            return [folder / file.name for file in scale.write(seed, partial, form)]
        except SourceError as error:  # the user does not know the folder that is not finished
            raise SourceError(error.code, str(folder), **error.arguments) from error


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
    """The workbook and the folders that a sample is written to."""
    forms = ("xlsx", "csv") if form == "both" else (form,)
    return [_book(sample, folder) if one == "xlsx" else folder / one for one in forms]


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
