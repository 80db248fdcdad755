"""To which place of the county a text belongs: a sheet's name, a title, a cell. Unknown and ambiguous are said, never guessed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from sim.county import County
from sim.roster.importing.cells import clean

_SUFFIX = re.compile(r"(街道办事处|街道|镇|乡|社区居委会|社区|居委会|村委会|村民委员会|村|县|区)$")
_OFFICE = re.compile(
    r"(人民政府|政府|党委|党工委|办事处|党政办公室|党政办|应急办|便民服务中心|村民委员会|村委会|居民委员会|居委会|村支两委|村两委|两委|值班室|应急指挥中心)+$"
)
_NOISE = re.compile(
    r"\d{4}年度?|[〇零一二三四五六七八九十]{4}年|\d{1,2}月份?|[一二三四五六七八九十]{1,3}月份?|\d{1,2}[日号]|第[\d一二三四五六]+[周季]度?|[\d.\-_~()\[\]—–至\s,、:]+"
    r"|重庆市|各?乡镇|镇村|镇街|街镇|村社区|各村|全[县镇乡]|村级|村干部|副本|最新|终稿|定稿|修订|xlsx?|csv|sheet\d*|工作表\d*"
    r"|汛期|防汛(抗旱)?|应急|地灾|地质灾害|山洪|灾害|值班|值守|带班|领导|排班|安排|轮流|人员|情况|统计|汇总|名单|名册|通讯录|联系|电话|责任人|表$|表|明细|一览|信息|关于|的通知"
    r"|附件|节假日|春节|国庆|中秋|端午|五一|元旦|清明|党委|政府|人民政府|办事处|党政办|村委会|居委会|两委|干部|网格员|监测员|群测群防员|单位|部门|填报|上报|我|本",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:审核|审批|签发|填表|制表|填报|负责|联系|经办|校对)人?\s*:\s*\S*"
    r"|(?:制表|填表|填报|报送|印发|更新|截至)(?:日期|时间)?\s*:?\s*[\d年月日./-]+"
    r"|(?:传真|地址|邮编|邮政编码|网址|网站|电子邮[箱件]|邮箱|抄送|主送|抄报)(?:号码?)?\s*(?::\s*\S*|[!-~]*)"
    r"|(?:值班|值守|办公|监督|举报|投诉|咨询|报警|联系|夜间|昼夜|24小时|应急|防汛)*室?(?:电话|热线|手机)(?:号码)?\s*:?[\d\s()+/转、,-]*"
)
"""What titles say beside the place: who signed, when, and how to reach them."""
_CONTACT = re.compile(r"\d{7}|电话|热线|传真|地址|邮编|邮政编码|网址|网站|邮箱|邮件|联系人|抄送|主送|抄报")
_DEPARTMENT = re.compile(
    r"(派出所|司法所|财政所|国土所|规资所|自然资源所|供电所|税务所|工商所|市场监管所|[卫医]\w{0,4}[院室]|学校|[小中]学|幼儿园|敬老院|养老院|福利院|[林水农畜兽文广气]\w{0,4}[站所]"
    r"|消防\w{0,3}[站队]|中队|大队|支队|分局|信用社|银行|邮政\w*|公司|厂|煤矿|林场|农场|水库|电站|变电\w*|供销社|(?<!便民)(?<!党群)服务中心|建管\w*|环卫\w*|城管\w*|执法\w*)(?:$|\W)"
)
"""Bodies that lie in a township and bear its name, and have a roster of their own."""
_LOOKS_LIKE_PLACE = re.compile(r"^[\u3400-\u9fff]{1,6}?(村|社区|镇|乡|街道)")


@dataclass(frozen=True)
class Found:
    """What a text says about the place: one (``place``, an index), none, an unknown name, one of several, or a department in a place.

    ``text`` is what was not understood; ``options`` are the places that bear the name.
    """

    kind: Literal["place", "none", "unknown", "ambiguous", "department"]
    place: int = -1
    options: tuple[int, ...] = ()
    text: str = ""


class DeskFinder:
    """The places of a county by their names and unique abbreviations."""

    def __init__(self, county: County) -> None:
        self._county = county
        self._full: defaultdict[str, list[int]] = defaultdict(list)
        self._short: defaultdict[str, list[int]] = defaultdict(list)
        for index, raw in enumerate(county.places.name):
            name = clean(raw)
            self._full[name].append(index)
            short = _SUFFIX.sub("", name)
            if len(short) >= 2 and short != name:
                self._short[short].append(index)
        self._lengths = sorted({len(name) for name in self._full}, reverse=True)

    def code(self, place: int) -> str:
        """Return the code of a place."""
        return self._county.places.code[place]

    def name(self, place: int) -> str:
        """Return the name of a place, with that of the place above it."""
        above = int(self._county.places.parent[place])
        own = self._county.places.name[place]
        return f"{self._county.places.name[above]}{own}" if above > 0 else own

    def inside(self, place: int, other: int) -> bool:
        """Tell whether a place lies in another or is it."""
        return other in self._chain(place)

    def _chain(self, place: int) -> list[int]:
        chain = []
        while place >= 0:
            chain.append(place)
            place = int(self._county.places.parent[place])
        return chain

    def exact(self, text: str, within: int = -1) -> Found:
        """Return the place that a cell names as a whole; ``within`` tells namesakes apart."""
        bare = re.sub(r"\s", "", clean(text))
        if not bare:
            return Found("none")
        for key in dict.fromkeys((bare, _OFFICE.sub("", bare))):
            for names in (self._full, self._short):
                if key in names:
                    return self._one(names[key], within)
        return self.in_text(text, within, whole=True)

    def in_text(self, text: str, within: int = -1, *, whole: bool = False) -> Found:
        """Return the place that a title or a name of a sheet or file speaks of; ``whole``: that a cell names, with nothing else in it."""
        rest = re.sub(r"\s", "", _LABELLED.sub("", clean(text)))
        contact = _CONTACT.search(clean(text)) is not None
        place = within
        found: Found | None = None
        while rest:
            noise = _NOISE.match(rest)
            name = next((rest[:length] for length in self._lengths if rest[:length] in self._full), None)
            if name is None and noise is not None and noise.end():
                rest = rest[noise.end() :]
                continue
            if name is None:
                break
            found = self._one(self._full[name], place)
            if found.kind != "place":
                return found
            place, rest = found.place, rest[len(name) :]
        bare = _NOISE.sub("", rest)
        if bare in self._short:
            return self._one(self._short[bare], place)
        department = _DEPARTMENT.search(bare) is not None
        if found is not None and (department or (whole and bare and not _OFFICE.fullmatch(bare))):
            return Found("department", found.place, text=f"{self._county.places.name[found.place]}{bare}")
        if department:
            return Found("unknown", text=bare)
        if _LOOKS_LIKE_PLACE.match(bare) or (
            found is None and not contact and re.fullmatch(r"[\u3400-\u9fff]{2,4}", bare)
        ):
            return Found("unknown", text=bare)
        return found or Found("none")

    def _one(self, options: Collection[int], within: int) -> Found:
        """Return the one place of several namesakes, if it is the only one inside ``within``; of none inside, where they lie."""
        inside = [option for option in options if within < 0 or self.inside(option, within)]
        if len(inside) == 1:
            return Found("place", inside[0])
        if inside:
            return Found("ambiguous", options=tuple(inside))
        return Found("unknown", options=tuple(options))

    def together(self, stem: str, texts: Iterable[str]) -> Found:
        """Return the place that the name of a file and the texts of a sheet (its name, its title) speak of together.

        The deepest holds if it lies in all others; else they contradict each other, which is ambiguous. A file may be called anything: its
        name is a doubt only if it looks like that of a place.
        """
        said = [stem, *texts]
        best = Found("none")
        seen: list[int] = []
        doubt: Found | None = None
        for _ in range(2):  # a village named before its township is found on the second round
            seen, doubt = [], None
            for n, text in enumerate(said):
                found = self.in_text(text, best.place if best.kind == "place" else -1)
                if found.kind == "unknown" and best.kind == "place":  # it may speak of what lies above
                    alone = self.in_text(text)
                    found = alone if alone.kind == "place" else found
                if found.kind == "place":
                    seen.append(found.place)
                    if best.kind != "place" or self.inside(found.place, best.place):
                        best = found
                elif found.kind in {"ambiguous", "department"} or (
                    found.kind == "unknown" and (n > 0 or _LOOKS_LIKE_PLACE.match(found.text) or found.options)
                ):
                    doubt = doubt or found
        if best.kind == "place" and not all(self.inside(best.place, other) for other in seen):
            return Found("ambiguous", options=tuple(dict.fromkeys(seen)))
        return doubt or best
