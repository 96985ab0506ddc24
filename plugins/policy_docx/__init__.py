"""Writes a notice to each bearer, as a template says that the unit can change."""

from __future__ import annotations

from typing import BinaryIO

from policy.hooks.spec import Document, Report, hookimpl

__all__ = ["Notices", "policy_reporters"]


class Notices:
    """A document with a notice for each bearer, on pages of its own."""

    name = "docx"
    binary = True

    def write(self, report: Report, stream: BinaryIO, *, colour: bool) -> None:
        from policy_docx.notices import write_notices  # needed only when notices are written

        write_notices(report, stream)

    def template(self, language: str) -> Document:
        """The template that is filled in where the unit names none."""
        from policy_docx.parts import default_template

        return default_template(language)


@hookimpl
def policy_reporters() -> tuple[Notices]:
    return (Notices(),)
