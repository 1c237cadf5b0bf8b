"""Tools about products: what is in stock, and what fits a wish."""

from collections.abc import Iterable
from dataclasses import replace

from ..shop import Product, Shop, StockLine
from ..shop.catalogue import in_stock
from ..shop.words import match_colours, match_sizes
from .phrases import listed, money
from .query import only_narrows, read_query
from .turn import Context, shop_of

_SHOWN = 4
_FEW = 2
_REMEMBERED = 200  # characters of an earlier search


def product_facts(product: Product) -> dict[str, object]:
    """Return the facts of one product that several tools share."""
    return {"product_found": True, "product": product.name, "product_options": [], "price": money(product.price)}


def no_product(options: Iterable[Product]) -> dict[str, object]:
    """Return the facts when the product is unknown, or when it could be any of several."""
    names = [product.name for product in options]
    return {"product_found": False, "product": None, "product_options": names}


def check_stock(product: str, size: str = "", colour: str = "", *, context: Context) -> dict[str, object]:
    """Say whether a product is in stock, in which sizes and colours, and what it costs.

    Args:
        product: The product in the customer's words, for example linen shirt.
        size: The size, for example M, 12, 32/34 or 5-6; empty for all.
        colour: The colour, for example navy; empty for all.
        context: What the core tells about the turn.
    """
    shop = shop_of(context)
    found = shop.product_named(product)
    if len(found) != 1:
        return {**no_product(found), "in_stock": False, "stock_text": which(found)}
    article = found[0]
    lines = shop.stock(article)
    text, available = stock_text(article, lines, size, colour)
    asked = asked_lines(lines, size, colour)
    sold_out = bool(asked) and not available
    return {
        **product_facts(article),
        "in_stock": available,
        "stock_text": text,
        "sold_out": article.name if sold_out else None,
        "sold_out_size": size if sold_out and size else None,
        "sold_out_colour": colour if sold_out and colour else None,
    }


def asked_lines(lines: tuple[StockLine, ...], size: str, colour: str) -> tuple[StockLine, ...]:
    """Return the lines of the size and colour a customer named, sold out or not; none where there is no such one."""
    sizes = match_sizes(size, (line.size for line in lines)) if size else ()
    colours = match_colours(colour, (line.colour for line in lines)) if colour else ()
    return tuple(line for line in lines if (not size or line.size in sizes) and (not colour or line.colour in colours))


def which(options: tuple[Product, ...]) -> str:
    """Ask which of several products is meant, or say that there is none."""
    if not options:
        return "I could not find such a product at Fernhill."
    return f"Which one do you mean: {listed([_titled(product) for product in options], last='or')}?"


def _titled(product: Product) -> str:
    return f"the {product.name} ({product.range})"


def stock_text(product: Product, lines: tuple[StockLine, ...], size: str, colour: str) -> tuple[str, bool]:
    """Say what there is of a product in a size and colour (empty for all), and whether there is any."""
    sizes = match_sizes(size, (line.size for line in lines)) if size else ()
    colours = match_colours(colour, (line.colour for line in lines)) if colour else ()
    if colour and not colours:
        every = listed(list(dict.fromkeys(line.colour for line in lines)))
        return f"The {product.name} does not come in that colour. It comes in {every}.", False
    if size and not sizes:
        every = listed(list(dict.fromkeys(line.size for line in lines)))
        return f"The {product.name} does not come in that size. Its sizes are {every}.", False
    there = [line for line in asked_lines(lines, size, colour) if line.quantity > 0]
    what = _wording(product, sizes, colours)
    if not there:
        return (
            f"{what} is sold out at the moment.{_instead(lines, sizes, colours)} We can send you a stock alert e-mail.",
            False,
        )
    return f"{what} is in stock{_where(there, sizes, colours)}.{_price_text(product)}", True


def _wording(product: Product, sizes: tuple[str, ...], colours: tuple[str, ...]) -> str:
    colour = f" in {listed(colours, last='or')}" if colours else ""
    many = len(sizes) > 1
    size = f", size{'s' if many else ''} {listed(sizes, last='or')}," if sizes and sizes != ("one size",) else ""
    return f"The {product.name}{colour}{size}"


