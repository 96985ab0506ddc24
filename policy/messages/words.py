"""Names, labels and values of a report in its language: what every reporter calls things."""

from __future__ import annotations

from functools import cached_property

from policy.lang.outcome import COUNTED, Outcome, Waiver
from policy.lang.report import Report, ReportedParameter
from policy.messages import text
from policy.messages.voice import Voice

__all__ = ["Bearer", "Words"]

Bearer = tuple[str, str] | str
"""The entity and key of the row that owes a duty; `unknown` where it is missing, `nobody` where the rule names none."""


class Words(Voice):
    """Says things about one report."""

    def __init__(self, report: Report) -> None:
        super().__init__(report.language, report.labels)
        self.report = report
        self._ranks = {name: number for number, name in enumerate(report.labels)}

    def member(self, enum: str, name: str) -> str:
        """The label of an enum's member; in English its identifier."""
        return self.report.labels.get(f"{enum}.{name}", name) if self.language == "zh" else name

    def field(self, name: str) -> str:
        """`talk.end` as 谈话“结束日期”."""
        entity, _, _ = name.partition(".")
        return f"{self.label(entity)}“{self.label(name)}”" if self.language == "zh" and "." in name else name

    def row(self, entity: str, key: str) -> str:
        """A row by what it is, its key and, where it has one, its name."""
        name = self.report.names.get((entity, key))
        return text("R24" if name else "R23", self.language, entity=self.label(entity), key=key, name=name or "")

    def decision(self, entity: str, key: str, rule: str, subject: str) -> str:
        """A waiver or attestation, and what it is about."""
        about = " ".join(filter(None, (rule, subject)))
        return text("R24" if about else "R23", self.language, entity=self.label(entity), key=key, name=about)

    def waiver(self, key: str) -> str:
        """The waiver that excuses an outcome, with its terms."""
        found = next((one for one in self.report.waivers if one.key == key), None)
        if found is None:
            return key
        return f"{key}（{self.terms(found)}）" if self.language == "zh" else f"{key} ({self.terms(found)})"

    def terms(self, waiver: Waiver) -> str:
        """Why, by whom and until when something is excused, and on what paper."""
        until = text("R87", self.language, day=waiver.valid_until) if waiver.valid_until else text("R88", self.language)
        paper = [text("R89", self.language, document=waiver.document)] if waiver.document else []
        approved = text("R86", self.language, approver=waiver.approver, date=waiver.date)
        return ("；" if self.language == "zh" else "; ").join([waiver.reason, approved, until, *paper])

    def bearer(self, bearer: Bearer) -> str:
        """Who owes a duty, by name."""
        if isinstance(bearer, str):
            return text("R26" if bearer == "unknown" else "R19", self.language)
        name = self.report.names.get(bearer)
        return text("R25", self.language, entity=self.label(bearer[0]), key=bearer[1], name=name) if name else self.row(*bearer)

    def finding(self, fingerprint: str) -> Outcome | None:
        """The finding with that fingerprint; None where its rule was not selected."""
        return self._findings.get(fingerprint)

    @cached_property
    def _findings(self) -> dict[str, Outcome]:
        """What a finding about findings can rest on."""
        return {outcome.fingerprint: outcome for outcome in self.report.outcomes.having(COUNTED)}

    def rank(self, entity: str) -> int:
        """The place of an entity in the vocabulary."""
        return self._ranks.get(entity, len(self._ranks))

    def parameter(self, parameter: ReportedParameter) -> str:
        return f"{parameter.label}（{parameter.name}）" if parameter.label and self.language == "zh" else parameter.name
