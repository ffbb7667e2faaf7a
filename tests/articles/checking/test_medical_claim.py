import json
from html import escape

import pytest

from articles.checking import Severity, medical_claim
from articles.content import INSTITUTIONAL
from tests.articles.checking.tools import page, section, silent_on, speaks_on

# What institutions write about themselves: services, people, stories.
HARMLESS = """
One team of doctors, nurses, pharmacists, and social workers who meet each week to talk about your care.
A pharmacist who goes over each new medicine with you.
We treat adults and children with leukemia.
Our clinic is open on weekdays from 8 am to 5 pm.
Call us at 800-555-0100 to make an appointment.
Maria was told in 2019 that she had leukemia. Today she walks five miles a day.
Scientists here study the causes of leukemia and look for new medicines.
The cancer center is a short walk from the station.
She had a fever for two weeks before she came to us.
Our doctors prescribe chemotherapy and plan transplants together.
This is a cancer hospital with a lymphoma program.
Interpreters at every visit, at no cost to you.
You can have your blood drawn in any of our 12 clinics.
Ask us about clinical trials of new treatments.
""".strip().splitlines()
MEDICAL = """
The usual dose is 5 mg a day.
Acute leukemia is a type of cancer that begins in the marrow.
Symptoms of anemia include feeling tired and short of breath.
Chemotherapy kills fast-growing cells.
Total marrow irradiation can target the bone marrow.
Smoking may cause bladder cancer.
About 90 percent of children with the disease live for five years or more.
You should never stop taking your medicines.
Call if you have a fever.
Leukemia is treated with chemotherapy.
Exercise lowers the risk of relapse.
It spreads to other parts of the body.
""".strip().splitlines()


def ours(*sentences: str):
    body = "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
    return section(body, anchor="our-program", heading="Our program", kind=INSTITUTIONAL)


@pytest.mark.parametrize("sentence", MEDICAL)
def test_it_blocks_what_a_reviewer_would_have_to_sign(sentence):
    (found,) = speaks_on(medical_claim, page(section(), ours(sentence)), "our-program", says="Move it")
    assert found.severity is Severity.BLOCKING


@pytest.mark.parametrize("sentence", HARMLESS)
def test_it_is_silent_on_services_people_and_stories(sentence):
    silent_on(medical_claim, page(section(), ours(sentence)))


def test_it_reads_institutional_sections_only():
    silent_on(medical_claim, page(section("<p>The usual dose is 5 mg a day.</p>")))


def test_it_speaks_once_for_each_paragraph():
    speaks_on(medical_claim, page(ours(MEDICAL[0], HARMLESS[0], MEDICAL[1])), "our-program", "our-program")


def test_the_houses_own_outcomes_need_an_owner_instead():
    silent_on(medical_claim, page(ours("At 5 years, 90% of our patients are in remission.")))


def test_it_knows_most_medical_pages_of_the_institutes_and_few_of_their_own_lines(shared_data):
    lines = (shared_data / "medquad-sample.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [part["text"] for line in lines for part in json.loads(line)["sections"]]
    heard = sum(bool(list(medical_claim.find(page(ours(*text.splitlines()))))) for text in texts)
    assert heard / len(texts) > 0.6
    own = {row for text in texts for row in text.splitlines() if row.startswith(("The NINDS supports", "For more inf"))}
    assert len(own) > 10
    assert sum(bool(list(medical_claim.find(page(ours(row))))) for row in own) / len(own) < 0.3
