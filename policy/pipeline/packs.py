"""Packs: found by name or path, read with what they extend, and checked."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from policy.diagnostic import Diagnostic
from policy.hooks.spec import SourceError
from policy.lang.keywords import KEYWORDS
from policy.near import nearest
from policy.pipeline.faults import unknown
from policy.pipeline.store import PackFile, cache_key, digest, keep, restore, store_of
from policy.source import Source

if TYPE_CHECKING:
    from policy.check import Layer
    from policy.hooks.manager import Plugins
    from policy.lang import ast, ir

__all__ = ["LoadedPack", "find_pack", "load_pack", "pack_files", "parsed", "rule_files"]

_EXTENDS = KEYWORDS["EXTENDS"]["zh"] + KEYWORDS["EXTENDS"]["en"]


class LoadedPack(NamedTuple):
    """A pack as loaded: the pack, or None and the mistakes that prevent it; and the sources of its rule files."""

    pack: ir.Pack | None
    diagnostics: tuple[Diagnostic, ...]
    sources: tuple[Source, ...]


def find_pack(name_or_path: str, plugins: Plugins) -> Path:
    """The path of a pack: of an installed one by its name, else of a folder or a file. Raises SourceError."""
    if name_or_path in plugins.packs:
        return Path(plugins.packs[name_or_path])
    path = Path(name_or_path)
    if path.exists():
        return path
    raise unknown("U10", name_or_path, plugins.packs)


def load_base(path: Path, plugins: Plugins) -> LoadedPack | None:
    """The pack that the one at `path` extends, which loads; None where it extends none."""
    layers, _ = _layers(path, plugins)
    extends = _extends(layers[-1]) if layers else None
    base = extends and _base(path, extends[2].text, plugins)
    return load_pack(base, plugins, cases=False) if base else None


def load_pack(path: Path, plugins: Plugins, *, cases: bool = True, trusting: bool = False) -> LoadedPack:
    """The pack in a folder (`*.policy` and its regulations `*.md`) or in a single file, from the cache if nothing changed.

    Without `cases` the pack may lack its cases, most of what there is to load. The pack that it extends is loaded with it: one beside it,
    else an installed one. `trusting` lets a variant change a final rule in a way that may make it less strict, for who looks closer. Mistakes in the files are diagnostics; a path without rule files raises SourceError.
    """
    layers, diagnostics = _layers(path, plugins)
    rules = tuple(source for layer in layers for file, source in layer if file.name.endswith(".policy"))
    if diagnostics:
        return LoadedPack(None, diagnostics, rules)
    files = [file for layer in layers for file, _ in layer]
    sha256 = digest(part for file in files for part in (file.name.encode(), file.content))
    store = None if trusting and len(layers) > 1 else store_of(digest(cache_key(sha256, files, plugins)))
    pack = restore(store, cases) if store else None
    if pack is None:
        pack, diagnostics = _build(layers, plugins, sha256, trusting)
        if pack is not None and not diagnostics and store:
            keep(store, pack)
    return LoadedPack(pack, diagnostics, rules)


def pack_files(path: Path, plugins: Plugins) -> list[PackFile]:
    """The files of a pack and, before them, of those that it extends, as `load_pack` reads them."""
    return [file for layer in _layers(path, plugins)[0] for file, _ in layer]


_Files = list[tuple[PackFile, Source]]


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
            circle = "@circle:" + "\n".join([names[-1], *names[passed.index(base.resolve()) :]])
            return layers, (Diagnostic("C804", source, name.span, {"names": circle}, "break_circle", language=language),)
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


def _pack_files(path: Path) -> list[PackFile]:
    """The rule files and the regulations of a pack, by name."""
    try:
        folder = path if path.is_dir() else path.parent
        found = sorted(_walk(folder)) if path.is_dir() else [path.name, *sorted(_regulations(folder))]
        files = [PackFile(name, str(folder / name), (folder / name).read_bytes()) for name in found]
    except OSError as error:
        raise SourceError("U11", str(error.filename or path), reason=error.strerror or "") from error
    if not any(file.name.endswith(".policy") for file in files):
        raise SourceError("U12", str(path))
    return files


def rule_files(folder: Path) -> list[str]:
    """The paths of the rule files in a folder and its sub-folders, save hidden ones. Raises OSError."""
    return [str(folder / name) for name in sorted(_walk(folder), key=Path) if name.endswith(".policy")]


def _walk(folder: Path) -> Iterable[str]:
    """The rule files and regulations in a folder and its sub-folders. Raises OSError: a folder that cannot be read is not left out."""
    for parent, folders, names in os.walk(folder, onerror=_raise):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if name.endswith((".policy", ".md")) and not name.startswith("."):
                yield Path(parent, name).relative_to(folder).as_posix()


def _raise(error: OSError) -> NoReturn:
    raise error


def _regulations(folder: Path) -> list[str]:
    return [name for name in os.listdir(folder) if name.endswith(".md") and not name.startswith(".")]


def _sources(files: Sequence[PackFile]) -> tuple[list[Source], tuple[Diagnostic, ...]]:
    """The texts of the files, and a diagnostic for each that is not UTF-8."""
    sources, diagnostics = [], []
    for file in files:
        try:
            text = file.content.decode("utf-8-sig")
            sources.append(Source(file.shown, text.replace("\r\n", "\n") if "\r" in text else text))  # one character is found far sooner than two
        except UnicodeDecodeError as error:
            source = Source(file.shown, file.content.decode("utf-8", "replace"))
            place = len(file.content[: error.start].decode("utf-8", "replace"))
            diagnostics.append(Diagnostic("U13", source, (place, place + 1)))
            sources.append(source)
    return sources, tuple(diagnostics)


def parsed(path: Path, plugins: Plugins) -> tuple[list[Layer], tuple[Diagnostic, ...]]:
    """The trees of the files of a pack and, before them, of those that it extends, as `check_pack` takes them; and syntax errors."""
    layers, diagnostics = _layers(path, plugins)
    return ([], diagnostics) if diagnostics else _parsed(layers)


def _parsed(layers: Sequence[_Files]) -> tuple[list[Layer], tuple[Diagnostic, ...]]:
    from policy.check import Layer
    from policy.parse import parse_file
    from policy.parse.regulation import parse_regulation

    read, diagnostics = [], []
    for files in layers:
        trees, regulations = [], {}
        for file, source in files:
            if file.name.endswith(".md"):
                regulations[file.name] = parse_regulation(source)
                continue
            tree, found = parse_file(source)
            trees.append((source, tree))
            diagnostics.extend(found)
        read.append(Layer(trees, regulations))
    return read, tuple(diagnostics)


def _build(layers: Sequence[_Files], plugins: Plugins, sha256: str, trusting: bool) -> tuple[ir.Pack | None, tuple]:
    from policy.check import check_pack

    read, diagnostics = _parsed(layers)
    trees = [one for layer in read for one in layer.files]
    if not all(tree.whole for _, tree in trees):  # names declared in a part that was not understood would all be unknown
        return None, diagnostics
    pack, found = check_pack(read, plugins.functions, sha256, calendars=plugins.calendars, rules_missing=bool(diagnostics), trusting=trusting)
    if not diagnostics:
        return pack, tuple(found)
    numbers = {source: number for number, (source, _) in enumerate(trees)}
    return None, tuple(sorted([*diagnostics, *found], key=lambda one: (numbers[one.source], one.span)))
