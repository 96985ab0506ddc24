"""`policy doc`: a pack as a document for readers."""

from __future__ import annotations

import re
from pathlib import PurePath

from policy.cli.arguments import Arguments, Flag, choice
from policy.cli.files import write_whole
from policy.cli.judging import DEFAULT_PACK, load
from policy.cli.screen import Screen, UsageError
from policy.hooks.manager import load_plugins
from policy.pipeline import texts

__all__ = ["EXAMPLES", "FLAGS", "USAGE", "run"]

USAGE = "[PACK]"
FLAGS = (
    Flag("output", "U255", metavar="FILE", short="o"),
    Flag("lang", "U257", metavar="zh|en", read=choice("zh", "en")),
    Flag("format", "U256", metavar="html|md", read=choice("html", "md")),
)
EXAMPLES = ("policy doc", "policy doc -o 规则对照.html", "policy doc rules/my_pack --lang en -o my_pack.md")

_FORMS = {".html": "html", ".htm": "html", ".md": "md", ".markdown": "md"}
_STANDARD_OUTPUT = "-"


def run(arguments: Arguments, screen: Screen) -> int:
    """Write the document of a pack and print the file's name; in the pack's language, unless the user asked for one."""
    name, *superfluous = arguments.words or (DEFAULT_PACK,)
    if superfluous:
        raise UsageError("U64", word=superfluous[0])
    form = arguments["format"] or _form(arguments["output"])
    loaded = load(name, load_plugins(), screen, cases=True)
    if loaded.pack is None:
        return 2
    content = texts.document(loaded.pack, form, screen.asked or loaded.pack.language).encode()
    if arguments["output"] == _STANDARD_OUTPUT:
        screen.results.write(content)
        return 0
    file = arguments["output"] or re.sub(r"[^\w.-]", "_", loaded.pack.id) + f".{form}"
    write_whole(file, content)
    print(file)
    return 0


def _form(file: str | None) -> str:
    """The form that a file's name asks for."""
    if file in (None, _STANDARD_OUTPUT):
        return "html"
    if not file.strip():
        raise UsageError("U69")
    suffix = PurePath(file).suffix.lower()
    if suffix not in _FORMS:
        raise UsageError("U68", file=file)
    return _FORMS[suffix]
