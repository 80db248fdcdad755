"""The people that a cell names: one or several, with titles, telephone numbers and remarks beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from sim.errors import Text
from sim.roster.importing.cells import clean, has_id, masked, without_ids
from sim.roster.importing.dates import hours_of, only_hours, shift_word, without_hours
from sim.roster.importing.phones import Phone, parse_phones, take_phones
from sim.roster.importing.words import (
    AWAY,
    COMPOUND_SURNAMES,
    NOBODY,
    NOT_NAMES,
    POSTS,
    SAME,
    SURNAMES,
    TITLES,
)

_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff〇]"
_NAME = re.compile(rf"{_HAN}{{2,4}}|{_HAN}+(?:·{_HAN}+)+")
_TOKEN = re.compile(r"(?P<aside>\([^()]*\)?)|(?P<hard>[、,;/\n+&|]+)|(?P<space>\s+)|(?P<word>[^\s、,;/()+&|]+)|.")
_SWAP = re.compile(
    r"(?:(?:换班|调班|替班|调换)[:：]?)?\s*(?P<old>[^→>]+?)\s*(?:→|-+>|=+>|改为|换成|调整为|换为)\s*(?P<new>.+)"
)
_LABEL = re.compile(r"(?P<label>[^\s:()、,;/\d]{1,8}):")
_TITLE_FIRST, _TITLE_LAST = re.compile(rf"^{TITLES}"), re.compile(rf"{TITLES}$")

_NAME_OR_HOUR = "凌晨"
_LONGEST = 200
"""A cell with more characters is a text and no list of names."""
RARE = Text("姓氏少见，按姓名采用", "a rare surname, taken as a name")
ID_LEFT_OUT = Text("单元格内的身份证号已丢弃", "an identity number in the cell was left out")


@dataclass(frozen=True)
class Named:
    """One person as a cell names them; ``post`` and ``hours`` only where the cell says them, ``away`` why they are not there."""

    name: str
    phones: tuple[Phone, ...] = ()
    post: str = ""
    away: str = ""
    hours: str = ""


@dataclass(frozen=True)
class PeopleCell:
    """What a cell says: people, nobody, the same as above, or nothing that can be told; ``remarks`` is how it was read."""

    kind: Literal["people", "nobody", "same", "unclear"]
    people: tuple[Named, ...] = ()
    remarks: tuple[Text, ...] = ()


@lru_cache(maxsize=1 << 12)
def post_of(text: str) -> str:
    """Return the post that a text names, "" for none."""
    bare = re.sub(r"\s", "", text)
    return next((post for post, pattern in POSTS if re.search(pattern, bare)), "")


def posts_of(text: str) -> tuple[str, ...]:
    """Return every post that a text names, such as both of 支书、主任, in the order named."""
    parts = re.split(r"[、/,;及和与兼\n]|(?<=书记)(?=主任)", re.sub(r"[^\S\n]", "", text))
    found = tuple(dict.fromkeys(post for part in parts if (post := post_of(part))))
    return found or tuple(filter(None, (post_of(text),)))


def is_name(word: str) -> bool:
    """Tell whether a word may be a person's name."""
    if _NAME.fullmatch(word) is None or NOT_NAMES.search(word) or (only_hours(word) and word != _NAME_OR_HOUR):
        return False
    return (
        "·" in word
        or len(word) < 4
        or word[:2] in COMPOUND_SURNAMES
        or (word[0] in SURNAMES and word[1] in SURNAMES and word[2] not in SURNAMES)
    )


def parse_swap(text: str) -> tuple[str, str] | None:
    """Return who is replaced by whom, if a remark says so plainly: “换班：张三→李四”."""
    match = _SWAP.fullmatch(clean(text))
    if match is None:
        return None
    old, new = (parse_people(part) for part in (match["old"], match["new"]))
    return (
        (old.people[0].name, new.people[0].name)
        if len(old.people) == len(new.people) == 1 and not new.people[0].away
        else None
    )


@lru_cache(maxsize=1 << 12)
def parse_people(text: str, area: str = "") -> PeopleCell:
    """Return the people whom a cell names.

    Names are parted by signs, spaces and line breaks; a name padded with a space (“张　三”, “欧阳 娜娜”) stays one person.
    """
    bare = clean(text)
    if bare in NOBODY or not bare:
        return PeopleCell("nobody")
    if bare in SAME:
        return PeopleCell("same")
    if re.fullmatch(rf"\(?(?:{AWAY})\)?(?:中)?", bare):
        return PeopleCell("nobody", remarks=(Text(f"{bare}，按无人值守", f"{bare}: taken as nobody"),))
    bare = re.sub(r"(?<=\d) +(?=\d{4}(?!\d))", "", bare)  # 138 0000 1234
    if len(bare) > _LONGEST:
        return PeopleCell("unclear")
    remarks: list[Text] = []
    if has_id(bare):
        bare = re.sub(r"身份证(?:号码?)?:?", " ", without_ids(bare, " "))
        remarks.append(ID_LEFT_OUT)
    swap = _SWAP.fullmatch(bare)
    if swap is not None:
        bare = swap["new"]
        remarks.append(
            Text(f"换班，按换后的人员（{masked(bare)}）", f"a swap: the one after the arrow is taken ({masked(bare)})")
        )
    reader = _Reader(area)
    for match in _TOKEN.finditer(bare):
        reader.take(match)
    people = reader.done()
    remarks += reader.remarks
    if people is None or not people:
        return PeopleCell("unclear", remarks=tuple(remarks))
    remarks += [
        RARE
        for person in people
        if "·" not in person.name and person.name[0] not in SURNAMES and person.name[:2] not in COMPOUND_SURNAMES
    ]
    return PeopleCell("people", tuple(people), tuple(dict.fromkeys(remarks)))


