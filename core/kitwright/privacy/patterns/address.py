"""Streets with a house, flats and rooms, and post boxes, in the order of words that each country uses."""

from typing import Final

from kitwright.privacy.finding import Tier
from kitwright.privacy.patterns.shape import Shape, cues

_UNITS: Final = (
    r"flat|apartment|appartement|appt|apt|unit|suite|ste|room|rm|floor|bldg|building|block|tower|wing"
    r"|villa|plot|shop|level|lot|bungalow|studio|no"
)
_UNIT: Final = (
    rf"(?:(?:{_UNITS})\.?\s{{0,2}}#?(?:(?:[a-z]-?)?\d{{1,4}}[a-z]?(?:/\d{{1,4}})?(?!\w)|[a-z](?!\w)|(?=\d{{1,4}}/\d)),?"
    r"(?:\s{1,2}|(?=\d))){0,2}"
)
_AFTER: Final = (
    r"(?:,?\s{1,2}(?:(?:apt|apartment|unit|suite|ste|flat|floor|fl|rm|room|bldg|lot)\.?\s{0,2}#?\s?"
    r"|#\s?)[a-z]?-?\d{0,5}[a-z]?(?<=[\da-z])(?!\w)){0,2}"
)
_HOUSE: Final = (
    r"(?<![\w#£$€.:-])(?:\d{1,4}/)?\d{1,5}(?:\s?[a-f](?=[\s,])|\s(?:bis|ter)\b)?(?:\s?[-–/]\s?\d{1,4}[a-z]?)?,?\s{1,2}"
)
_SURE: Final = (
    r"street|road|rd|avenue|ave|av|lane|ln|crescent|cres|terrace|gardens|gdns|grove|mews|boulevard|blvd|parade|pde"
    r"|highway|hwy"
    r"|esplanade|turnpike|expressway|freeway|causeway|nagar|marg|salai|vihar|enclave|layout|colony"
)
_UNSURE: Final = (
    r"st|row|drive|close|cl|court(?!\s{1,2}shoe)|place|pl|square|sq|way|hill|park|walk|quay|parkway|pkwy|dr|ct"
    r"|circle|cir|loop|trail|trl"
    r"|rise|vale|wharf|alley|path|bank|chase|croft|drove|heights|ridge|terr|bypass|broadway|villas|strand"
)
_COMMON: Final = (
    r"(?!(?:on|the|in|my|at|for|of|to|from|and|a|an|this|your|down|off|per|by|is|are|or|days?|weeks?"
    r"|hours?|minutes?|miles?|km|people|years?|items?|more|of|mg|but|not|then|so|with|ml|main\sst\sin)\b)"
)
_WAY: Final = r"(?:[NSEW]{1,2}\.?|north|south|east|west|upper|lower|old|new|great|st\.?|saint|mount)"
_END: Final = (
    r"(?:\b(?<=\W(?:st|rd|ave?|dr|ln|blvd|ct|pl|sq|hwy|pkwy|cres|gdns|cl|cir|pde))\.|\b)"
    r"(?:\s(?:[NSEW]{1,2}|north|south|east|west|upper|lower|extension)\b)?"
)
_CAPITAL: Final = r"(?:(?-i:\p{Lu})[\w'’.]{1,24}|\d{1,3}(?:st|nd|rd|th))"
_FRENCH: Final = (
    r"(?:rue|avenue|av|boulevard|bd|blvd|allée|allee|chemin|impasse|quai|faubourg|sentier"
    r"|(?:place|cours|route|square|passage|villa|résidence|lotissement)(?=\s(?:de|du|des|d')))"
)
_FRENCH_NAME: Final = (
    r"(?:(?:de|du|des|la|le|les|l'|d'|de\sla|de\sl'|sous|sur|saint|sainte|st"
    r"|ste)[\s-]?){0,3}(?:(?-i:\p{Lu})[\w'’.-]{1,24})(?:[\s-](?:de|du|des|la|et|(?-i:\p{Lu})[\w'’.-]{1,24})){0,4}"
)
_GERMAN: Final = (
    r"(?:(?-i:\p{Lu})[\w.-]{0,24}[\s-]){0,2}(?:[\w-]{2,30}(?:straße|strasse|str\.|weg|gasse|platz|allee|damm|ufer"
    r"|stieg|graben|chaussee)"
    r"|(?<=\w\s)(?-i:Straße|Strasse|Str\.|Weg|Gasse|Platz|Allee|Damm|Ufer|Ring)"
    r"|(?:(?-i:Am|An\sder|An\sden|Auf\sder|Auf\sdem|In\sder|In\sden|Zum|Zur|Unter\sden)|unter\sden|alte[rn]?|neue[rn]?"
    r"|hinter\sder)\s(?!(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag|Wochenende|Tag|Abend|Morgen"
    r"|Mittag|Ende|Anfang|Woche|Nacht|Regel|Zeit|Hand|Zeitpunkt)\b)(?-i:\p{Lu})[\w-]{2,24})"
)

