"""What is known of the data before anything is judged: what writers of data reports get."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from policy.lang.facts import Input, Problem
from policy.lang.noun import thing
from policy.lang.table import RawTable

__all__ = ["DataReport"]


@thing
class DataReport:
    """What was read, and everything that is wrong with it.

    `tables` are the tables as they were read, `inputs` what each was read as. `confidential` names the fields (`person.name`)
    whose values nobody may see who does not hold the data. What stands in one of the `references`, which give the entity that a
    field refers to, and is none of its keys may be a name as well; `keys` gives the key field of an entity. `labels` gives the
    Chinese label of an entity or a field. `secrecy` is the highest mark that the data carry, None where they carry none.
    """

    version: str
    as_of: datetime.date
    language: str
    tables: tuple[RawTable, ...]
    inputs: tuple[Input, ...]
    absent: tuple[str, ...]
    problems: tuple[Problem, ...]
    confidential: Collection[str]
    references: dict[str, str]
    keys: dict[str, str]
    labels: dict[str, str]
    secrecy: str | None = None
