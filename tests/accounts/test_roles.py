"""What a role allows lasts as long as the role."""

from tests.cast import signed_in


def test_a_role_taken_away_ends_with_the_next_request(cast, client):
    signed_in(client, cast.cuc)
    assert client.get("/imports/").status_code == 200

    held = cast.cuc.held_roles.get()
    held.until = held.since
    held.save_by(cast.hanh)

    assert client.get("/imports/").status_code == 403