_BUILDING: Final = (
    r"(?-i:House|Court|Apartments?|Towers?|Building|Mansions?|Heights|Residency|Lodge|Gardens|Society|Block|Complex"
    r"|Enclave|Residences?|Point|Wharf)"
)
_AMERICAN: Final = (
    r"Alley|Branch|Bridge|Brook|Burg|Camp|Canyon|Center|Cliffs?|Common|Corners?|Course|Cove|Creek|Crest|Crossing"
    r"|Crossroad|Curve|Dale|Dam|Divide"
    r"|Estates?|Falls?|Ferry|Fields?|Flats?|Ford|Forest|Forge|Forks?|Fort|Gateway|Glens?|Green|Harbors?|Haven|Hills?"
    r"|Hollow|Inlet|Islands?|Isle|Junction"
    r"|Keys?|Knolls?|Lakes?|Landing|Light|Locks|Lodge|Mall|Manor|Meadows?|Mills?|Mission|Motorway|Mountain|Mount"
    r"|Neck|Orchard|Oval|Overpass|Park|Pass"
    r"|Passage|Path|Pike|Pines?|Plains?|Plaza|Points?|Ports?|Prairie|Ranch|Rapids?|Ridges?|River|Route|Run|Shoals?"
    r"|Shores?|Skyway|Springs?|Spur|Stations?"
    r"|Stravenue|Stream|Summit|Throughway|Trace|Track|Trafficway|Tunnel|Underpass|Unions?|Valleys?|Viaduct|Views?"
    r"|Villages?|Ville|Vista|Walks|Well|Wells"
)

