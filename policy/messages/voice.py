"""Says things in a language: numbers, lists, labels and values, whatever they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from policy.lang.keywords import UNITS, period_text, status_word
from policy.lang.outcome import STATUSES
from policy.messages import text
from policy.width import harmless

__all__ = ["Voice"]


class Voice:
    """What comes out of `say` is harmless on a terminal and in XML. `labels` are the Chinese labels of identifiers."""

    def __init__(self, language: str, labels: Mapping[str, str]) -> None:
        self.language = language
        self._labels = labels

    def say(self, code: str, **arguments: object) -> str:
        """A message as one harmless line."""
        return harmless(text(code, self.language, **{name: str(value) for name, value in arguments.items()}))

    def listed(self, words: Iterable[str]) -> str:
        return ("、" if self.language == "zh" else ", ").join(words)

    def counts(self, counts: Mapping[str, int]) -> str:
        """Counts by status in words, the most urgent first."""
        return self.listed(f"{status_word(status, self.language)} {counts[status]}" for status in STATUSES if counts.get(status))

    def label(self, name: str) -> str:
        """The label of an entity, an enum or a field (`talk.end`); in English its identifier."""
        return self._labels.get(name, name) if self.language == "zh" else name

    def value(self, parameter: str, value: str) -> str:
        """A parameter's value; `30 days` is 30日 in Chinese, where a choice has its own word too."""
        amount, _, unit = value.partition(" ")
        if unit in UNITS and amount.isdecimal():
            return period_text(int(amount), unit, self.language)
        return self._labels.get(f"{parameter}.{value}", value) if self.language == "zh" else value
