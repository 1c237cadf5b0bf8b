"""What must stand beside a term that may also be a person, a place, or where somebody was treated, for it to stay."""

import re
from typing import Final

from kitwright.privacy.patterns.goods import GOODS

_CITED: Final = re.compile(
    r"(?:'s)?\s{1,2}(?:\w{2,14}\s){0,2}(?:protocols?|guid(?:e|elines?|ance)|criteria|stud(?:y|ies)|website"
    r"|web\s?site|articles?|diet|trials?|calculators?|risk|"
    r"scores?|recommend\w*|research(?:ers)?|says|suggests?|papers?|data|classification|staging|rules?|pages?|advice"
    r"|handbook|manual|style|explanation|explainer|lists?|leaflets?|info(?:rmation)?|publish\w*|define\w*|symptom"
    r"|model|method|scale|approach|algorithm|pathway)\b",
    re.IGNORECASE,
)
_CITING: Final = re.compile(
    r"(?:\bper|according\sto|based\son|follow(?:s|ing)?|published\s(?:by|at)|developed\s(?:by|at)|(?:guidelines?"
    r"|protocols?|criteria|stud(?:y|ies)|advice|research|guidance|article|paper|data|page|website"
    r"|recommendations?)\s(?:of|from|by|at|on)"
    r"|does|read\s(?:on|at|that)|says|like|such\sas|e\.g\.)\s(?:the\s)?$",
    re.IGNORECASE,
)
_BESIDE_GOODS: Final = re.compile(rf"(?:'s)?\s{{1,2}}(?:[\w-]{{2,14}}\s){{0,2}}{GOODS}\b", re.IGNORECASE)
_OF_GOODS: Final = re.compile(
    rf"\b(?:{GOODS}\s(?:by|from|at)|an?|these|those|some|any|new|pairs?\sof|stock|sells?|brands?\s(?:like|such\sas)"
    rf"|wear(?:s|ing)?)\s$",
    re.IGNORECASE,
)
_THING_OF_MEDICINE: Final = re.compile(
    r"(?:'s?|s)?\s{0,2}\+{1,2}(?!\w)|(?:'s?|s)?(?:\s{1,2}|-)(?:[\w/+-]{1,12}\s){0,2}?"
    r"(?:signs?|syndromes?|synd|classification|staging|criteria|criterion|scores?|scales?|index|triad|tetrad|pentad|palsy"
    r"|phenomenon|reflex|man(?:oe|eu)?uv(?:re|er)s?|maneuvers?|law|equation|formula|theorem|nod(?:es?|ules?)|spots|papules"
    r"|bodies|cells|corpuscles|crystals|granules|glands?|duct|canal|ganglion|plexus|fascia|ligaments?|tubercle"
    r"|tuberosity|membrane|valve|capsule|muscle|nucleus|area|bundle|fib(?:re|er)s|fissure|pouch|loop|foramen|fossa|gyrus"
    r"|artery|vein|nerve|angle|lines?|diverticulum|hernia|cyst|contracture|deformity|lesion|fractures?|fx|dislocation"
    r"|sarcoma|lymphoma|carcinoma|tumou?r|adenoma|n(?:ae|e)vus|melanoma|neuroma|disease|dz|disorder|anomaly|malformation"
    r"|dystrophy|ataxia|chorea|dementia|aphasia|encephalopathy|encephalitis|neuropathy|myopathy|epilepsy|seizures?"
    r"|paralysis|paresis|an(?:ae|e)mia|purpura|thyroiditis|arteritis|vasculitis|arthritis|arthropathy|osteochondritis"
    r"|tenosynovitis|gangrene|ulcer|erythema|dermatitis|melanosis|o?esophagus|nephropathy|cirrhosis|murmur|pulse"
    r"|breathing|respirations?|gait|pupil|rings?|striae|plaques|teeth|nails|tremor|o?edema|prosthesis|(?:hemi)?arthroplasty"
    r"|osteotomy|fundoplication|gastrectomy|colectomy|o?esophagectomy|hysterectomy|myotomy|mastectomy|amputation"
    r"|anastomosis|incision|flap|graft|shunt|stoma|sutures?|cerclage|splint|brace|boots|cast|traction|frame|nail|screw"
    r"|forceps|clamp|retractor|speculum|dilator|curette|needle|cannula|catheter|tube|drain|blade|laryngoscope|stain|agar"
    r"|medium|bacillus|reagent|antigen|antibod(?:y|ies)|factor|protein|virus|waves?|pattern|block|protocol"
    r"|questionnaire|inventory|chart|plates|lamp|exercises|regression|correlation|kappa|test|procedure|repair|click|clunk"
    r"|pos(?:itive)?|neg(?:ative)?|[+-]ve|point|grade|stage|type|class|fusion|sequence|complex|contractions|diet|vs|versus)\b",
    re.IGNORECASE,
)
_ASKED_ABOUT: Final = re.compile(
    r"(?:\b(?:r/o|between|rule(?:d)?\sout|query|vs\.?|versus|ddx:?|(?:dx|diagnosis|features|stigmata|signs|symptoms|evidence"
    r"|variant|form|type|triad|tetralogy|circle|canal|duct|ligament|nodes?|angle|sphincter|bundle|islands?|pouch|loop"
    r"|foramen|space|vein|crypts|syndrome|disease|law|sign|test)\sof|diagnosed\swith|c/w|consistent\swith"
    r"|suggestive\sof|morbus|maladie\sde|s[ií]ndrome\sde|ziekte\svan|malattia\sdi|modified|atypical|juvenile"
    r"|congenital|metastatic|relapsed|refractory|is\sit)|\?)\s{0,2}$",
    re.IGNORECASE,
)
_SOMEBODY: Final = re.compile(
    r"\b(?:dr|prof|mr|mrs|ms|miss|mx|sir|lady|sister|nurse|matron|rn|np|pt|patient|client|resident|name|surname|by|d/w"
    r"|dear|regards|son|wife|husband|daughter|mother|father|under)\b[.:]?\s(?:\w+\s)?$",
    re.IGNORECASE,
)
_BESIDE: Final = {
    "clinics": (_CITED, _CITING),
    "eponym_names": (_THING_OF_MEDICINE, _ASKED_ABOUT),
    "namesakes": (_BESIDE_GOODS, _OF_GOODS),
}
"""Kinds of terms that stay only with something behind them or before them."""
_BEFORE: Final = 40  # characters


def fits_in(kind: str, text: str, start: int, end: int) -> bool:
    """Whether a term stays where it stands: a clinic cited, not visited; a brand worn, an eponym examined, not met.

    Example:
        >>> fits_in("eponym_names", "Barlow click left", 0, 6), fits_in("eponym_names", "Dr Barlow test result", 3, 9)
        (True, False)

    Args:
        kind: the list that the term is from; terms of most lists stay anywhere.
        text: all of it.
        start: of the term, and
        end: of it, characters.
    """
    if kind not in _BESIDE:
        return True
    behind, before = _BESIDE[kind]
    earlier = max(0, start - _BEFORE)
    if kind == "eponym_names" and _SOMEBODY.search(text[earlier:start]):
        return False
    return bool(behind.match(text, end) or before.search(text, earlier, start))
