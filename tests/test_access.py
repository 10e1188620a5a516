"""Who gets what at every address: the table is the contract, and no address may be missing from it.

404: may not know of it. 403: may see it but not do this. 405: GET never changes state. Anonymous visitors are
sent to sign in everywhere but at the public addresses.

Toàn teaches the 6A course of the table, Lan teaches elsewhere, Mai leads 6A.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.cast import signed_in
from tests.scene import Scene

PEOPLE = ["hanh", "vinh", "khoa", "cuc", "dung", "mai", "toan", "lan"]
PUBLIC = {"health", "language", "sign_in", "public"}

TABLE = """
address                  method  path                                            hanh vinh khoa cuc  dung mai  toan lan
home                     GET     /                                               200  200  200  200  200  200  200  200
people                   GET     /people/                                        200  200  200  403  403  403  403  403
sign_out                 GET     /sign-out/                                      405  405  405  405  405  405  405  405
classes                  GET     /classes/                                       200  200  200  200  200  200  200  200
school_class             GET     /classes/{class}/                               200  200  200  200  404  200  200  404
class_now                GET     /classes/{class}/results/                       302  302  302  302  404  302  404  404
class_results            GET     /classes/{class}/results/year/                  200  200  200  200  404  200  404  404
proposals                GET     /classes/{class}/proposals/year/                200  200  200  200  404  200  404  404
propose                  GET     /classes/{class}/proposals/year/propose/        405  405  405  405  405  405  405  405
propose                  POST    /classes/{class}/proposals/year/propose/        403  403  403  403  404  303  404  404
decide                   GET     /classes/{class}/proposals/year/decide/         405  405  405  405  405  405  405  405
decide                   POST    /classes/{class}/proposals/year/decide/         422  403  403  403  403  403  403  403
reconsider               GET     /proposals/{proposal}/reconsider/               405  405  405  405  405  405  405  405
reconsider               POST    /proposals/{proposal}/reconsider/               303  403  403  403  403  403  403  403
pupil_results            GET     /pupils/{pupil}/results/                        200  200  200  200  404  200  404  404
why                      GET     /pupils/{pupil}/results/year/why/               200  200  200  200  404  200  404  404
pupils                   GET     /pupils/                                        200  200  200  200  200  200  200  200
pupil                    GET     /pupils/{pupil}/                                200  200  200  200  404  200  200  404
pupil_history            GET     /pupils/{pupil}/history/                        200  200  200  200  404  200  404  404
pupil_edit               GET     /pupils/{pupil}/edit/                           403  403  200  200  404  200  403  404
pupil_save               GET     /pupils/{pupil}/save/                           405  405  405  405  405  405  405  405
pupil_save               POST    /pupils/{pupil}/save/                           403  403  303  303  404  303  403  404
class_profiles           GET     /classes/{class}/profiles/                      200  200  200  200  404  200  404  404
class_profiles_save      GET     /classes/{class}/profiles/save/                 405  405  405  405  405  405  405  405
class_profiles_save      POST    /classes/{class}/profiles/save/                 403  403  303  303  404  303  404  404
profiles                 GET     /profiles/                                      200  200  200  200  403  403  403  403
pupil_add                GET     /classes/{class}/pupils/add/                    403  403  200  200  403  403  403  403
pupil_admit              GET     /classes/{class}/pupils/admit/                  405  405  405  405  405  405  405  405
pupil_admit              POST    /classes/{class}/pupils/admit/                  403  403  422  422  403  403  403  403
duplicates               GET     /pupils/duplicates/                             403  403  200  200  403  403  403  403
duplicates_different     GET     /pupils/duplicates/different/                   405  405  405  405  405  405  405  405
duplicates_different     POST    /pupils/duplicates/different/                   403  403  422  422  403  403  403  403
register                 GET     /register/                                      200  200  200  200  403  403  403  403
register_print           GET     /register/print/                                405  405  405  405  405  405  405  405
register_print           POST    /register/print/                                403  403  422  422  403  403  403  403
register_numbering       GET     /register/numbering/                            403  403  200  200  403  403  403  403
register_number          GET     /register/numbering/number/                     405  405  405  405  405  405  405  405
register_number          POST    /register/numbering/number/                     403  403  303  303  403  403  403  403
new_profile              GET     /corrections/new/pupils/{pupil}/                403  403  200  200  404  200  403  404
new_profile              POST    /corrections/new/pupils/{pupil}/                403  403  422  422  404  422  403  404
summer                   GET     /summer/                                        200  200  200  200  200  200  200  200
rules                    GET     /assessment-rules/                              200  200  200  200  200  200  200  200
rules_choose             GET     /assessment-rules/{policy}/choose/              405  405  405  405  405  405  405  405
rules_choose             POST    /assessment-rules/{policy}/choose/              400  403  403  403  403  403  403  403
marks                    GET     /courses/{course}/semester-1/                   200  200  200  200  404  200  200  404
marks_save               GET     /courses/{course}/semester-1/save/              405  405  405  405  405  405  405  405
marks_save               POST    /courses/{course}/semester-1/save/              403  403  403  403  404  403  303  404
cell_history             GET     /courses/{course}/history/{pupil}/{column}/     200  200  200  200  404  200  200  404
marks_import             GET     /courses/{course}/semester-1/import/            403  403  403  403  404  403  200  404
marks_import_upload      GET     /courses/{course}/semester-1/import/upload/     405  405  405  405  405  405  405  405
marks_import_upload      POST    /courses/{course}/semester-1/import/upload/     403  403  403  403  404  403  422  404
marks_template           GET     /courses/{course}/semester-1/template/          403  403  403  403  404  403  200  404
imports                  GET     /imports/                                       403  403  200  200  403  403  403  403
import_upload            GET     /imports/upload/                                405  405  405  405  405  405  405  405
import_upload            POST    /imports/upload/                                403  403  422  422  403  403  403  403
pupil_template           GET     /imports/pupil-template/                        403  403  200  200  403  403  403  403
import                   GET     /imports/{import}/                              404  404  200  200  404  404  404  404
import_confirm           GET     /imports/{import}/confirm/                      405  405  405  405  405  405  405  405
import_confirm           POST    /imports/{import}/confirm/                      404  404  303  303  404  404  404  404
import_discard           GET     /imports/{import}/discard/                      405  405  405  405  405  405  405  405
import_discard           POST    /imports/{import}/discard/                      404  404  303  303  404  404  404  404
lock_board               GET     /lock-board/                                    200  200  200  403  200  200  200  200
lock_order               GET     /lock-board/order/                              405  405  405  405  405  405  405  405
lock_order               POST    /lock-board/order/                              422  403  403  403  403  403  403  403
lock_execute             GET     /lock-board/orders/{order}/execute/             405  405  405  405  405  405  405  405
lock_execute             POST    /lock-board/orders/{order}/execute/             403  403  303  403  403  403  403  403
lock_withdraw            GET     /lock-board/orders/{order}/withdraw/           405  405  405  405  405  405  405  405
lock_withdraw            POST    /lock-board/orders/{order}/withdraw/           303  403  403  403  403  403  403  403
transcript               GET     /transcripts/{pupil}/                           200  200  200  200  404  200  404  404
edition                  GET     /transcripts/editions/{transcript}/            200  200  200  200  404  200  404  404
issue                    GET     /transcripts/{pupil}/issue/                     405  405  405  405  405  405  405  405
issue                    POST    /transcripts/{pupil}/issue/                     303  403  403  403  403  403  403  403
requests                 GET     /corrections/                                   200  200  200  200  200  200  200  200
new                      GET     /corrections/new/{pupil}/{column}/              403  403  403  403  404  403  200  404
new                      POST    /corrections/new/{pupil}/{column}/              403  403  403  403  404  403  422  404
dossier                  GET     /corrections/{correction}/                      200  200  200  404  404  404  200  404
approve                  GET     /corrections/{correction}/approve/              405  405  405  405  405  405  405  405
approve                  POST    /corrections/{correction}/approve/              303  403  403  404  404  404  403  404
refuse                   GET     /corrections/{correction}/refuse/               405  405  405  405  405  405  405  405
refuse                   POST    /corrections/{correction}/refuse/               422  403  403  404  404  404  403  404
execute                  GET     /corrections/{correction}/execute/              405  405  405  405  405  405  405  405
execute                  POST    /corrections/{correction}/execute/              403  403  409  404  404  404  403  404
evidence                 GET     /corrections/{correction}/evidence/{evidence}/  200  200  200  404  404  404  200  404
index                    GET     /archive/                                       200  200  200  200  403  403  403  403
check                    GET     /archive/check/                                 405  405  405  405  405  405  405  405
check                    POST    /archive/check/                                 303  303  303  303  403  403  403  403
request_book             GET     /archive/classes/{class}/request-book/          405  405  405  405  405  405  405  405
request_book             POST    /archive/classes/{class}/request-book/          403  403  403  303  403  403  403  403
edition                  GET     /archive/editions/{edition}/                    200  200  200  200  403  403  403  403
progress                 GET     /archive/editions/{edition}/progress/           200  200  200  200  403  403  403  403
download                 GET     /archive/editions/{edition}/download/           404  404  404  404  403  403  403  403
retry                    GET     /archive/editions/{edition}/retry/              405  405  405  405  405  405  405  405
retry                    POST    /archive/editions/{edition}/retry/              403  403  403  303  403  403  403  403
verify                   GET     /archive/editions/{edition}/verify/             405  405  405  405  405  405  405  405
verify                   POST    /archive/editions/{edition}/verify/             404  404  404  404  403  403  403  403
"""


@dataclass(frozen=True)
class Row:
    address: str
    method: str
    path: str
    statuses: dict[str, int]


def rows() -> list[Row]:
    _, *lines = TABLE.strip().splitlines()
    found = []
    for line in lines:
        address, method, path, *statuses = line.split()
        found.append(Row(address, method, path, dict(zip(PEOPLE, map(int, statuses), strict=True))))
    return found


def addresses(resolver: URLResolver) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield str(entry.name)
        else:
            yield from addresses(entry)


pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(shared_scene: Scene) -> Scene:
    return shared_scene


def test_every_address_is_in_the_table():
    assert set(addresses(get_resolver())) == {row.address for row in rows()} | PUBLIC


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.method} {row.path}")
def test_each_person_gets_what_the_table_says(row, scene):
    got = {}
    for person in PEOPLE:
        client = signed_in(Client(), scene.cast.people[person])
        with scene.undone():
            got[person] = client.generic(
                row.method, row.path.format(**scene.keys), headers={"accept": "text/html"}
            ).status_code

    assert got == row.statuses


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.method} {row.path}")
def test_nobody_gets_anything_without_signing_in(row, scene, client):
    response = client.generic(row.method, row.path.format(**scene.keys))

    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/")
