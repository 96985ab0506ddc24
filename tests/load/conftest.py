"""A small vocabulary and tables for it."""

import pytest

from policy.lang.schema import ATTESTATION, Entity, Enum, Field, Member, Vocabulary
from policy.lang.table import RawTable, table_of_grid
from policy.lang.types import BOOL, DATE, INT, TEXT, enum_type, ref_type

KIND = Enum("talk_kind", "谈话类型", (Member("regular", "定期谈话"), Member("prompt", "及时谈话")))
PERSON = Entity("person", "人员", (Field("id", "人员编号", TEXT, 0, key=True), Field("name", "姓名", TEXT, 1, confidential=True)))
TALK = Entity(
    "talk",
    "谈话",
    (
        Field("id", "谈话编号", TEXT, 0, key=True),
        Field("kind", "谈话类型", enum_type("talk_kind"), 1),
        Field("end", "结束日期", DATE, 2, occurs=True),
        Field("talkee", "被谈话人", ref_type("person"), 3),
        Field("size", "人数", INT, 4, optional=True),
        Field("done", "是否完成", BOOL, 5, optional=True),
        Field("secret_day", "保密日期", DATE, 6, optional=True, confidential=True),
        Field("note", "备注", TEXT, 7, optional=True),
    ),
)


@pytest.fixture
def vocabulary() -> Vocabulary:
    return Vocabulary({"person": PERSON, "talk": TALK, "attestation": ATTESTATION}, {"talk_kind": KIND})


@pytest.fixture
def table():
    """Makes a raw table out of a header and rows."""

    def make(name: str, *grid, file: str | None = None, sheet: str | None = None, **more) -> RawTable:
        return table_of_grid(name, file or f"{name}.csv", sheet, grid, **more)

    return make
