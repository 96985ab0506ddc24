"""The sample county: an invented year of supervision talks, most of it in order, with every kind of mistake put in on purpose."""

from __future__ import annotations

from policy_sample.aftermath import follow_up, is_judged
from policy_sample.book import Book, Planted
from policy_sample.documents import write_access, write_annual_documents, write_findings, write_oversight
from policy_sample.mistakes import note_what_follows, tell_stories
from policy_sample.people import fill_posts
from policy_sample.places import found, write_rosters, write_terms
from policy_sample.talks import hold_other_talks, hold_prompt_talks, hold_regular_talks, write_plans

__all__ = ["make", "planted"]


def _tell(seed: int) -> Book:
    book = Book(seed)
    for step in (found, write_terms, write_rosters, fill_posts, write_plans):
        step(book)
    for step in (hold_regular_talks, hold_prompt_talks, hold_other_talks):
        step(book)
    for draft in book.drafts:
        if draft.talk["end"] and is_judged(draft):
            follow_up(book, draft)
    for step in (tell_stories, write_annual_documents, write_oversight, write_access, write_findings, note_what_follows):
        step(book)
    book.enter_drafts()
    return book


def make(seed: int = 1) -> dict[str, tuple[tuple[str, ...], list[tuple[object, ...]]]]:
    """The county's tables by entity: header and rows. The same seed gives the same tables."""
    return _tell(seed).tables()


def planted(seed: int = 1) -> list[Planted]:
    """What was put into `make(seed)` on purpose, and what the pack's rules should say of it, as of which day."""
    return _tell(seed).planted
