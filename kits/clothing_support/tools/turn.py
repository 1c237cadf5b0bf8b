"""What a tool takes from the core's context: the shop the bot talks to and the time in the UK."""

from collections.abc import Mapping
from datetime import UTC, datetime

from ..shop import Shop, open_shop
from .phrases import uk_time

Context = Mapping[str, object]


def uk_now(context: Context) -> datetime:
    """Return the UK clock time of the turn; without a readable `now` it is the present."""
    try:
        return uk_time(datetime.fromisoformat(str(context.get("now", ""))))
    except ValueError:
        return uk_time(datetime.now(UTC))


def shop_of(context: Context) -> Shop:
    """Open the shop of the bot's settings, the demo where they name none."""
    settings = context.get("settings")
    chosen = settings.get("shop") if isinstance(settings, Mapping) else None
    return open_shop(chosen if isinstance(chosen, Mapping) else {}, today=uk_now(context).date())
