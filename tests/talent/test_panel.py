from types import SimpleNamespace

from django.template.loader import render_to_string
from django.utils import timezone


def test_the_workbench_hands_the_card_its_figures_as_panel():
    figure = SimpleNamespace(
        indicator=SimpleNamespace(source_shown="学时台账"),
        as_of=timezone.now(),
        mark=SimpleNamespace(quality="A", note=""),
        parts=[SimpleNamespace(share=81.6)],
        total=3,
    )
    card = {"sentence": "81.6%的干部学时达标", "figures": dict.fromkeys(("hours", "reviews", "findings"), figure)}
    shown = render_to_string("talent/panel.html", {"panel": card})
    assert "81.6%的干部学时达标" in shown
    assert "学时台账" in shown
