"""The bench measures the same articles each time, and says when a limit is broken."""

from __future__ import annotations

from tests.bench.articles import WORDS, articles
from tests.bench.figures import Figure


def test_the_same_seed_gives_the_same_articles_of_about_the_named_length() -> None:
    made = list(articles(20))

    assert made == list(articles(20))
    assert made != list(articles(20, seed=2))
    assert 20 == len(set(made))
    assert abs(sum(len(text.split()) for text in made) / 20 - WORDS) < WORDS / 5


def test_a_figure_tells_what_share_of_its_limit_is_used() -> None:
    assert "ok    0.50  start: 0.1 s, at most 0.2" == str(Figure("start", 0.1, 0.2, "s"))
    assert "MISS  2.00  rate: 5 tokens, at least 10 (busy)" == str(
        Figure("rate", 5, 10, "tokens", at_least=True, said="busy")
    )
