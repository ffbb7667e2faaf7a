"""Colors that can be read, and the nearest that could be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leukemia_site import branding, contrast

colors = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48), ("#ffffff", "#767676", 4.54), ("#123456", "#123456", 1)],
)
def test_the_ratio_is_that_of_wcag(one, other, ratio):
    assert contrast.ratio(one, other) == pytest.approx(ratio, abs=0.005)


@given(one=colors, other=colors)
def test_it_is_the_same_both_ways_and_from_1_to_21(one, other):
    assert contrast.ratio(one, other) == contrast.ratio(other, one)
    assert 1 <= contrast.ratio(one, other) <= 21.0001


@given(color=colors, papers=st.sampled_from([branding.LIGHT, branding.DARK]))
def test_every_color_can_be_mended(color, papers):
    mended = contrast.mended(color, papers)
    assert min(contrast.ratio(mended, paper) for paper in papers) >= contrast.NEEDED


@given(color=colors)
def test_a_color_that_can_be_read_is_left_alone(color):
    mended = contrast.mended(color, branding.LIGHT)
    assert contrast.mended(mended, branding.LIGHT) == mended
