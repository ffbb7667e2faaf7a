from articles.checking import repeated_glance
from articles.content import GLANCE, HELP
from tests.articles.checking.tools import page, section, silent_on, speaks_on


def block(anchor, form):
    return section(anchor=anchor, heading=anchor, form=form)


def test_it_speaks_on_the_second_box_with_one_label():
    speaks_on(repeated_glance, page(block("one", GLANCE[0]), block("two", GLANCE[0])), "two", says="what it is")


def test_it_is_silent_on_one_of_each_and_on_blocks_of_which_there_may_be_many():
    one_of_each = [block(form, form) for form in GLANCE]
    silent_on(repeated_glance, page(*one_of_each, block("a", HELP[0]), block("b", HELP[0]), block("c", "")))