ADDRESSES: Final[tuple[Shape, ...]] = (
    Shape(
        label="STREET_ADDRESS",
        name="capitalised street",
        regex=rf"\b{_UNIT}{_HOUSE}(?:{_WAY}\s{{1,2}})?(?:{_CAPITAL}[\s-]{{1,2}}){{1,4}}"
        rf"(?=(?-i:[A-Z]))(?:{_SURE}|{_UNSURE}){_END}{_AFTER}",
        score=0.75,
        digits=1,
    ),
    Shape(
        label="STREET_ADDRESS",
        name="street in any case",
        regex=rf"\b{_UNIT}{_HOUSE}(?:{_COMMON}[a-z\d][\w'.]{{1,24}}\s{{1,2}}){{1,3}}(?:{_SURE})\b{_END}{_AFTER}",
        score=0.65,
        digits=1,
    ),
    Shape(
        label="STREET_ADDRESS",
        name="street after a label",
        regex=r"\b(?:liv(?:e|es|ed|ing)(?:\s(?:at|on))?|resid(?:es?|ing)\sat|address(?:\sis)?\s?[:=]?|deliver(?:ed"
        r"|y)?\sto|send\s(?:it|them|this)\sto|post\sit\sto|ship(?:ped)?\s(?:it\s)?to"
        rf"|moved\sto|staying\sat|home\sis|based\sat"
        rf"|from)\s{{1,3}}\K{_UNIT}{_HOUSE}(?:{_COMMON}[a-z][\w'.]{{1,24}}\s{{1,2}}){{1,3}}(?:{_SURE}"
        rf"|{_UNSURE})\b{_AFTER}",
        score=0.8,
        tier=Tier.LABELLED,
        cues=cues(
            "live lives lived living reside resides residing address deliver delivered delivery send post ship"
            " shipped moved staying home based from"
        ),
        digits=1,
    ),
    Shape(
        label="STREET_ADDRESS",
        name="flat in a building",
        regex=rf"(?<!\w)(?:(?:flat|apt|apartment|unit)\.?\s{{1,2}}#?"
        rf"|(?-i:[A-Z])-?)(?:[a-z]-?)?\d{{1,4}}[a-z]?(?:/\d{{1,4}})?,?\s(?:{_CAPITAL}[\s-]){{1,3}}{_BUILDING}\b",
        score=0.8,
        digits=1,
    ),
    Shape(
        label="STREET_ADDRESS",
        name="flat",
        regex=r"(?<!\w)(?:flat|apt|apartment)\.?\s{1,2}#?(?:[a-z]-?)?\d{1,4}[a-z]?(?:/\d{1,4})?(?!\w|\s?(?:inch|cm"
        r"|mm|pack|sheets?|days?|weeks?|x|by|%))",
        score=0.6,
        cues=cues("flat apt apartment"),
        digits=1,
    ),
    Shape(
        label="STREET_ADDRESS",
        name="American, rarer words for a street",
        regex=rf"(?<![\w#£$€.:,/-])(?!(?:19"
        rf"|20)\d\d\s)\d{{3,5}}\s(?:{_WAY}\s)?(?:(?-i:\p{{Lu}}\p{{Ll}}{{1,20}})\s){{1,2}}(?-i:{_AMERICAN})\b(?!\s(?-i:[a-z]{{3}})){_AFTER}"
        rf"|(?<![\w#£$€.:,/-])\d{{1,5}}\s(?:(?-i:\p{{Lu}}[\w'.]{{1,20}})\s){{1,4}}(?:apt|apartment|suite"
        rf"|ste)\.?\s#?[a-z]?-?\d{{1,5}}[a-z]?\b",
        score=0.5,
        digits=3,
        country="us",
    ),
    Shape(
        label="STREET_ADDRESS",
        name="rural or military",
        regex=r"\b(?:(?:RR|HC|rural\sroute|star\sroute)\s?#?\d{1,3}(?:,?\sbox\s\d{1,5})?|(?:unit|psc"
        r"|cmr)\s\d{3,5},?\sbox\s\d{2,5}|(?-i:APO|FPO|DPO)\s(?-i:AA|AE|AP)\s\d{5})\b",
        score=0.6,
        cues=cues("rr hc rural star psc cmr box apo fpo dpo"),
        digits=1,
        country="us",
    ),
    Shape(
        label="STREET_ADDRESS",
        name="room",
        regex=r"(?<!\w)(?:(?:rm|cabin)\.?\s?#?\d{1,4}[a-z]?|room\s(?:no\.?\s|number\s)?#?(?:[a-z]-?)?\d{2,4}[a-z]?"
        r"|(?<=\b(?:in|to|at)\s)room\s#?\d[a-z]?)"
        r"(?!\w|\.\d|\s?(?:%|degrees?|temp|°))",
        score=0.45,
        cues=cues("room rm cabin"),
        digits=1,
    ),
    Shape(
        label="STREET_ADDRESS",
        name="number in words",
        regex=r"\b(?:number|no\.?)\s(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen"
        r"|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy"
        r"|eighty|ninety)(?:[\s-]\w{3,5})?|\d{1,4}[a-z]?)"
        rf",?\s(?:(?-i:\p{{Lu}})[\w'’]{{1,20}}\s){{1,3}}(?:{_SURE}|{_UNSURE})\b",
        score=0.7,
        cues=cues("number no"),
    ),
    Shape(
        label="STREET_ADDRESS",
        name="post box",
        regex=r"\b(?:(?:P\.?\s?O\.?|post(?:\soffice)?|GPO|locked)\s?(?:Box|bag)|Postfach|B\.?P\.?(?=\s\d)"
        r"|boîte\spostale|private\sbag)\s{0,2}(?:no\.?\s|#)?\d{1,6}(?:\s\d{2,4})?\b",
        score=0.75,
        digits=1,
    ),
    Shape(
        label="STREET_ADDRESS",
        name="French street",
        regex=rf"(?<![\w#£$€.:-])(?:\d{{1,4}}\s?(?:bis|ter|quater"
        rf"|[a-d])?(?:\s?[-/]\s?\d{{1,4}})?,?\s{{1,2}}{_FRENCH}\.?\s{_FRENCH_NAME}"
        rf"|(?:rue|avenue|boulevard|chemin|impasse|allée|quai)\s{_FRENCH_NAME},?\s\d{{1,4}}(?:\s?(?:bis|ter))?(?!\w))",
        score=0.75,
        cues=cues(
            "rue avenue av boulevard bd blvd place allée allee chemin impasse quai cours route square passage"
            " sentier faubourg villa résidence lotissement"
        ),
        digits=1,
        country="fr",
    ),
    Shape(
        label="STREET_ADDRESS",
        name="French street in any case",
        regex=r"(?<![\w#£$€.:-])\d{1,4}\s?(?:bis|ter)?,?\s{1,2}(?:rue|boulevard|chemin|impasse|allée)\s(?:(?:de|du"
        r"|des|la|le|les)\s|l'|d'){0,3}[\w'’-]{3,24}(?:\s[\w'’-]{4,24}(?=\s{0,2}(?:,|$|\d)))?",
        score=0.65,
        cues=cues("rue boulevard chemin impasse allée"),
        digits=1,
        country="fr",
    ),
    Shape(
        label="STREET_ADDRESS",
        name="German street",
        regex=rf"(?<!\w){_GERMAN}\s?\d{{1,4}}\s?(?:[a-h](?!\w))?(?:\s?[-/]\s?\d{{1,4}}[a-h]?)?(?!\w|[.:]\d|\s?(?:uhr"
        rf"|euro|€|%|tage|jahr))",
        score=0.7,
        digits=1,
        country="de",
    ),
    Shape(
        label="STREET_ADDRESS",
        name="Indian",
        regex=r"(?<!\w)(?:(?:house|flat|plot|door|shop|h|d|qtr|quarter|khasra|survey|bungalow|row\shouse)\.?\s?(?:no"
        r"|number|#)\.?\s?[:#-]?\s?[a-z]?-?\d{1,5}(?:[-/][a-z\d]{1,5}){0,3}"
        rf"(?:,?\s(?:{_CAPITAL}[\s-]?){{1,4}}(?-i:Apartments?|Residency|Society|Nagar|Towers?|Heights|Enclave|Colony"
        rf"|Layout|Vihar|Marg|Road|Street|Complex|Block|Villas?))?"
        r"|(?:sector|sec|phase|block|ward\sno|cross|main)[\s.-]{1,2}(?:\d{1,3}[a-z]?|[IVX]{1,4})(?=,|\s(?:of|near"
        r"|noida|gurgaon|gurugram|chandigarh|rohini|dwarka|vashi|mohali|faridabad|panchkula|hsr|marathahalli"
        r"|salt\slake))"
        rf"|\b(?:sector|phase)[\s-]\d{{1,3}}[a-z]?(?!\w|\s?(?:trial|clinical|of\sthe|study|project))|\d{{1,3}}(?:st"
        rf"|nd|rd|th)\s(?:cross|main|block|phase|stage)\b(?:,?\s(?:{_CAPITAL}\s?){{1,3}}(?-i:Nagar|Layout|Road"
        rf"|Colony|Stage))?)",
        score=0.6,
        digits=1,
        country="in",
    ),
    Shape(
        label="STREET_ADDRESS",
        name="named road of India",
        regex=rf"\b\d{{1,4}}(?:[/-]\w{{1,4}})?,?\s(?:{_CAPITAL}\s){{1,3}}(?-i:Nagar|Marg|Salai|Vihar|Enclave|Layout"
        rf"|Colony|Bagh|Chowk|Bazaar|Gali|Puram)\b",
        score=0.7,
        digits=1,
        country="in",
    ),
)
