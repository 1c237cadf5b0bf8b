"""Words for what shops sell: a name before one of them is a product's or a brand's."""

from typing import Final

GOODS: Final = (
    r"(?:jeans?|denim|shirts?|t-?shirts?|tees?|polos?|tops?|blouses?|dress(?:es)?|skirts?|trousers|pants|chinos|shorts"
    r"|leggings|jeggings|joggers|culottes|dungarees|jumpsuits?|playsuits?|bodysuits?|midis?|maxis?|minis?|jumpers?"
    r"|sweaters?|sweatshirts?|hoodies?|cardigans?|cardis?|fleeces?|gilets?|waistcoats?|vests?|coats?|jackets?|parkas?"
    r"|blazers?|anoraks?|trench(?:es)?|raincoats?|cagoules?|suits?|tuxedos?|ties?|scar(?:f|ves)|shawls?|hats?|caps?"
    r"|beanies?|gloves|mittens|socks|tights|boots?|wellies|shoes?|trainers|sneakers|loafers?|brogues|pumps|mules|clogs"
    r"|slippers|espadrilles|sandals?|heels?|flats|bags?|handbags?|totes?|clutch(?:es)?|satchels?|rucksacks?|backpacks?"
    r"|holdalls?|suitcases?|purses?|wallets?|watch(?:es)?|necklaces?|bracelets?|earrings|belts?|umbrellas?|underwear"
    r"|bras?|bralettes?|knickers|briefs|boxers|nightdress(?:es)?|nighties?|robes?|pyjamas|pajamas|pjs|swimwear"
    r"|swimsuits?|bikinis?|kimonos?|kaftans?|sarees?|saris?|kurtas?|lehengas?|perfumes?|fragrances?|candles?|makeup"
    r"|jewell?ery|throws?|towels?|duvets?|clothes|clothing|knitwear|outerwear|collection|range|brand|store|stores|shop"
    r"|shops|outlet|website|label|membership|sizes?|sizing|stuff|items?|pill|device|app)"
)
