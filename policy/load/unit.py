"""The file in which a unit writes down what it has decided: which pack and data, which parameters and on what basis."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from policy.diagnostic import Diagnostic
from policy.lang.secrecy import LEVELS, level_named
from policy.lang.unit import Unit, UnitParameter
from policy.lang.url import is_url
from policy.near import nearest
from policy.source import Source, Span
from policy.toml import Document, Place, TomlError, parse

__all__ = ["read_unit"]

_FAIL_ON = {"fail": "不合规", "warn": "警告", "unknown": "待核实"}
_MASKS = {"none": "不掩码", "names": "姓名", "all": "全部"}


_DIGESTS = {"sha256": "SHA-256", "sm3": "SM3"}


class _Key(NamedTuple):
    """A key of the file: its Chinese name, whether it takes a list, and what makes a value of its text (None: no such value)."""

    chinese: str
    many: bool = False
    read: Callable[[str, str], str | None] = lambda text, folder: text
    known: tuple[str, ...] = ()


def _path(text: str, folder: str) -> str:
    return os.path.join(folder, text) if folder and not is_url(text) else text


def _output(text: str, folder: str) -> str:
    name, equals, file = text.partition("=")
    return f"{name}={_path(file, folder)}" if file else text


_KEYS = {
    "pack": _Key("规则包"),
    "data": _Key("数据", True, _path),
    "calendar": _Key("日历", False, _path),
    "secrecy": _Key("保密级别", False, lambda text, folder: level_named(text), tuple(LEVELS.values())),
    "waivers": _Key("豁免", True, _path),
    "select": _Key("选用", True),
    "ignore": _Key("不用", True),
    "extra": _Key("额外", True),
    "fail-on": _Key("失败级别", False, lambda text, folder: _named(text, _FAIL_ON), tuple(_FAIL_ON.values())),
    "output": _Key("输出", True, _output),
    "notice-template": _Key("督办单模板", False, _path),
    "mask": _Key("掩码", False, lambda text, folder: _named(text, _MASKS), tuple(_MASKS.values())),
    "mask-key": _Key("掩码密钥", False, _path),
    "mapping": _Key("映射", True, _path),
    "baseline": _Key("基线", False, _path),
    "history": _Key("历史", False, _path),
    "audit": _Key("留痕", False, _path),
    "digest": _Key("摘要算法", False, lambda text, folder: _named(text.lower(), _DIGESTS), tuple(_DIGESTS.values())),
    "parameters": _Key("参数"),
}
_PARAMETER = {"value": "值", "basis": "依据", "decided_by": "决定"}
_FLAGS_ONLY = {
    "as-of": "as-of", "检查基准日": "as-of", "基准日": "as-of", "all": "all", "keep-going": "keep-going", "lang": "lang", "语言": "lang",
    "fail-on-empty": "fail-on-empty", "exit-zero": "exit-zero",
}  # fmt: skip
"""What is said for each run, by the words that somebody may try, with the flag for it."""


def _named(text: str, words: dict[str, str]) -> str | None:
    return text if text in words else next((name for name, word in words.items() if word == text), None)


def read_unit(name: str, content: bytes) -> tuple[Unit | None, tuple[Diagnostic, ...]]:
    """What the file `name` says, or None and all its mistakes. Keys are English or Chinese; paths in it start from its folder."""
    try:
        document = parse(content)
    except TomlError as error:
        source = Source(name, error.text)
        if error.place is None:
            return None, (Diagnostic("D090", source, (0, 0)),)
        language = _language(error.text)
        if error.twice:
            line = error.text[error.place :].partition("\n")[0].rstrip()
            return None, (Diagnostic("D085", source, (error.place, error.place + len(line)), language=language),)
        if error.day:
            span = (error.place, error.place + len(error.day))
            return None, (Diagnostic("D021", source, span, {"value": error.day}, language=language),)
        return None, (Diagnostic("D091", source, (error.place, error.place + 1), help="toml", language=language),)
    reader = _Reader(name, document)
    unit = reader.unit()
    return (None, tuple(sorted(reader.found, key=lambda one: one.span))) if reader.found else (unit, ())


def _language(text: str) -> str:
    return "en" if text.isascii() else "zh"


class _Reader:
    """A file being read, and the mistakes found in it."""

    def __init__(self, name: str, document: Document) -> None:
        self.source = Source(name, document.text)
        self.document = document
        self.folder = os.path.dirname(name)
        self.found: list[Diagnostic] = []

    def refuse(self, code: str, span: Span, help: str | None = None, /, **arguments: str) -> None:
        filling = {name: arguments[name] for name in ("near", "known", "flag") if name in arguments}
        self.found.append(Diagnostic(code, self.source, span, arguments, help, filling, language=_language(self.source.text)))

    def place(self, *path: str | int) -> Place:
        return self.document.place(path)

    def unit(self) -> Unit:
        settings, parameters = {}, ()
        for key, written, value in self.members(self.document.values, (), {name: key.chinese for name, key in _KEYS.items()}):
            if key == "parameters":
                parameters = tuple(self.parameters(written, value))
            else:
                settings[key] = tuple(self.texts(_KEYS[key], written, value))
        return Unit(self.source, settings, parameters)

    def members(self, values: dict[str, Any], path: tuple[str, ...], names: dict[str, str]) -> Iterator[tuple[str, str, Any]]:
        """The members of a table: key, the key as written, and value. Those that are unknown, and given twice, are mistakes."""
        seen: set[str] = set()
        for written, value in values.items():
            key = _named(written.replace("_", "-"), names) or _named(written, names)
            span = self.place(*path, written).key
            if key is None:
                self.unknown(written, span, names, top=not path)
            elif key in seen:
                self.refuse("D093", span, key=written, other=names[key] if written != names[key] else key)
            else:
                seen.add(key)
                yield key, written, value

    def unknown(self, written: str, span: Span, names: dict[str, str], top: bool) -> None:
        flag = _FLAGS_ONLY.get(written.replace("_", "-")) if top else None
        if flag:
            self.refuse("D092", span, "flag", key=written, flag=flag)
            return
        own = list(names if written.isascii() else names.values())
        near = nearest(written, own)
        self.refuse("D092", span, "near" if near else "known", key=written, near=near or "", known=" ".join(own))

    def texts(self, key: _Key, written: str, value: Any) -> Iterator[str]:
        """The values of a setting."""
        many = key.many and isinstance(value, list)
        for number, one in enumerate(value if many else [value]):
            span = self.place(*((written, number) if many else (written,))).value
            if not isinstance(one, str) or not one.strip():
                self.refuse("D095" if key.many else "D094", span, key=written)
                continue
            read = key.read(one.strip(), self.folder)
            if read is None:
                self.refuse("D096", span, "known", key=written, value=one, known=" ".join(key.known))
            else:
                yield read

    def parameters(self, table: str, values: Any) -> Iterator[UnitParameter]:
        """The parameters; one without a value, or without a basis, is a mistake."""
        if not isinstance(values, dict):
            self.refuse("D097", self.place(table).value, "parameter", key=table)
            return
        for name, value in values.items():
            if not isinstance(value, dict):
                self.refuse("D098", self.place(table, name).value, "parameter", name=name)
                continue
            given = {key: (written, one) for key, written, one in self.members(value, (table, name), _PARAMETER)}
            span = self.place(table, name).key
            if "value" not in given:
                self.refuse("D098", span, "parameter", name=name)
            basis, by = (self.said(given[key], (table, name)) if key in given else "" for key in ("basis", "decided_by"))
            if "basis" not in given:
                self.refuse("D099", span, "parameter", name=name)
            if "value" in given:
                written, one = given["value"]
                text = self.value((table, name, written), one)
                yield UnitParameter(name, text, basis, by, span, self.place(table, name, written).value)

    def said(self, member: tuple[str, Any], path: tuple[str, str]) -> str:
        """A text that has to say something."""
        written, value = member
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
        self.refuse("D094", self.place(*path, written).value, key=written)
        return ""

    def value(self, path: tuple[str, str, str], value: Any) -> str:
        """The value of a parameter as `--set` takes it."""
        if isinstance(value, bool):
            return str(value).lower()
        if (isinstance(value, (str, int, float)) or type(value) is datetime.date) and str(value).strip():
            return str(value)
        self.refuse("D094", self.place(*path).value, key=path[-1])
        return ""
