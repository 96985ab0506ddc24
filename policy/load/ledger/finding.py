"""Whom or what a name in a ledger means, as far as that is settled; what is not is reported, with the candidates."""

from __future__ import annotations

from policy.load.ledger.lookup import Ambiguous, Registry
from policy.load.ledger.view import View, Where, short

__all__ = ["Finder"]


class Finder:
    """Looks names of a sheet up in registries."""

    def __init__(self, view: View) -> None:
        self._view = view

    def listed(self, registry: Registry, text: str, within: str | None, where: Where, *, error: bool = True) -> str | None:
        """The key of the row that a name means; one that is not there, or there twice, is reported."""
        settled, key = self.meant(registry, text, within, where)
        if not settled:
            near = registry.nearest(text) if error else None
            if near:
                self._refuse(registry, where, "D140", "D138", text, nearest=near)
            else:
                self._refuse(registry, where, "D136", "D138", text, error=error)
        return key

    def meant(
        self, registry: Registry, text: str, within: str | None, where: Where, *, careful: bool = False
    ) -> tuple[bool, str | None]:
        """Whether it is settled what a name means, and the key; one that may mean several rows is reported."""
        try:
            key = registry.find(text, within, careful=careful)
        except Ambiguous as error:
            self._refuse(registry, where, "D137", "D139", text, candidates="\n".join(error.candidates))
            return True, None
        return key is not None, key

    def _refuse(
        self, registry: Registry, where: Where, code: str, hidden: str, text: str, *, error: bool = True, **arguments: str
    ) -> None:
        """Report a name; of a confidential one neither it nor what is like it is shown."""
        entity = registry.entity
        field = entity.field(registry.lookup.name)
        if field and field.confidential:
            code, arguments = hidden, {name: value for name, value in arguments.items() if name != "nearest"}
        else:
            arguments["value"] = short(text)
        line, label, heading = where
        self._view.report(code, line, label, error=error, column=heading, target=entity.label or entity.name, **arguments)
