"""Postcodes: by their shape where it is telling, else by what stands before them."""

from typing import Final

from kitwright.privacy.finding import Tier
from kitwright.privacy.patterns.shape import LINK, SPOKEN_CODE, Shape, cues, labelled

_STATE: Final = (
    r"(?-i:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]"
    r"|W[AIVY]|PR)"
)
_STATE_NAME: Final = (
    r"(?:alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia|hawaii|idaho"
    r"|illinois|indiana"
    r"|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|mississippi|missouri|montana"
    r"|nebraska|nevada"
    r"|new\shampshire|new\sjersey|new\smexico|new\syork|north\scarolina|north\sdakota|ohio|oklahoma|oregon"
    r"|pennsylvania|rhode\sisland"
    r"|south\scarolina|south\sdakota|tennessee|texas|utah|vermont|virginia|washington|west\svirginia|wisconsin|wyoming)"
)
_WORDS: Final = "postcode|post code|postal code|postcodes|postcode is"
_ALONE: Final = (
    r"^\W{0,4}(?:(?:it'?s|its|it\sis|that'?s|sure|ok|yes|yeah|hi|my|the|is|in|at|zip|sorry|um|oh|so|for"
    r"|to)[\s,:]{1,2}){0,4}\K"
)
_ALONE_END: Final = r"(?=\W{0,4}(?:(?:please|thanks|thank\syou|ta|pls|cheers)\W{0,4})?$)"
_FREE: Final = r"(?<![\w.,#£$€-])"
_CA: Final = r"[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z]"

