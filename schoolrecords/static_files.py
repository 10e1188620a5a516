"""Static files under names that carry their content, so that a browser keeps them for ever and asks no more."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.template.loader import get_template
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLES = "css/all.css"
_LINKED = re.compile(r"""'(css/[\w-]+\.css)' %}"( media="print")?""")
_IMPORT = re.compile(r"""^import\b[^"']*["']\./([\w.-]+)["']""", re.MULTILINE)


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Also the modules that our modules import: otherwise an old one could meet a new one for a minute.

    Not those of packages, whose comments name files that they do not ship. And all style sheets in one: a first
    visit asks for one file instead of thirty.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*.js", CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]),
    )

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            self.delete(STYLES)
            self.save(STYLES, ContentFile(all_styles()))
            paths = {**paths, STYLES: (self, STYLES)}
        yield from super().post_process(paths, dry_run, **options)


def all_styles() -> str:
    """The style sheets that `stylesheets.html` links, in its order, one after the other."""
    template: Any = get_template("_components/stylesheets.html")
    linked = _LINKED.findall(template.template.source)
    return "\n".join([_styles(path, for_print=bool(media)) for path, media in linked])


def _styles(path: str, *, for_print: bool) -> str:
    text = Path(str(finders.find(path))).read_text(encoding="utf-8")
    return f"@media print {{\n{text}}}\n" if for_print else text


@cache
def imported(module: str) -> tuple[str, ...]:
    """The modules that one imports, directly or not, as paths of static files; each once."""
    folder = module.rpartition("/")[0]
    found: list[str] = []
    waiting = [module]
    while waiting:
        source = finders.find(waiting.pop(0))
        names = _IMPORT.findall(Path(str(source)).read_text(encoding="utf-8")) if source else []
        fresh = [path for name in names if (path := f"{folder}/{name}") not in (*found, module)]
        found.extend(dict.fromkeys(fresh))
        waiting.extend(dict.fromkeys(fresh))
    return tuple(found)