class _Reader:
    """Puts the tokens of a cell together to people."""

    def __init__(self, area: str) -> None:
        self._area = area
        self._words: list[Named] = []  # of the part between two hard separators; names may still be halves
        self._people: list[Named] = []
        self._label = ""
        self._label_hours = ""
        self._ahead = False  # hours stand in brackets ahead of the names
        self._waiting: tuple[Phone, ...] = ()
        self._lost = False
        self.remarks: list[Text] = []

    def take(self, match: re.Match[str]) -> None:
        """Take one token."""
        if match["aside"]:
            self._aside(match["aside"].strip("()"))
        elif match["hard"]:
            self._close()
        elif match["word"]:
            self._word(match["word"])

    def done(self) -> list[Named] | None:
        """Return the people; ``None`` if a part of the cell is not understood."""
        self._close()
        return None if self._lost else self._people

    def _aside(self, text: str) -> None:
        if not re.search(AWAY, text) and (hours := hours_of(text)):
            if self._ahead or not (self._words or self._people):  # (上午)张三(下午)李四
                self._close()
                self._ahead, self._label_hours = True, hours
            else:
                self._add(hours=hours)
            text = without_hours(text)
        phones, rest = parse_phones(text, self._area)
        if phones:
            self._add(phones=phones)
        post = {"主": "duty_officer", "副": "deputy_officer", "带": "leader_on_duty"}.get(rest, "") or post_of(rest)
        if not rest or _TITLE_FIRST.fullmatch(rest):
            return
        if re.search(AWAY, rest):
            self._add(away=rest)
        elif re.fullmatch(r"主|副|带|主班|副班|带班|值班员|带班领导", rest):
            self._add(post=post)
        else:
            self.remarks.append(Text(f"括注“{masked(rest)}”略去", f"the bracketed '{masked(rest)}' was left out"))

    def _add(self, phones: tuple[Phone, ...] = (), post: str = "", away: str = "", hours: str = "") -> None:
        """Add to the person named last."""
        group = self._words or self._people
        if not group:
            self._waiting += phones
            return
        last = group[-1]
        group[-1] = replace(
            last,
            phones=last.phones + phones,
            post=post or last.post,
            away=away or last.away,
            hours=hours or last.hours,
        )

    def _word(self, word: str) -> None:
        label = _LABEL.match(word)
        if label is not None:
            self._close()
            self._label = post_of(label["label"])
            self._label_hours = shift_word(label["label"])
            if not (self._label or self._label_hours) and not re.fullmatch(
                rf"{TITLES}|电话|手机|联系(电话|方式)|姓名", label["label"]
            ):
                self._lost = True
            word = word[label.end() :]
        phones, rest = take_phones(word, self._area)
        if not phones and re.fullmatch(r"[\d.+-]{7,}", word):
            phones, rest = parse_phones(word, self._area)
        for part in rest.split():
            self._name(part)
        if phones:
            self._add(phones=phones)

    def _name(self, word: str) -> None:
        if word in NOBODY or word.strip("-—:·.") == "":
            return
        away = re.search(rf"(?:{AWAY})中?$", word)
        word = word[: away.start()] if away else word
        if _TITLE_FIRST.fullmatch(word):
            return
        if not is_name(word):
            for pattern in (_TITLE_LAST, _TITLE_FIRST):
                shorter = pattern.sub("", word)
                if shorter != word and is_name(shorter):
                    word = shorter
                    break
        else:
            shorter = _TITLE_LAST.sub("", word)
            word = shorter if shorter != word and is_name(shorter) else word
            if shorter != word and not is_name(shorter):  # 张书记: whoever that is
                self._lost = True
        if away and not word:
            self._add(away=away[0])
        elif word:
            self._words.append(Named(word, self._waiting, self._label, away[0] if away else "", self._label_hours))
            self._waiting = ()

    def _close(self) -> None:
        """End a part: join the halves of padded names, then see whether each is a name."""
        joined: list[Named] = []
        words = self._words
        self._words = []
        i = 0
        while i < len(words):
            word = words[i]
            following = words[i + 1] if i + 1 < len(words) else None
            half = len(word.name) == 1 or word.name in COMPOUND_SURNAMES
            if half and following is not None and len(following.name) <= 2 and not word.phones:
                name = word.name + following.name
                i += 1
                if len(name) == 2 and i + 1 < len(words) and len(words[i + 1].name) == 1 and (len(words) - i) % 2 == 0:
                    name += words[i + 1].name  # 李 建 国: an odd number of single characters
                    i += 1
                word = replace(words[i], name=name, post=words[i].post or word.post)
            elif (
                following is not None
                and len(following.name) == 1
                and len(word.name) == 2
                and not word.phones
                and i + 2 == len(words)
            ):
                word = replace(following, name=word.name + following.name, post=following.post or word.post)
                i += 1
            joined.append(word)
            i += 1
        for person in joined:
            if is_name(person.name):
                self._people.append(person)
            else:
                self._lost = True
