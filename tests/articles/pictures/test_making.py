"""What comes in is made anew from its pixels, and nothing else of it is left."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from articles.pictures import making, opening
from articles.pictures.sizes import LARGEST, nearest, widths
from tests.articles.pictures import samples

PIXELS = 50_000_000


def made(data, pixels=PIXELS):
    return making.make(data, pixels=pixels)


def read(file):
    image = Image.open(io.BytesIO(file))
    image.load()
    return image


def refused(data, pixels=PIXELS):
    with pytest.raises(opening.Unfit) as no:
        made(data, pixels)
    return str(no.value)


def is_red(image, place):
    red, green, blue = image.convert("RGB").getpixel(place)
    return red > 150 and green < 100 and blue < 100


# -- what is made ------------------------------------------------------------------------------------------------------


def test_a_drawing_is_kept_to_the_pixel():
    found = made(samples.saved(samples.drawing()))
    assert (found.kind, found.width, found.height) == ("png", 900, 600)
    assert read(found.master).tobytes() == samples.drawing().tobytes()


def test_a_photograph_is_kept_as_one():
    found = made(samples.saved(samples.photo()))
    assert (found.kind, read(found.master).format) == ("jpg", "JPEG")


def test_there_are_three_kinds_of_each_width_in_proportion():
    found = made(samples.saved(samples.drawing()))
    assert sorted(found.files) == sorted(f"{w}.{kind}" for w in (480, 900) for kind in ("avif", "webp", "jpg"))
    for name, file in found.files.items():
        image = read(file)
        assert image.format == {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}[name.split(".")[1]]
        assert image.size == ((480, 320) if name.startswith("480") else (900, 600))
        assert is_red(image, (40, 100))
        assert not is_red(image, (image.width - 40, 20))


def test_the_same_bytes_make_the_same_files():
    assert made(samples.saved(samples.photo(300, 200))) != made(samples.saved(samples.photo(300, 200)))  # other noise
    same = samples.saved(samples.photo(300, 200))
    assert made(same) == made(same)


def test_a_large_one_is_made_smaller_and_none_larger():
    found = made(samples.saved(samples.drawing(3000, 300)))
    assert (found.width, found.height) == (LARGEST, 240)
    assert made(samples.saved(samples.drawing(300, 300))).files.keys() == {"300.avif", "300.webp", "300.jpg"}


@given(st.integers(25, LARGEST), st.integers(0, 3000))
def test_widths_rise_to_the_width_itself(width, wanted):
    found = widths(width)
    assert list(found) == sorted(set(found))
    assert found[-1] == width
    assert nearest(width, wanted) in found
    assert nearest(width, wanted) >= min(wanted, width)


# -- nothing beside the pixels -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_no_name_place_comment_or_profile_is_left(form):
    data = samples.told(form)
    assert samples.SECRET.encode() in data  # or this test would show nothing
    assert b"GPS" in data or read(data).getexif().get_ifd(0x8825)
    found = made(data)
    for file in (found.master, *found.files.values()):
        assert b"Jane" not in file
        image = read(file)
        assert not image.getexif()
        assert not {"icc_profile", "exif", "xmp", "comment", "photoshop", "Author", "XML:com.adobe.xmp"} & set(
            image.info
        )


def test_no_caption_of_an_agency_is_left():
    data = samples.with_iptc(samples.saved(samples.drawing(), "JPEG"))
    assert b"Jane" in data
    assert all(b"Jane" not in file for file in (made(data).master, *made(data).files.values()))


def test_a_camera_held_on_its_side_makes_an_upright_picture():
    found = made(samples.turned())
    image = read(found.master)
    assert image.size == (600, 900)
    assert is_red(image, (300, 100))
    assert not is_red(image, (300, 870))


def test_colors_are_those_that_the_profile_means():
    wide = read(samples.saved(samples.drawing()))
    swapped = made(samples.saved(wide, icc_profile=samples.swapping_profile()))
    assert read(swapped.master).getpixel((10, 10)) != (200, 30, 30)
    plain = made(samples.saved(wide, icc_profile=samples.profile()))
    assert max(abs(a - b) for a, b in zip(read(plain.master).getpixel((10, 10)), (200, 30, 30), strict=True)) <= 1


def test_a_profile_for_other_pixels_is_left_out():
    found = made(samples.saved(samples.drawing(mode="L"), icc_profile=samples.profile()))
    assert found.width == 900
    assert made(samples.saved(samples.drawing(), icc_profile=b"no profile")).width == 900


# -- what is taken -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_five_formats_are_taken(form):
    assert made(samples.saved(samples.drawing(), form)).width == 900


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK"])
def test_every_kind_of_pixel_is_taken(mode):
    image = read(made(samples.saved(samples.drawing(mode=mode), "JPEG" if mode == "CMYK" else "PNG")).master)
    assert image.convert("RGB").getpixel((880, 580)) >= (240, 240, 240)


def test_sixteen_bits_of_gray_stay_what_they_are():
    deep = Image.new("I;16", (300, 300), 128 * 256)
    assert read(made(samples.saved(deep)).master).convert("RGB").getpixel((5, 5)) == (128, 128, 128)


def test_what_is_behind_see_through_parts_is_white():
    layer = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    assert read(made(samples.saved(layer)).master).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG", "AVIF"])
def test_of_an_animation_the_first_picture_is_taken_and_that_is_said(form):
    found = made(samples.animation(form))
    assert found.moved
    assert is_red(read(found.master), (40, 100))
    assert not made(samples.saved(samples.drawing(), form)).moved


# -- what is not -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\xef\xbb\xbf<?xml version='1.0'?><svg/>",
        b"<!-- a drawing --><SVG/>",
        b"\x1f\x8b\x08packed",
    ],
)
def test_drawings_that_can_hold_programs_are_not_taken(data):
    assert refused(data) == "svg"


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7 x", b"GIF89a", b"MZ" + b"\0" * 400])
def test_what_is_no_picture_is_not_taken(data):
    assert refused(data) in ("unknown", "broken")


def test_other_formats_are_not_even_tried():
    for form in ("TIFF", "BMP", "PPM", "ICO"):
        assert refused(samples.saved(samples.drawing(200, 200), form)) == "unknown"
    assert refused(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic") == "heic"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_a_file_that_was_cut_off_is_not_taken(form):
    whole = samples.saved(samples.photo(300, 200), form)
    assert refused(whole[: len(whole) * 2 // 3]) in ("broken", "unknown")


def test_a_bomb_is_not_opened():
    assert len(samples.bomb()) < 10_000
    assert refused(samples.bomb()) == "pixels"
    assert refused(samples.bomb(8_000)) == "pixels"  # which a warning alone would let through
    assert refused(samples.saved(samples.drawing()), pixels=539_999) == "pixels"


def test_one_that_shows_nothing_is_not_taken():
    assert refused(samples.saved(samples.drawing(99, 400))) == "small"
    assert refused(samples.saved(samples.drawing(110, 15_000))) == "small"  # made smaller, it would be a line


@settings(max_examples=60)
@given(st.binary(max_size=60), st.integers(0, 400), st.sampled_from(["JPEG", "PNG", "WEBP", "GIF", "AVIF"]))
def test_damage_is_refused_or_harmless(garbage, place, form):
    whole = SMALL[form]
    damaged = whole[:place] + garbage + whole[place + len(garbage) :]
    try:
        found = made(damaged)
    except opening.Unfit:
        return
    assert found.width <= LARGEST


SMALL = {form: samples.saved(samples.drawing(120, 120), form) for form in ("JPEG", "PNG", "WEBP", "GIF", "AVIF")}
