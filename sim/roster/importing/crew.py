"""The people of a cell and their numbers: their own, those of the cell beside, those of the row above."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sim.errors import Text
from sim.roster.importing import exchanges
from sim.roster.importing.cells import has_id, masked
from sim.roster.importing.columns import Column
from sim.roster.importing.layout import Block
from sim.roster.importing.names import Named, PeopleCell, parse_people, parse_swap
from sim.roster.importing.part import Part
from sim.roster.importing.phones import Phone, parse_phones, phone_text
from sim.roster.importing.result import Where
from sim.roster.importing.setting import Setting
from sim.roster.importing.words import NOBODY, SAME

MALFORMED = Text("号码位数不对，按原样保留", "a malformed number, kept as it is")


class CrewReader(Part):
    """Reads the people of a block, row after row."""

    def __init__(self, setting: Setting, where: Where, block: Block) -> None:
        super().__init__(setting, where, block)
        self._same_people: dict[int, PeopleCell] = {}
        self._same_phones: dict[int, tuple[Phone | None, ...]] = {}
        self._phone_of = self._pair_phones([column for column in block.of_kind("name") if column.role.post])

    def _pair_phones(self, names: Sequence[Column]) -> dict[int, int]:
        """Return the column of telephones of each column of names: the first of the same post to its right, else to its left."""
        pairs: dict[int, int] = {}
        for phone in (column for column in self._block.of_kind("phone") if column.role.post):
            same = [name for name in names if name.role.post == phone.role.post and name.column not in pairs]
            left = [name.column for name in same if name.column < phone.column]
            right = [name.column for name in same if name.column > phone.column]
            if left or right:
                pairs[left[-1] if left else right[0]] = phone.column
        return pairs

    def people(self, row: int, column: Column) -> tuple[Named, ...]:
        """Return the people of a cell of a column of names, with their numbers."""
        number = column.column
        text = self._sheet.text(row, number)
        if not text:
            if self._sheet.at(row, number) is None:
                self._orphan_phone(row, column)
            return ()
        numbers = self.numbers(row, column)
        cell = self._cell((row, number), text)
        if cell.kind == "same":
            above = self._same_people.get(number)
            spot = self._where.spot(row, number)
            if above is None:
                self._remarks.note(spot, text, Text("上面没有人，未用", "there is nobody above: not used"))
                return ()
            self._remarks.note(spot, text, Text("同上一行的人", "the people of the row above"), used=True)
            return self._with_phones((row, number), numbers, above)
        if cell.kind == "people":
            self._same_people[number] = cell
        return self._with_phones((row, number), numbers, cell)

    def numbers(self, row: int, column: Column) -> tuple[int, int] | None:
        """Return row and column of the telephone numbers of the people of a cell of a column of names, ``None`` if there are none."""
        beside = self._phone_of.get(column.column)
        return None if beside is None else (row, beside)

    def named(self, place: tuple[int, int], text: str, numbers: tuple[int, int] | None = None) -> tuple[Named, ...]:
        """Return the people whom a text names; ``place`` is its row and column, ``numbers`` those of their telephone numbers."""
        cell = self._cell(place, text)
        if cell.kind == "same":
            made = Text("不知道同谁，未用", "the same as who is not clear: not used")
            self._remarks.note(self._where.spot(*place), text, made)
        return self._with_phones(place, numbers, cell)

    def _cell(self, place: tuple[int, int], text: str) -> PeopleCell:
        """Return what a text says; what of it is not used is noted."""
        spot = self._where.spot(*place)
        cell = parse_people(text, self._setting.area)
        for remark in cell.remarks:
            self._remarks.note(spot, text, remark, used=cell.kind == "people")
        if cell.kind == "nobody":
            self._remarks.note(spot, text, Text("无人，空岗", "nobody: the post is empty"))
        if exchanges.of_names(text) and parse_swap(text) is None:
            cell = replace(cell, people=tuple(person for person in cell.people if not exchanges.is_word(person.name)))
            exchanges.ask(self._remarks, spot, text, used=bool(cell.people))
        elif cell.kind == "unclear":
            self._remarks.note(spot, text, Text("看不出是谁，未用", "it is not clear who this is: not used"))
            self._remarks.ask(
                Text(
                    "有的姓名看不懂：请一格写一个人的全名", "some names cannot be read: write one full name to a cell"
                ),
                spot,
            )
        return cell

    def _orphan_phone(self, row: int, column: Column) -> None:
        """Note a number that stands beside an empty name."""
        beside = self._phone_of.get(column.column)
        if beside is not None and (text := self._sheet.text(row, beside)) and text not in NOBODY | SAME:
            self._remarks.note(
                self._where.spot(row, beside), text, Text("有电话，没有姓名，未用", "a number without a name: not used")
            )

    def _with_phones(
        self, place: tuple[int, int], numbers: tuple[int, int] | None, cell: PeopleCell
    ) -> tuple[Named, ...]:
        """Return the people of a cell, each with at most one number: their own, or that of the cell of numbers."""
        people = list(cell.people)
        phones = self._phones(*numbers) if numbers is not None and people else ()
        if numbers is not None and phones:
            spot, held = self._where.spot(*numbers), self._where.held(*numbers)
            missing = [n for n, person in enumerate(people) if not person.phones]
            if len(missing) == len(phones):
                for n, phone in zip(missing, phones, strict=True):
                    people[n] = replace(people[n], phones=() if phone is None else (phone,))
            elif len(people) == 1:
                people[0] = self._beside(place, people[0], tuple(filter(None, phones)))
            elif len(people) == len(phones):
                for n, phone in enumerate(phones):
                    people[n] = self._beside(place, people[n], () if phone is None else (phone,))
            else:
                made = Text(
                    f"{len(people)} 人 {len(phones)} 个号码，对不上，号码未用",
                    f"{len(people)} people, {len(phones)} numbers: not used",
                )
                self._remarks.note(spot, held, made)
                self._remarks.ask(
                    Text(
                        "有的格人数与电话数对不上：号码是谁的？",
                        "in some rows people and numbers do not match: whose are they?",
                    ),
                    spot,
                    "phones",
                )
        return tuple(
            self._one_phone(place, numbers, written, person)
            for written, person in zip(cell.people, people, strict=True)
        )

    def _beside(self, place: tuple[int, int], person: Named, phones: tuple[Phone, ...]) -> Named:
        """Return a person with the numbers of the cell beside, then those of their own cell; two that contradict each other are asked about."""
        own, beside = ([self._setting.corrected(phone) for phone in its] for its in (person.phones, phones))
        kinds = {phone.kind for phone in own}, {phone.kind for phone in beside}
        one_of_each = not kinds[0] & kinds[1] and kinds[0] | kinds[1] == {"mobile", "landline"}
        if own and beside and not one_of_each and not {phone.text for phone in own} & {phone.text for phone in beside}:
            shown = masked(own[0].text), masked(beside[0].text)
            ask = Text(
                f"{person.name}在同一行写了两个不同号码（姓名格{shown[0]}，电话格{shown[1]}）：哪一个对？",
                f"{person.name} has two numbers in one row ({shown[0]} beside the name, {shown[1]} in its column): which is right?",
            )
            self._remarks.ask(ask, self._where.spot(*place), "phones")
        return replace(person, phones=(*phones, *person.phones))

    def _one_phone(
        self, place: tuple[int, int], numbers: tuple[int, int] | None, written: Named, person: Named
    ) -> Named:
        """Return the person with the best of their numbers; what is odd about it is noted. ``written`` is as the cell of names has them."""
        phones = tuple(dict.fromkeys(self._setting.corrected(phone) for phone in person.phones))
        own = {self._setting.corrected(phone) for phone in written.phones}
        spot = self._where.spot(*(numbers or place))
        sound = [phone for phone in phones if phone.kind != "malformed"] or list(phones)
        for phone in phones:
            if sound and phone is not sound[0]:
                self._remarks.note(
                    self._where.spot(*place) if phone in own else spot,
                    phone.text,
                    Text(f"{person.name}的另一个号码，未用", f"another number of {person.name}, not used"),
                )
        if sound and sound[0].kind == "malformed":
            self._remarks.note(spot, sound[0].text, MALFORMED, used=True)
            self._remarks.ask(
                Text("有的电话号码位数不对：请核对", "some numbers have the wrong number of digits: check them"),
                spot,
                "phones",
            )
        return replace(person, phones=tuple(sound[:1]))

    def _phones(self, row: int, column: int) -> tuple[Phone | None, ...]:
        """Return the numbers of a cell, ``None`` where it says 无 among them; of a cell that the mapping corrects, those stated."""
        text = self._sheet.text(row, column)
        text = self._setting.says.phones.get(phone_text(text), text)
        spot = self._where.spot(row, column)
        if text in SAME:
            self._remarks.note(spot, text, Text("同上一行的号码", "the number of the row above"), used=True)
            return self._same_phones.get(column, ())
        if not text or text in NOBODY:
            return ()
        if has_id(text):
            self._remarks.note(spot, "", Text("像身份证号，已丢弃", "it looks like an identity number: dropped"))
        parts = [part.strip() for part in re.split(r"[、,;\n]", text)]
        if any(part in NOBODY for part in parts):
            each = [() if part in NOBODY else parse_phones(part, self._setting.area)[0] for part in parts]
            return tuple(one[0] if one else None for one in each)
        phones, rest = parse_phones(text, self._setting.area)
        if rest:
            made = Text(f"“{masked(rest)}”不是号码，未用", f"'{masked(rest)}' is no number: not used")
            self._remarks.note(spot, rest, made)
        self._same_phones[column] = phones
        return phones
