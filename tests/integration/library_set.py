"""A clean set of 80 records about an invented town library, eight topics with a passage each, for tests of checks."""

# ruff: noqa: E501 - a record stands on one line

from typing import Any, Final

PASSAGES: Final = {
    "loans": "Books are lent for 21 days and DVDs for 7 days. A member may have 12 items at a time. A loan is renewed "
    "twice, online or by phone, unless somebody waits for the item. Reference books and newspapers stay in the house. "
    "Laptops are lent for 4 hours a day and are used in the building.",
    "fines": "A late book costs 20p a day, at most £6 for an item. Children under 16 pay no fines. A lost item costs its "
    "price plus £3 for processing. Fines are paid at the desk, by card or cash, or in the online account. Over £10 the "
    "card is blocked. Fines stop on days when the library is closed.",
    "hours": "The main library is open Monday to Friday 9:00-19:00 and Saturday 10:00-16:00. It is closed on Sunday and "
    "on public holidays. The branch at Mill Lane is open on Tuesday and Thursday 13:00-18:00. The book drop beside the "
    "door takes returns at any hour. The quiet room closes 30 minutes before the library.",
    "membership": "Joining is free for residents of the county. Others pay £15 a year. Bring a photo ID and a letter "
    "with your address that is not older than 3 months. Children need the signature of a parent. A new card after a "
    "loss costs £2. A membership lasts 2 years and is renewed at the desk.",
    "rooms": "Study room A seats 6 people and room B seats 10. A room is booked for up to 2 hours a day, 14 days ahead, "
    "with a member card. Groups of charities use them free; companies pay £25 an hour. Food is not allowed, drinks with "
    "a lid are. Both rooms have a screen with an HDMI cable. A room that is not used after 15 minutes is given away.",
    "printing": "A black page costs 10p and a colour page 40p. Scanning is free. The printer takes A4 and A3; A3 costs "
    "twice as much. Print from your phone with the PrintPoint app. Files are deleted from the server after 24 hours. "
    "Photocopies for coursework must keep within copyright: one chapter of a book.",
    "children": "Story time is on Wednesday at 10:30 for ages 2 to 5. The homework club meets on Thursday from 16:00 to "
    "17:30 for ages 8 to 12. The toy library lends 3 toys for 2 weeks. Children under 8 must be with an adult. The "
    "summer reading challenge begins on 4 July; a child who reads 6 books gets a medal.",
    "digital": "E-books and audiobooks are borrowed in the app Leafy with the number of the card and the PIN. A member "
    "has 8 e-books at a time, for 14 days; they go back by themselves. Leafy runs on phones, tablets and most e-readers, "
    "not on the Kindle. Language courses come free with the card. The public computers are free for 1 hour a day.",
}  # fmt: skip

