"""Pages of other origins: refused unless they are named; then they get the headers that a browser asks for."""

import pytest

from kitwright.serve import ServeSettings
from unit.bot.museum import PARKING
from unit.serve.conftest import Serve, new_visitor

SHOP = "https://shop.example"


def test_without_the_setting_another_origin_is_refused(serve: Serve) -> None:
    client = serve()
    response = client.post("/api/conversations", json={"bot": "museum"}, headers={"Origin": SHOP})
    assert (response.status_code, response.json()["faults"][0]["code"]) == (403, "KW208")
    assert "access-control-allow-origin" not in response.headers
    assert client.get("/api/bots", headers={"Origin": "http://testserver"}).status_code == 200


@pytest.mark.parametrize("origin", ["null", "https://shop.example.evil", "http://shop.example", "https://", "[", "x"])
def test_what_only_looks_like_an_allowed_origin_is_refused(serve: Serve, origin: str) -> None:
    client = serve(ServeSettings(origins=(SHOP,)))
    assert client.get("/api/bots", headers={"Origin": origin}).status_code == 403


def test_an_allowed_origin_gets_what_a_browser_asks_for(serve: Serve) -> None:
    client = serve(ServeSettings(origins=(SHOP,)))
    asked = {
        "Origin": SHOP,
        "Access-Control-Request-Method": "PUT",
        "Access-Control-Request-Headers": "authorization,content-type,last-event-id",
    }
    preflight = client.options("/api/conversations/x/ratings", headers=asked)
    assert (preflight.status_code, preflight.headers["access-control-allow-origin"]) == (200, SHOP)
    visitor = new_visitor(client)
    response = visitor.ask("POST", "/messages", json={"text": PARKING}, headers={"Origin": SHOP})
    assert (response.status_code, response.headers["access-control-allow-origin"]) == (200, SHOP)
    assert "access-control-allow-credentials" not in response.headers


@pytest.mark.parametrize("origin", ["*", "shop.example", "https://shop.example/", "https://*.example"])
def test_an_origin_of_another_shape_is_no_setting(origin: str) -> None:
    with pytest.raises(ValueError, match="origins"):
        ServeSettings(origins=(origin,))
