"""SM3 as the standard has it, and as OpenSSL makes it where it knows it."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.audit.digests import digest_bytes, digest_file, new
from policy.audit.sm3 import Sm3

EXAMPLES = {  # GB/T 32905-2016, annex A
    b"abc": "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
    b"abcd" * 16: "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732",
}


@pytest.mark.parametrize("content", EXAMPLES)
def test_the_examples_of_the_standard(content):
    made = Sm3()
    made.update(content)
    assert made.hexdigest() == EXAMPLES[content] == digest_bytes("sm3", content)


@pytest.mark.skipif("sm3" not in hashlib.algorithms_available, reason="OpenSSL was built without it")
@given(st.lists(st.binary(max_size=200), max_size=4))
def test_the_same_as_openssl_in_whatever_parts(parts):
    made = Sm3()
    for part in parts:
        made.update(part)
        made.hexdigest()  # may be asked for on the way
    assert made.hexdigest() == hashlib.new("sm3", b"".join(parts)).hexdigest()


def test_a_library_without_it_is_no_obstacle(monkeypatch):
    def refuse(name: str) -> None:
        raise ValueError(f"unsupported hash type {name}")

    monkeypatch.setattr(hashlib, "new", refuse)
    assert isinstance(new("sm3"), Sm3) and digest_bytes("sm3", b"abc") == EXAMPLES[b"abc"]


def test_a_file(tmp_path):
    (tmp_path / "a").write_bytes(b"x" * 3_000_000)
    assert digest_file("sha256", str(tmp_path / "a")) == (hashlib.sha256(b"x" * 3_000_000).hexdigest(), 3_000_000)
