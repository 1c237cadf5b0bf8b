"""Tools about stock alerts: whether one is needed, and setting it."""

from ..shop import Product, StockLine
from ..shop.words import match_colours, match_sizes
from .phrases import listed
from .products import asked_lines, no_product, product_facts, stock_text, which
from .turn import Context, shop_of

_PROMISE = (
    "An alert does not reserve it, and we cannot promise when or whether it returns, so please order soon after the "
    "e-mail arrives."
)


def check_alert(
    product: str,
    size: str = "",
    colour: str = "",
    sold_out: str = "",
    sold_out_size: str = "",
    sold_out_colour: str = "",
    *,
    context: Context,
) -> dict[str, object]:
    """Say whether a stock alert is needed for a product in a size and colour, and what is still to be told for one.

    Args:
        product: The product in the customer's words, for example linen shirt.
        size: The size, for example M, 12, 32/34 or 5-6; empty when not told.
        colour: The colour, for example navy; empty for any.
        sold_out: The product that was found sold out just before; its size and colour hold unless others are told.
        sold_out_size: The size of it that was asked for.
        sold_out_colour: The colour of it that was asked for.
        context: What the core tells about the turn.
    """
    shop = shop_of(context)
    found = shop.product_named(product)
    if len(found) != 1:
        return {**no_product(found), "alert_state": None, "stock_text": which(found)}
    article = found[0]
    if article.name == sold_out:
        size, colour = size or sold_out_size, colour or sold_out_colour
    lines = shop.stock(article)
    state, text = _state(article, lines, size, colour)
    facts: dict[str, object] = {**product_facts(article), "alert_state": state, "stock_text": text}
    if state == "which_size":
        facts["size_options"] = listed(list(dict.fromkeys(line.size for line in lines)), last="or")
    return facts | ({"size": size} if size else {}) | ({"colour": colour} if colour else {})


def _state(product: Product, lines: tuple[StockLine, ...], size: str, colour: str) -> tuple[str, str]:
    one_size = {line.size for line in lines} == {"one size"}
    text, available = stock_text(product, lines, size, colour)
    if not asked_lines(lines, size, colour):
        return "no_such", text
    if not size and not one_size:
        return "which_size", text
    return ("in_stock" if available else "sold_out"), text


def set_stock_alert(
    product: str, email: str, size: str = "", colour: str = "", *, context: Context
) -> dict[str, object]:
    """Have the shop write to an address once, when a sold-out size is back.

    Args:
        product: The name of the product.
        email: The address to write to.
        size: The size; empty for a product of one size.
        colour: The colour; empty for any.
        context: What the core tells about the turn.
    """
    shop = shop_of(context)
    found = shop.product_named(product)
    if len(found) != 1:
        return {**no_product(found), "alert_set": False, "alert_text": which(found)}
    article = found[0]
    lines = shop.stock(article)
    sizes = match_sizes(size, (line.size for line in lines)) or ("one size",)
    colours = match_colours(colour, (line.colour for line in lines)) or ("",)
    new = [shop.set_stock_alert(article, size=s, colour=c, email=email) for s in sizes for c in colours]
    what = _what(article, sizes, colours)
    done = f"The alert for {what} is set." if any(new) else f"The alert for {what} was set already, and it stands."
    return {**product_facts(article), "alert_set": True, "alert_text": done, "alert_note": _PROMISE}


def _what(product: Product, sizes: tuple[str, ...], colours: tuple[str, ...]) -> str:
    size = "" if sizes == ("one size",) else f", size {listed(sizes, last='or')},"
    colour = f" in {listed(colours, last='or')}" if any(colours) else ""
    return f"the {product.name}{colour}{size}"
