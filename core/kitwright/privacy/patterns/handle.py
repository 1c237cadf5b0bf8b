"""Names that people go by on networks, in games and in log-ins."""

from typing import Final

from kitwright.privacy.finding import Tier
from kitwright.privacy.patterns.shape import Shape, cues

_NETWORKS: Final = (
    r"insta(?:gram)?|ig|twitter|tik\s?tok|snap(?:chat)?|facebook|fb|telegram|discord|linkedin|reddit|github|gitlab"
    r"|skype|wechat|viber|bluesky"
    r"|mastodon|pinterest|depop|vinted|etsy|youtube|twitch|psn|xbox|venmo|messenger|strava|poshmark|ebay"
)
_NETWORK_CUES: Final = (
    "insta instagram ig twitter tiktok tik snap snapchat facebook fb telegram discord linkedin reddit github"
    " gitlab skype wechat viber bluesky mastodon"
    " pinterest depop vinted etsy youtube twitch psn xbox venmo messenger strava poshmark ebay"
)
_ORDINARY: Final = (
    r"(?!(?:a|about|account|ad|ads|again|all|also|an|and|app|are|as|at|because|being|blocked|but|by|can|case|correct"
    r"|dm|dms|does|down|field|filled|for|from|gone|group|had|has|"
    r"have|help|here|i|if|in|incorrect|invalid|is|isn't|it|its|just|keeps|live|locked|login|marketplace|me|messages?"
    r"|missing|my|name|never|no|not|now|of|off|on|only|or|"
    r"our|page|password|please|post|posts|private|profile|public|same|saved|saying|says|shop|so|still|store|stories"
    r"|story|taken|that|the|there|they|this|to|too|up|us|was|"
    r"we|were|what|when|which|who|why|will|with|working|wrong|yet|you|your|yours|doesn't|won't|invalid|required"
    r"|needs|different|similar|broken|error)\b)"
)
_HANDLE: Final = r"@?[a-z\d](?=[\w.-]{2})[\w.-]{1,38}[\w](?![\w@])"
_MARKED: Final = r"(?:@[\w.]{2,30}|(?=[a-z.]{0,29}[\d_.])[a-z][\w.]{2,30})(?<!\.)"
_LINK: Final = (
    r"(?:\s{0,2}(?:handle|account|user\s?name|name|id|profile|is|was|as|=|:|-|called|under|it's"
    r"|tag)){0,4}(?:(?<=is|as|:|=|-|called|under|it's|name|handle|id|tag)\s{0,2}[\"']?|\s{1,2}(?=@))"
)

HANDLES: Final[tuple[Shape, ...]] = (
    Shape(
        label="USERNAME",
        name="after an at sign",
        regex=r"(?<![\w@.+/%-])@(?!(?:everyone|everybody|here|all|channel|media|home|work|online|me"
        r"|the)\b)(?=[\w.]{0,30}[a-z])[a-z\d_][\w.]{1,29}(?<!\.)(?![\w@])",
        score=0.6,
        cues=cues("@"),
    ),
    Shape(
        label="USERNAME",
        name="after a network",
        regex=rf"(?<![\w.])(?:my|his|her|their|our|the|on|i'm|im|me"
        rf"|add)\s(?:{_NETWORKS})\b{_LINK}\K{_ORDINARY}{_HANDLE}",
        score=0.8,
        tier=Tier.LABELLED,
        cues=cues(_NETWORK_CUES),
    ),
    Shape(
        label="USERNAME",
        name="network and colon",
        regex=rf"(?<![\w.])(?:{_NETWORKS})(?:\s(?:handle|user|id|name))?\s?[:=]\s?\K{_ORDINARY}{_HANDLE}",
        score=0.8,
        tier=Tier.LABELLED,
        cues=cues(": ="),
    ),
    Shape(
        label="USERNAME",
        name="on a network",
        regex=rf"(?<![\w@.])(?:{_MARKED}|(?<=\b(?:i'm|im|am|it's|as|me|handle\sis"
        rf"|by)\s){_ORDINARY}[a-z][\w.]{{3,30}})(?=\s(?:on|at|via|from)\s(?:my\s)?(?:{_NETWORKS})(?!\w))",
        score=0.75,
        tier=Tier.LABELLED,
        cues=cues(_NETWORK_CUES),
    ),
    Shape(
        label="USERNAME",
        name="after a label",
        regex=r"\b(?:user\s?-?name|user\s?id|screen\s?name|gamer\s?tag|log\s?-?in(?:\s(?:name|id))?|handle|nickname"
        r"|nick|assigned\sto|reported\sby|(?<!\w)user(?=\s?=)|forum\sname|account\sname|alias)"
        rf"\s{{0,2}}(?:is|was|=|:)\s{{0,2}}[\"']?\K{_ORDINARY}{_HANDLE}",
        score=0.8,
        tier=Tier.LABELLED,
        cues=cues(
            "username name userid id screenname gamertag login log handle nickname nick user assigned reported alias"
        ),
    ),
    Shape(
        label="USERNAME",
        name="user name, with a digit or a line",
        regex=r"\b(?:user\s?-?name|user\s?id|user|handle|gamer\s?tag"
        r"|login)\s{1,2}\K(?=[a-z.]{0,29}[\d_])[a-z][\w.-]{2,30}\w",
        score=0.8,
        tier=Tier.LABELLED,
        cues=cues("username name userid id user handle gamertag tag login"),
    ),
    Shape(
        label="USERNAME",
        name="with a line and digits",
        regex=r"(?<![\w@./-])[a-z]{2,14}_[a-z]{2,14}\d{1,4}(?![\w@.-]\w)",
        score=0.45,
        cues=cues("_"),
        digits=1,
    ),
    Shape(
        label="USERNAME",
        name="Reddit or Discord",
        regex=r"(?<![\w/])/?u/[\w-]{3,20}(?!\w)|(?<![\w#])[a-z][\w.]{1,31}#\d{4}(?!\w)",
        score=0.7,
        cues=cues("/ #"),
    ),
)
