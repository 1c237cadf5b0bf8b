"""Passwords, PINs, one-time codes, keys and answers that people should never have typed."""

from typing import Final

from kitwright.privacy.finding import Tier
from kitwright.privacy.patterns.shape import Shape, cues

_WORD: Final = (
    r"(?:pass\s?-?(?:word|code|phrase|wd)|psw|passwrd|pasword|passwort|mot de passe|pwd|pw|pin(?:\s(?:code|number"
    r"|no\.?))?|cvv2?|cvc2?|cvn|cid|csc|otp|mpin|tpin|2fa(?:\scode)?|mfa\scode"
    r"|security\s(?:code|answer|word|pin)|(?:verification|confirmation|authentication|access|log-?\s?in|one[\s-]time"
    r"|unlock|door|gate|alarm|reset|activation|backup|recovery|safety|entry|key)\s(?:code|pin|passcode|password"
    r"|phrase|key|codes)"
    r"|secret\s(?:code|word|key|answer|token)|memorable\s(?:word|information|name|date|place)|(?:api|access|secret"
    r"|private|client|encryption|licence|license|product|ssh|webhook|signing)[\s_-]?(?:key|token|secret)"
    r"|auth(?:orization)?[\s_-]?token|bearer(?:\stoken)?|token"
    r"|mother'?s\smaiden\sname|maiden\sname|(?:name\sof\s)?(?:my\s|your\s)?first\s(?:pet|school|car"
    r"|teacher)(?:'s\sname)?)"
)
_ORDINARY: Final = (
    r"(?!(?:a|about|accepted|active|again|all|also|always|an|and|another|are|as|asking|at|because|being|blocked"
    r"|bounced|but|can|cannot|changed|coming|correct|did|does|expired|expiring|failing|"
    r"for|forgotten|from|gone|going|good|have|here|how|i|if|in|incorrect|instead|invalid|is|it|its|just|kept|leaked"
    r"|locked|long|lost|missing|mine|my|"
    r"needed|never|new|no|not|nothing|now|off|old|on|only|or|out|please|protected|ready|rejected|required|reset"
    r"|resetting|right|safe|same|saved|secure|sent|set|short|so|something|still|stolen|stored|strong|supposed|"
    r"that|the|there|they|this|to|too|unknown|used|valid|visible|was|weak|what|when|where|which|who|why|working"
    r"|wrong|you|your|yes|printed|located|on|entered|different|enough)\b)"
)
_CUES: Final = (
    "password passcode passphrase passwd psw passwrd pasword passwort passe pass pwd pw pin cvv cvv2 cvc cvc2 cvn"
    " cid csc otp mpin tpin fa 2 mfa code codes answer word number secret information"
    " date place key token bearer name pet school car teacher phrase"
)

