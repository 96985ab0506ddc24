"""Ledgers among the data: the mappings that a pack ships and a unit keeps, read when there is something for them to do."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from policy.diagnostic import Diagnostic
from policy.pipeline.packs import find_pack

if TYPE_CHECKING:
    from policy.hooks.manager import Plugins
    from policy.lang import ir
    from policy.lang.mapping import Mapping
    from policy.lang.table import RawTable
    from policy.load.ledger import Proposal

__all__ = ["FOLDER", "Mappings", "all_mappings", "propose", "read_mappings"]

FOLDER = "mappings"
"""Where a pack keeps its mappings."""


class Mappings(NamedTuple):
    """Mappings in the order of their trial, and the files of those that the user has named."""

    known: tuple[Mapping, ...] = ()
    chosen: tuple[str, ...] = ()


def read_mappings(
    pack: ir.Pack, path: Path, files: Sequence[str], tables: Iterable[RawTable], plugins: Plugins
) -> tuple[Mappings, tuple[Diagnostic, ...]]:
    """The mappings in some files, and those of a pack at a path and of the packs that it extends; or what is wrong with them.

    Without a file, and where every table is one of the pack, none are read. Raises OSError if a file cannot be read.
    """
    from policy.load.foreign import foreign

    if not files and not foreign(tables, pack.vocabulary):
        return Mappings(), ()
    return all_mappings(pack, path, files, plugins)


def all_mappings(pack: ir.Pack, path: Path, files: Sequence[str], plugins: Plugins) -> tuple[Mappings, tuple[Diagnostic, ...]]:
    """The mappings in some files and those of a pack, whether there is something for them to do or not; as `read_mappings` else."""
    from policy.load.ledger import base_of, read_mapping

    known: dict[str, Mapping] = {}
    diagnostics: list[Diagnostic] = []
    own = [(str(file), file.read_bytes()) for folder in _folders(pack, path, plugins) for file in sorted(folder.glob("*.toml"))]
    given = [(file, Path(file).read_bytes()) for file in files]
    read = []
    # one that is based on another comes after it, whatever its file is called
    for file, content in [*sorted(own, key=lambda one: base_of(one[1]) is not None), *given]:
        mapping, found = read_mapping(file, content, pack.vocabulary, known)
        diagnostics += found
        if mapping is not None:
            known.setdefault(mapping.name, mapping)
            read.append(mapping)
    chosen = tuple(file for file, _ in given)
    return Mappings(tuple(read), chosen), tuple(diagnostics)


def _folders(pack: ir.Pack, path: Path, plugins: Plugins) -> Iterator[Path]:
    """The folders of mappings of a pack and of those that it extends, which lie beside it or are installed."""
    for folder in (path, *(_base(path, id, plugins) for id, _ in pack.extends)):
        if (folder / FOLDER).is_dir():
            yield folder / FOLDER


def _base(path: Path, id: str, plugins: Plugins) -> Path:
    beside = Path(os.path.abspath(path)).parent / id
    return beside if beside.exists() else find_pack(id, plugins)


def propose(tables: Iterable[RawTable], mappings: Mappings, pack: ir.Pack) -> tuple[tuple[Proposal, ...], tuple[RawTable, ...]]:
    """What the sheets that are no tables of a pack may be, and those of which no column is known."""
    from policy.load.foreign import foreign
    from policy.load.ledger import propose

    sheets = foreign(tables, pack.vocabulary)
    found = {id(table): proposal for table in sheets if (proposal := propose(table, mappings.known, pack.vocabulary))}
    return tuple(found.values()), tuple(table for table in sheets if id(table) not in found)
