import json
from datetime import timedelta
from pathlib import Path

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from hanlin.kernel.places import TILES

SAMPLE = Path(__file__).resolve().parent.parent / "data" / "styleguide.json"  # invented figures


class SampleForm(forms.Form):
    """One field of each kind, refused."""

    number = forms.CharField(label="证书编号", help_text="在证书右上角，共18位")
    region = forms.ChoiceField(label="地区", choices=[("1", "云澜市"), ("2", "澄岭市")])
    reply = forms.ChoiceField(label="是否参会", choices=[("y", "参加"), ("n", "不能参加")], widget=forms.RadioSelect)
    note = forms.CharField(label="说明", widget=forms.Textarea(attrs={"rows": 2}), required=False)
    promise = forms.BooleanField(label="已阅读评审纪律")

    def clean_number(self):
        raise forms.ValidationError("现为17位，少1位，请对照证书再填")


def styleguide(request):
    """Every part of a page in one place. Only in a demo or while developing."""
    if not (settings.DEMO or settings.DEBUG):
        raise Http404
    sample, today = json.loads(SAMPLE.read_text(encoding="utf-8")), timezone.localdate()
    context = {
        **sample,
        "table": (sample["heads"], sample["rows"]),
        "values": {code: 70 + (n * 7) % 26 for n, code in enumerate(TILES)} | {"630000": None, "540000": None},
        "form": SampleForm({"number": "20261112000180357"}),
        "now": timezone.now(),
        "days": [today + timedelta(days=n) for n in (-4, 0, 2, 30)],
        "page": Paginator(range(190), 20).get_page(request.GET.get("page")),
    }
    return render(request, "kernel/styleguide.html", context)
