"""What is no personal data although it looks like some: prices, sizes, doses, readings, codes, months.

These win over learned and weak findings that lie inside them, never over what has a label or right check digits.
"""

from typing import Final

from kitwright.privacy.finding import Tier
from kitwright.privacy.patterns.goods import GOODS
from kitwright.privacy.patterns.shape import Shape, cues

_NUMBER: Final = r"(?<![\d.,/-])\d{1,5}(?:[.,]\d{1,3})?"
_RANGE: Final = (
    rf"{_NUMBER}(?:(?:\s?(?:x|×|by)\s?\d{{1,5}}(?:[.,]\d{{1,3}})?){{1,2}}|\s?(?:-|–"
    rf"|to)\s?\d{{1,5}}(?:[.,]\d{{1,3}})?|/\d)?"
)
_LENGTH: Final = (
    r"cm|mm|km|inch(?:es)?|ins?|ft|feet|yds?|yards?|miles?|metres?|meters?|kg|kgs|kilos?|g|grams?|gsm|lbs?|pounds|oz"
    r"|ounces?|stone|st|litres?|liters?"
    r"|years?|yrs?|months?|weeks?|wks?|days?|hours?|hrs?|minutes?|mins?|seconds?|secs?|nights?|times|%|percent"
    r"|°\s?[CF]?|degrees?|items?|pairs?|pieces?|steps"
    r"|GB|MB|TB|mah|watts?|volts?|kcal|cal(?:ories)?|points?|stars?|m"
)
_CURRENCY: Final = (
    r"(?:pounds?(?:\ssterling)?|quid|euros?|dollars?|bucks|rupees|pence|cents|GBP|EUR|USD|AUD|CAD|INR|lakhs?|crores?)"
)
_DOSE: Final = (
    r"(?:mg|mcg|µg|ug|micrograms?|milligrams?|grams?|g|kg|mls?|cc|L|dl|units?|iu|u|mmol|meq|mol|nmol|pmol"
    r"|puffs?|drops?|tablets?|tabs?|caps(?:ules?)?|pills?|sprays?|patch(?:es)?|sachets?|vials?|ampoules?|lozenges?"
    r"|teaspoons?|tsp|tbsp|doses?)"
)
_READING: Final = (
    r"(?:bp|blood\spressure|systolic|diastolic|map|hr|heart\srate|pulse|rr|resp(?:iratory)?(?:\srate)?"
    r"|sp?o2|o2\ssats?|sats?|saturation|oxygen|temp(?:erature)?|bmi|weight|wt|height|ht|fhr|cvp|icp|gfr|peak\sflow"
    r"|pefr|fev1|fvc|ef|lvef)"
)
_LAB: Final = (
    r"(?:hb|hgb|ha?emoglobin|hct|ha?ematocrit|wbc|wcc|rbc|plt|platelets?|neutrophils?|lymphocytes?|eosinophils?|mcv"
    r"|mch|esr|crp|inr|ptt?|aptt|d-?dimer|fibrinogen|na|sodium|k|potassium|cl|chloride|co2|bicarb(?:onate)?|hco3|bun"
    r"|urea|cr|creat(?:inine)?"
    r"|e?gfr|glucose|bm|bsl|blood\ssugar|sugars?|hba1c|a1c|alt|ast|alp|ggt|bili(?:rubin)?|albumin|total\sprotein"
    r"|calcium|ca|mg|magnesium|phosphate|tsh|ft4|ft3|t4|t3|free\st4|cholesterol|ldl|hdl|trig(?:lyceride)?s?|ferritin"
    r"|iron|tibc|b12|folate"
    r"|vit(?:amin)?\sd|troponin|trop|bnp|nt-?pro-?bnp|ck|ldh|lactate|ph|pco2|po2|pao2|paco2|lipase|amylase|psa"
    r"|ca\s?125|ca\s?19-?9|cea|afp|b?hcg|beta\shcg|cortisol|prolactin|lh|fsh|oestradiol|estradiol|testosterone"
    r"|uric\sacid|ammonia|procalcitonin|osmolality|cd4|viral\sload|titre|titer)"
)
_SCORE: Final = (
    r"(?:gcs|glasgow(?:\scoma\s(?:scale|score))?|apgars?|nihss|mmse|moca|phq-?[29]|gad-?[27]|news2?|qsofa|sofa"
    r"|apache(?:\sii)?|curb-?65|cha2?ds2?-?vasc|has-?bled|wells|meld|child-?pugh|asa|ecog|karnofsky|kps|rass|vas"
    r"|pain(?:\sscore|\sscale|\slevel)?|mrs"
    r"|bishop|braden|waterlow|must|audit-?c?|ces-?d|ipss|birads|bi-?rads|gleason|nyha|ctas|esi|level|grade|stage"
    r"|type|phase|score|scored|rated|tanner|fitzpatrick|aspects|timi|grace|framingham|ascvd|perc|centor|alvarado"
    r"|ranson|t-?score|z-?score|westley|berg|barthel|waterlow|lille|rockall|blatchford|breslow|gustilo|ashworth|killip"
    r"|maddrey|mallampati|cormack|clavien|rutherford|fontaine)"
)
_LINK: Final = (
    r"(?:\s{0,2}(?:is|was|of|at|were|are|to|on|now|today|reads?|reading|level|count|value|score|from"
    r"|around|about|=|:|~|<|>|≤|≥|up|down)){0,4}\s{0,2}"
)
_MONTHS: Final = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb"
    r"|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
)


