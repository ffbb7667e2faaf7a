import pytest

from tests.articles.importing import reading


def aliases(title, text):
    return [(alias.name, alias.kind) for alias in reading.read(f"{title}\n{text}").aliases]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hairy cell leukemia, also known as leukemic reticuloendotheliosis or HCL, is rare.",
         [("leukemic reticuloendotheliosis", "synonym"), ("HCL", "abbreviation")]),
        ("Hairy cell leukemia (HCL) is rare.", [("HCL", "abbreviation")]),
        ("Hairy cell leukemia (HCL; also called hairy disease) is rare.",
         [("HCL", "abbreviation"), ("hairy disease", "synonym")]),
        ("Hairy cell leukemia is rare. It is also called hairy disease.", [("hairy disease", "synonym")]),
        ("Hairy cell leukemia (HCL) is rare. HCL is sometimes referred to as “hairy disease.”",
         [("HCL", "abbreviation"), ("hairy disease", "synonym")]),
        ("Hairy cell leukemia, or HCL, is rare.", [("HCL", "abbreviation")]),
        ("Hairy cell leukemia (HCL) is rare. If you have hairy cell leukemia or fatigue, you may call, or write to us.",
         [("HCL", "abbreviation")]),
        ("Hairy cell leukemia, also known as B-HCL, is rare.", [("B-HCL", "abbreviation")]),
        ("Hairy cell leukemia (a rare disease) needs care.", [("a rare disease", "")][:0]),
        ("Hairy cell leukemia is rare. A spinal tap, also called a lumbar puncture, may help.", []),
        ("Hairy cell leukemia (HAIR-ee sel loo-KEE-mee-uh) is rare.", []),
    ],
)  # fmt: skip
def test_other_names_are_read_from_the_opening(text, expected):
    assert aliases("Hairy Cell Leukemia", text) == expected


def test_a_name_in_brackets_after_the_title_is_another_name():
    assert aliases("Hairy Cell Leukemia (HCL)", "This disease is rare.") == [("HCL", "abbreviation")]


def test_the_title_itself_is_no_other_name():
    assert aliases("Leukemia", "Leukemia, also known as leukemia, is a cancer.") == []


def test_spanish_names_are_read():
    text = "La leucemia aguda, también conocida como cáncer de la sangre, es una enfermedad grave."
    assert aliases("Leucemia Aguda", text) == [("cáncer de la sangre", "synonym")]
