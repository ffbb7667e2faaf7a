"""The settings know the rules by name, every one."""

from django.conf import settings

from articles import checking
from references.models import Source
from tests.house import ROOT


def names(rules) -> set[str]:
    return {checking.name_of(rule) for rule in rules}


def test_the_settings_name_every_rule_that_can_be_weighed_and_every_one_that_can_not():
    text = (ROOT / "leukemia_site/settings.py").read_text()
    known, fixed = (text.partition(f"    {part}=(")[2].partition("\n    ),")[0] for part in ("known", "fixed"))
    assert set(known.replace('"', " ").split()) >= names(set(checking.RULES) - set(checking.GUARDS))
    assert set(fixed.replace('"', " ").split()) >= names(checking.GUARDS)


def test_every_kind_of_source_has_its_years():
    assert set(settings.SOURCE_YEARS) == set(Source.Kind.values)
