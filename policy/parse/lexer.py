"""Characters → tokens. What a word is depends on what the grammar can take at its place.

Full-width forms are read as half-width ones (NFKC, character by character, so that offsets stay true); texts keep theirs.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Collection
from decimal import Decimal

from policy.diagnostic import Diagnostic
from policy.lang import ast
from policy.lang.keywords import KEYWORDS, LANGUAGES, PUNCTUATION, UNITS
from policy.lang.numerals import MOST_DIGITS, chinese_number, too_long
from policy.source import Source

__all__ = ["VALUE_TERMINALS", "Comment", "Lexer", "Token"]

VALUE_TERMINALS = (
    "NAME", "STRING", "INTEGER", "DECIMAL", "DATE", "MONTH_DAY", "DURATION", "CITATION", "DOCUMENT", "RULE_ID", "SUBJECT_KEY", "TABLE",
)  # fmt: skip
"""The terminals that carry a value; all others are keywords and punctuation."""


class Token:
    """A terminal with its value and its place."""

    __slots__ = ("end", "start", "type", "value")

    def __init__(self, type: str, value: object, start: int, end: int) -> None:
        self.type = type
        self.value = value
        self.start = start
        self.end = end


class Comment:
    """A comment's text and place; `trailing` if something else stands before it on its line."""

    __slots__ = ("start", "text", "trailing")

    def __init__(self, text: str, start: int, trailing: bool) -> None:
        self.text = text
        self.start = start
        self.trailing = trailing


_ODD: dict[str, tuple[str, dict[str, str]]] = {
    # what is written by habit → what to say of it
    ";": ("S001-stop", {}), "!": ("S001-meant", {"near": "@NOT"}), "&": ("S001-meant", {"near": "@AND"}), "&&": ("S001-meant", {"near": "@AND"}),
    "||": ("S001-meant", {"near": "@OR"}), "”": ("S001-quote", {}), "’": ("S001-quote", {}),
    "‘": ("S001-quote", {}), "'": ("S001-quote", {}), "「": ("S001-quote", {}), "」": ("S001-quote", {}),
}  # fmt: skip
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
_NUMERAL = "[0-9零〇一二两三四五六七八九十百千]+"
_UNIT_OF = {word: unit for unit, words in UNITS.items() for language in LANGUAGES for word in words[language]}
_UNIT = "|".join(sorted(map(re.escape, _UNIT_OF), key=len, reverse=True))

_SKIP = re.compile(rf"[\s{_INVISIBLE}]+|\#[^\n]*|注:[^\n]*")
_WORD = re.compile(r"[^\W\d]\w*")
_LIKE_A_WORD = re.compile(r"[^\W\d]\w*|([^\w\s])\1*")
_NEXT_WORD = re.compile(r"[^\S\n]+[^\W\d]\w*")
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?![\w-])|(\d{4})年(\d{1,2})月(\d{1,2})日(?!\w)")
_MONTH_DAY = re.compile(r"(\d{2})-(\d{2})(?![\w-])|(\d{1,2})月(\d{1,2})日(?!\w)")
_DURATION = re.compile(rf"({_NUMERAL})\s*({_UNIT})(?!\w)")
_NUMBER = re.compile(r"\d+(\.\d+)?(?!\w)")
_BAD_NUMBER = re.compile(r"\d[\w.]*")
_STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"|“((?:[^“”\\\n]|\\.|“[^“”\\\n]*”)*)”')
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t"}
_DOCUMENT = re.compile(r"《([^》]*)》")
_QUOTED_NAME = re.compile(r"〔([^〕\n]*)〕")
_CITATION = re.compile(
    rf"第({_NUMERAL})条(?:之({_NUMERAL}))?(?:第({_NUMERAL})款)?(?:第\(?({_NUMERAL})\)?项)?"
    r"|article\s+(\d+)(?:-(\d+))?(?:\s+paragraph\s+(\d+))?(?:\s+item\s+(\d+))?(?!\w)"
)
_RULE_ID = re.compile(r"\w+(?:[-.]\w+)*")
_SUBJECT_KEY = re.compile(r"[^\s,、\"“”〔〕|]+")
_CELL = re.compile(r"(?:[^|\\\n]|\\.)*")
_PUNCTUATION = sorted(((spelling, terminal) for terminal, words in PUNCTUATION.items() for spelling in words), key=lambda p: -len(p[0]))
_BY_FIRST = {char: [pair for pair in _PUNCTUATION if pair[0][0] == char] for char in {spelling[0] for spelling, _ in _PUNCTUATION}}


