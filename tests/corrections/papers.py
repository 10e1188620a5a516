"""The papers of a dossier as somebody opens them."""

from corrections import actions
from corrections.models import Paper
from tests.cast import client_of

FORM, MINUTES = Paper.Kind.FORM, Paper.Kind.MINUTES


def pdf(correction, kind=FORM, reader=None) -> bytes:
    paper = correction.papers.get(kind=kind)
    response = client_of(reader or correction.requested_by).get(
        f"/corrections/{correction.pk}/papers/{paper.pk}/"
    )
    assert response.status_code == 200, response.status_code
    assert response["Content-Type"] == "application/pdf"
    return response.content


def carried_out(scene, *edits):
    correction = scene.approved(*edits)
    actions.execute(correction=correction, by=scene.cast.khoa)
    return correction