def _kept(name: str, regex: str, *, words: str = "", digits: int = 0) -> Shape:
    return Shape(label=name.upper(), name=name, regex=regex, score=1.0, tier=Tier.KEPT, cues=cues(words), digits=digits)


HARMLESS: Final[tuple[Shape, ...]] = (
    _kept(
        "product",
        rf"\b(?:(?:the|an?|this|that|these|those|your|our|my|another|same|item:?|new)\s|\d{{1,2}}\s?[x×]\s)"
        rf"(?!(?:mr|mrs|ms|miss|mx|dr)\b)[^\W\d][\w'’&-]{{2,14}}\s(?:[^\W\d][\w-]{{2,12}}\s)?{GOODS}\b",
    ),
    _kept(
        "money",
        rf"(?:[£$€₹¥]|(?<!\w)(?:rs\.?|usd|eur|gbp|inr|aud"
        rf"|cad)\s)\s?\d[\d,]{{0,12}}(?:\.\d{{1,2}})?(?:\s?[km])?(?!\d)|{_NUMBER}\s?(?:[£€₹]|{_CURRENCY}\b)"
        rf"|(?<![\d.,])\d{{1,3}}(?:,\d{{3}}){{1,3}}(?![\d,])",
        digits=1,
    ),
    _kept(
        "measure",
        rf"{_RANGE}\s?-?(?:{_LENGTH})(?!\w)|{_NUMBER}\s?'\s?\d{{1,2}}(?:\"|'')?"
        rf"|(?<![\d/.])\d{{1,3}}(?:\.\d)?\s?[x×]\s?\d{{1,3}}(?:\.\d)?(?![\d/])",
        digits=1,
    ),
    _kept("round number", r"(?<![\w.,#+-])\d{1,4}0{5,8}(?![\w.,-]\w)", digits=6),
    _kept(
        "size",
        r"\bsizes?(?:\s{1,2}(?:is|are|eu|uk|us|of|number|a|an))?(?:[\s,/&-]{1,3}(?:and|or|to|\d{1,3}(?:\.5)?"
        r"|[2-6]?x{0,3}[sml]|xs|xxs|one|small|medium|large)){1,12}\b"
        r"|\b(?:eu|uk|us|au|fr|it|w|l|waist|leg|chest|bust|hips?|inseam|cup|ring|shoe|collar|band"
        r"|width)\s?\d{1,3}(?:\.5)?(?:\s?/?\s?(?:l|leg)\s?\d{1,2})?[a-h]{0,2}\b|\b\d{1,2}(?:\.5)?\s(?:uk|us|eu|wide"
        r"|narrow|regular|petite|tall|short|long)\b"
        r"|\b\d{1,2}xl\b",
        digits=1,
    ),
    _kept(
        "dose",
        rf"(?<![\d.,])\d{{1,9}}(?:[.,]\d{{1,4}})?(?:\s?[-–/x]\s?\d{{1,5}}(?:[.,]\d{{1,3}})?)?\s?-?{_DOSE}(?:\s?/\s?(?:\d{{1,3}}\s?)?(?:{_DOSE}|kg|h(?:r|our)?|day|min|m2|dose|week|spray|puff)){{0,2}}(?!\w)",
        digits=1,
    ),
    _kept(
        "vital",
        rf"\b{_READING}{_LINK}\d{{1,3}}(?:[./]\d{{1,3}})?(?:\s?(?:-|–|to|/|over)\s?\d{{1,3}}(?:\.\d)?)?(?![\d-])"
        rf"|(?<![\d/.])(?:[6-9]\d|1\d\d|2[0-4]\d)\s?/\s?(?:[3-9]\d|1[0-3]\d)(?![\d/])",
        digits=1,
    ),
    _kept(
        "lab",
        rf"(?<!\w){_LAB}{_LINK}\d{{1,9}}(?:[.,]\d{{1,4}})?(?:\s?(?:-|–|to|->|→)\s?\d{{1,6}}(?:\.\d{{1,3}})?)?(?![\d-])",
        digits=1,
    ),
    _kept(
        "score",
        rf"\b{_SCORE}{_LINK}\d{{1,3}}[a-d]?(?:\s?(?:/|out\sof|of|,|and|-|\+)\s?\d{{1,3}}){{0,3}}(?![\d-])|\b(?:stage"
        rf"|type|grade|class|phase|level)\s(?:I{{1,3}}|IV|V|VI)[a-c]?\b",
        digits=0,
        words="gcs glasgow apgar apgars nihss mmse moca phq gad news sofa qsofa apache curb cha chads vasc has wells"
        " meld pugh asa ecog karnofsky kps rass vas pain mrs bishop braden must audit ipss birads rads gleason"
        " nyha ctas esi level grade stage type phase class score scored rated tanner fitzpatrick aspects timi"
        " grace framingham ascvd perc centor alvarado ranson phq9 gad7 westley berg barthel waterlow lille rockall"
        " blatchford breslow gustilo ashworth killip maddrey mallampati cormack clavien rutherford fontaine",
    ),
    _kept(
        "code",
        r"(?<![\w-])(?-i:[A-Z]\d[\dAB]\.[\dA-Z]{1,4})(?![\w-])|\b(?:icd|icd-?(?:9|10|11)(?:-?cm)?|cpt|hcpcs"
        r"|snomed(?:\sct)?|loinc|drg|dsm-?(?:5|iv|v)?|opcs|atc|ndc|rxnorm|read\scode|mesh|pmid|isbn|issn"
        r")(?:\s(?:code|codes|number|is|was"
        r"|:)){0,2}\s?[:#]?\s?[A-Z]?\d[\dA-Z.-]{1,14}\b"
        r"|\b(?:iso|iec|din|bs|en|rfc|cve|nct|astm)[\s-]\d{2,8}(?:[-:]\d{1,7})?\b|\b(?:windows|ios|android|python"
        r"|iphone|galaxy|pixel|ps|version|v|level|chapter|page|section|step|question"
        r"|item|figure|table|appendix|route|flight|gate|platform|channel|area|covid"
        r"|h\dn)\s?-?\d{1,4}(?:\.\d{1,3}){0,3}\b",
        digits=1,
    ),
    _kept(
        "rhesus",
        r"(?<!\w)(?-i:AB|A|B|O)(?:\s?(?:rh(?:esus)?)?\s?(?:\+|-|pos(?:itive)?|neg(?:ative)?))(?!\w)",
        words="+ - pos positive neg negative",
    ),
    _kept(
        "pregnancies",
        r"\bG\d{1,2}\s?P\d{1,2}(?:[+-]\d{1,2}|\s?A\d)?\b|\b\d{2}\s?\+\s?[0-6](?:\s?/\s?(?:40|7))?(?!\d)"
        r"|\b\d{1,2}/(?:7|12|52|24|40)(?!\d)",
        digits=1,
    ),
    _kept(
        "leads",
        r"\b(?:[LTCS]\d{1,2}(?:\s?[-/–]\s?[LTCS]?\d{1,2})?|V[1-6](?:\s?-\s?V?[1-6])?"
        r"|T[0-4][a-d]?\s?N[0-3][a-c]?\s?M[01x]|FiO2\s?\d{1,3}%?|[456]-0|[23]-0)(?![\w-])",
        digits=1,
    ),
    _kept(
        "age up to 89",
        r"(?<![\w.,])(?:[1-9]|[1-8]\d)(?:\.5)?[\s-]?(?:(?:years?|yrs?|months?|mo|weeks?|days?)[\s-]?(?:olds?"
        r"|of\sage)|y\.?/?o\.?(?!\w)|(?-i:[MF])(?!\w))|\baged?\s(?:of\s)?(?:[1-9]|[1-8]\d)(?!\d|[.,]\d)",
        digits=1,
    ),
    _kept(
        "time",
        r"(?<![\d:.])(?:[01]?\d|2[0-3])[:.][0-5]\d(?::[0-5]\d)?\s?(?:[ap]\.?m\.?)?(?![\d:])"
        r"|(?<![\d.,])\d{1,2}\s?(?:[ap]\.?m\.?|o'?clock)(?!\w)",
        digits=1,
    ),
    _kept("year", r"(?<![\w./#-])(?:19|20)\d\d(?:s|\s?[-–]\s?(?:(?:19|20)?\d\d))?(?![\w/#]|[.,-]\d)", digits=4),
    _kept(
        "month",
        rf"\b(?:in|since|until|till|last|next|this|early|late|mid|every|before|after|during|between|through|around"
        rf"|end\sof)[\s-](?:early\s|late\s|mid[\s-])?\K{_MONTHS}(?:\s(?:(?:19|20)\d\d|sales?|collection|delivery"
        rf"|bank\sholiday))?(?![\w'])|\b(?:january|february|july|september|october|november|december)\b(?:\s(?:19"
        rf"|20)\d\d)?",
        words="january february march april may june july august september october november december jan feb mar apr"
        " jun jul aug sep sept oct nov dec",
    ),
    _kept(
        "weekday",
        r"\b(?:mon|tues?|wednes|thurs?|fri|satur|sun)days?\b|\b(?:christmas|easter|boxing\sday|black\sfriday"
        r"|new\syear'?s?(?:\s(?:eve|day))?|valentine'?s(?:\sday)?|halloween|thanksgiving|diwali|eid|ramadan|hanukkah"
        r"|st\.?\spatrick'?s\sday|mother'?s\sday|father'?s\sday|cyber\smonday)\b",
        words="monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays"
        " fridays saturdays sundays christmas easter boxing new valentine valentines halloween thanksgiving"
        " diwali eid ramadan hanukkah patrick patricks mother mothers father fathers cyber",
    ),
)