_TALKS: Final = {
    "loans": """
How long can I keep a novel? => You can keep a book for 21 days.
And films, what's the loan for DVDs? => DVDs are lent for 7 days.
how many things can i borrow at once => Up to 12 items at a time.
Could I renew the biography that I've got at home? => Yes, twice, online or by phone, as long as nobody else waits for it.
somebody reserved my book, why won't the site extend it? => A loan can't be renewed while somebody waits for the item.
May I take today's newspaper home with me? => I'm sorry, newspapers stay in the house.
Is the big atlas in the reference section for borrowing? => No, reference books stay in the house.
do you lend laptops => Yes, for 4 hours a day, to be used in the building.
My laptop loan, can I carry it to the café across the road? => I'm afraid it has to be used in the building.
How often can a loan be extended before it must come back? => Two times; after that the item has to come back.
""",
    "fines": """
I'm four days late with a thriller. What will it cost? => A late book costs 20p a day, so please pay that at the desk or in your account.
is there a ceiling on late fees => Yes, £6 for an item is the most you pay.
my daughter is 9, does she get charged for overdue books => No, children under 16 pay no fines.
The dog ate a cookbook. What now? => A lost or ruined item costs its price plus £3 for processing.
Can I settle my fine with coins? => Yes, at the desk by card or cash.
Where online do I pay what I owe? => In your online account.
Why is my card blocked? => A card is blocked when more than £10 is owed.
do charges run on christmas when you are shut => No, fines stop on days when the library is closed.
What's added on top when a lost book is billed? => £3 for processing, on top of its price.
Do teenagers of seventeen pay late fees? => Yes, only children under 16 are free of fines.
""",
    "hours": """
When do you open on a Tuesday at the main library? => At 9:00, and we close at 19:00.
saturday times pls => On Saturday from 10:00 to 16:00.
Are you there on Sundays? => No, the library is closed on Sunday.
Will you be open on the bank holiday? => I'm sorry, it is closed on public holidays.
What are the hours of the Mill Lane branch? => Tuesday and Thursday from 13:00 to 18:00.
Can I drop books off at midnight? => Yes, the book drop beside the door takes returns at any hour.
how late can I sit in the quiet room => It closes 30 minutes before the library does.
Is Mill Lane staffed on Fridays? => No, that branch is open on Tuesday and Thursday only.
I finish work at six, do I still make it on weekdays? => Yes, we are open until 19:00 from Monday to Friday.
Where's the returns box? => Beside the door.
""",
    "membership": """
What does joining cost if I live in the county? => Nothing, joining is free for residents.
I live two counties away, may I join? => Yes, for £15 a year.
which papers should i bring to sign up => A photo ID and a letter with your address, not older than 3 months.
My son would like a card of his own. => Gladly. Please sign the form for him, since children need the signature of a parent.
lost my card on the bus => Sorry to hear that. A new card costs £2.
How many years does a membership run? => It lasts 2 years.
Where do I extend my membership? => At the desk.
Is a bank letter from last year good enough as proof of address? => I'm afraid not, it can't be older than 3 months.
Does a passport count as identification? => Yes, any photo ID will do.
Is there a fee for pensioners from the county? => No, residents of the county join free.
""",
    "rooms": """
How many people fit in study room A? => Room A seats 6 people.
We're nine for a book group, which room should we take? => Room B, which seats 10.
how far in advance can i reserve a room => Up to 14 days ahead.
For how long may we have it? => For up to 2 hours a day.
What would our company pay for a meeting room? => Companies pay £25 an hour.
we are a charity, is the room free => Yes, groups of charities use the rooms free.
Can we eat pizza in there while we study? => I'm sorry, food is not allowed.
Are coffee cups okay in the study rooms? => Yes, drinks with a lid are allowed.
Can I show slides from my laptop in room B? => Yes, both rooms have a screen with an HDMI cable.
We'll be twenty minutes late for our booking. => Please hurry or call us: a room that is not used after 15 minutes is given away.
""",
    "printing": """
Price per sheet for black and white printing? => A black page costs 10p.
and in colour => A colour page is 40p.
Do you charge for scanning? => No, scanning is free.
Can your printer do posters in A3? => Yes, A3 is possible and costs twice as much as A4.
How can I print something from my phone? => With the PrintPoint app.
How long does my document stay on your server? => Files are deleted after 24 hours.
May I photocopy a whole textbook for my course? => No, copyright allows one chapter of a book.
What paper sizes are there? => The printer takes A4 and A3.
which app do i install to send files to the copier => It is called PrintPoint.
Does digitising old letters on the scanner cost anything? => No, that's free.
""",
    "children": """
When's story time for toddlers? => On Wednesday at 10:30.
My twins are six, can they come to story time? => I'm sorry, story time is for ages 2 to 5.
homework help for a ten year old? => Yes, the homework club meets on Thursday from 16:00 to 17:30.
How many toys can we borrow? => You may borrow 3 toys.
for how long is the toy loan => For 2 weeks.
Can I leave my seven-year-old in the picture book corner while I shop? => I'm afraid not, children under 8 must be with an adult.
What date does the summer reading challenge begin? => It begins on 4 July.
how does a kid earn the medal => By reading 6 books in the summer reading challenge.
Is a thirteen year old too old for the homework club? => Yes, it is meant for ages 8 to 12.
Do you have a place that lends toys? => Yes, we have a toy library.
""",
    "digital": """
Which app has your e-books? => The app is called Leafy.
what do i log in to leafy with => With the number of your card and the PIN.
How many e-books may I have on loan together? => You can have 8 e-books at a time.
Do I have to give an audiobook back myself? => No, it goes back by itself after 14 days.
Does Leafy work with my Kindle? => I'm sorry, it does not run on the Kindle.
Can I listen on a tablet? => Yes, Leafy runs on phones, tablets and most e-readers.
are the italian lessons included => Yes, language courses come free with the card.
How long can I use a public computer each day? => It's free for 1 hour a day.
Need to pay to go on the internet at your PCs? => No, the public computers are free.
I've forgotten how long a digital loan runs. => It runs for 14 days.
""",
}  # fmt: skip

CARD: Final = """---
name: library
title: Questions to a town library
language: en-GB
license: CC0-1.0
size: {size}
source: Written for tests.
created: 2026-11-25
fields: {{id: number, messages: the conversation}}
intended_use: Tests.
personal_data: none
---

## What it is
## How it was made
## Limits
"""


def library_records() -> list[dict[str, Any]]:
    """The records, in the order of their topics."""
    records = []
    for topic, talks in _TALKS.items():
        for number, line in enumerate(talks.strip().splitlines(), start=1):
            question, _, answer = line.partition(" => ")
            messages = [{"role": "user", "content": question}, {"role": "assistant", "content": answer}]
            records.append({"id": f"{topic}-{number:02}", "messages": messages, "passages": [topic], "tags": [topic]})
    return records
