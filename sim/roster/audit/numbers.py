"""Telephone numbers of the roster: missing, malformed, held by two people; and the telephones of the duty rooms themselves."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from sim.errors import Text
from sim.roster.audit.book import Book, Duty
from sim.roster.audit.findings import Finding, Severity

_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(?:(?:0(?:10|2\d))?[2-9]\d{7}|0[3-9]\d{2}[2-9]\d{6,7}|400\d{7})(?:转\d{1,6})?")
"""Numbers without an area code, and those of 023 as of every 02x, have 8 digits."""
_BETWEEN = re.compile(r"[、，,；;/|\n]+|(?<=\d{7})\s+(?=\d{7})")
"""What stands between several numbers of one cell."""
_EXTENSION = re.compile(r"(?:分机|转|ext\.?|x|#|(?<=\d{7})-(?=\d{1,6}$))+", re.IGNORECASE)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９（）－＋＃", "0123456789()-+#")
_CORRECT = Text("核对后改成能直接拨打的完整号码", "check it and write the full number that can be dialled")


def numbers_in(cell: str) -> tuple[str, ...]:
    """Return the numbers of a cell as they are dialled: no spaces, dashes, brackets or country code; an extension behind 转."""
    return tuple(number for part in _BETWEEN.split(cell.translate(_FULL_WIDTH)) if (number := _dialled(part)))


def _dialled(part: str) -> str:
    """Return one number as it is dialled; a dash is taken for an extension only where the number makes no sense without."""
    plain = _bare(part)
    return plain if well_formed(plain) else _bare(_EXTENSION.sub("转", part.strip()))


def _bare(part: str) -> str:
    """Return a number without what stands between its digits, the country code, and a zero before a mobile."""
    number = re.sub(r"^(?:\+|00)86", "", re.sub(r"[\s()·.\-]", "", part))
    return number[1:] if number.startswith("0") and is_mobile(number[1:]) else number


def is_mobile(number: str) -> bool:
    """Tell whether a number as dialled is that of a mobile: 11 digits from 13 to 19."""
    return _MOBILE.fullmatch(number) is not None


def well_formed(number: str) -> bool:
    """Tell whether a number as dialled is that of a mobile, or of a landline with or without area code and extension."""
    return is_mobile(number) or _LANDLINE.fullmatch(number) is not None


def masked(number: str) -> str:
    """Return what may be shown of a number: 139****1234."""
    return f"{number[:3]}****{number[-4:]}" if len(number) > 9 else f"{number[:3]}****"


def numbers(book: Book) -> Iterator[Finding]:
    """Yield what is wrong with the numbers of those who are on duty in the period, and with the telephones of their desks."""
    dialled = {who: numbers_in(book.phones[who]) for who in book.by_person}
    yield from _missing(book, dialled)
    for who, its in dialled.items():
        for number in its:
            if not well_formed(number):
                detail = _malformed(number, book.person(who))
                yield book.about("malformed_number", "must", book.by_person[who], detail, _CORRECT, (who,))
    yield from _stale(book, dialled)
    yield from _shared(book, dialled)
    if book.landlines is not None:
        yield from _landlines(book, book.landlines, dialled)


def _missing(book: Book, dialled: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    """Yield each person without a number; if nobody has one, that is a single matter."""
    absent = [who for who, its in dialled.items() if not its]
    if absent and len(absent) == len(dialled):
        yield Finding(
            "no_phone",
            "should",
            Text(
                f"人员表没有电话：值班的{len(absent)}人都没有号码",
                f"the table of persons has no numbers: none for {len(absent)} on duty",
            ),
            Text(
                "补上电话一列；村（社区）一级尤其要写手机", "add the column of phones; villages above all need mobiles"
            ),
        )
        return
    for who in absent:
        duties = book.by_person[who]
        others = Text("，值班室有值班电话", ", but the duty room has a telephone")
        severity: Severity = "note"
        if not all((book.landlines or {}).get(duty.desk) for duty in duties):
            others = Text("", "")
            severity = "must" if any(_matters(book, duty) for duty in duties) else "should"
        detail = Text(f"{book.person(who)}没有电话{others.zh}", f"{book.person(who)} has no number{others.en}")
        yield book.about("no_phone", severity, duties, detail, Text("补上电话", "add the number"), (who,))


def _matters(book: Book, duty: Duty) -> bool:
    """Tell whether a post that must be held cannot be called: its desk has no telephone of its own, as far as is known."""
    level = book.levels[duty.desk]
    unknown = book.landlines is None and level in book.rules.landline_levels
    return duty.post in book.required(level) and not unknown and not (book.landlines or {}).get(duty.desk)


def _malformed(number: str, whose: str) -> Text:
    """Return what is wrong with a number, without showing it."""
    digits = sum(letter.isdigit() for letter in number)
    return Text(
        f"{whose}的号码{masked(number)}（{digits}位数字）不是有效的手机或固定电话",
        f"the number of {whose}, {masked(number)} ({digits} digits), is no valid mobile or landline",
    )


def _stale(book: Book, dialled: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    """Yield each number that nobody has tried lately, where the table says when numbers were tried at all."""
    checked = dict(zip(book.persons["person"], book.persons["checked"], strict=True))
    if not any(checked.values()):
        return
    since = book.first - timedelta(days=book.rules.checked_days)
    for who, its in dialled.items():
        last = checked[who]
        if its and (last is None or last < since):
            zh, en = (
                (f"上次核验是{last:%Y-%m-%d}", f"was last tried on {last:%Y-%m-%d}")
                if last
                else ("没有核验过", "was never tried")
            )
            detail = Text(f"{book.person(who)}的号码{zh}", f"the number of {book.person(who)} {en}")
            remedy = Text("拨打核验，把日期写入人员表", "try it, and write the day into the table of persons")
            yield book.about("stale_number", "note", book.by_person[who], detail, remedy, (who,))


def _shared(book: Book, dialled: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    """Yield each number that stands with several persons, unless it is a landline and all of them are of one desk."""
    holders: dict[str, list[str]] = defaultdict(list)
    for who, its in dialled.items():
        for number in dict.fromkeys(its):
            holders[number].append(who)
    for number, found in holders.items():
        persons = tuple(sorted(found))
        duties = [duty for who in persons for duty in book.by_person[who]]
        if len(persons) < 2 or not well_formed(number):
            continue
        if not is_mobile(number) and len({duty.desk for duty in duties}) == 1:
            continue
        names = {book.names[who] for who in persons}
        same = len(names) == 1 and names != {""}
        listed = book.people(persons)
        if same:
            detail = Text(
                f"{listed.zh}姓名和号码{masked(number)}都相同，似为同一人",
                f"{listed.en} share name and number {masked(number)}: perhaps one person",
            )
            remedy = Text(
                "是同一人就合并编号，否则一人两岗查不出来",
                "if they are one, give them one id; else double duty stays unseen",
            )
        else:
            detail = Text(
                f"{listed.zh}的号码都是{masked(number)}", f"{listed.en} have the same number {masked(number)}"
            )
            remedy = Text("核对是谁的号码，另一人补上自己的", "find out whose it is and give the other their own")
        yield book.about("same_phone", "note" if same else "should", duties, detail, remedy, persons)


def _landlines(book: Book, landlines: Mapping[str, str], dialled: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    """Yield each desk that should have a telephone and has none, or one that is somebody's mobile or cannot be dialled."""
    owners: dict[str, list[str]] = defaultdict(list)
    for who, its in dialled.items():
        for number in its:
            owners[number].append(who)
    desks = [desk for desk in book.by_desk if book.levels[desk] in book.rules.landline_levels]
    lines_of = {desk: numbers_in(landlines.get(desk, "")) for desk in desks}
    yield from _without_line(book, [desk for desk, lines in lines_of.items() if not lines], len(desks))
    for desk, lines in lines_of.items():
        for number in lines:
            if not well_formed(number):
                hours = book.period(desk).hours
                detail = Text(_malformed(number, "值班室").zh, _malformed(number, "the duty room").en)
                yield Finding("malformed_number", "must", detail, _CORRECT, desk=desk, hours=hours)
            elif is_mobile(number):
                persons = tuple(sorted(owners[number]))
                whose = book.people(persons)
                yield Finding(
                    "landline_forwarded",
                    "note",
                    Text(
                        f"值班电话{masked(number)}是手机"
                        + (f"，也是{whose.zh}的号码" if persons else "")
                        + "：换班后可能仍打给下班的人",
                        f"the duty telephone {masked(number)} is a mobile"
                        + (f", that of {whose.en}" if persons else "")
                        + ": after the handover it may still ring with who went home",
                    ),
                    Text("改用固定电话，或每次交接时设呼叫转移", "use a landline, or forward calls at every handover"),
                    desk=desk,
                    persons=persons,
                )


def _without_line(book: Book, desks: Sequence[str], of: int) -> Iterator[Finding]:
    """Yield each desk without a telephone; if none of several has one, that is a single matter."""
    remedy = Text("补上值班电话", "add the duty telephone")
    if len(desks) == of > 1:
        detail = Text(f"{of}个值班室都没有值班电话", f"none of {of} duty rooms has a telephone")
        yield Finding(
            "landline_missing", "should", detail, remedy, hours=sum(book.period(desk).hours for desk in desks)
        )
        return
    for desk in desks:
        detail = Text("没有值班电话，只能打个人手机", "no duty telephone, only the mobiles of persons")
        yield Finding("landline_missing", "should", detail, remedy, desk=desk, hours=book.period(desk).hours)