def _keyword_table() -> dict[str, list[tuple[str, re.Pattern[str] | None, str]]]:
    """First word of a spelling → its terminals, the longest spelling first: terminal, pattern (None: that word alone), language."""
    table: dict[str, list[tuple[str, re.Pattern[str] | None, str]]] = {}
    spellings = [(words, terminal, language) for terminal, by in KEYWORDS.items() for language in LANGUAGES for words in by[language]]
    for words, terminal, language in sorted(spellings, key=lambda entry: -len(entry[0])):
        parts = words.split(" ")
        pattern = re.compile(r"\s+".join(map(re.escape, parts)) + r"(?!\w)") if len(parts) > 1 else None
        table.setdefault(parts[0], []).append((terminal, pattern, language))
    return table


_KEYWORDS = _keyword_table()


def half_width(text: str) -> str:
    """The text with every character replaced by its NFKC form where that is a single character: as long as before."""
    if text.isascii():
        return text
    forms = {char: unicodedata.normalize("NFKC", char) for char in set(text)}
    changes = {ord(char): form for char, form in forms.items() if char != form and len(form) == 1}
    return text.translate(changes) if changes else text


class Lexer:
    """Reads a source from its start. Lexical mistakes become diagnostics; a token is given all the same."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = half_width(source.text)
        self.position = 0
        self.comments: list[Comment] = []
        self.diagnostics: list[Diagnostic] = []
        self.spelled = dict.fromkeys(LANGUAGES, 0)
        self._takes: Callable[[str], bool] = bool

    @property
    def language(self) -> str:
        """The language of most keywords so far."""
        return "en" if self.spelled["en"] > self.spelled["zh"] else "zh"

    def next(self, accepts: Collection[str], takes: Callable[[str], bool]) -> Token:
        """The next token; at the end one of type `$END`.

        `accepts` holds the terminals that the grammar can take here, and perhaps some more; `takes` knows exactly, and is asked
        where a word could be several things.
        """
        self._takes = takes
        while True:
            self._skip()
            start = self.position
            if start >= len(self.text):
                return Token("$END", "", start, start)
            token = self._in_context(accepts) or self._number(accepts) or self._quoted() or self._word(accepts) or self._punctuation()
            if token is not None:
                self.position = token.end
                return token
            self._leave_out(accepts)

    def _skip(self) -> None:
        text = self.text
        match = _SKIP.match(text, self.position)
        while match:
            if match[0][0] in "#注":
                line = text.rfind("\n", 0, match.start()) + 1
                trailing = bool(text[line : match.start()].strip(" \t\u3000" + _INVISIBLE))
                original = self.source.text[match.start() : match.end()]
                said = original[1 if match[0][0] == "#" else 2 :].rstrip().removeprefix(" ")  # what is set in stays so
                self.comments.append(Comment(said, match.start(), trailing))
            self.position = match.end()
            match = _SKIP.match(text, self.position)

    def begins_line(self, position: int) -> bool:
        """Whether nothing but white space stands before a place on its line."""
        return not self.text[self.text.rfind("\n", 0, position) + 1 : position].strip()

    def ends_line(self, position: int) -> bool:
        """Whether nothing but white space and a comment stands behind a place on its line."""
        rest = self.text[position : self._end_of_line(position)].lstrip()
        return rest.startswith(("#", "注:")) or not rest

    def word_ends(self, position: int, count: int) -> list[int]:
        """Where the first words on the rest of a line end, at most `count`; a run of one odd character is a word too."""
        ends: list[int] = []
        match = _LIKE_A_WORD.match(self.text, position)
        while match and len(ends) < count:
            ends.append(match.end())
            match = _NEXT_WORD.match(self.text, match.end())
        return ends

    # --- what only stands at certain places

    def _in_context(self, accepts: Collection[str]) -> Token | None:
        start = self.position
        if "RULE_ID" in accepts and (match := _RULE_ID.match(self.text, start)) and not self._keyword(match[0], accepts):
            return Token("RULE_ID", unicodedata.normalize("NFKC", match[0]), start, match.end())
        if "SUBJECT_KEY" in accepts and self._takes("SUBJECT_KEY") and (match := _SUBJECT_KEY.match(self.text, start)):
            return Token("SUBJECT_KEY", self.source.text[start : match.end()], start, match.end())
        if self.text[start] == "〔" and "RULE_ID" in accepts:
            return self._quoted_key("RULE_ID")
        if self.text[start] in '"“〔' and "SUBJECT_KEY" in accepts and self._takes("SUBJECT_KEY"):
            return self._quoted_key("SUBJECT_KEY")
        if "TABLE" in accepts and self.text[start] == "|":
            return self._table()
        if "CITATION" in accepts and (match := _CITATION.match(self.text, start)):
            return Token("CITATION", _citation(match) if self._fits(match) else ast.Citation(1), start, match.end())
        if "DURATION" in accepts and (match := _DURATION.match(self.text, start)) and not _DATE.match(self.text, start):
            return self._duration(match)
        return None

    def _quoted_key(self, terminal: str) -> Token | None:
        """A rule's id or a subject's key with odd characters, in the quotes of a name or of a text."""
        token = self._quoted()
        return token and Token(terminal, token.value, token.start, token.end)

    def _table(self) -> Token:
        """Rows of cells between bars. The header ends at the first blank segment, or with its line; rows have as many cells.

        Where the row after the header starts on a new line a line holds whole rows; otherwise line breaks were lost, and the
        number of cells alone ends a row.
        """
        start = self.position
        header, position = self._header(start)
        following = self._next_bar(position)
        broken = following is not None and "\n" in self.text[position:following]
        rows: list[tuple[ast.Cell, ...]] = []
        while following is not None:
            if broken:
                found, position = self._line_of_rows(following, len(header))
                rows += found
            else:
                row, position = self._cells(following, len(header))
                self._check_length(row, len(header), following, position)
                rows.append(tuple(row))
            following = self._next_bar(position)
        columns = tuple(ast.Cell(unicodedata.normalize("NFKC", cell.text), span=cell.span) for cell in header)
        return Token("TABLE", (columns, tuple(rows)), start, position)

    def _header(self, start: int) -> tuple[list[ast.Cell], int]:
        """The cells of the header. One without a name ends it, unless the line below shows that line breaks are there."""
        header, position = self._cells(start, None, header=True)
        whole, end = self._cells(start, None)
        below = re.compile(r"[^\S\n]*\n\s*\|").match(self.text, end)
        if len(whole) > len(header) and below and len(self._cells(below.end() - 1, None)[0]) == len(whole):
            self._error("S013", position - 1, position + 1, column=str(len(header) + 1))
            return whole, end
        return header, position

    def _line_of_rows(self, start: int, wanted: int) -> tuple[list[tuple[ast.Cell, ...]], int]:
        """The rows on the line of the bar at `start`, mostly one; several have a blank segment between each other."""
        cells, position = self._cells(start, None, wanted=wanted)
        rest = self.text[position : self._end_of_line(position)]
        if len(cells) == wanted - 1 and rest.strip():
            end = position + len(rest.rstrip())
            self._error("S014", start, end)
            return [(*cells, self._cell(position, end))], end
        joints = cells[wanted :: wanted + 1]
        if any(joint.text for joint in joints) or len(cells) % (wanted + 1) != wanted:
            self._check_length(cells, wanted, start, position)
            return [], position
        return [tuple(cells[first : first + wanted]) for first in range(0, len(cells), wanted + 1)], position

    def _check_length(self, row: list[ast.Cell], wanted: int, start: int, end: int) -> None:
        if len(row) != wanted:
            self._error("S005", start, end, found=str(len(row)), wanted=str(wanted))

    def _cells(self, start: int, limit: int | None, *, header: bool = False, wanted: int = 0) -> tuple[list[ast.Cell], int]:
        """The cells after the bar at `start` that a bar closes on the same line, at most `limit`; and the place behind the last bar.

        Behind `wanted` cells a comment ends the line.
        """
        cells: list[ast.Cell] = []
        position = start + 1
        while limit is None or len(cells) < limit:
            match = _CELL.match(self.text, position)
            closed = match is not None and self.text.startswith("|", match.end())
            if match is None or not closed or (header and not match[0].strip()):
                break
            if wanted and len(cells) >= wanted and match[0].lstrip().startswith(("#", "注:")):
                break
            cells.append(self._cell(position, match.end()))
            position = match.end() + 1
        return cells, position

    def _next_bar(self, position: int) -> int | None:
        """The bar that opens the next row, behind white space and comments; None where the table has ended."""
        kept = len(self.comments)
        self.position = position
        self._skip()
        if self.text.startswith("|", self.position):
            return self.position
        del self.comments[kept:]
        return None

    def _cell(self, start: int, end: int) -> ast.Cell:
        original = self.source.text[start:end]
        stripped = original.strip()
        begin = start + len(original) - len(original.lstrip()) if stripped else start
        return ast.Cell(_ESCAPE.sub(r"\1", stripped), span=(begin, begin + len(stripped)))

    # --- values

    def _number(self, accepts: Collection[str]) -> Token | None:
        text, start = self.text, self.position
        if not ("0" <= text[start] <= "9"):
            return None
        if match := _DATE.match(text, start):
            return Token("DATE", self._date(match), start, match.end())
        if "MONTH_DAY" in accepts and (match := _MONTH_DAY.match(text, start)):
            return Token("MONTH_DAY", self._month_day(match), start, match.end())
        if match := _NUMBER.match(text, start):
            digits = match[0] if self._fits(match) else "0"
            value = Decimal(digits) if match[1] else int(digits)
            return Token("DECIMAL" if match[1] else "INTEGER", value, start, match.end())
        if match := _DURATION.match(text, start):
            return self._duration(match)
        match = _BAD_NUMBER.match(text, start)
        assert match is not None
        self._error("S003", start, match.end(), text=match[0])
        return Token("INTEGER", 0, start, match.end())

    def _duration(self, match: re.Match[str]) -> Token:
        amount = chinese_number(match[1]) if self._fits(match) else 0
        return Token("DURATION", (amount, _UNIT_OF[match[2]]), match.start(), match.end())

    def _fits(self, match: re.Match[str]) -> bool:
        """Whether the numbers in a match can be read; one that is too long is a mistake."""
        fits = not too_long(match[0])
        if not fits:
            self._error("S032", match.start(), match.end(), most=str(MOST_DIGITS))
        return fits

    def _date(self, match: re.Match[str]) -> datetime.date:
        year, month, day = (int(part) for part in match.groups() if part is not None)
        try:
            return datetime.date(year, month, day)
        except ValueError:
            self._error("S004", match.start(), match.end(), text=match[0])
            return datetime.date.min

    def _month_day(self, match: re.Match[str]) -> tuple[int, int]:
        month, day = (int(part) for part in match.groups() if part is not None)
        try:
            datetime.date(2000, month, day)
        except ValueError:
            self._error("S004", match.start(), match.end(), text=match[0])
        return month, day

    def _quoted(self) -> Token | None:
        start, char = self.position, self.text[self.position]
        if char in '"“':
            return self._string()
        if char == "《" and (match := _DOCUMENT.match(self.text, start)):
            return Token("DOCUMENT", self.source.text[match.start(1) : match.end(1)], start, match.end())
        if char == "〔" and (match := _QUOTED_NAME.match(self.text, start)):
            return Token("NAME", unicodedata.normalize("NFKC", match[1]), start, match.end())
        if char in "《〔":
            end = self._end_of_line(start)
            self._error("S002", start, end, quote=char, closing={"《": "》", "〔": "〕"}[char])
            return Token("DOCUMENT" if char == "《" else "NAME", self.text[start + 1 : end], start, end)
        return None

    def _string(self) -> Token:
        start = self.position
        if match := _STRING.match(self.text, start):
            group = 1 if match[1] is not None else 2
            original = self.source.text[match.start(group) : match.end(group)]
            value = _ESCAPE.sub(lambda m: _ESCAPED.get(m[1], m[1]), original) if "\\" in original else original
            return Token("STRING", value, start, match.end())
        end = self._end_of_line(start)
        quote, closing = self.source.text[start], "”" if self.text[start] == "“" else '"'
        self._error("S002", start, end, quote=quote, closing=closing)
        other = {"”": '"', '"': "”"}[closing]
        if self.text[start + 1 : end].rstrip().endswith(other):
            self.diagnostics[-1] = self.diagnostics[-1]._replace(help="S002-other", help_arguments={"closing": closing, "other": other})
        return Token("STRING", self.source.text[start + 1 : end], start, end)

    def _end_of_line(self, position: int) -> int:
        end = self.text.find("\n", position)
        return len(self.text) if end < 0 else end

    # --- words and signs

    def _word(self, accepts: Collection[str]) -> Token | None:
        match = _WORD.match(self.text, self.position)
        if match is None:
            return None
        keyword = self._keyword(match[0], accepts)
        if keyword is not None:
            return keyword
        return Token("NAME", unicodedata.normalize("NFKC", match[0]), match.start(), match.end())

    def _keyword(self, word: str, accepts: Collection[str]) -> Token | None:
        """The longest keyword that begins with the word and can stand here; a word before a colon is a name where names stand."""
        start = self.position
        if word not in _KEYWORDS or ("NAME" in accepts and self.before_colon(start + len(word))):
            return None
        candidates = _KEYWORDS[word]
        doubtful = len(candidates) > 1 or "NAME" in accepts
        for terminal, pattern, language in candidates:
            if terminal in accepts and not (doubtful and not self._takes(terminal)):
                match = pattern.match(self.text, start) if pattern else None
                if match or pattern is None:
                    self.spelled[language] += 1
                    return Token(terminal, word, start, match.end() if match else start + len(word))
        return None

    def before_colon(self, position: int) -> bool:
        """Whether a colon follows a place."""
        match = _SKIP.match(self.text, position)
        return self.text.startswith(":", match.end() if match else position)

    def _punctuation(self) -> Token | None:
        for spelling, terminal in _BY_FIRST.get(self.text[self.position], ()):
            if self.text.startswith(spelling, self.position):
                return Token(terminal, spelling, self.position, self.position + len(spelling))
        return None

    def _leave_out(self, accepts: Collection[str]) -> None:
        """Leave out a character that means nothing, or a run of it."""
        start = self.position
        char = self.text[start]
        end = start + 1
        while self.text.startswith(char, end):
            end += 1
        if char == "|" and end == start + 1:
            self._error("S017", start, end, given="@GIVEN")
        else:
            self._error("S001", start, end, char=self.source.text[start:end])
            help, arguments = _ODD.get(self.text[start:end], ("S001", {}))
            if char == ";" and "COLON" in accepts and self._takes("COLON"):
                help, arguments = "S001-meant", {"near": "@COLON"}
            self.diagnostics[-1] = self.diagnostics[-1]._replace(help=help, help_arguments=arguments)
        self.position = end

    def _error(self, code: str, start: int, end: int, **arguments: str) -> None:
        self.diagnostics.append(Diagnostic(code, self.source, (start, end), arguments, code, arguments))


def _citation(match: re.Match[str]) -> ast.Citation:
    parts = [None if part is None else chinese_number(part) for part in match.groups()]
    article, suffix, paragraph, item = parts[:4] if parts[0] is not None else parts[4:]
    return ast.Citation(article, paragraph, item, suffix)
