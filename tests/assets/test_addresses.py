"""Which addresses are public."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haymarket.assets.addresses import is_public


def has_no_public_use(address: IPv4Address | IPv6Address) -> bool:
    return (
        address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_multicast
        or address.is_reserved
        or address.is_unspecified
    )


def is_closed_6(address: IPv4Address | IPv6Address) -> bool:
    assert isinstance(address, IPv6Address)
    carries_another = (
        address.ipv4_mapped is not None
        or address.sixtofour is not None
        or address in IPv6Network("64:ff9b::/96")
    )
    return has_no_public_use(address) and not carries_another


closed_4 = st.ip_addresses(v=4).filter(has_no_public_use)
closed_6 = st.ip_addresses(v=6).filter(is_closed_6)


@given(closed_4)
def test_what_python_calls_private_is_not_public(address: IPv4Address) -> None:
    assert not is_public(str(address))


@given(closed_6)
def test_what_python_calls_private_is_not_public_in_version_6(address: IPv6Address) -> None:
    assert not is_public(str(address))


@given(closed_4)
def test_a_private_address_inside_another_is_not_public(address: IPv4Address) -> None:
    number = int(address)
    mapped = IPv6Address(0xFFFF << 32 | number)
    sixtofour = IPv6Address(0x2002 << 112 | number << 80 | 1)
    nat64 = IPv6Address(int(IPv6Address("64:ff9b::")) | number)
    compatible = IPv6Address(number)
    assert not any(map(is_public, map(str, (mapped, sixtofour, nat64, compatible))))


@given(st.text(max_size=50))
def test_what_is_no_address_is_not_public(text: str) -> None:
    assert not is_public(f"x{text}")


@pytest.mark.parametrize(
    "text",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "255.255.255.255",
        "224.0.0.1",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "2606:4700::1%eth0",
        "fec0::1",
        "fd00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2001::1",
        "2001:db8::1",
    ],
)
def test_these_are_not_public(text: str) -> None:
    assert not is_public(text)


@pytest.mark.parametrize(
    "text",
    [
        "1.1.1.1",
        "93.184.215.14",
        "100.63.255.255",
        "100.128.0.0",
        "172.32.0.1",
        "2606:4700::1111",
        "::ffff:1.1.1.1",
        "64:ff9b::101:101",
    ],
)
def test_these_are_public(text: str) -> None:
    assert is_public(text)
