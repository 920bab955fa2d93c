"""Settings: where they come from, and how a bad one is told."""

from pathlib import Path

import pytest

from haymarket.settings import BadSetting, Settings, read_settings, without_password


def test_settings_come_from_the_environment_and_options_go_before_it() -> None:
    settings = read_settings({"HAYMARKET_PORT": "9000", "HAYMARKET_HOST": "::1"}, port=9001)
    assert (settings.port, settings.host) == (9001, "::1")


def test_an_option_that_is_not_given_leaves_the_environment_alone() -> None:
    assert read_settings({"HAYMARKET_WORKERS": "3"}, workers=None).workers == 3


def test_an_empty_variable_counts_as_absent() -> None:
    settings = read_settings({"HAYMARKET_DATABASE": "", "HAYMARKET_PORT": ""})
    assert (settings.database, settings.port) == (None, 8080)


def test_variables_of_others_are_left_alone() -> None:
    assert read_settings({"PATH": "/bin", "HAY_PORT": "x"}) == Settings()


@pytest.mark.parametrize("text", ["true", "True", "1"])
def test_yes_is_written_in_the_usual_ways(text: str) -> None:
    assert read_settings({"HAYMARKET_ALLOW_PRIVATE_ADDRESSES": text}).allow_private_addresses


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("PORT", "http", "HAYMARKET_PORT=http: is a number from 0 to 65535"),
        ("PORT", "70000", "HAYMARKET_PORT=70000: is a number from 0 to 65535"),
        ("PORT", "tcp://10.0.0.1:80", "HAYMARKET_PORT=tcp://10.0.0.1:80: is a number from 0 to"),
        ("WORKERS", "0", "HAYMARKET_WORKERS=0: is a whole number from 1"),
        ("UPLOAD_LIMIT", "1 GB", "HAYMARKET_UPLOAD_LIMIT=1 GB: is a whole number from 1"),
        ("ACCESS_LOG", "maybe", "HAYMARKET_ACCESS_LOG=maybe: is true or false"),
        ("LOG_LEVEL", "loud", "HAYMARKET_LOG_LEVEL=loud: is one of debug, info, warning, error"),
        ("LOG_FORMAT", "xml", "HAYMARKET_LOG_FORMAT=xml: is one of text, json"),
        ("DATABASE", "mysql://x", "HAYMARKET_DATABASE=mysql://x: starts with postgresql://"),
        ("DATABASE", "postgresql://h:x/y", "postgresql://h:x/y: its port is no number from 0 to"),
        ("FILES", "/srv", "HAYMARKET_FILES=/srv: starts with s3://"),
        ("PUBLIC_URL", "apps.example.com", "apps.example.com: is a scheme and a host, such as"),
        ("PUBLIC_URL", "https://x.example/", "https://x.example/: is a scheme and a host"),
        ("COLOUR", "red", "HAYMARKET_COLOUR is not a setting of Haymarket"),
        ("PROT", "80", "HAYMARKET_PROT is not a setting of Haymarket; HAYMARKET_PORT is"),
    ],
)
def test_a_bad_setting_is_told_in_one_line_with_its_name(name: str, value: str, told: str) -> None:
    with pytest.raises(BadSetting) as refused:
        read_settings({f"HAYMARKET_{name}": value})
    assert told in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://ada:secret@db/shop", "postgresql://ada:***@db/shop"),
        ("postgresql://ada:se@cr:et@db/shop", "postgresql://ada:***@db/shop"),
        ("smtps://ada:se/cr:et@mail:465", "smtps://ada:***@mail:465"),
        ("postgresql://db/shop?user=ada&password=secret&x=1", "…/shop?user=ada&password=***&x=1"),
        ("postgresql://ada@db:5432/shop", "postgresql://ada@db:5432/shop"),
    ],
)
def test_a_password_is_never_shown(address: str, shown: str) -> None:
    assert without_password(address).endswith(shown.removeprefix("…"))
    assert "secret" not in without_password(address)


def test_a_refused_address_does_not_show_its_password() -> None:
    with pytest.raises(BadSetting) as refused:
        read_settings({"HAYMARKET_DATABASE": "mysql://ada:secret@db/shop"})
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("settings", "base_url"),
    [
        (Settings(), "http://127.0.0.1:8080"),
        (Settings(host="0.0.0.0", port=80), "http://127.0.0.1:80"),
        (Settings(host="::"), "http://[::1]:8080"),
        (Settings(host="shop.example"), "http://shop.example:8080"),
        (Settings(public_url="https://shop.example", port=1), "https://shop.example"),
    ],
)
def test_absolute_links_start_with_an_address_that_can_be_reached(
    settings: Settings, base_url: str
) -> None:
    assert settings.base_url == base_url


def test_the_database_is_a_file_in_the_data_folder_unless_one_is_named() -> None:
    assert Settings(data=Path("shop")).database_url == "sqlite:///shop/haymarket.sqlite3"
    named = Settings(database="postgresql://ada@db/shop")
    assert named.database_url == "postgresql+psycopg://ada@db/shop"
