"""Derivation → proof: the article, whether the rule applies, when it is due, what was looked for and found, what would comply."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator

from policy.lang import ir
from policy.lang.ast import Citation
from policy.lang.citing import citation_text
from policy.lang.keywords import status_word
from policy.lang.places import Place, settled
from policy.lang.proof import Cited, Decision, Derivation, Line, Proof, Step
from policy.lang.outcome import subject_text
from policy.lang.walk import by_calendar
from policy.prove.conditions import Conditions, truth_of
from policy.prove.days import unpublished
from policy.prove.words import Words
from policy.prove.world import World

__all__ = ["tell"]

_STANDINGS = {"used": "X40", "lapsed": "X41", "double": "X42"}


Deciding = Callable[[Conditions], Iterable[Line]]
"""What would decide an outcome that is not known."""


def tell(derivation: Derivation, world: World, language: str, deciding: Deciding) -> Proof:
    """A derivation in words of a language (zh or en)."""
    lines = tuple(_Teller(derivation, world, language, deciding).lines())
    return Proof(derivation.rule, subject_text(derivation.subject), derivation.status, language, lines)


class _Teller:
    def __init__(self, derivation: Derivation, world: World, language: str, deciding: Deciding) -> None:
        rule = world.pack.rule(derivation.rule)
        assert rule is not None, "a rule of the pack"
        self.rule = rule
        self.found = derivation
        self.world = world
        self.words = Words(world.pack, language)
        self.say = self.words.say
        self.conditions = Conditions(self.words, world)
        self.deciding = deciding

    def lines(self) -> Iterator[Line]:
        found, status = self.found, status_word(self.found.status, self.words.language)
        yield Line("verdict", self.say("X10", rule=self.rule.id, subject=self._subject(), status=status, as_of=self.world.premises.as_of))
        yield from self._basis()
        yield Line("rule", self.say("X12", rule=self.rule.id, title=self.rule.title))
        yield from self._applies()
        yield from self._exceptions()
        yield from (self._decision(one, "waiver") for one in found.decisions if one.row.entity == "waiver")
        if self.rule.due is not None and (found.duty is not None or found.status == "unknown"):
            yield self._due()
        yield from self._duty()
        yield from self._missing()
        yield from self._remedy()

    def _subject(self) -> str:
        """The subject's rows, members and years in words."""
        return self.words.listed(self._bound(each, key) for each, (_, key) in zip(self.rule.binders, self.found.subject))

    def _bound(self, each: ir.Each, key: str | int) -> str:
        if isinstance(each, ir.EachRow):
            return f"{self.words.entity(each.entity)} {key}"
        if isinstance(each, ir.EachMember):
            member = self.world.pack.vocabulary.enums[each.enum].member(str(key))
            return self.words.label(member) if member else str(key)
        return self.say("X18", year=key)

    # --- the article

    def _basis(self) -> Iterator[Line]:
        """What the rule rests on; of places in the pack's own regulation their text too."""
        own = {citation_text(_citation(place), language): place for place in self.rule.citations for language in ("zh", "en")}
        for basis in self.rule.basis:
            place = own.get(basis)
            said = self._article(place) if place else ""
            name = citation_text(_citation(place), self.words.language) if place else basis
            yield Line("basis", self.say("X11", place=name, said=said) if said else name)

    def _article(self, place: Place) -> str:
        """The text of a place of the regulation; empty where that has no such text."""
        regulation = self.world.pack.regulation
        if regulation is None:
            return ""
        article, suffix, paragraph, item = settled(place, regulation)
        found = regulation.articles.get((article, suffix))
        if found is None:
            return ""
        paragraphs = [found.paragraphs[paragraph - 1]] if paragraph else list(found.paragraphs)
        if paragraph and item:
            return paragraphs[0].items[item - 1]
        return " ".join(" ".join((one.text, *one.items)) for one in paragraphs)

    # --- whether the rule applies

    def _applies(self) -> Iterator[Line]:
        conditions = [*self.found.where, *([self.found.when] if self.found.when else [])]
        lines = [*(line for step in conditions for line in self.conditions.lines(step)), *map(self._effective, self.found.occurs)]
        if lines:
            truths = {line.truth for line in lines}
            truth = next((one for one in ("false", "unknown") if one in truths), "true")
            yield Line("applies", self.say("X13"), truth, (), tuple(lines))

    def _effective(self, cited: Cited) -> Line:
        """That a row of the subject does not lie before the effective day."""
        cell, day = self.conditions.cell(cited), self.rule.effective
        holds = cited.value >= day if isinstance(cited.value, datetime.date) and day else None
        return Line("condition", self.say("X14", field=cell.name, day=day), truth_of(holds), (cell,))

    def _exceptions(self) -> Iterator[Line]:
        for exception, step in zip(self.rule.exceptions, self.found.exceptions):
            said = self.say("X19", condition=self.words.expr(step.expr), basis=self.words.listed(exception.basis))
            line = self.conditions.line(step)
            yield Line("exception", said, line.truth, line.cells, line.lines)

    def _decision(self, decision: Decision, kind: str) -> Line:
        cells = (self.conditions.cell(cited) for cited in decision.cells if cited.value is not None)
        return Line(kind, self.say(_STANDINGS[decision.standing], row=self.words.row(decision.row)), "", tuple(cells))

    # --- when it is due

    def _due(self) -> Line:
        """The due day, where it comes from, and what it was moved over."""
        rolled, day = self.found.due[-1], self.found.due_day
        lines = list(self.conditions.values((rolled,)))
        if by_calendar(self.rule, self.world.premises.parameters):
            lines += unpublished(self.found.due, self.world.premises, self.words)
        return Line("due", self.say("X15", day=day) if day else self.say("X16"), "", self.conditions.cells(rolled), tuple(lines))

    # --- the duty

    def _duty(self) -> Iterator[Line]:
        duty, step = self.rule.duty, self.found.duty
        if isinstance(duty, ir.Attestation):
            yield from self._attestation(duty)
        elif isinstance(duty, ir.Filled) and step is not None:
            said = f"{self.words.operand(step.expr)} {self.words.key('IS_FILLED')}"
            below = (*self.conditions.values((step,)), *self._in_time(step))
            yield Line("duty", self.say("X30", condition=said), truth_of(step.value is not None), self.conditions.cells(step), below)
        elif step is not None:
            line = self.conditions.line(step)
            below = self.conditions.lines(step) if isinstance(step.expr, ir.And) else line.lines
            code = "X39" if isinstance(duty, ir.Permission) else "X30"
            yield Line("duty", self.say(code, condition=line.text), line.truth, line.cells, (*below, *self._in_time(step)))

    def _attestation(self, duty: ir.Attestation) -> Iterator[Line]:
        if self.found.status == "not_applicable" or (self.found.excuse and not self.found.decisions):
            return
        own = [one for one in self.found.decisions if one.row.entity == "attestation"]
        told = [self._decision(one, "row") for one in own]
        if not any(one.standing == "used" for one in own):
            told.append(Line("note", self.say("X38")))
        said = self.say("X37", office=duty.office, question=duty.question) if duty.office else self.say("X36", question=duty.question)
        yield Line("duty", said, "", (), tuple(told))

    def _in_time(self, step: Step) -> Iterator[Line]:
        """Whether what was done was done in time; nothing where that is not known."""
        done, due, premises = self.found.fulfilled, self.found.due_day, self.world.premises
        if due is None:
            return
        if done is not None:
            late = (done - due).days
            yield Line("note", self.say("X32" if late > 0 else "X31", day=done, due=due, days=late))
        elif isinstance(self.rule.duty, ir.Filled) or step.value is False:
            left, window = (due - premises.as_of).days, premises.parameters["due_soon"].amount
            code = "X33" if left < 0 else "X35" if left <= window else "X34"
            yield Line("note", self.say(code, as_of=premises.as_of, due=due, days=abs(left), window=window))

    # --- what would decide, and what would comply

    def _missing(self) -> Iterator[Line]:
        if self.found.missing:
            names = self.words.listed(self.words.cell(*name.split(".", 1)) for name in self.found.missing)
            yield Line("missing", self.say("X50", fields=names), "", (), tuple(self.deciding(self.conditions)))

    def _remedy(self) -> Iterator[Line]:
        if self.found.status in ("violated", "late", "due_soon", "pending", "attest") and self.rule.remedy:
            yield Line("remedy", self.say("X60", remedy=self.rule.remedy))
        if self.found.status in ("violated", "due_soon", "pending", "attest"):
            yield from self._complying()

    def _complying(self) -> Iterator[Line]:
        """What would make the duty fulfilled, as its condition has it."""
        lines = tuple(self._wanted())
        if lines:
            yield Line("remedy", self.say("X61"), "", (), lines)

    def _wanted(self) -> Iterable[Line]:
        duty, due = self.rule.duty, self.found.due_day
        if isinstance(duty, ir.Attestation):
            return [Line("note", self.say("X66", rule=self.rule.id, subject=subject_text(self.found.subject)))]
        if isinstance(duty, ir.State):
            return self._to_hold()
        if isinstance(duty, ir.Filled):
            return [Line("note", self.say("X64", field=self.words.expr(duty.day), due=due))] if due else []
        return self._row_wanted(duty, due) if isinstance(duty, ir.Existence) else []

    def _row_wanted(self, duty: ir.Existence, due: datetime.date | None) -> Iterator[Line]:
        if isinstance(duty.source, ir.Violations):
            return
        entity = self.words.entity(duty.source.entity)
        all_do = isinstance(duty.body, ir.Const)
        yield Line("note", self.say("X63", entity=entity) if all_do else self.say("X62", entity=entity, condition=self.words.expr(duty.body)))
        if due and duty.day is not None:
            yield Line("note", self.say("X64", field=self.words.expr(duty.day), due=due))

    def _to_hold(self) -> Iterator[Line]:
        """The conditions that are false, each as it would have to hold."""
        step = self.found.duty
        if step is not None:
            failed = [part for part in step.steps if part.value is False] if isinstance(step.expr, ir.And) else [step]
            yield from (Line("note", self.words.expr(part.expr)) for part in failed)


def _citation(place: Place) -> Citation:
    article, suffix, paragraph, item = place
    return Citation(article, paragraph, item, suffix=suffix)
