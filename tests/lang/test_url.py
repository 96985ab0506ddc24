"""A URL shows no password, whatever it looks like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.lang.url import is_url, url_of


@pytest.mark.parametrize(
    ("text", "scheme", "shown"),
    [
        ("postgresql://u:pw@host:5432/db?schema=s&sslmode=require", "postgresql", "postgresql://host:5432/db?schema=s"),
        ("mysql+pymysql://host/db", "mysql", "mysql://host/db"),
        ("DM+dmPython://u:p@h", "dm", "dm://h"),
        ("oracle://u@h/?service_name=x&password=pw&table=a&table=b", "oracle", "oracle://h/?table=a&table=b"),
        ("postgresql:///db", "postgresql", "postgresql:///db"),
        ("postgresql://u:p@w#w/or?d@host/db", "postgresql", "postgresql://host/db"),
    ],
)
def test_what_is_shown(text, scheme, shown):
    assert is_url(text)
    url = url_of(text)
    assert (url.scheme, url.secret, str(url), repr(url), f"{url}") == (scheme, text, shown, f"Url({shown})", shown)


@pytest.mark.parametrize("text", ["谈话.csv", r"C:\data\talk.csv", "C:/data", "data/x://y", "://x", "a b://c", "", "谈话://x"])
def test_paths(text):
    assert not is_url(text)


@given(st.text(min_size=6).filter(lambda word: word not in "postgresql://host:5432/db?schema=s"))
def test_no_password_is_ever_shown(password):
    url = url_of(f"postgresql://user:{password}@host:5432/db?schema=s")
    assert str(url) == "postgresql://host:5432/db?schema=s"
