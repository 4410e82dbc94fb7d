from itertools import groupby

from django.shortcuts import render

from hanlin.pages.queries import search as articles
from hanlin.people import registries

LONGEST = 60


def search(request):
    """One box over everything that the person may see; a stranger finds the public pages alone."""
    words = request.GET.get("q", "").strip()[:LONGEST]
    hits = []
    if words:
        providers = registries.SEARCHES if request.user.is_authenticated else [articles.hits_for]
        hits = [hit for provider in providers for hit in provider(request.user, words)]
    hits.sort(key=lambda hit: hit.kind)  # stable: each room's order, by closeness, stays
    groups = [(kind, list(rows)) for kind, rows in groupby(hits, key=lambda hit: hit.kind)]
    kind = request.GET.get("kind", "")
    shown = [group for group in groups if group[0] == kind] or groups
    context = {"words": words, "groups": groups, "shown": shown, "kind": kind if shown != groups else "", "count": len(hits)}
    return render(request, "pages/search.html", context)
