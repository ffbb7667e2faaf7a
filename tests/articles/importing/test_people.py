import pytest

from articles.importing import people


def one(text):
    (person,) = people.read(text)
    return person


def test_it_reads_name_credentials_role_department_and_institution():
    person = one("Mara Quill, M.D., Chair, Department of Blood Disorders, Northfield Hospital")
    assert (person.name, person.given_name, person.family_name) == ("Mara Quill", "Mara", "Quill")
    assert person.credentials == ("M.D.",)
    assert (person.role, person.department) == ("Chair", "Department of Blood Disorders")
    assert person.institution == "Northfield Hospital"


@pytest.mark.parametrize(
    ("text", "credentials"),
    [
        ("Jane Roe, MD, PhD", ("MD", "PhD")),
        ("Jane Roe, M.D., Ph.D., FACP", ("M.D.", "Ph.D.", "FACP")),
        ("Jane Roe MD PhD", ("MD", "PhD")),
        ("Jane Roe, MD PhD, Hematologist", ("MD", "PhD")),
        ("Jane Roe, PharmD, BCOP", ("PharmD", "BCOP")),
        ("Jane Roe, MSN, APRN, FNP-C, AOCNP", ("MSN", "APRN", "FNP-C", "AOCNP")),
        ("Jane Roe, D.O.", ("D.O.",)),
        ("Jane Roe", ()),
    ],
)
def test_credentials_are_told_from_roles(text, credentials):
    assert one(text).credentials == credentials
    assert one(text).name == "Jane Roe"


@pytest.mark.parametrize(
    ("name", "given", "family"),
    [
        ("Anna de la Cruz", "Anna", "de la Cruz"),
        ("Robert K. Doe Jr.", "Robert K.", "Doe Jr."),
        ("Dr. Lucía Campos", "Lucía", "Campos"),
        ("Jean-Luc O’Hara", "Jean-Luc", "O’Hara"),
        ("Northfield Editorial Board", "", ""),
    ],
)
def test_given_and_family_name_are_told_apart(name, given, family):
    assert (one(f"{name}, MD").given_name, one(f"{name}, MD").family_name) == (given, family)


@pytest.mark.parametrize("joint", [", and ", "; ", " and ", ", "])
def test_two_people_with_credentials_are_two(joint):
    found = people.read(f"Jane Roe, MD, PhD{joint}Sam Stone, DO, Director, Lakeside Clinic")
    assert [person.name for person in found] == ["Jane Roe", "Sam Stone"]


def test_a_city_after_and_is_no_second_person():
    person = one("Mara Quill, M.D., President, Medicine & Science, Quill Hospital Atlanta, Chicago and Phoenix")
    assert person.department == "Medicine & Science"
    assert person.institution == "Quill Hospital Atlanta, Chicago and Phoenix"


def test_people_parted_by_semicolons_need_no_commas():
    found = people.read(" Jane Roe MD; Sam Stone RN MSN; and Todd Poe MD.")
    assert [(person.name, person.credentials) for person in found] == [
        ("Jane Roe", ("MD",)),
        ("Sam Stone", ("RN", "MSN")),
        ("Todd Poe", ("MD",)),
    ]


@pytest.mark.parametrize(
    ("line", "role", "department", "institution"),
    [
        ("Hematologist at Northfield Hospital", "Hematologist", "", "Northfield Hospital"),
        ("Hematology, Poe Specialists, Wellington, FL", "", "Hematology", "Poe Specialists, Wellington, FL"),
        ("President, Medicine & Science", "President", "Medicine & Science", ""),
        (
            "the Poe Family Chair, Division of Lymphoma, Poe Clinic",
            "the Poe Family Chair",
            "Division of Lymphoma",
            "Poe Clinic",
        ),
    ],
)
def test_places_are_told_apart(line, role, department, institution):
    person = one(f"Jane Roe, MD, {line}")
    assert (person.role, person.department, person.institution) == (role, department, institution)


def test_no_word_of_the_line_is_dropped():
    person = one("Jane Roe, MD, Professor of Medicine, Hematology, Example University, Springfield")
    parts = (person.name, *person.credentials, person.role, person.department, person.institution)
    assert ", ".join(parts) == "Jane Roe, MD, Professor of Medicine, Hematology, Example University, Springfield"
