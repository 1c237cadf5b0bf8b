"""The tool for a customer's account."""

from .turn import Context, shop_of


def send_reset_link(email: str, *, context: Context) -> dict[str, object]:
    """Have a link for a new password sent to an address, if it has an account; whether it has, is not told.

    Args:
        email: The address of the account.
        context: What the core tells about the turn.
    """
    shop_of(context).send_reset_link(email)
    return {"reset_asked": True}
