"""E-mail addresses and phone numbers in all writings, and what is neither."""

import pytest

from unit.privacy.patterns.marked import found, lines

EMAILS = """
    write to [help@fernhill.example](EMAIL_ADDRESS).
    [Jo.Park+x@Gmail.con](EMAIL_ADDRESS)
    <[jane.o'neill@sub.mail.co.uk](EMAIL_ADDRESS)>
    mailto:[jane@example.org](EMAIL_ADDRESS)
    [JANE@EXAMPLE.COM](EMAIL_ADDRESS)
    [zoë@müller.de](EMAIL_ADDRESS) works too
    it is [jane@gmial.com](EMAIL_ADDRESS), I think
    [jane.doe@gmail,com](EMAIL_ADDRESS)
    [jane.doe@hotmail..com](EMAIL_ADDRESS)
    [jane@gmail](EMAIL_ADDRESS) please
    [jane @ gmail . com](EMAIL_ADDRESS)
    [jane @gmail.com](EMAIL_ADDRESS)
    [jane%40gmail.com](EMAIL_ADDRESS)
    [j a n e @ g m a i l . c o m](EMAIL_ADDRESS)
    [jo at example dot com](EMAIL_ADDRESS)
    it is [jo (at) gmail.com](EMAIL_ADDRESS)
    [jo{at}gmail{dot}com](EMAIL_ADDRESS)
    [jane dot doe at gmail dot com](EMAIL_ADDRESS)
    [JANE DOT DOE AT GMAIL DOT COM](EMAIL_ADDRESS)
    [jane underscore doe 82 at outlook dot co dot uk](EMAIL_ADDRESS)
    [jane-doe at yahoo.co.in](EMAIL_ADDRESS)
    [jane.doe at the rate gmail dot com](EMAIL_ADDRESS)
    my e-mail: [jane.doe at gmail](EMAIL_ADDRESS)
    [jane_doe82 at yahoo](EMAIL_ADDRESS) is mine
    [jdoe@workplace](EMAIL_ADDRESS)
"""

PHONES = """
    [07700 900123](PHONE_NUMBER)
    [07700900123](PHONE_NUMBER).
    [0 7 7 0 0 9 0 0 1 2 3](PHONE_NUMBER)
    call [0117 496 0123](PHONE_NUMBER).
    [(020) 7946 0018](PHONE_NUMBER) is the desk
    [+44 (0)20 7946 0018](PHONE_NUMBER)
    [+44-7700-900-123](PHONE_NUMBER)
    [0044 7700 900123](PHONE_NUMBER)
    ring [212-555-0123](PHONE_NUMBER) now
    [(212) 555-0123](PHONE_NUMBER)
    [(212)555-0123](PHONE_NUMBER)
    [212.555.0123](PHONE_NUMBER)
    [1-800-555-0199](PHONE_NUMBER)
    [+1 212 555 0123 ext. 44](PHONE_NUMBER)
    [212 555 0123 x12](PHONE_NUMBER)
    [2125550123](PHONE_NUMBER)
    call me on [555-0123](PHONE_NUMBER)
    [604-555-0188](PHONE_NUMBER), Vancouver
    [0412 345 678](PHONE_NUMBER)
    [+61 412 345 678](PHONE_NUMBER)
    [(02) 9876 5432](PHONE_NUMBER)
    [087 123 4567](PHONE_NUMBER) or [+353 87 123 4567](PHONE_NUMBER)
    [(01) 234 5678](PHONE_NUMBER)
    [0171/1234567](PHONE_NUMBER)
    [030 12345678](PHONE_NUMBER)
    [+49 (0)30 123456-78](PHONE_NUMBER)
    [01 23 45 67 89](PHONE_NUMBER)
    [01.23.45.67.89](PHONE_NUMBER)
    [+33 6 12 34 56 78](PHONE_NUMBER)
    [98765 43210](PHONE_NUMBER)
    [+91-98765-43210](PHONE_NUMBER)
    [09876543210](PHONE_NUMBER)
    my mobile number is [9876543210](PHONE_NUMBER)
    fax: [555 0123](PHONE_NUMBER)
    tel. no. [4960123](PHONE_NUMBER)
    text my wife on [07700 900 456](PHONE_NUMBER)
    reach me at [5550123](PHONE_NUMBER)
    [oh seven seven double two, three four five six seven eight](PHONE_NUMBER)
    it's [zero four one two three four five six seven eight](PHONE_NUMBER)
    [two one two five five five oh one two three](PHONE_NUMBER)
"""

NEITHER = """
    look at polka dot dresses
    meet me at the gmail office
    see you @ 5pm
    2@£5 each
    my order number is 4412345678
    tracking number 00340434161094042557
    size 10, 12, 14 or 16, sizes 38 40 42 44 46
    pages 120-245
    call 911 now
    ring 999 or 111
    text STOP to 12345
    one two three testing
    two or three, maybe four questions
    call me in 30 minutes
    metformin 500 1000 850 mg
    version 10.15.7 of the app
    4 to 6 weeks, 2 to 3 days
"""


@pytest.mark.parametrize("line", lines(EMAILS + PHONES + NEITHER))
def test_contact(line: str) -> None:
    assert found(line) == line
