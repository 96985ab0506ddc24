"""The tables of the grammar: kept between runs, made anew when they cannot be read, and complete."""

from __future__ import annotations

import subprocess
import sys

import pytest

from policy.lang.keywords import KEYWORDS, PUNCTUATION
from policy.parse import parse_file
from policy.parse.build import Builder
from policy.parse.lexer import VALUE_TERMINALS
from policy.parse.table import END_OF_FILE, parse_table
from policy.source import Source


def shape() -> tuple:
    table = parse_table()
    return len(table.actions), len(table.rules), sorted(table.starts)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty cache folder, used by `parse_table` within the test only."""
    monkeypatch.setenv("POLICY_CACHE_DIR", str(tmp_path))
    parse_table.cache_clear()
    yield tmp_path
    parse_table.cache_clear()


def test_a_kept_table_is_the_one_made(folder) -> None:
    made = shape()
    (kept,) = folder.iterdir()
    parse_table.cache_clear()
    assert shape() == made
    assert list(folder.iterdir()) == [kept]


@pytest.mark.parametrize("damaged", [b"", b"\x00" * 40, b"no table", b"(\x01\x00\x00\x00"])
def test_a_damaged_table_is_made_anew(folder, damaged: bytes) -> None:
    made = shape()
    (kept,) = folder.iterdir()
    kept.write_bytes(damaged)
    parse_table.cache_clear()
    assert shape() == made
    assert kept.read_bytes() != damaged


def test_a_parser_follows_the_table_that_it_is_given(folder) -> None:
    """Lark numbers the rules of each table it makes anew, so what was made for one table must not serve another."""
    source = Source("x", 'param a : int = 1 from 0 to 2 basis "b" end')
    for _ in range(4):
        assert parse_file(source)[1] == ()
        for kept in folder.iterdir():
            kept.unlink()
        parse_table.cache_clear()


def test_without_a_cache(folder, monkeypatch) -> None:
    monkeypatch.setenv("POLICY_CACHE_DIR", "")
    assert shape()
    assert list(folder.iterdir()) == []


def test_every_terminal_is_used() -> None:
    used = {terminal for row in parse_table().actions for terminal in row}
    assert used == {*KEYWORDS, *PUNCTUATION, *VALUE_TERMINALS, END_OF_FILE}


def test_every_method_of_the_builder_is_called() -> None:
    methods = {name for name in vars(Builder) if not name.startswith("_")}
    assert {rule.callback for rule in parse_table().rules if rule.callback} == methods


def test_lark_is_not_imported_where_a_table_is_kept() -> None:
    parse_table()
    program = "import sys; from policy.parse import parse_expression as p; assert p('1', 'x')[0]; print('lark' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
