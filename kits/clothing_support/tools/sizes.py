"""The size tool: a size from height and weight, why it is that one, and when the next one is better."""

from dataclasses import dataclass

from ..shop import Garment, Product, Shop
from .body import Body, Sex, estimate, read_height, read_weight
from .charts import Place, place
from .phrases import listed
from .products import no_product, product_facts
from .turn import Context, shop_of

_BETWEEN = 0.3
_WAISTS = frozenset(str(inches) for inches in range(28, 43, 2))
_LEGS = {"30": 30, "32": 32, "34": 34}
_CM_PER_INCH = 2.54
_CHILD_CM = 150  # below this height, of several products the children's is meant
_COMPARED = 3  # so many products at most are compared in one answer
_CHECK = "Please check your height in cm (90 to 220) and your weight in kg (12 to 200), so that I can work out a size."
_AFTER_WASHING = "Our measurements are after washing."
_CLOTHES_WITHOUT_CHART = frozenset({"belt", "gloves", "socks", "hat", "scarf", "bag"})


@dataclass(frozen=True, slots=True)
class _Advice:
    """A size, its neighbour on the side where the body leans, and how sure the advice is."""

    size: str
    neighbour: str
    larger: bool
    confidence: str


def recommend_size(product: str, height: str, weight: str, wearer: str = "", *, context: Context) -> dict[str, object]:
    """Recommend a size of a product from height and weight.

    Args:
        product: The product in the customer's words, for example linen shirt.
        height: The height in cm, for example 178.
        weight: The weight in kg, for example 74.
        wearer: Who wears it, where the product name does not say: men, women or children; empty when unknown.
        context: What the core tells about the turn.
    """
    shop = shop_of(context)
    found = shop.product_named(product, range=wearer)
    height_cm, weight_kg = read_height(height), read_weight(weight)
    if len(found) > 1 and height_cm is not None and weight_kg is not None:
        found = tuple(each for each in found if (each.range == "children") == (height_cm < _CHILD_CM)) or found
    if not 1 <= len(found) <= _COMPARED or (len(found) > 1 and height_cm is None):
        options = listed([f"the {each.name} ({each.range})" for each in found], last="or")
        text = f"Which one do you mean: {options}?" if found else "I could not find such a product at Fernhill."
        return {**no_product(found), "size": None, "size_text": text, "confidence": None}
    if height_cm is None or weight_kg is None:
        return {
            **product_facts(found[0]),
            "size": None,
            "size_text": _CHECK,
            "confidence": "outside",
            "size_in_stock": False,
        }
    bodies = [estimate(height_cm, weight_kg, _sex(each, wearer)) for each in found]
    facts = [{**product_facts(each), **_size_facts(shop, each, body)} for each, body in zip(found, bodies, strict=True)]
    return facts[0] if len(facts) == 1 else _compared(found, facts)


def _sex(product: Product, wearer: str) -> Sex:
    return "women" if "women" in (product.range, wearer.strip().casefold()) else "men"


def _compared(products: tuple[Product, ...], facts: list[dict[str, object]]) -> dict[str, object]:
    """Return the facts of the first of several products that are meant, with the sizes of the others named too."""
    others = [
        f"in the {product.name} ({product.range}) it would be size {fact['size']}"
        for product, fact in zip(products[1:], facts[1:], strict=True)
        if fact["size"]
    ]
    also = f" That is for {products[0].range}; {listed(others)}." if others else ""
    return {
        **facts[0],
        "product_options": [product.name for product in products],
        "size_text": f"{facts[0]['size_text']}{also}",
    }


def _size_facts(shop: Shop, product: Product, body: Body) -> dict[str, object]:
    garments = shop.garments(product)
    if product.size_scale == "one_size":
        return _answer("one size", f"The {product.name} comes in one size.", "good", shop, product)
    spot = _place(body, product, garments)
    if spot is None:
        text = f"Height and weight do not tell the size of the {product.name}. Please measure, or ask a colleague."
        return {"size": None, "size_text": text, "confidence": "outside", "size_in_stock": False}
    if spot.outside:
        side = "smallest" if spot.position < 0 else "largest"
        text = (
            f"By height and weight, your size lies beyond our {side} of the {product.name} "
            f"({spot.sizes[0 if side == 'smallest' else -1]}). Please compare your measurements with the size chart."
        )
        return {"size": None, "size_text": text, "confidence": "outside", "size_in_stock": False}
    advice = _advise(spot, product.fit)
    size = _with_leg(advice.size, garments, body)
    garment = next((each for each in garments if each.size == size), None)
    return _answer(size, _text(product, advice, size, spot, _room(garment, body)), advice.confidence, shop, product)


