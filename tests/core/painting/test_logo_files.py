"""Tests storycard.painting.logo_files."""

import pytest

from storycard.design.assets import Assets
from storycard.painting.logo_files import logo_drawer


def test_draws_logos_at_the_given_height_and_their_own_ratio(assets: Assets) -> None:
    draw_logo = logo_drawer(assets.logo_folder)
    for brand in assets.brands.values():
        assert brand.light is not None
        logo = draw_logo(brand.light.file, 40)
        assert (logo.mode, logo.height) == ("RGBA", 40)
        assert logo.width == pytest.approx(40 * brand.light.ratio, abs=1)
        assert logo.getchannel("A").getextrema() == (0, 255)


def test_draws_each_logo_once_for_each_height(assets: Assets) -> None:
    file = assets.brand("").light.file
    assert logo_drawer(assets.logo_folder)(file, 40) is logo_drawer(assets.logo_folder)(file, 40)
