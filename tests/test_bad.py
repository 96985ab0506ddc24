"""Every mistake that the program finds in a pack is told in the very words recorded beside it (`python -m tests.record`)."""

from __future__ import annotations

import pytest

from tests.record import BAD, LANGUAGES, bad_files, recorded, rendered


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", bad_files())
def test_the_exact_text(name: str, language: str) -> None:
    assert rendered(name, language) == recorded(name, language).read_text("utf-8")


def test_nothing_is_recorded_of_a_file_that_is_gone() -> None:
    kept = {path.relative_to(BAD).as_posix() for path in BAD.glob("*/*.txt")}
    assert kept == {f"{name}.{language}.txt" for name in bad_files() for language in LANGUAGES}


def test_bad_files_are_bad() -> None:
    assert [name for name in bad_files() if not rendered(name, "zh").strip()] == []
