"""Origins, and which host may use a token."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haymarket.accounts.model import AppToken
from haymarket.errors import Forbidden, InvalidParameter
from haymarket.tokens.model import must_bind, origin_of

HOSTS = st.sampled_from(["https://a.example", "http://a.example", "https://b.example:8443"])


@pytest.mark.parametrize(
    ("header", "origin"),
    [
        (None, None),
        ("", None),
        ("  ", None),
        ("https://jira.example.com", "https://jira.example.com"),
        ("HTTPS://Jira.Example.com/", "https://jira.example.com"),
        ("https://jira.example.com:443", "https://jira.example.com"),
        ("http://jira.example.com:443", "http://jira.example.com:443"),
        ("http://127.0.0.1:2990", "http://127.0.0.1:2990"),
        ("http://[::1]:80", "http://[::1]"),
    ],
)
def test_an_origin_is_written_alike_however_it_comes(
    header: str | None, origin: str | None
) -> None:
    assert origin_of(header) == origin
    assert origin_of(origin) == origin


@pytest.mark.parametrize(
    "header",
    [
        "null",
        "jira.example.com",
        "https://",
        "https://jira.example.com/path",
        "https://jira.example.com?a=b",
        "https://jira.example.com#a",
        "https://ada@jira.example.com",
        "https://jira.example.com:port",
        "https://jira.example.com:99999",
        "https://[::1",
        "ftp://jira.example.com",
        "https://jira example.com",
        "https://jirä.example.com",
        f"https://{'a' * 300}.example.com",
    ],
)
def test_what_names_no_host_is_refused(header: str) -> None:
    with pytest.raises(InvalidParameter, match=r"^Origin: "):
        origin_of(header)


@given(st.text())
def test_any_text_is_an_origin_or_refused(text: str) -> None:
    try:
        origin = origin_of(text)
    except InvalidParameter:
        return
    assert origin is None or origin_of(origin) == origin


@given(st.none() | HOSTS, st.none() | HOSTS)
def test_a_token_is_bound_once_and_never_to_two(bound: str | None, origin: str | None) -> None:
    token = AppToken(1, 1, "", "", datetime(2026, 11, 24, tzinfo=UTC), instance=bound)
    if bound and origin and bound != origin:
        with pytest.raises(Forbidden):
            must_bind(token, origin)
        return
    assert must_bind(token, origin) is (bound is None and origin is not None)
