"""Names of assets and sizes of images."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haymarket.assets import model
from haymarket.assets.model import IMAGE_RULES, IMAGE_TYPES, check_image_size
from haymarket.errors import Invalid


@given(st.text(max_size=400))
def test_a_clean_file_name_is_safe_in_paths_and_headers(text: str) -> None:
    clean = model.clean_file_name(text)
    assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,119}", clean)
    assert model.clean_file_name(clean) == clean


@given(st.text(alphabet="aé. /\\-", max_size=300))
def test_a_clean_file_name_keeps_its_suffix(text: str) -> None:
    assert model.clean_file_name(f"{text}x.jar").endswith("x.jar"[-4:])


@pytest.mark.parametrize(
    ("given_name", "clean"),
    [
        ("app-1.0.jar", "app-1.0.jar"),
        ("C:\\build\\My App.jar", "My-App.jar"),
        ("../../etc/passwd", "passwd"),
        ("éclair.obr", "eclair.obr"),
        ("..", "file"),
        ("", "file"),
        ("日本", "file"),
        ("a" * 200 + ".jar", "a" * 116 + ".jar"),
    ],
)
def test_file_names_are_cleaned(given_name: str, clean: str) -> None:
    assert model.clean_file_name(given_name) == clean


@given(st.text(max_size=600))
def test_a_logical_file_name_is_printable_and_short(text: str) -> None:
    name = model.logical_file_name(text)
    assert 0 < len(name) <= 255
    assert name.isprintable()
    assert "/" not in name


def test_an_artifact_name_has_three_parts_and_an_image_name_is_a_file_id() -> None:
    kind, number, name = model.artifact_name("x y.jar").split("/")
    assert (kind, name) == ("artifact", "x-y.jar")
    assert model.is_file_id(number)
    assert model.is_file_id(model.image_name())
    assert not model.is_file_id("..")


def test_every_image_type_has_a_rule() -> None:
    assert set(IMAGE_RULES) == set(IMAGE_TYPES)


@pytest.mark.parametrize(
    ("image_type", "width", "height"),
    [
        ("logo", 144, 144),
        ("banner", 1120, 548),
        ("icon", 512, 512),
        ("icon", 16, 16),
        ("hero", 4096, 1),
        ("screenshot", 1840, 900),
        ("screenshot-thumbnail", 580, 330),
        ("title-logo", 300, 80),
    ],
)
def test_these_sizes_fit(image_type: model.ImageType, width: int, height: int) -> None:
    check_image_size(image_type, width, height)


@pytest.mark.parametrize(
    ("image_type", "width", "height", "expected"),
    [
        ("logo", 145, 144, "An image of type logo is 144x144 pixels; this one is 145x144"),
        ("banner", 548, 1120, "An image of type banner is 1120x548 pixels; this one is 548x1120"),
        ("icon", 16, 32, "An image of type icon is square; this one is 16x32"),
        ("icon", 513, 513, "An image of type icon is at most 512x512 pixels; this one is 513x513"),
        (
            "hero",
            4097,
            1,
            "An image of type hero is at most 4096x4096 pixels; this one is 4097x1",
        ),
    ],
)
def test_these_sizes_do_not_fit(
    image_type: model.ImageType, width: int, height: int, expected: str
) -> None:
    with pytest.raises(Invalid) as refused:
        check_image_size(image_type, width, height)
    assert refused.value.message == expected