def _answer(size: str, text: str, confidence: str, shop: Shop, product: Product) -> dict[str, object]:
    colours = list(dict.fromkeys(line.colour for line in shop.stock(product, size=size) if line.quantity > 0))
    stock = f"In stock in {listed(colours)}." if colours else "That size is sold out at the moment."
    return {
        "size": size,
        "size_text": text,
        "confidence": confidence,
        "size_in_stock": bool(colours),
        "size_stock_text": stock,
    }


def _place(body: Body, product: Product, garments: tuple[Garment, ...]) -> Place | None:
    if not garments or (product.category in _CLOTHES_WITHOUT_CHART and product.size_scale != "children_years"):
        return None
    first = garments[0]
    parts = frozenset(name for name in ("chest", "waist", "hip") if getattr(first, name) is not None)
    waists = {garment.size.split("/")[0]: garment.waist or 0.0 for garment in garments}
    return place(body, product.size_scale, parts, waists)


def _advise(spot: Place, fit: str) -> _Advice:
    """Take the nearest size; between two, the larger in slim and the smaller in relaxed."""
    last = len(spot.sizes) - 1
    position = min(max(spot.position, 0.0), float(last))
    nearest = int(position + 0.5)
    larger = position > nearest or (position == nearest and nearest < last)
    off = abs(spot.position - nearest)
    if off <= _BETWEEN or not 0 < spot.position < last:
        other = min(nearest + 1, last) if larger else max(nearest - 1, 0)
        return _Advice(spot.sizes[nearest], spot.sizes[other], larger, "good" if off <= _BETWEEN else "between")
    low = int(position)
    chosen = {"slim": low + 1, "relaxed": low}.get(fit, nearest)
    other = low if chosen == low + 1 else low + 1
    return _Advice(spot.sizes[chosen], spot.sizes[other], other > chosen, "between")


def _with_leg(waist: str, garments: tuple[Garment, ...], body: Body) -> str:
    """Return waist and leg where a product has both, with the leg nearest to the body's."""
    legs = [garment.size.partition("/")[2] for garment in garments if garment.size.startswith(f"{waist}/")]
    if not legs:
        return waist
    leg = min(legs, key=lambda inches: abs(_LEGS.get(inches, 32) * _CM_PER_INCH - body.leg))
    return f"{waist}/{leg}"


def _room(garment: Garment | None, body: Body) -> str:
    """Say how much wider than the body the garment is, in its first girth that is meant to be wider."""
    if garment is None:
        return ""
    if "/" in garment.size or garment.size in _WAISTS:
        return f"Its waistband measures {garment.waist:g} cm. " if garment.waist else ""
    pairs = (("chest", garment.chest, body.chest), ("hip", garment.hip, body.hip))
    for name, finished, own in pairs:
        if finished is not None and finished - own >= 1:
            return f"It measures {finished:g} cm round the {name}, so it leaves about {finished - own:.0f} cm of room. "
    return ""


def _text(product: Product, advice: _Advice, size: str, spot: Place, room: str) -> str:
    if product.range == "children":
        why = f"That is the size for a height of about {spot.measures[0][1]:.0f} cm. "
        room = ""
    else:
        girths = listed([f"{name} of about {value:.0f} cm" for name, value in spot.measures])
        why = f"From height and weight we estimate {girths}, give or take 4 cm. "
    sized = f"I recommend size {size} in the {product.name} ({product.fit} fit). "
    return f"{sized}{why}{room}{_neighbour_text(advice, product.fit)}{_AFTER_WASHING}"


def _neighbour_text(advice: _Advice, fit: str) -> str:
    if advice.neighbour == advice.size:
        return ""
    when = "you like more room" if advice.larger else "you like it closer"
    if advice.confidence == "between":
        rule = {"slim": "the larger is better in a slim fit", "relaxed": "the smaller is better in a relaxed fit"}.get(
            fit
        )
        because = f"; {rule}" if rule else ""
        return f"You are between {advice.size} and {advice.neighbour}{because}. Take {advice.neighbour} if {when}. "
    return f"Take {advice.neighbour} if {when}. "