POSTCODES: Final[tuple[Shape, ...]] = (
    # Six forms and GIR 0AA: Royal Mail, Programmers' Guide to the Postcode Address File.
    Shape(
        label="UK_POSTCODE",
        name="by shape",
        regex=r"(?<![\w-])(?:GIR[\s-]{0,2}0AA|(?:[A-PR-UWYZ]\d{1,2}|[A-PR-UWYZ][A-HK-Y]\d{1,2}"
        r"|[A-PR-UWYZ]\d[ABCDEFGHJKPSTUW]"
        r"|[A-PR-UWYZ][A-HK-Y]\d[ABEHMNPRVWXY])[\s-]{0,2}\d[ABD-HJLNP-UW-Z]{2})(?![\w-])",
        score=0.7,
        digits=2,
        country="uk",
    ),
    labelled(
        _WORDS,
        r"[A-PR-UWYZ][A-HK-Y]?\d{1,2}[A-Z]?(?:[\s-]{0,2}\d[A-Z]{0,2})?(?!\w)",
        label="UK_POSTCODE",
        digits=1,
        country="uk",
    ),
    Shape(
        label="IE_EIRCODE",
        name="by shape",
        regex=r"(?<![\w-])(?:[AC-FHKNPRTV-Y]\d{2}"
        r"|D6W)[\s-]{0,2}(?=[A-Z]{0,3}\d)(?=\d{0,3}[A-Z])[\dAC-FHKNPRTV-Y]{4}(?![\w-])",
        score=0.65,
        digits=2,
        country="ie",
    ),
    labelled(
        "eircode|eir code|postcode|post code",
        r"(?:[AC-FHKNPRTV-Y]\d{2}|D6W)[\s-]{0,2}[A-Z\d]{4}(?!\w)",
        label="IE_EIRCODE",
        digits=1,
    ),
    Shape(
        label="IE_EIRCODE",
        name="Dublin district",
        regex=r"\bDublin\s\K(?:[1-9]|1\d|2[0-4]|6W)(?![\w.-]|\s?(?:days?|times|%))",
        score=0.5,
        cues=cues("dublin"),
        digits=1,
        country="ie",
    ),
    labelled(
        "zip|zipcode|zip code|postcode|post code|postal code",
        r"\d{5}(?:[- ]\d{4})?(?![\w-])",
        label="US_ZIP_CODE",
        digits=5,
    ),
    Shape(
        label="US_ZIP_CODE",
        name="after a state",
        regex=rf"\b(?:{_STATE}|{_STATE_NAME}),?\.?\s{{1,2}}\K\d{{5}}(?:-\d{{4}})?(?![\w-])",
        score=0.7,
        digits=5,
        country="us",
    ),
    Shape(
        label="US_ZIP_CODE", name="ZIP+4", regex=rf"{_FREE}\d{{5}}-\d{{4}}(?![\w-])", score=0.65, digits=9, country="us"
    ),
    Shape(
        label="US_ZIP_CODE",
        name="five digits after a town",
        regex=r"(?<=(?-i:[A-Z][a-z]{2,20}),?\s)(?<!\b(?:order|number|code|item|style|invoice|ticket|about|only|over"
        r"|under|with|than|last|account|ref|claim|case|since|until|room|sku|steps?|to|of|lot|model|part|parcel"
        r"|unit|gate|flight)s?,?\s)\d{5}(?![\w-]|[.,]\d|(?<!,\s\d{5})\s?(?-i:[a-z]))",
        score=0.45,
        digits=5,
        country="us",
    ),
    Shape(
        label="US_ZIP_CODE",
        name="the whole message",
        regex=rf"{_ALONE}\d{{5}}(?:-\d{{4}})?{_ALONE_END}",
        score=0.5,
        digits=5,
    ),
    Shape(
        label="CA_POSTAL_CODE",
        name="by shape",
        regex=rf"(?<![\w-])(?:{_CA}[ -]\d[ABCEGHJ-NPRSTV-Z]\d|(?-i:{_CA}\d[ABCEGHJ-NPRSTV-Z]\d))(?![\w-])",
        score=0.65,
        digits=3,
        country="ca",
    ),
    labelled(
        "postal code|postcode|code postal|post code",
        rf"{_CA}(?:[ -]?\d[A-Z]\d)?(?!\w)",
        label="CA_POSTAL_CODE",
        digits=1,
        country="ca",
    ),
    Shape(
        label="CA_POSTAL_CODE",
        name="the whole message",
        regex=rf"{_ALONE}{_CA}[ -]?\d[A-Z]\d{_ALONE_END}",
        score=0.6,
        digits=3,
    ),
    labelled("postcode|post code|postal code", r"\d{4}(?![\w-])", label="AU_POSTCODE", digits=4, country="au"),
    Shape(
        label="AU_POSTCODE",
        name="after a state",
        regex=r"\b(?:(?-i:NSW|VIC|QLD|TAS|ACT|Vic|Qld|Tas)|nsw|qld|victoria|queensland|tasmania|new\ssouth\swales"
        r"|(?:south|western)\saustralia|northern\sterritory|(?-i:SA|WA|NT)),?\s{1,2}\K\d{4}(?![\w-]|[.,]\d)",
        score=0.7,
        tier=Tier.LABELLED,
        digits=4,
        country="au",
    ),
    labelled("plz|postleitzahl", r"(?:D-)?\d{5}(?!\w)", label="DE_PLZ", digits=5),
    Shape(
        label="DE_PLZ",
        name="before a town",
        regex=r"(?:(?<!\w)D-\K\d{5}(?!\w)|(?:[,\n]|\b(?:in|nach|aus|to|from"
        r"|at))\s{1,2}\K\d{5}(?=\s(?-i:\p{Lu})[\w-]{2,20}))",
        score=0.6,
        digits=5,
        country="de",
    ),
    labelled("code postal|cp", r"(?:F-)?\d{5}(?!\w)", label="FR_POSTCODE", digits=5),
    Shape(
        label="FR_POSTCODE",
        name="before a town",
        regex=r"(?<![\w.,#£$€-])(?:F-)?(?:0[1-9]|[1-8]\d|9[0-8])\d{3}(?=\s(?-i:Paris|Lyon|Marseille|Toulouse|Nice"
        r"|Nantes|Lille|Bordeaux|Rennes|Strasbourg|Montpellier|Grenoble|Reims|Dijon|Angers|Tours|Nancy|Metz"
        r"|Saint|Le|La|Les|\p{Lu}[\p{Ll}]{2,20}-)\b)",
        score=0.65,
        digits=5,
        country="fr",
    ),
    labelled(
        "pin code|pincode|postal pin|pin|pin no",
        r"[1-9]\d{2}\s?\d{3}(?!\w)",
        label="IN_PIN_CODE",
        score=0.6,
        digits=6,
        country="in",
        tier=Tier.WEAK,
    ),
    Shape(
        label="IN_PIN_CODE",
        name="after a town",
        regex=r"(?<=(?-i:[A-Z][a-z]{2,20})\s?[-–,]?\s?)(?<!\b(?:order|number|code|item|style|invoice|ticket|account"
        r"|ref|claim|case|pin|otp|parcel|tracking)s?\s?[-–,]?\s?)[1-9]\d{2}\s?\d{3}(?![\w-]|[.,]\d)",
        score=0.5,
        digits=6,
        country="in",
    ),
    Shape(
        label="IN_PIN_CODE",
        name="after a town in small letters",
        regex=r"\b(?:mumbai|delhi|bangalore|bengaluru|chennai|kolkata|hyderabad|pune|ahmedabad|jaipur|lucknow|noida"
        r"|gurgaon|gurugram|kochi|nagpur|indore|bhopal|patna|surat|chandigarh|maharashtra|karnataka|kerala"
        r"|gujarat|punjab|haryana|rajasthan|telangana|bihar|tamil\snadu|uttar\spradesh"
        r"|west\sbengal)\s?[-–,:]?\s?\K[1-9]\d{2}\s?\d{3}(?!\w)",
        score=0.6,
        digits=6,
        country="in",
    ),
    Shape(
        label="IN_PIN_CODE",
        name="the whole message",
        regex=rf"{_ALONE}[1-9]\d{{2}}\s?\d{{3}}{_ALONE_END}",
        score=0.45,
        digits=6,
        country="in",
    ),
    Shape(
        label="POSTCODE",
        name="after a street",
        regex=r"(?:straße|strasse|str\.|weg|street|st\.?|road|rd\.?|avenue|ave\.?|lane|nagar"
        r"|marg)(?:\s\d{1,4}[a-z]?)?,\s{1,2}\K\d{5,6}(?![\w-]|[.,]\d)",
        score=0.6,
        digits=5,
    ),
    Shape(
        label="POSTCODE",
        name="opens a line, before a town",
        regex=r"(?:^|\n|,\s)\K[1-9]\d{4,5}(?=,?\s(?-i:\p{Lu}\p{Ll}{2,20})(?:[,.\n]|$))",
        score=0.45,
        digits=5,
    ),
    Shape(
        label="POSTCODE",
        name="spelled after a label",
        regex=rf"\b(?:post\s?code|postal\scode|zip(?:\scode)?|eircode){LINK}\K{SPOKEN_CODE}",
        score=0.8,
        tier=Tier.LABELLED,
        cues=cues("postcode code zip zipcode eircode"),
    ),
    Shape(
        label="UK_POSTCODE",
        name="first half after a word",
        regex=rf"\b(?:post\s?code(?:\sarea)?){LINK}\K[A-PR-UWYZ][A-HK-Y]?\d{{1,2}}(?!\w)",
        score=0.7,
        tier=Tier.LABELLED,
        cues=cues("postcode code"),
        digits=1,
        country="uk",
    ),
)
