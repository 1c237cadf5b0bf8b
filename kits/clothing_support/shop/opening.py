"""Opening the shop of `settings.shop`: `{kind: demo}` or `{kind: http, url:, token_env:, timeout:}`."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from .demo import DemoShop
from .demo_store import DemoStore
from .http import HttpShop
from .interface import Shop, ShopMisconfigured

_KEYS = {"demo": {"kind"}, "http": {"kind", "url", "token_env", "timeout"}}


def open_shop(settings: Mapping[str, object], *, today: date) -> Shop:
    """Return the shop of these settings; the same settings always share one store or one connection pool.

    Args:
        settings: `kind` (demo, the default, or http) and the keys of that kind.
        today: The day in the UK; only the demo shop needs it.

    Raises:
        ShopMisconfigured: An unknown kind or key, or an http shop without a url.
    """
    kind = str(settings.get("kind", "demo"))
    if kind not in _KEYS:
        raise ShopMisconfigured(f"shop.kind is unknown; known: {', '.join(sorted(_KEYS))}")
    if unknown := sorted(set(settings) - _KEYS[kind]):
        raise ShopMisconfigured(
            f"shop.{unknown[0]} is unknown for kind {kind}; known: {', '.join(sorted(_KEYS[kind]))}"
        )
    if kind == "demo":
        return DemoShop(today, _demo_store())
    return _http_shop(*_http_settings(settings))


def forget_shops() -> None:
    """Forget every opened shop, and with it what was changed in the demo."""
    _demo_store.cache_clear()
    _http_shop.cache_clear()


def _http_settings(settings: Mapping[str, object]) -> tuple[str, str, float]:
    url, timeout = str(settings.get("url", "")), settings.get("timeout", 5.0)
    if not url.startswith(("http://", "https://")):
        raise ShopMisconfigured("shop.url is missing or no http address")
    if isinstance(timeout, bool) or not isinstance(timeout, int | float) or timeout <= 0:
        raise ShopMisconfigured("shop.timeout is expected to be a number of seconds above 0")
    return url, str(settings.get("token_env", "")), float(timeout)


@lru_cache(maxsize=1)
def _demo_store() -> DemoStore:
    return DemoStore()


@lru_cache(maxsize=8)
def _http_shop(url: str, token_env: str, timeout: float) -> HttpShop:
    return HttpShop(url, token_env=token_env, timeout=timeout)
