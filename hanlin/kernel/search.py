"""Full-text search that finds Chinese, on SQLite and on PostgreSQL alike.

Both databases take a run of Han characters for one word, so 干部 inside 领导干部学习 is never found.
We index every Han character and every pair of neighbours as words of their own, and ask for the
pairs of the query. Everything else is cut into the same words on both sides, so that GB/T 9704 and
12345热线 are found however the database would have parsed them. It is a Wagtail search back end:
WAGTAILSEARCH_BACKENDS names this module.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Any

from django.db import connection
from modelsearch.query import And, Boost, MatchAll, Not, Or, Phrase, PlainText, SearchQuery

HAN = "㐀-䶿一-鿿豈-﫿\U00020000-\U000323af"
_RUN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")


def _runs(text: str) -> list[str]:
    return _RUN.findall(unicodedata.normalize("NFKC", text).lower())


def _is_han(run: str) -> bool:
    return re.match(f"[{HAN}]", run) is not None


def words_to_index(text: str) -> str:
    """领导干部 → 领 领导 导 导干 干 干部 部; Latin words and numbers stay as they are."""
    words: list[str] = []
    for run in _runs(text):
        if not _is_han(run):
            words.append(run)
            continue
        for place, character in enumerate(run):
            words.append(character)
            if place + 1 < len(run):
                words.append(run[place : place + 2])
    return " ".join(words)


def words_to_ask(text: str) -> list[str]:
    """领导干部 → 领导 导干 干部; a single character stands alone. Traditional is asked as Simplified."""
    words: list[str] = []
    for run in _runs(_simplifier().convert(text)):
        if not _is_han(run) or len(run) == 1:
            words.append(run)
        else:
            words += [run[place : place + 2] for place in range(len(run) - 1)]
    return words


@lru_cache(maxsize=1)
def _simplifier() -> Any:
    from opencc import OpenCC

    return OpenCC("tw2s")


def _asked(query: SearchQuery) -> SearchQuery:
    """The same question in our words. One that holds no word at all finds nothing."""
    if isinstance(query, PlainText | Phrase):
        words = " ".join(words_to_ask(query.query_string))
        return PlainText(words, operator=getattr(query, "operator", "and")) if words else Not(MatchAll())
    if isinstance(query, And | Or):
        return type(query)([_asked(part) for part in query.subqueries])
    if isinstance(query, Not):
        return Not(_asked(query.subquery))
    if isinstance(query, Boost):
        return Boost(_asked(query.subquery), query.boost)
    return query


class AskInWords:
    """Mixed into the query compilers of both databases."""

    query: SearchQuery

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.query = _asked(self.query)


class IndexInWords:
    """Mixed into the indexers of both databases."""

    def prepare_value(self, value: Any) -> str:
        if isinstance(value, str):
            return words_to_index(value)
        return str(super().prepare_value(value))  # type: ignore[misc]  # lists and dicts come back here by their strings


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802, the name that Wagtail looks up
    """The back end for the default database."""
    if connection.vendor == "postgresql":
        from modelsearch.backends.database.postgres import postgres as base

        names, options = "Postgres", {"SEARCH_CONFIG": "simple", **params}
    else:
        from modelsearch.backends.database.sqlite import sqlite as base  # type: ignore[no-redef]

        names, options = "SQLite", params
    return _backend_class(base, names)(options)


@lru_cache(maxsize=2)
def _backend_class(base: Any, names: str) -> Any:
    def mixed(kind: str, mixin: type) -> type:
        return type(f"{names}{kind}InWords", (mixin, getattr(base, names + kind)), {})

    if not issubclass(base.ObjectIndexer, IndexInWords):  # the index names its indexer by this module attribute
        base.ObjectIndexer = type("ObjectIndexerInWords", (IndexInWords, base.ObjectIndexer), {})
    return type(
        f"{names}SearchInWords",
        (getattr(base, f"{names}SearchBackend"),),
        {
            "query_compiler_class": mixed("SearchQueryCompiler", AskInWords),
            "autocomplete_query_compiler_class": mixed("AutocompleteQueryCompiler", AskInWords),
        },
    )
