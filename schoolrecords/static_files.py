"""Static files under names that carry their content, so that a browser keeps them for ever and asks no more."""

import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from whitenoise.storage import CompressedManifestStaticFilesStorage

_IMPORT = re.compile(r"""^import\b[^"']*["']\./([\w.-]+)["']""", re.MULTILINE)


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Also the modules that our modules import: otherwise an old one could meet a new one for a minute.

    Not those of packages, whose comments name files that they do not ship.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*.js", CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]),
    )


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
