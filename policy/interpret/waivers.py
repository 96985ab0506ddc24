"""Which waivers are in force, which outcome each excuses, and what is to be said of the others."""

from __future__ import annotations

from policy.interpret.subjects import subject_named
from policy.interpret.world import World
from policy.lang.facts import Row
from policy.lang.outcome import Notice, canonical_subject

__all__ = ["Waivers"]

_REQUIRED = ("rule", "subject", "reason", "approver", "date")


class Waivers:
    """The visible waivers of a run. Without rule, subject, reason, approver or date a waiver is refused."""

    def __init__(self, world: World) -> None:
        self._names = {field.name: field.index for field in world.pack.vocabulary.entities["waiver"].fields}
        self._in_force: dict[str, dict[str, list[Row]]] = {}
        self._state: dict[str, str] = {}
        self._rows = world.rows["waiver"]
        for row in self._rows:
            self._enter(row, world)

    def _value(self, row: Row, name: str) -> object:
        return row.values[self._names[name]]

    def _enter(self, row: Row, world: World) -> None:
        until = self._value(row, "valid_until")
        if any(self._value(row, name) in (None, "") for name in _REQUIRED):
            self._state[row.key] = "waiver_refused"
        elif until is not None and until < world.as_of:
            self._state[row.key] = "waiver_lapsed"
        else:
            self._state[row.key] = "waiver_unmatched"
            rule = world.pack.rule(str(self._value(row, "rule")).strip())
            if rule is not None:
                subject = subject_named(str(self._value(row, "subject")), rule, world)
                self._in_force.setdefault(rule.id, {}).setdefault(subject, []).append(row)

    def excuse(self, rule: str, subject: str, problem: bool) -> str | None:
        """The id of the waiver that excuses a problem of this subject, if one is in force; remembers that it was used."""
        if rule not in self._in_force:
            return None
        rows = self._in_force[rule].get(canonical_subject(subject), ())
        for row in rows:
            if problem:
                self._state[row.key] = "used"
            elif self._state[row.key] == "waiver_unmatched":
                self._state[row.key] = "waiver_unused"
        return rows[0].key if rows and problem else None

    def notices(self, rules: set[str], known: set[str]) -> tuple[Notice, ...]:
        """What is to be said of the waivers for the rules that were run, and for rules that do not exist."""
        notices = []
        for row in self._rows:
            rule, subject = str(self._value(row, "rule") or ""), str(self._value(row, "subject") or "")
            state = self._state[row.key]
            if state != "used" and (rule.strip() in rules or rule.strip() not in known):
                notices.append(Notice(state, row.key, rule, subject))
        return tuple(notices)
