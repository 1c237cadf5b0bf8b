"""Passwords, PINs and one-time codes that people should never have typed."""

from typing import Final

from kitwright.privacy.patterns.shape import Shape

_WORD: Final = (
    r"(?:pass\s?(?:word|code|phrase)|pwd|pin(?:\s(?:code|number))?|cvv2?|cvc|otp"
    r"|security (?:code|answer)|verification code)"
)
_ORDINARY: Final = (
    r"(?!(?:a|always|asking|being|blocked|correct|expired|for|forgotten|gone|here|in|incorrect|invalid|locked|lost|my|"
    r"needed|never|no|not|on|required|reset|right|saved|still|the|too|weak|what|wrong)\b)"
)

SECRETS: Final[tuple[Shape, ...]] = (
    Shape(
        label="SECRET",
        name="after a label",
        regex=rf"\b{_WORD}\s{{0,3}}(?:(?:is|was)\b\s{{0,2}}:?|[:=])\s{{0,3}}[\"']?\K{_ORDINARY}\S{{0,127}}[^\s.,;!?\"')]",
        score=0.95,
    ),
    Shape(label="SECRET", name="digits", regex=rf"\b{_WORD}\s{{1,3}}\K\d{{3,8}}(?!\w)", score=0.95),
)
