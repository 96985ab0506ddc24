"""The sources of a pack with what cases reach marked in them: one page, no script, no font, no image, no network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from pathlib import PurePath

from policy.cover.listing import truths
from policy.lang.coverage import Atom, Coverage, Covered
from policy.lang.keywords import status_word
from policy.messages import text
from policy.source import Source

__all__ = ["as_html"]

_STYLE = """\
body { font: 15px/1.6 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem; color: #1c1c1c; background: #fff }
h1 { font-size: 1.4rem } h2 { font-size: 1.1rem; margin-top: 2.5rem }
table { border-collapse: collapse } td, th { padding: .15rem .8rem .15rem 0; text-align: left; vertical-align: top } td.n { text-align: right; white-space: nowrap }
pre { font: 14px/1.7 ui-monospace, "Noto Sans Mono CJK SC", monospace; white-space: pre-wrap; border: 1px solid #ccc; padding: .6rem 0; margin: 0 }
.l { display: block; padding-left: 7.5rem; position: relative; min-height: 1.7em } .l > i { position: absolute; left: .6rem; color: #666; font-style: normal } .l > b { position: absolute; left: 3.6rem; font-weight: normal; color: #444 }
.full { background: #d6f0d8 } .part { background: #fdeeba; border-bottom: 2px solid #b58900 } .none { background: #f8d3d0; border-bottom: 2px dotted #b3261e }
@media print { body { max-width: none } pre { border: 0 } }
"""


def as_html(coverage: Coverage, sources: Mapping[str, Source], language: str) -> str:
    """The page: the sums of rules and definitions, then each file that has one, its conditions in three colours."""
    page = _Page(coverage, sources, language)
    return "\n".join(page.lines()) + "\n"


class _Page:
    def __init__(self, coverage: Coverage, sources: Mapping[str, Source], language: str) -> None:
        self._coverage = coverage
        self._sources = sources
        self._language = language

    def _say(self, code: str, **arguments: object) -> str:
        return escape(text(code, self._language, **arguments))

    def lines(self) -> Iterator[str]:
        one = self._coverage
        yield "<!DOCTYPE html>"
        yield f'<html lang="{"zh-CN" if self._language == "zh" else "en"}">'
        yield '<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">'
        yield f"<title>{self._say('K210', pack=one.pack)}</title>\n<style>\n{_STYLE}</style>\n</head>\n<body>"
        yield f"<h1>{self._say('K210', pack=one.pack)}</h1>"
        yield f"<p>{self._say('K200', pack=one.pack, cases=one.cases, reached=one.reached, goals=one.goals, percent=f'{one.percent:.1f}')}</p>"
        legend = " ".join(f'<span class="{kind}">{self._say(code)}</span>' for kind, code in (("full", "K211"), ("part", "K212"), ("none", "K213")))
        yield f"<p>{legend}</p>"
        yield from self._sums()
        for number, file in enumerate(self._files()):
            yield f'<h2 id="f{number}">{escape(PurePath(file).name)}</h2>'
            yield from self._source(number, self._sources[file])
        yield "</body>\n</html>"

    def _files(self) -> list[str]:
        """The files with rules or definitions, in the order of the pack."""
        having = {part.file for part in self._coverage.parts} | {atom.file for part in self._coverage.parts for atom in part.atoms}
        return [file for file in self._sources if file in having]

    def _sums(self) -> Iterator[str]:
        yield f"<table>\n<tr><th>{self._say('K214')}</th><th>{self._say('K215')}</th><th>{self._say('K216')}</th></tr>"
        numbers = {file: number for number, file in enumerate(self._files())}
        for part in self._coverage.parts:
            if part.goals:
                lacking = [status_word(status, self._language) for status in part.possible if status not in part.statuses]
                link = f'<a href="#f{numbers[part.file]}-{self._line(part)}">{escape(part.name)}</a> {escape(part.title)}'
                told = escape(text("K208", self._language, statuses="\n".join(lacking)))
                yield f'<tr><td>{link}</td><td class="n">{part.reached}/{part.goals}</td><td>{told}</td></tr>'
        yield "</table>"

    def _line(self, part: Covered) -> int:
        return self._sources[part.file].position(part.span[0])[0]

    # --- a source

    def _source(self, place: int, source: Source) -> Iterator[str]:
        named = {self._line(part) for part in self._coverage.parts if part.file == source.name}
        atoms = [atom for part in self._coverage.parts for atom in part.atoms if atom.file == source.name]
        marked = self._marked(source.text, atoms)
        counts: dict[int, list[int]] = {}
        for atom in atoms:
            line, _ = source.position(atom.span[0])
            reached = len(atom.goals) - len(atom.lacking)
            counts[line] = [sum(pair) for pair in zip(counts.get(line, [0, 0]), (reached, len(atom.goals)))]
        lines = []
        for number, line in enumerate(marked, 1):
            told = "{}/{}".format(*counts[number]) if number in counts else ""
            name = f' id="f{place}-{number}"' if number in named else ""
            lines.append(f'<span class="l"{name}><i>{number}</i><b>{told}</b>{line}</span>')
        yield f"<pre>{''.join(lines)}</pre>"

    def _marked(self, content: str, atoms: list[Atom]) -> list[str]:
        """The lines of a text with its conditions in tags, which end and begin again at the ends of lines."""
        begins: dict[int, list[Atom]] = {}
        for atom in sorted(atoms, key=lambda one: -one.span[1]):
            begins.setdefault(atom.span[0], []).append(atom)
        lines, line, open_ = [], "", []
        for place, char in enumerate(content):
            while open_ and open_[-1].span[1] <= place:
                open_.pop()
                line += "</span>"
            for atom in begins.get(place, ()):
                open_.append(atom)
                line += self._tag(atom)
            if char == "\n":
                lines.append(line + "</span>" * len(open_))
                line = "".join(map(self._tag, open_))
            else:
                line += escape(char)
        return [*lines, line + "</span>" * len(open_)] if line else lines

    def _tag(self, atom: Atom) -> str:
        kind = "none" if len(atom.lacking) == len(atom.goals) else "part" if atom.lacking else "full"
        told = self._say("K217", truths=truths(atom.decided, self._language)) if atom.decided else self._say("K219")
        if atom.lacking:
            told += self._say("K218", truths=truths(atom.lacking, self._language))
        return f'<span class="{kind}" title="{told}">'
