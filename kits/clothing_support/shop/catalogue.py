"""Finding products by what a customer calls them: fuzzy names for one article, filters for many."""

from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import zip_longest

from .interface import Product, ProductQuery, StockLine
from .words import (
    CATEGORY_WORDS,
    COLOUR_FAMILIES,
    GARMENT_WORDS,
    MAX_CHARACTERS,
    RANGE_OF,
    match_colours,
    match_sizes,
    meant_words,
    plain,
    tokens,
)

MAX_OPTIONS = 4


class Catalogue:
    """The products of a shop, ready for searching; immutable, so it may be shared between threads."""

    def __init__(self, products: Iterable[Product]) -> None:
        self.products = tuple(products)
        self.by_id = {product.id: product for product in self.products}

    def named(self, text: str, *, range: str = "") -> tuple[Product, ...]:  # noqa: A002  (the shop's own word)
        """Return the product meant by `text`, or up to four when it fits several equally well."""
        name = plain(text)
        exact = [product for product in self.products if name in (plain(product.name), product.id.casefold())]
        if exact or not name:
            return tuple(exact)
        wanted, ranges = self._wanted(text, range)
        scored = [
            (score, product) for product in self._in_ranges(ranges) if (score := self._score(product, wanted)) > 0
        ]
        best = max((score for score, _ in scored), default=0)
        return _mixed(self._plainest([product for score, product in scored if score == best], wanted))[:MAX_OPTIONS]

    def search(self, query: ProductQuery, stock: Callable[[Product], Iterable[StockLine]]) -> tuple[Product, ...]:
        """Return every product that fits the query, best first; stock is asked only for a colour or size."""
        found = [product for product in self.products if self._fits(product, query)]
        if query.colour or query.size:
            found = [product for product in found if in_stock(stock(product), colour=query.colour, size=query.size)]
        return tuple(sorted(found, key=lambda product: -self._preference(product, query)))

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word that means something here: garments, names, fabrics and ranges."""
        words = {word for product in self.products for word in self._words[product.id]}
        colours = {word for product in self.products for colour in product.colours for word in colour.split()}
        return frozenset(words | colours | GARMENT_WORDS | set(RANGE_OF) | set(COLOUR_FAMILIES))

    @cached_property
    def _names(self) -> dict[str, tuple[str, ...]]:
        return {
            product.id: tuple(word for word in tokens(product.name) if word not in RANGE_OF)
            for product in self.products
        }

    @cached_property
    def _words(self) -> dict[str, frozenset[str]]:
        return {
            product.id: frozenset(
                (*self._names[product.id], *CATEGORY_WORDS.get(product.category, ()), *tokens(product.fabric))
                + (("raincoat",) if "rain" in self._names[product.id] else ())
            )
            for product in self.products
        }

    def _wanted(self, text: str, range_name: str) -> tuple[list[str], set[str]]:
        words = meant_words(text[:MAX_CHARACTERS], self.vocabulary)
        asked = [RANGE_OF[word] for word in (*words, *tokens(range_name)) if word in RANGE_OF]
        return [word for word in words if word not in RANGE_OF], set(asked)

    def _in_ranges(self, ranges: set[str]) -> Iterable[Product]:
        return [product for product in self.products if _for_any(product, frozenset(ranges))]

    def _score(self, product: Product, wanted: list[str]) -> int:
        """Score by words met; 0 when neither the kind of garment asked for nor the product's own name is met."""
        own, title = self._words[product.id], self._names[product.id][0]
        met = {word for word in wanted if word in own}
        asked_garments = {word for word in wanted if word in GARMENT_WORDS}
        if asked_garments and asked_garments <= own:
            return 10 * len(met) + (15 if title in met else 0)
        return 10 * len(met) + 5 if title in met else 0

    def _plainest(self, products: list[Product], wanted: list[str]) -> list[Product]:
        """Within a range, prefer the product called just that: `linen shirt` is no `linen grandad shirt`."""
        if len(wanted) < 2:
            return products
        plain_ones = [product for product in products if set(self._names[product.id][1:]) <= set(wanted)]
        settled = {product.range for product in plain_ones}
        return [product for product in products if product in plain_ones or product.range not in settled]

    def _fits(self, product: Product, query: ProductQuery) -> bool:
        own = self._words[product.id]
        return (
            (not query.categories or product.category in query.categories)
            and _for_any(product, query.ranges)
            # A bare 12 is a women's size: only someone who speaks of a child means the age.
            and not (query.size.isdigit() and product.range == "children" and "children" not in query.ranges)
            and (not query.fabrics or all(word in own for word in query.fabrics))
            and query.words <= own
            and (query.max_price is None or product.price <= query.max_price)
            and (product.reduced or not query.reduced_only)
        )

    def _preference(self, product: Product, query: ProductQuery) -> int:
        liked = len(query.prefer & {*self._words[product.id], product.category, *tokens(product.description)})
        return 2 * liked + (1 if product.range in query.ranges else 0)


def _for_any(product: Product, ranges: frozenset[str]) -> bool:
    """Whether a product is made for one of the ranges; unisex letter sizes are for grown-ups."""
    if not ranges or product.range in ranges:
        return True
    return product.range == "unisex" and (product.size_scale == "one_size" or ranges != {"children"})


def _mixed(products: Iterable[Product]) -> tuple[Product, ...]:
    """Take ranges in turn, so that the first few options are not all men's or all women's."""
    by_range: dict[str, list[Product]] = {}
    for product in products:
        by_range.setdefault(product.range, []).append(product)
    rounds = zip_longest(*by_range.values())
    return tuple(product for one_round in rounds for product in one_round if product is not None)


def in_stock(lines: Iterable[StockLine], *, colour: str = "", size: str = "") -> tuple[StockLine, ...]:
    """Return the lines with pieces left, of the colour and size a customer named."""
    kept = tuple(lines)
    if colour:
        colours = match_colours(colour, (line.colour for line in kept))
        kept = tuple(line for line in kept if line.colour in colours)
    if size:
        sizes = match_sizes(size, (line.size for line in kept))
        kept = tuple(line for line in kept if line.size in sizes)
    return tuple(line for line in kept if line.quantity > 0)