SECRETS: Final[tuple[Shape, ...]] = (
    Shape(
        label="SECRET",
        name="after a label",
        regex=rf"\b{_WORD}(?:'s)?\s{{0,3}}(?:(?:for\s(?:it|the\s\w{{2,12}}|my\s\w{{2,12}})\s)?(?:is|was|are"
        rf"|would\sbe|will\sbe|should\sbe)\b\s{{0,2}}(?:now\s|still\s|currently\s|just\s)?:?|[:=]|->"
        rf"|(?<='s)\s)\s{{0,3}}"
        rf"[\"'“]?\K{_ORDINARY}\S{{0,127}}[^\s.,;!?\"')”]",
        score=0.95,
        tier=Tier.LABELLED,
        cues=cues(_CUES),
    ),
    Shape(
        label="SECRET",
        name="digits",
        regex=rf"\b{_WORD}\s{{1,3}}(?:of\s|number\s|no\s|ends\sin\s|#)?\K(?:\d{{3}}[ -]\d{{3}}|\d{{3,8}})(?!\w"
        rf"|[./-]\d)",
        score=0.95,
        tier=Tier.LABELLED,
        cues=cues(_CUES),
        digits=3,
    ),
    Shape(
        label="SECRET",
        name="mixed after a label",
        regex=r"\b(?:pass\s?(?:word|code|phrase)|pwd|passwd|pw|otp|token|api[\s_-]?key"
        r"|secret(?:\skey)?)\s{1,3}[\"']?\K(?=\S{0,30}\d)(?=\S{0,30}[a-z])[^\s,;\"']{5,128}(?<![.!?])",
        score=0.85,
        tier=Tier.LABELLED,
        cues=cues(_CUES),
        digits=1,
    ),
    Shape(
        label="SECRET",
        name="code that was sent",
        regex=r"\b(?:code|otp|passcode|pin)\b(?!\s(?:post|promo|discount))[^.!?\n\d]{0,32}?\b(?:is|was|says|got"
        r"|sent(?:\sme)?|texted(?:\sme)?|received|:|entered|typed|reads?)\s{0,2}:?\s?\K(?:\d{4,8}"
        r"|\d{3}[- ]\d{3})(?!\w|[./-]\d)"
        r"|\b(?:code|otp|pin)\s?[:=]\s?\K(?:\d{4,8}|\d{3}[- ]\d{3})(?!\w|[./-]\d)",
        score=0.7,
        cues=cues("code otp passcode pin"),
        digits=4,
    ),
    Shape(
        label="SECRET",
        name="mixed code that was sent",
        regex=r"\b(?:code|otp|passcode|token|reset)\b[^.!?\n]{0,24}?\b(?:sent|texted|got|received|shows?"
        r"|code)\b[^.!?\n\d]{0,24}?[\s:]\K(?-i:(?=[A-Z]{0,7}\d)(?=\d{0,7}[A-Z])[A-Z\d]{5,8})(?![\w-])",
        score=0.6,
        cues=cues("code otp passcode token reset"),
        digits=1,
    ),
    Shape(
        label="SECRET",
        name="six digits after a code",
        regex=r"(?<!\b(?:item|product|style|promo|discount|voucher|country|area|zip|post|postal|dress|error|qr|bar"
        r"|order|reason|sort|bank|tracking|size|colou?r|icd|cpt|billing|procedure|tax)\s)"
        r"\bcode[,:]?\s\K(?:\d{6}|\d{3}[ -]\d{3})(?![\w/-]|[.,]\d)"
        r"|\bcode\s\K(?-i:(?=[A-Z]{0,7}\d)(?=\d{0,7}[A-Z])[A-Z\d]{5,8})(?=\s(?:valid|expires))"
        r"|\byour\s(?:\w{2,14}\s){0,2}code\s(?:is"
        r"|:)\s\K(?-i:(?=[A-Z]{0,7}\d)[A-Z\d]{5,8})(?![\w-])",
        score=0.5,
        cues=cues("code"),
        digits=1,
    ),
    Shape(
        label="SECRET",
        name="code of a door",
        regex=r"\b(?:key\s?safe|door|gate|alarm|entry|locker|lock|intercom"
        r"|safe)\b[^!?\n]{0,60}?\bcode\b[^.!?\n\d]{0,24}?\K\d{3,8}[a-z]?(?!\w|[./-]\d)",
        score=0.8,
        tier=Tier.LABELLED,
        cues=cues("code"),
        digits=3,
    ),
    Shape(
        label="SECRET",
        name="answer after its question",
        regex=r"\b(?:maiden\sname|(?:security|memorable|secret)\sword"
        r"|security\sanswer)(?:\s?\([^)\n]{0,40}\))?(?:\s{0,2}[:=-]\s{0,2}|\s(?:is|was)\s|\s)"
        rf"[\"'“]?\K{_ORDINARY}(?:(?-i:\p{{Lu}})[\w'-]{{1,30}}|(?<=word\W{{1,5}})\w{{3,30}})",
        score=0.85,
        tier=Tier.LABELLED,
        cues=cues("name word answer"),
    ),
    Shape(
        label="SECRET",
        name="mixed, further on",
        regex=r"\b(?:password|passcode|passwd|pwd|pw)\b(?:\s[\w']{1,12}){0,6}\s(?:is|was|=|to)\s(?:still\s"
        r"|now\s)?[\"'“]?\K(?=\S{0,30}\d)(?=\S{0,30}[a-z])[^\s,;\"'”]{5,128}(?<![.!?])",
        score=0.8,
        tier=Tier.LABELLED,
        cues=cues("password passcode passwd pwd pw"),
        digits=1,
    ),
    Shape(
        label="SECRET",
        name="code before its label",
        regex=r"(?<![\w.,#£$€-])\d{4,8}(?=\s(?:is|was)\s(?:my|the|his|her|your)\s(?:[\w-]{2,14}\s)?(?:pin|password"
        r"|passcode|otp|cvv|cvc|code)\b)",
        score=0.9,
        tier=Tier.LABELLED,
        cues=cues("pin password passcode otp cvv cvc code"),
        digits=4,
    ),
    Shape(
        label="SECRET",
        name="key of a service",
        regex=r"(?<![\w-])(?:(?-i:sk|pk|rk)[-_](?:live|test|proj|ant|or)?[-_]?[\w-]{8,200}|(?-i:AKIA"
        r"|ASIA)[A-Z\d]{16}|(?-i:gh[opsur]_)[\w]{30,255}|(?-i:github_pat_)\w{22,255}"
        r"|(?-i:glpat-)[\w-]{20,64}|(?-i:xox[abeoprs]-)[\w-]{10,250}|(?-i:AIza)[\w-]{35}|(?-i:ya29\.)[\w-]{20,200}"
        r"|(?-i:eyJ)[\w-]{8,2000}\.(?-i:eyJ)?[\w-]{4,2000}(?:\.[\w-]{4,2000})?"
        r"|(?-i:SG\.)[\w-]{16,64}\.[\w-]{16,64}|(?-i:hf_)[a-z\d]{30,64}|(?-i:npm_)[a-z\d]{30,64}"
        r"|(?-i:pypi-)[\w-]{40,250}|(?-i:whsec_)[a-z\d]{20,64}|(?-i:dop_v1_)[a-f\d]{64}|(?-i:AC"
        r"|SK)[a-f\d]{32})(?![\w-])",
        score=0.95,
        tier=Tier.CHECKSUM,
        digits=1,
    ),
    Shape(
        label="SECRET",
        name="private key",
        regex=r"-----BEGIN [A-Z ]{0,24}PRIVATE KEY(?: BLOCK)?-----[^-]{0,1800}(?:-----END [A-Z ]{0,24}PRIVATE KEY(?:"
        r" BLOCK)?-----)?",
        score=1.0,
        tier=Tier.CHECKSUM,
        cues=cues("private"),
    ),
    Shape(
        label="SECRET",
        name="in a web address",
        regex=r"://[^\s/:@]{1,64}:\K[^\s/@]{1,64}(?=@)|[?&](?:token|key|api_?key|password|secret|sig|access_token"
        r"|auth)=\K[^\s&#]{4,500}",
        score=0.95,
        tier=Tier.CHECKSUM,
        cues=cues(": ?"),
    ),
    Shape(
        label="SECRET",
        name="wallet",
        regex=r"(?<![\w])(?:(?-i:bc1)[a-z\d]{25,60}|(?-i:[13][A-HJ-NP-Za-km-z1-9]{26,34})|0x[a-f\d]{40,64})(?!\w)",
        score=0.6,
        digits=3,
    ),
)
