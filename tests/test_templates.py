"""Pages keep to the content policy and to Chinese typography; front-end files are what the manifest says."""

import ast
import hashlib
import json
import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# text on paper, not on a page: these are laid out by the PDF engine and the content policy never meets them
PAPER = ("templates/papers/",)
PAGES = [path for path in TEMPLATES if not path.relative_to(ROOT).as_posix().startswith(PAPER) and "/email/" not in path.as_posix()]
HAN_SPACE = re.compile(r"[\u4e00-\u9fff] [0-9A-Za-z]|[0-9A-Za-z] [\u4e00-\u9fff]")
INLINE = {
    "style attribute": re.compile(r"<[^>{}]*\sstyle\s*="),
    "event handler": re.compile(r"<[^>{}]*\son[a-z]+\s*=\s*[\"']"),
    "style element": re.compile(r"<style[\s>]"),
    "script without src": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)(?![^>]*nonce=)[^>]*>"),
    "foreign address": re.compile(r"(?:src|href)=[\"'](?:https?:)?//"),
}


def where(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("kind", INLINE)
def test_nothing_inline_or_foreign_in_a_page(kind):
    assert [where(path) for path in PAGES if INLINE[kind].search(path.read_text(encoding="utf-8"))] == []


def test_no_space_is_typed_between_han_and_latin():
    catalogues = [path for path in ROOT.rglob("locale/*/LC_MESSAGES/django.po") if ".venv" not in path.parts]
    found = []
    for path in [*TEMPLATES, *catalogues]:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            words = re.sub(r"\{[%#].*?[%#]\}|<[^>]*>", "", line) if path.suffix == ".html" else line
            if path.suffix == ".po" and not line.startswith(("msgstr", '"')):
                continue
            if HAN_SPACE.search(words):
                found.append(f"{where(path)}:{number} {words.strip()[:60]}")
    assert found == []


def test_every_icon_is_in_the_list():
    names = set((ROOT / "tools" / "icons.txt").read_text(encoding="utf-8").split())
    used = {}
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        for pattern in (r'{% icon "([^"]+)"', r'{% empty "([^"]+)"', r'{% badge "[a-z]+" \S+ "([^"]+)"'):
            used |= {name: where(path) for name in re.findall(pattern, text)}
    for folder in ("courses", "committees", "projects", "hanlin"):
        for path in (ROOT / folder).rglob("menu.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.keyword) and node.arg == "icon" and isinstance(node.value, ast.Constant):
                    used[str(node.value.value)] = where(path)
    assert {name: place for name, place in used.items() if name not in names} == {}


def test_front_end_files_are_what_the_manifest_says():
    vendor = ROOT / "assets" / "vendor"
    assert (vendor / "manifest.json").exists(), "run: python tools/frontend.py"
    packages = json.loads((vendor / "manifest.json").read_text(encoding="utf-8"))["packages"]
    listed = {name: digest for package in packages for name, digest in package["files"].items()}
    found = {path.relative_to(vendor).as_posix() for path in vendor.rglob("*") if path.is_file()} - {"manifest.json"}
    assert found == set(listed)
    wrong = [name for name, digest in listed.items() if hashlib.sha256((vendor / name).read_bytes()).hexdigest() != digest]
    assert wrong == []
    locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for package in packages:
        assert package["licence"]
        assert package["version"] == locked[f"node_modules/{package['name']}"]["version"]


def test_front_end_files_call_for_no_map_and_no_foreign_font():
    vendor = ROOT / "assets" / "vendor"
    texts = [path for path in vendor.rglob("*") if path.suffix in (".js", ".css")]
    assert [where(path) for path in texts if "sourceMappingURL" in path.read_text(encoding="utf-8")] == []


def test_the_lock_names_no_host():
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert "registry" not in lock
