"""Secrets, names that people go by, names after a label, network addresses, and what is none."""

import pytest

from unit.privacy.patterns.marked import SCRUBBER, found, lines

SECRETS = """
    password is [hunter2](SECRET), ok
    my password's [Tr0ub4dor&3](SECRET)
    pwd: [hunter2](SECRET)
    my PIN is [1234](SECRET)
    pin [1043](SECRET)
    otp [482913](SECRET)
    the code I got is [482 913](SECRET)
    verification code: [99812](SECRET)
    cvv [123](SECRET)
    the door code is [4471](SECRET)
    [4471](SECRET) is my pin
    mother's maiden name is [Smithers](SECRET)
    my first pet was [Rex](SECRET)
    security answer: [Bluebell](SECRET)
    api key [sk-live-abcdefghij1234567890](SECRET)
    [ghp_abcdefghijklmnopqrstuvwxyz0123456789](SECRET)
    [AKIAIOSFODNN7EXAMPLE](SECRET)
    token=[abc123def456](SECRET)
    [eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcDEF123](SECRET)
"""

HANDLES = """
    [@jane_d](USERNAME) on insta
    my insta is [jane_d](USERNAME)
    insta: [jane.doe](USERNAME)
    I'm [jane_doe99](USERNAME) on twitter
    username [jdoe_99](USERNAME)
    my user name is [janedoe](USERNAME)
    [u/jane_doe](USERNAME)
    discord [jane#1234](USERNAME)
    [linkedin.com/in/jane-doe-123](USERNAME)
    [https://www.facebook.com/jane.doe.5](USERNAME)
"""

NAMES = """
    my name is [jo park](PERSON) and I wait
    this is [Jo Park](PERSON) speaking
    her name is [Ana Lima](PERSON)
    Surname: [Park](PERSON)
    Mrs. [Smith-Jones](PERSON)
    Kind regards, [Ana Lima](PERSON). My order is 1043
    Yours sincerely, [Jo Park](PERSON)
"""

NETS = """
    ip [192.168.0.1](IP_ADDRESS)
    [2001:db8::1](IP_ADDRESS) and [fe80::1ff:fe23:4567:890a](IP_ADDRESS)
    see [https://example.org/a?b=1](URL).
    [example.co.uk/shop](URL)
"""

NONE = """
    the password is not working
    my pin is wrong
    what is the CVV?
    I forgot my password, please reset it
    the secret is patience
    use code SUMMER2024 for 10% off
    the discount code is not accepted
    a private key is needed, and a token ring
    my username is not accepted
    instagram is down, follow us on instagram
    I saw it on Facebook: is it true?
    user error
    at 10:30:15 and 12:00
    version 2.3.1
    My name is wrong on the order
    name: Merino Jumper
    this is not speaking to me
    Kind regards and many thanks. The Merino jumper fits
    Royal Mail Signed For delivery
    and/or, he/she, w/o, e.g. this
    ...so. Anyway.In the end
"""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Thanks,\nJo Park", "Jo Park"),
        ("Thanks,\nJo", "Jo"),
        ("Cheers\nJo Park, by hand", "Jo Park"),
        ("Regards,\nJo Park\nsecond floor", "Jo Park"),
        ("Thanks,\nGreat. I will wait", None),
        ("Thanks!\nThe Merino jumper fits", None),
    ],
)
def test_a_signature_may_be_followed_by_more(text: str, name: str | None) -> None:
    assert [text[span.start : span.end] for span in SCRUBBER.find(text)] == ([name] if name else [])


@pytest.mark.parametrize("line", lines(SECRETS + HANDLES + NAMES + NETS + NONE))
def test_secret(line: str) -> None:
    assert found(line) == line
