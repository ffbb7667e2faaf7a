"""No text that people write, and none that was written to be slow, makes a redline slow."""

import random
import time

import pytest

from articles.redline import redline
from tests.articles.redline.tools import new_words

RANDOM = random.Random(7)
VOCABULARY = [f"w{number}" for number in range(3_000)]


def written(count: int, vocabulary: list[str] = VOCABULARY) -> list[str]:
    return RANDOM.choices(vocabulary, [1 / (rank + 1) for rank in range(len(vocabulary))], k=count)


def paragraphs(words: list[str], size: int = 50) -> str:
    return "".join(f"<p>{' '.join(words[at : at + size])}</p>" for at in range(0, len(words), size))


WORDS = written(30_000)
LONG = {
    "one word in twenty": [word if RANDOM.random() > 0.05 else "other" for word in WORDS],
    "one word a paragraph": [word if at % 50 else "other" for at, word in enumerate(WORDS)],
    "all new": written(30_000),
    "halves exchanged": WORDS[15_000:] + WORDS[:15_000],
    "nothing": WORDS,
}


@pytest.mark.parametrize("change", LONG)
@pytest.mark.parametrize("size", [50, 30_000], ids=["paragraphs", "one paragraph"])
def test_thirty_thousand_words_take_a_moment(change, size):
    old, new = paragraphs(WORDS, size), paragraphs(LONG[change], size)
    started = time.process_time()
    redlined = redline(old, new)
    assert time.process_time() - started < 2
    assert new_words(redlined) == LONG[change]


@pytest.mark.parametrize("count", [2, 3])
def test_texts_of_very_few_different_words_are_no_trap(count):
    old, new = (paragraphs(written(30_000, VOCABULARY[:count]), 30_000) for _side in "ab")
    started = time.process_time()
    redline(old, new)
    assert time.process_time() - started < 5


def test_thousands_of_changed_list_items_are_no_trap():
    old, new = (f"<ul>{''.join(f'<li>{word}</li>' for word in written(15_000))}</ul>" for _side in "ab")
    started = time.process_time()
    redline(old, new)
    assert time.process_time() - started < 10
