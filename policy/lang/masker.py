"""What stands for a person, an organization, a file in a report that others may read."""

from __future__ import annotations

import hmac
import os
from base64 import b32encode
from collections.abc import Iterable, Sequence
from functools import cached_property

from policy.lang.naming import WITHHELD, Finder, mask_name
from policy.lang.outcome import Mention, canonical_subject
from policy.lang.report import Identities

__all__ = ["Masker"]


class Masker:
    """Masks to a level of `policy.lang.report.MASKS` above `none`.

    A key becomes a pseudonym that depends on `secret` alone: the same in every run with the same secret, and nothing to anybody who has
    not got it. Everything that comes from the data goes through one of these methods, each for a kind of text.
    """

    def __init__(self, identities: Identities, level: str, secret: bytes) -> None:
        self.level = level
        self._all = level == "all"
        self._identities = identities
        self._secret = secret
        self._masked = identities.persons | (identities.organizations if self._all else frozenset())
        self._known: dict[str, str] = {}

    @cached_property
    def _finder(self) -> Finder:
        return Finder(dict(self._spoken()))

    def _spoken(self) -> Iterable[tuple[str, str]]:
        """The names and telling keys of all who are masked, each with what stands for it; a key that is a name too is masked as a name."""
        for (entity, key), names in self._identities.names.items():
            if entity in self._masked:
                if len(key) > 5 or not key.isascii():
                    yield key, WITHHELD if self._all else self._pseudonym(entity, key)
                yield from ((name, WITHHELD if self._all else mask_name(name)) for name in names)

    def _pseudonym(self, kind: str, text: str) -> str:
        """`p-` and 50 bits: of a million the chance that two are alike is one in two thousand."""
        digest = hmac.digest(self._secret, f"{kind}\0{text}".encode("utf-8", "surrogatepass"), "sha256")
        return "p-" + b32encode(digest)[:10].decode().lower()

    def text(self, text: str) -> str:
        """A text that should name nobody, without the names that it has nevertheless."""
        if text not in self._known:
            self._known[text] = self._replaced(text)
        return self._known[text]

    def _replaced(self, text: str) -> str:
        """What is left of one name may be another's (欧阳*文, where somebody is called 欧阳), so it is looked through again."""
        once = self._finder.replace(text)
        if once == text:
            return text
        twice = self._finder.replace(once)
        return twice if self._finder.replace(twice) == twice else WITHHELD

    def free(self, text: str) -> str:
        """A text in which people write what they like, so that nobody can tell what names are in it: nothing of it is left."""
        return text and WITHHELD

    def signed(self, text: str) -> str:
        """Who approved or decided: a person, mostly, who need not be among the data."""
        return text and (WITHHELD if self._all else self._safe(mask_name(text)))

    def key(self, entity: str, key: str) -> str:
        """The key of a row: of a person, at `all` of an organization too, a pseudonym."""
        return self._pseudonym(entity, key) if entity in self._masked else self.text(key)

    def name(self, entity: str, name: str) -> str | None:
        """The display name of a row; None where nothing of it may be seen."""
        if entity not in self._masked:
            return self.text(name)
        return None if self._all else self._safe(mask_name(name))

    def _safe(self, masked: str) -> str:
        """A masked name, unless what is left of it is the name of somebody else."""
        return masked if self.text(masked) == masked else WITHHELD

    def message(self, message: str, mentions: Iterable[Mention]) -> str:
        """A rule's message: its rows masked as rows, its texts withheld."""
        parts, begin = [], 0
        for mention in mentions:
            parts += [message[begin : mention.begin], self._mention(mention, message[mention.begin : mention.end])]
            begin = mention.end
        return "".join([*parts, message[begin:]])

    def _mention(self, mention: Mention, said: str) -> str:
        if not mention.entity:
            return self.free(said)
        if mention.entity not in self._masked:
            return self.text(said)
        key = self.key(mention.entity, mention.key)
        name = said.removesuffix(f"（{mention.key}）").removesuffix(f" ({mention.key})")
        shown = None if name == said else self.name(mention.entity, name)
        return f"{shown}{said[len(name) :].replace(mention.key, key)}" if shown else key

    def subject(self, subject: str, entities: Sequence[str | None]) -> str:
        """A subject as people write it, keys joined by commas; `entities` are those of its parts, None of what is no row."""
        return ",".join(self.parts(canonical_subject(subject).split(","), entities))

    def parts(self, parts: Sequence[str], entities: Sequence[str | None]) -> tuple[str, ...]:
        """The parts of a subject. What may be the key of anything is taken for that of somebody."""
        kinds = [*entities, *["row"] * (len(parts) - len(entities))]
        return tuple(part if kind is None else self._part(part, kind) for part, kind in zip(parts, kinds, strict=False))

    def _part(self, part: str, entity: str) -> str:
        if entity != "row":
            return self.key(entity, part)
        owner = next((one for one in sorted(self._masked) if (one, part) in self._identities.names), entity)
        return self._pseudonym(owner, part)

    def somebody(self, key: str) -> str:
        """The key of a row of whatever entity."""
        return next((self.key(one, key) for one in sorted(self._masked) if (one, key) in self._identities.names), self.text(key))

    def file(self, file: str) -> str:
        """The name of a file; at `all` a pseudonym with its ending, as units call files after themselves, or the pack's own word for a table."""
        if not self._all:
            return self.text(file)
        stem, suffix = os.path.splitext(os.path.basename(file))
        return (stem if stem in self._identities.words else self._pseudonym("file", file)) + suffix

    def sheet(self, sheet: str | None) -> str | None:
        """The name of a sheet; at `all` a pseudonym unless the pack's own word for a table."""
        if sheet is None or not self._all or sheet in self._identities.words:
            return sheet if sheet is None else self.text(sheet)
        return self._pseudonym("sheet", sheet)

    def fingerprint(self, fingerprint: str) -> str:
        """A fingerprint that cannot be found by trying names, in the form that fingerprints have."""
        return fingerprint and hmac.digest(self._secret, fingerprint.encode(), "sha256").hex()[:16]
