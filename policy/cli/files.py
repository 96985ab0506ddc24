"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

__all__ = ["whole_file", "whole_folder", "write_whole"]


@contextmanager
def whole_file(path: str | Path) -> Iterator[BinaryIO]:
    """A stream whose bytes become the file at `path` when the block ends well; otherwise the file stays as it was.

    Raises OSError. What is no regular file (`/dev/null`, a pipe) is written to directly.
    """
    target = Path(os.path.realpath(path))
    with _named(path, target):
        mode = _mode(target)
    if mode is not None and not stat.S_ISREG(mode):
        with _named(path, target), target.open("wb") as stream:
            yield stream
        return
    partial = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with _named(path, partial):
            with partial.open("xb") as stream:
                yield stream
            if mode is not None:
                partial.chmod(stat.S_IMODE(mode))
            os.replace(partial, target)
    except BaseException:
        with suppress(OSError):
            partial.unlink()
        raise


@contextmanager
def _named(path: str | Path, own: Path) -> Iterator[None]:
    """Errors about our own file, and those in writing to a stream, which know no file, get the name that the user knows."""
    try:
        yield
    except OSError as error:
        if error.filename in (None, str(own)):
            error.filename = str(path)
        raise


def write_whole(path: str | Path, content: bytes) -> None:
    """Make `content` the file at `path`. Raises OSError."""
    with whole_file(path) as stream:
        stream.write(content)


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """An empty folder whose files move to the folder at `path` when the block ends well, over those of the same names; otherwise they vanish.

    Raises OSError.
    """
    partial = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with _named(path, partial):
            partial.mkdir(parents=True)
            yield partial
            path.mkdir(exist_ok=True)
            for file in sorted(partial.iterdir()):
                os.replace(file, path / file.name)
    finally:
        import shutil  # costs as much as reading the data of a county

        shutil.rmtree(partial, ignore_errors=True)


def _mode(path: Path) -> int | None:
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None
