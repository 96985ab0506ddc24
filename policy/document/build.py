"""ir → document: what is said of each article, rule, parameter, definition and table, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from policy import __version__
from policy.document.traces import traces, unplaced
from policy.lang.uses import used_by
from policy.document.words import Words, target
from policy.lang import document, ir
from policy.lang.document import Link, Trace, Written
from policy.lang.keywords import spelling, status_word
from policy.lang.outcome import SEVERITIES
from policy.lang.places import Place, settled
from policy.lang.regulation import Article, Paragraph
from policy.lang.schema import ATTESTATION, WAIVER, Entity, Enum

__all__ = ["build_document"]

_ENGINE = (ATTESTATION.name, WAIVER.name)
_CHOICES = {
    # how days are counted → what it means
    "down": "T101", "up": "T102", "error": "T103", "next_workday": "T104", "previous_workday": "T105", "none": "T106",
}  # fmt: skip


def build_document(
    pack: ir.Pack, rules: Mapping[str, Written], definitions: Mapping[str, str], language: str
) -> document.Document:
    """The document of a pack in a language, with its rules (by id) and definitions (by name) as written in that language."""
    return _Builder(pack, rules, definitions, language).document()


class _Builder:
    def __init__(self, pack: ir.Pack, rules: Mapping[str, Written], definitions: Mapping[str, str], language: str) -> None:
        self._pack = pack
        self._written = rules
        self._defined = definitions
        self._words = Words(pack, language)
        self._say = self._words.say
        self._uses = {rule.id: used_by(rule, pack.definitions) for rule in pack.rules}
        self._rules = {rule.id: self._rule(rule) for rule in pack.rules}
        self._traces = {trace.place: trace for trace in traces(pack)}
        placed = ((rule.id, self._settled(rule.citations)) for rule in pack.rules)
        self._homes = {id: _passage(places[0]) for id, places in placed if places}

    def document(self) -> document.Document:
        pack, words = self._pack, self._words
        vocabulary = pack.vocabulary
        return document.Document(
            language=words.language,
            title=self._say("T10", title=pack.title),
            program=self._say("T27", version=__version__),
            facts=tuple(self._facts()),
            basis=words.basis(pack.basis, pack.citations),
            note=pack.note,
            counts=self._counts(),
            articles=tuple(self._article(article) for article in pack.regulation.articles.values()) if pack.regulation else (),
            unplaced=tuple(self._rules[rule.id] for rule in unplaced(pack)),
            traces=tuple(self._rows()),
            matrix=self._matrix(),
            parameters=tuple(map(self._parameter, pack.parameters.values())),
            definitions=tuple(map(self._definition, pack.definitions.values())),
            entities=tuple(self._entity(one) for one in vocabulary.entities.values() if one.name not in _ENGINE),
            enums=tuple(map(self._enum, vocabulary.enums.values())),
            rules=tuple(self._rules.values()),
        )

    # --- the head

    def _facts(self) -> Iterator[tuple[str, str]]:
        pack, words, parameters = self._pack, self._words, self._pack.parameters
        yield self._say("T11"), self._say("T12", id=pack.id, version=pack.version)
        if pack.extends:
            yield self._say("T107"), words.listed(self._say("T12", id=id, version=version) for id, version in pack.extends)
        if pack.editions:
            yield self._say("T108"), self._say("T109", days=self._days())
        yield self._say("T13"), pack.sha256
        yield self._say("T14"), pack.effective.isoformat() if pack.effective else self._say("T29")
        yield self._say("T15"), pack.calendar or self._say("T28")
        yield self._say("T16"), self._say(_CHOICES[str(parameters["months"].default)])
        yield self._say("T17"), self._say(_CHOICES[str(parameters["nonworking"].default)])
        yield self._say("T18"), words.value(parameters["due_soon"].default, parameters["due_soon"])

    def _days(self) -> str:
        """The days as of which a pack that changes with them is the one told of."""
        pack = attrs.evolve(self._pack, editions=())
        first, last = next((one.first, one.last) for one in self._pack.editions if one.pack == pack)
        return self._say("T112" if last is None else "T113" if first is None else "T114", first=first, last=last)

    def _counts(self) -> str:
        pack = self._pack
        kinds = [rule.kind for rule in self._rules.values()]
        severities = [self._say("T21", word=kind, count=kinds.count(kind)) for kind in self._kinds() if kind in kinds]
        return self._say(
            "T20", rules=len(pack.rules), severities=self._words.listed(severities), parameters=len(pack.parameters),
            definitions=len(pack.definitions), cases=len(pack.cases),
        )  # fmt: skip

    def _kinds(self) -> list[str]:
        """What rules can be, in words, the hardest first."""
        return [*(spelling(severity.upper(), self._words.language) for severity in SEVERITIES), self._say("T68")]

    # --- rules

    def _rule(self, rule: ir.Rule) -> document.Rule:
        permission = isinstance(rule.duty, ir.Permission)
        written = self._written[rule.id]
        used = self._uses[rule.id]
        return document.Rule(
            target=target("rule", rule.id),
            id=rule.id,
            title=rule.title,
            severity="" if permission else rule.severity,
            kind=self._say("T68") if permission else spelling(rule.severity.upper(), self._words.language),
            basis=self._words.basis(rule.basis, rule.citations),
            bearer=written.bearer,
            due=written.due,
            question=self._question(rule.duty),
            note=rule.note,
            remedy=rule.remedy,
            parameters=self._to_parameters(used.parameters),
            definitions=self._to_definitions(used.called),
            rules=tuple(Link(id, target("rule", id)) for id in rule.depends),
            text=written.text,
            changes=written.changes,
            cases=tuple(self._cases(rule)),
        )

    def _question(self, duty: ir.Duty) -> str:
        if not isinstance(duty, ir.Attestation):
            return ""
        return self._say("T69", question=duty.question, office=duty.office) if duty.office else duty.question

    def _cases(self, rule: ir.Rule) -> Iterator[document.CaseEntry]:
        for case in self._pack.cases:
            expected = tuple(self._expected(rule, one) for one in case.expectations if one.rule == rule.id)
            if expected:
                yield document.CaseEntry(case.title, case.as_of.isoformat(), expected)

    def _expected(self, rule: ir.Rule, expectation: ir.Expectation) -> str:
        words = self._words
        subject = words.listed(words.key(each, key) for each, key in zip(rule.binders, expectation.subject))
        told = self._say("T72", subject=subject, status=status_word(expectation.status, words.language))
        days = (("T73", expectation.due), ("T74", expectation.fulfilled))
        told += "".join(self._say(code, day=day.isoformat()) for code, day in days if day is not None)
        if expectation.bearer is not None:
            told += self._say("T75", bearer=expectation.bearer)
        if expectation.severity is not None:
            told += self._say("T76", severity=spelling(expectation.severity.upper(), words.language))
        return told

    # --- links

    def _to_rules(self, ids: Iterable[str]) -> tuple[Link, ...]:
        return tuple(Link(id, target("rule", id)) for id in ids)

    def _to_titled_rules(self, ids: Iterable[str]) -> tuple[Link, ...]:
        return tuple(Link(self._say("T98", rule=id, title=self._rules[id].title), target("rule", id)) for id in ids)

    def _to_parameters(self, names: Iterable[str]) -> tuple[Link, ...]:
        return tuple(Link(self._words.label(self._pack.parameters[name]), target("parameter", name)) for name in names)

    def _to_definitions(self, names: Iterable[str]) -> tuple[Link, ...]:
        return tuple(Link(self._words.label(self._pack.definitions[name]), target("definition", name)) for name in names)

    # --- articles

    def _article(self, article: Article) -> document.Article:
        whole = _whole(article)
        to_article = self._words.to_article(whole)
        passages = [self._passage(article, number, paragraph) for number, paragraph in enumerate(article.paragraphs, 1)]
        return document.Article(to_article.target, to_article.text.capitalize(), (*self._whole_passage(article), *passages))

    def _whole_passage(self, article: Article) -> Iterator[document.Passage]:
        """What rests on an article of several paragraphs as a whole; an article without a paragraph has nothing else."""
        whole = _whole(article)
        if len(article.paragraphs) == 1:
            return
        rules, definitions, parameters = self._citing(whole)
        reasons = [one.reason for one in self._pack.unruled if whole in self._settled(one.citations)]
        gaps = [self._words.place(whole)] if not article.paragraphs and self._traces[whole].gap else []
        if rules or definitions or parameters or reasons or gaps:
            told = [document.Reason("", one) for one in reasons]
            yield self._made(whole, "", self._say("T50"), None, rules, definitions, parameters, told, gaps)

    def _passage(self, article: Article, number: int, paragraph: Paragraph) -> document.Passage:
        place = (article.number, article.suffix, number, None)
        several = len(article.paragraphs) > 1
        trace = self._traces[place]
        items = [self._traces[*place[:3], item] for item in range(1, len(paragraph.items) + 1)]
        rules, definitions, parameters = self._citing(_whole(article)) if several else ((), (), ())
        known = {one.reason for one in self._pack.unruled if several and _whole(article) in self._settled(one.citations)}
        return self._made(
            place,
            self._words.to_place(place).target,
            self._words.passage(number) if several else "",
            paragraph,
            trace.rules,
            [name for name in trace.definitions if name not in definitions],
            [name for name in trace.parameters if name not in parameters],
            [one for one in self._reasons(trace, items) if one.text not in known],
            self._gaps(trace, items),
        )

    def _made(
        self,
        place: Place,
        target: str,
        label: str,
        paragraph: Paragraph | None,
        rules: Iterable[str],
        definitions: Iterable[str],
        parameters: Iterable[str],
        reasons: Iterable[document.Reason],
        gaps: Iterable[str],
    ) -> document.Passage:
        """A passage; a rule is told where the first place is that it cites."""
        rules = tuple(rules)
        told = [id for id in rules if self._homes[id] == place]
        items = enumerate(paragraph.items if paragraph else (), 1)
        return document.Passage(
            target=target,
            label=label,
            text=paragraph.text if paragraph else "",
            items=tuple((self._words.item(number), item) for number, item in items),
            rules=tuple(self._rules[id] for id in told),
            others=self._to_titled_rules(id for id in rules if id not in told),
            definitions=self._to_definitions(definitions),
            parameters=self._to_parameters(parameters),
            reasons=tuple(reasons),
            gaps=tuple(gaps),
        )

    def _settled(self, places: Iterable[Place]) -> tuple[Place, ...]:
        regulation = self._pack.regulation
        return tuple(settled(place, regulation) for place in places) if regulation else ()

    def _citing(self, place: Place) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """The rules, definitions and parameters of the pack that cite just this place."""
        pack = self._pack
        return (
            tuple(rule.id for rule in pack.rules if place in self._settled(rule.citations)),
            tuple(one.name for one in pack.definitions.values() if place in self._settled(one.citations)),
            tuple(one.name for one in pack.parameters.values() if one.text and place in self._settled(one.citations)),
        )

    def _reasons(self, trace: Trace, items: Sequence[Trace]) -> Iterator[document.Reason]:
        """The reasons of a paragraph and those of its items, each once."""
        of_items: dict[str, list[int]] = {}
        for number, item in enumerate(items, 1):
            for reason in item.reasons:
                of_items.setdefault(reason, []).append(number)
        for reason in dict.fromkeys((*trace.reasons, *of_items)):
            numbers = of_items.get(reason, [])
            all_of_it = reason in trace.reasons and len(numbers) in (0, len(items))
            yield document.Reason("" if all_of_it else self._words.listed(map(self._words.item_place, numbers)), reason)

    def _gaps(self, trace: Trace, items: Sequence[Trace]) -> Iterator[str]:
        """The places without rule and reason; a paragraph that is one stands for its items."""
        missing = [trace] if trace.gap and all(item.gap for item in items) else [one for one in (trace, *items) if one.gap]
        return (self._full(one.place) for one in missing)

    # --- tables

    def _row(self, trace: Trace) -> document.TraceRow:
        """A row for a place. An article of several paragraphs only heads theirs."""
        article, suffix, paragraph, item = trace.place
        heads = paragraph is None and len(self._pack.regulation.articles[article, suffix].paragraphs) > 1
        header = (Link(self._say("T94"), "top"),) if trace.header else ()
        return document.TraceRow(
            place=Link(self._short(trace.place), self._words.to_place(trace.place).target),
            depth=sum(number is not None for number in (paragraph, item)),
            rules=() if heads else self._to_rules(trace.rules),
            others=() if heads else (*header, *self._to_definitions(trace.definitions), *self._to_parameters(trace.parameters)),
            reasons=() if heads else trace.reasons,
            gap=self._full(trace.place) if trace.gap and not heads else "",
        )

    def _full(self, place: Place) -> str:
        """What a place is called by itself: the only paragraph of an article is not counted."""
        article, suffix, _, item = place
        only = len(self._pack.regulation.articles[article, suffix].paragraphs) == 1
        return self._words.place((article, suffix, None, item) if only else place)

    def _short(self, place: Place) -> str:
        """What a place is called below the one that it lies in."""
        _, _, paragraph, item = place
        if item is not None:
            return self._words.item_place(item)
        return self._words.place(place) if paragraph is None else self._words.passage(paragraph)

    def _rows(self) -> Iterator[document.TraceRow]:
        """The only paragraph of an article has the row of the article."""
        for trace in self._traces.values():
            article, suffix, paragraph, item = trace.place
            only = paragraph is not None and item is None and len(self._pack.regulation.articles[article, suffix].paragraphs) == 1
            if not only:
                yield self._row(trace)

    def _matrix(self) -> document.Matrix:
        placed = [rule for rule in self._pack.rules if self._settled(rule.citations)]
        articles = [whole for whole in self._traces if whole[2] is None and any(_cites(rule, whole) for rule in placed)]
        columns = tuple(Link(_number(whole), self._words.to_article(whole).target) for whole in articles)
        rows = [
            (link, tuple(self._cell(rule, whole) for whole in articles))
            for link, rule in zip(self._to_titled_rules(rule.id for rule in placed), placed)
        ]
        return document.Matrix(columns, tuple(rows))

    def _cell(self, rule: ir.Rule, whole: Place) -> str:
        """The paragraphs of an article that a rule cites, `3(6)` for an item; ● for an article that is cited whole."""
        article, suffix, _, _ = whole
        only = len(self._pack.regulation.articles[article, suffix].paragraphs) == 1
        cited = [place for place in dict.fromkeys(self._settled(rule.citations)) if place[:2] == whole[:2]]
        return self._words.listed(dict.fromkeys(_paragraph(place, only) for place in cited))

    def _parameter(self, parameter: ir.Parameter) -> document.Parameter:
        return document.Parameter(
            target=target("parameter", parameter.name),
            named=self._words.named(parameter),
            default=self._words.value(parameter.default, parameter),
            bounds=self._words.bounds(parameter),
            basis=self._words.basis(parameter.basis, parameter.citations),
            note=" ".join(filter(None, (parameter.note, self._decision(parameter)))),
            rules=self._to_rules(id for id, used in self._uses.items() if parameter.name in used.parameters),
        )

    def _decision(self, parameter: ir.Parameter) -> str:
        """That a variant has set the parameter, and on what basis."""
        if parameter.standard is None:
            return ""
        standard, basis = self._words.value(parameter.standard, parameter), self._words.listed(parameter.decided_on)
        return self._say("T110", standard=standard, pack=parameter.decided_in, basis=basis)

    def _definition(self, definition: ir.Definition) -> document.Definition:
        return document.Definition(
            target=target("definition", definition.name),
            named=self._words.named(definition),
            basis=self._words.basis(definition.basis, definition.citations),
            note=definition.note,
            text=self._defined[definition.name],
            rules=self._to_rules(id for id, used in self._uses.items() if definition.name in used.definitions),
        )

    def _entity(self, entity: Entity) -> document.Entity:
        fields = [(self._words.named(field), self._words.type(field.type), self._words.marks(field)) for field in entity.fields]
        return document.Entity(target("entity", entity.name), self._words.named(entity), tuple(fields))

    def _enum(self, enum: Enum) -> document.Enum:
        return document.Enum(target("enum", enum.name), self._words.named(enum), tuple(map(self._words.named, enum.members)))


def _whole(article: Article) -> Place:
    return article.number, article.suffix, None, None


def _passage(place: Place) -> Place:
    """The passage that a place is in: that of its paragraph, or of the whole article."""
    return (*place[:3], None)


def _number(whole: Place) -> str:
    article, suffix, _, _ = whole
    return str(article) if suffix is None else f"{article}-{suffix}"


def _cites(rule: ir.Rule, whole: Place) -> bool:
    return any(place[:2] == whole[:2] for place in rule.citations)


def _paragraph(place: Place, only: bool) -> str:
    _, _, paragraph, item = place
    if item is not None:
        return f"({item})" if only else f"{paragraph}({item})"
    return "●" if only or paragraph is None else str(paragraph)