def _where(there: list[StockLine], sizes: tuple[str, ...], colours: tuple[str, ...]) -> str:
    if len(there) == 1 and len(sizes) == 1 and len(colours) == 1:
        left = there[0].quantity
        return f", only {left} left" if left <= _FEW else ""
    by_colour: dict[str, list[str]] = {}
    for line in there:
        by_colour.setdefault(line.colour, []).append(line.size)
    if len(colours) == 1 and there[0].size == "one size":
        return ""
    if len(sizes) == 1 or all(each == ["one size"] for each in by_colour.values()):
        return f" in {listed(list(by_colour))}"
    return ": " + "; ".join(f"{name} in {listed(each)}" for name, each in by_colour.items())


def _instead(lines: tuple[StockLine, ...], sizes: tuple[str, ...], colours: tuple[str, ...]) -> str:
    there = [line for line in lines if line.quantity > 0]
    other_colours = dict.fromkeys(line.colour for line in there if line.size in sizes)
    other_sizes = dict.fromkeys(line.size for line in there if line.colour in colours)
    parts = []
    if sizes and other_colours and sizes != ("one size",):
        parts.append(f"In size {listed(sizes, last='or')} there is {listed(list(other_colours))}.")
    elif sizes and other_colours:
        parts.append(f"There is {listed(list(other_colours))}.")
    if colours and other_sizes:
        many = "s" if len(other_sizes) > 1 else ""
        parts.append(
            f"In {listed(colours, last='or')} there is size{many} {listed(list(other_sizes))}.".replace(
                "is sizes", "are sizes"
            )
        )
    return "".join(f" {part}" for part in parts)


def _price_text(product: Product) -> str:
    if product.reduced:
        return f" It costs {money(product.price)} in the sale, down from {money(product.full_price)}."
    return f" It costs {money(product.price)}."


def search_products(
    query: str,
    colour: str = "",
    size: str = "",
    fabric: str = "",
    max_price: str = "",
    looked_for: str = "",
    *,
    context: Context,
) -> dict[str, object]:
    """Find products that fit a wish, with up to four shown.

    Args:
        query: What is looked for, in the customer's words; may name a garment, a wearer, an occasion, a top price.
        colour: The colour, for example navy; empty for any.
        size: The size, for example M or 12; empty for any.
        fabric: The fabric, for example linen; empty for any.
        max_price: The most it may cost in pounds, for example 150; empty for any.
        looked_for: What the search before was for; a query that names no garment narrows that one.
        context: What the core tells about the turn.
    """
    shop = shop_of(context)
    if looked_for and only_narrows(query):
        query = f"{looked_for[:_REMEMBERED]} {query}"
    wish = read_query(query, colour=colour, size=size, fabric=fabric, max_price=max_price, vocabulary=shop.vocabulary())
    found = shop.products(wish) if wish else ()
    colour_asked = wish.colour if wish else ""
    exact = True
    if wish and not found and (wish.colour or wish.size):
        found, exact = shop.products(replace(wish, colour="", size="")), False
    shown = found[:_SHOWN]
    return {
        "looked_for": query,
        "found_count": len(found),
        "found_exact": exact and bool(found),
        "products": [product.name for product in shown],
        "product_list": "\n".join(
            _list_line(product, shop, colour_asked, wish.size if wish and exact else "") for product in shown
        ),
        "search_text": _search_text(len(found), exact=exact),
    }


def _search_text(count: int, *, exact: bool) -> str:
    if not count:
        return "I found nothing at Fernhill that fits."
    if not exact:
        return "Not in that colour or size at the moment, but these come close:"
    if count > _SHOWN:
        return f"I found {count} that fit; here are {_SHOWN} of them:"
    return "This fits:" if count == 1 else f"These {count} fit:"


def _list_line(product: Product, shop: Shop, colour: str, size: str) -> str:
    colours = list(match_colours(colour, product.colours) if colour else ()) or list(product.colours)
    fit = "" if product.fit == "none" else f", {product.fit} fit"
    sale = f" (was {money(product.full_price)})" if product.reduced else ""
    there = f", {listed(_sizes_there(product, shop, colour, size))} in stock" if size else ""
    return f"- {product.name}, {money(product.price)}{sale}, {'/'.join(colours)}: {product.fabric}{fit}{there}"


def _sizes_there(product: Product, shop: Shop, colour: str, size: str) -> list[str]:
    lines = in_stock(shop.stock(product), colour=colour, size=size)
    return list(dict.fromkeys(line.size for line in lines))
