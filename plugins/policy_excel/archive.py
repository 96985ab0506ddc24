"""The parts of a workbook, none of which may be more than it says, or than a reader can hold: no file can exhaust the machine."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterable, Iterator
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from policy.hooks.spec import SourceError
from policy.lang.table import column_letters, column_number

__all__ = ["Archive"]

_MOST_PARTS = 20_000
_MOST_BYTES = 320 * 2**20
"""Of all parts together, unpacked."""
_MOST_CELLS = 6_000_000
"""Cells of a sheet up to the last that is filled, as readers hold all of them; a hundred thousand rows of sixty columns."""
_MOST_IN_ALL = 10_000_000
"""Cells of all sheets."""
_MOST_TEXT = 64 * 2**20
"""Bytes of long texts that stand in several cells, as a reader makes a copy for each."""
_LONG = 1000
_MOST_PARSED = 96 * 2**20
"""Bytes of a sheet that has to be parsed to be measured."""
_CONTENT = frozenset(("v", "f", "is"))
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_HEADER = 30
"""Bytes of a part's own header, before its name."""
_ROW = re.compile(rb'<row [^>]*?\br="(\d+)"')
_TEXT = re.compile(rb"<(?:\w+:)?si\b.*?</(?:\w+:)?si>", re.DOTALL)


class Archive:
    """Gives the parts by name. Raises SourceError where one of them is a trap, BadZipFile or KeyError where there is none."""

    def __init__(self, content: bytes, location: str) -> None:
        self._content = content
        self._location = location
        self._cells = 0
        with ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
        self._infos = {info.filename: info for info in infos}
        if len(infos) > _MOST_PARTS or sum(info.file_size for info in infos) > _MOST_BYTES:
            raise SourceError("D073", location, limit=str(_MOST_BYTES // 2**20))
        if len(self._infos) < len(infos) or any(".." in re.split(r"[/\\]", name) or name.startswith("/") for name in self._infos):
            raise BadZipFile("parts that no program writes")
        self._long_texts = dict(self._texts())
        for name in self._infos:  # readers will unpack them, and believe what they say
            if name.endswith((".xml", ".rels")) and not name.startswith(("xl/worksheets/", "xl/sharedStrings")):
                self.read(name)

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    @property
    def links(self) -> int:
        """The number of other files that formulas refer to."""
        return sum(bool(re.fullmatch(r"xl/externalLinks/[^/]+\.xml", name)) for name in self._infos)

    def read(self, name: str) -> bytes:
        """A part, unpacked, without a document type, as its entities may be as many as one likes."""
        info = self._infos[name]
        content = self._unpacked(info)
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content or content.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise SourceError("D074", self._location)
        return content

    def sheet(self, name: str) -> bytes:
        """A part that is a sheet whose cells can be held."""
        xml = self.read(name)
        self._cells += xml.count(b"<c")
        if self._cells > _MOST_IN_ALL:
            raise SourceError("D076", self._location, limit=str(_MOST_IN_ALL // 10**6))
        self._measure(xml)
        self._weigh(xml)
        return xml

    def _unpacked(self, info: ZipInfo) -> bytes:
        """What is packed in a part, if it is as long as it says."""
        start = info.header_offset
        names, extra = (int.from_bytes(self._content[start + place : start + place + 2], "little") for place in (26, 28))
        start += _HEADER + names + extra
        packed = self._content[start : start + info.compress_size]
        if info.compress_type == ZIP_STORED:
            content, whole = packed, True
        elif info.compress_type == ZIP_DEFLATED:
            unpacker = zlib.decompressobj(-15)
            content = unpacker.decompress(packed, info.file_size + 1)
            whole = unpacker.eof
        else:
            raise BadZipFile("packed as no program does")
        if not whole or len(content) != info.file_size or zlib.crc32(content) != info.CRC:
            raise BadZipFile("not what it says")
        return content

    # --- cells far away

    def _measure(self, xml: bytes) -> None:
        """Refuse a sheet whose filled cells lie so far apart that all between them cannot be held."""
        rows = max([xml.count(b"<row"), *(int(match[1]) for match in _ROW.finditer(xml)), *_last_row(xml)])
        if b":sheetData" not in xml and rows <= _LAST_ROW and not _odd_or_beyond(_most_columns(rows)).search(xml):
            return
        if len(xml) > _MOST_PARSED:
            raise SourceError("D073", self._location, limit=str(_MOST_PARSED // 2**20))
        rows, columns = _filled(xml)
        if rows > _LAST_ROW or columns > _most_columns(rows):
            raise SourceError("D075", self._location, cell=f"{column_letters(min(columns, _LAST_COLUMN) - 1)}{rows}")

    # --- texts that stand in many cells

    def _texts(self) -> Iterator[tuple[int, int]]:
        """Number and length of the long texts that cells share."""
        name = next((name for name in self._infos if re.fullmatch(r"(?i)xl/sharedStrings\.xml", name)), None)
        xml = self.read(name) if name else b""
        if len(xml) <= _LONG:
            return
        for number, match in enumerate(_TEXT.finditer(xml)):
            length = match.end() - match.start()
            if length > _LONG:
                yield number, length

    def _weigh(self, xml: bytes) -> None:
        """Refuse a sheet that repeats long texts so often that their copies cannot be held."""
        longest = max(self._long_texts.values(), default=0)
        if longest * xml.count(b'"s"') <= _MOST_TEXT:
            return
        used = re.finditer(rb"<(?:\w+:)?v>(\d{1,9})</", xml)
        if sum(self._long_texts.get(int(match[1]), 0) for match in used) > _MOST_TEXT:
            raise SourceError("D073", self._location, limit=str(_MOST_TEXT // 2**20))


def _last_row(xml: bytes) -> Iterable[int]:
    """The rows of the last cells, which say where a sheet ends."""
    return (int(row) for row in re.findall(rb'<c r="[A-Z]+(\d+)"', xml[xml.rfind(b"<row") :]))


def _most_columns(rows: int) -> int:
    return min(_MOST_CELLS // max(rows, 1), _LAST_COLUMN)


def _odd_or_beyond(columns: int) -> re.Pattern[bytes]:
    """What finds a cell that is not written as most programs do, or one beyond some columns."""
    letters = column_letters(columns)
    later = [
        f"{letters[:place]}[{chr(ord(letter) + 1)}-Z][A-Z]{{{len(letters) - place - 1}}}"
        for place, letter in enumerate(letters)
        if letter != "Z"
    ]
    beyond = "|".join([f"[A-Z]{{{len(letters) + 1},}}", letters, *later])
    return re.compile(rf'<c(?:(?! r="[A-Z])[\s>/]| r="(?:{beyond})\d)'.encode())


def _filled(xml: bytes) -> tuple[int, int]:
    """The last row and the last column in which something stands; formats reach farther in many a sheet."""
    row = column = rows = columns = 0
    parser = expat.ParserCreate(namespace_separator=" ")

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, rows, columns
        local, place = name.rpartition(" ")[2], attributes.get("r", "")
        if local == "row":
            row, column = int(place or row + 1), 0
        elif local == "c":
            letters = place.rstrip("0123456789")
            row, column = int(place[len(letters) :] or row), column_number(letters) if letters else column + 1
        elif local in _CONTENT:
            rows, columns = max(rows, row), max(columns, column)

    parser.StartElementHandler = start
    parser.Parse(xml, True)
    return rows, columns
