"""How pages and their files travel: compressed, under lasting names, a page's modules all at once."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client, override_settings

from schoolrecords.static_files import imported
from tests.cast import signed_in

SCRIPTS = Path(settings.BASE_DIR / "static/js")
HASHED = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "schoolrecords.static_files.HashedFiles"},
}


def test_every_module_that_a_module_imports_is_known():
    known = {path.rpartition("/")[2] for path in imported("js/mark-grid.js")}
    for name in {"mark-grid.js", *known}:
        source = (SCRIPTS / name).read_text(encoding="utf-8")
        assert set(re.findall(r'"\./([\w-]+\.js)"', source)) <= known | {"mark-grid.js"}
    assert known


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("person", "address"),
    [("toan", "/courses/{maths}/semester-1/"), ("mai", "/classes/{home}/attendance/")],
)
def test_a_page_names_its_modules_once_and_before_they_import_each_other(shared_scene, person, address):
    cast = shared_scene.cast
    where = address.format(maths=cast.maths["6A"].pk, home=cast.classes["6A"].pk)
    page = signed_in(Client(), cast.people[person]).get(where).text
    preloaded = re.findall(r'<link rel="modulepreload" href="/static/(js/[\w-]+\.js)">', page)
    loaded = re.findall(r'<script src="/static/(js/[\w-]+\.js)" type="module">', page)
    assert loaded and sorted(preloaded) == sorted({path for module in loaded for path in imported(module)})
    assert all(finders.find(path) for path in preloaded)


@pytest.mark.django_db
def test_a_page_travels_compressed_to_who_takes_it(shared_scene):
    client = signed_in(Client(), shared_scene.cast.toan)
    plain = client.get("/")
    packed = client.get("/", headers={"accept-encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) / 2
    assert gzip.decompress(packed.content).startswith(plain.content[:100])


def test_a_module_imports_others_by_the_names_that_last(tmp_path):
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=HASHED, DEBUG=False):
        call_command("collectstatic", interactive=False, verbosity=0)
    [grid] = (path for path in (tmp_path / "js").glob("mark-grid.*.js"))
    names = re.findall(r'from "\./([\w.-]+)"', grid.read_text(encoding="utf-8"))
    assert names
    assert all(re.fullmatch(r"[\w-]+\.[0-9a-f]{12}\.js", name) for name in names)
    assert all((tmp_path / "js" / name).exists() for name in names)


def test_all_style_sheets_travel_as_one_file(tmp_path):
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=HASHED, DEBUG=False):
        for _again in range(2):
            call_command("collectstatic", interactive=False, verbosity=0)
    [styles] = tmp_path.glob("css/all.*.css")
    together = styles.read_text(encoding="utf-8")
    assert all(
        sheet.read_text(encoding="utf-8").strip() in together
        for sheet in SCRIPTS.parent.glob("css/*.css")
        if "url(" not in sheet.read_text(encoding="utf-8")
    )


@pytest.mark.parametrize("module", sorted(SCRIPTS.glob("*.js")), ids=lambda module: module.name)
def test_a_module_imports_only_what_the_other_one_exports(module):
    """A browser refuses the whole page's modules otherwise."""
    for names, source in re.findall(
        r'^import \{([^}]*)\} from "\./([\w.-]+)"', module.read_text(), re.MULTILINE
    ):
        other = module.with_name(source).read_text()
        for name in filter(None, map(str.strip, names.split(","))):
            assert re.search(rf"^export (async )?(function|class|const|let) {name}\b", other, re.MULTILINE), (
                name
            )
