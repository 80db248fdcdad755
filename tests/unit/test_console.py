"""The console of an exercise: its clock and its record keep their laws, a browser shows and keeps them, and nothing leaves the page."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from click.testing import CliRunner

from sim.cli import cli
from sim.errors import Text
from sim.exercise.actual_columns import INJECTS, KEY_TIMES
from sim.exercise.actuals import read_actuals
from sim.exercise.asked import of_kit
from sim.exercise.kit import Choice, Inject, KeyTime, Kind, Kit, Limit, Role, Schedule
from sim.exercise.kit_file import kept_kit
from sim.measures import naming
from sim.report.exercise.about import About
from sim.report.exercise.console import write_console
from sim.report.exercise.console.content import content, identity
from sim.report.words.language import Words
from sim.report.words.phrases_console import OF_CONSOLE_SCRIPT
from sim.scenario import load_scenario
from sim.warning import simulate
from tests.chromium import CHROMIUM, Browser, Profile, browser

if TYPE_CHECKING:
    from sim.study.band import Band

ROOT = Path(__file__).parents[2]
DRILL = ROOT / "scenarios/village-drill.yaml"
TEMPLATES = ROOT / "sim/report/page/templates"
CJK = re.compile(r"[\u3400-\u9fff\uff00-\uffef]")
BEGIN = 1_780_000_000  # an even second of some day
CLOCK = f"Date.now = function () {{ return Number(sessionStorage.getItem('now') || {BEGIN}) * 1000; }};"
"""The page's clock stands still until the test moves it."""
TICKS = """
(function () {
  var ticks = [];
  window.setInterval = function (tick, every_ms) { if (every_ms <= 1000) { ticks.push(tick); } };
  window.moveClock = function (now) { sessionStorage.setItem("now", now); ticks.forEach(function (tick) { tick(); }); };
})();
"""
"""The page ticks when its clock is moved, and at no other time, so that nothing hangs on how long something takes."""

needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


# --- a kit by hand ----------------------------------------------------------------------------------------------------


@cache
def kit() -> Kit:
    """Return two injects on the timeline, a conditional one and one in reserve, for the drill village."""
    scenario = load_scenario(DRILL)
    night = simulate(scenario)
    desk = Role("d/officer", Text("镇值班室·主班", "town duty officer"), "township", 0, "duty_officer")
    head = Role("v/secretary", Text("村支部书记", "village secretary"), "village", 1, "village_secretary")

    def inject(
        number: int, kind: Kind, at: float | None, to: Role, text: Text, condition: Text | None = None
    ) -> Inject:
        return Inject(
            number=number,
            kind=kind,
            t_min=None if at is None else 3 * at,
            record="events" if kind == "timeline" else "",
            event=0 if kind == "timeline" else None,
            exercise_min=at,
            source=None,
            to=(to,),
            means="phone",
            text=text,
            expected=Text("立即报告", "report at once"),
            evaluator=Text("看是否复述", "is it repeated"),
            responsible=to,
            limit_min=15.0 if number == 1 else None,
            requirement="answered" if number == 1 else "",
            limit_source="规划假设" if number == 1 else "",
            step="ringing",
            condition=condition,
            theme="released",
        )

    return Kit(
        scenario=scenario,
        night=night,
        replication=0,
        chosen=Choice("typical", 0, 20, Text("", ""), "", None),
        size="village",
        place=0,
        key_site=None,
        roles=(desk, head),
        injects=(
            inject(1, "timeline", 5.0, desk, Text("暴雨红色预警已发布<甲>", "a red warning is released <A>")),
            inject(2, "timeline", 12.5, head, Text("村后山坡出现裂缝", "cracks in the slope behind the village")),
            inject(
                1,
                "conditional",
                10.0,
                desk,
                Text("县里来电催报", "the county asks"),
                Text("5分钟内未报告", "no report yet"),
            ),
            inject(1, "reserve", None, head, Text("一位老人不愿转移", "an old person refuses")),
        ),
        limits=(
            Limit("answered", "村应答", desk, "release", "", "answered", "", 15.0, 1.0, "规划假设", "", "规划假设"),
        ),
        key_times=(
            KeyTime("release|w", Text("预警发布", "release"), "", "released", "w", 0, None, None, None, 10.0),
            KeyTime("answered|v", Text("村应答", "village answered"), "", "", "", 1, head, 10.0, 15.0, 11.0),
        ),
        schedule=Schedule(datetime.fromisoformat("2026-06-10 14:00"), 40.0, (0.0, 60.0, 300.0), (0.0, 20.0, 40.0)),
        band=cast("Band", SimpleNamespace(nights=None)),
        contacts=(),
        routes=(),
        opening=Text("", ""),
        handouts=(),
        double_blind=False,
        names=naming(scenario),
    )


# --- what the page carries --------------------------------------------------------------------------------------------


def test_every_text_of_the_script_is_said_by_it_in_both_languages() -> None:
    """Each key stands in the script as it is, or begins as some key put together there does; blanks are the same, English holds no Chinese."""
    script = (TEMPLATES / "console.js").read_text(encoding="utf-8")
    begun = tuple(re.findall(r'texts\["([a-z_.]+\.)" \+', script))
    assert begun
    for key in OF_CONSOLE_SCRIPT:
        assert f'"{key}"' in script or f"texts.{key}" in script or key.startswith(begun), key
    blanks = re.compile(r"\{(\w+)\}")
    for key, text in OF_CONSOLE_SCRIPT.items():
        assert text.zh, key
        assert text.en, key
        assert set(blanks.findall(text.zh)) == set(blanks.findall(text.en)), key
        assert not CJK.search(text.en), key
        assert "脱岗" not in text.zh, key
        assert "达标" not in text.zh, key


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_file_holds_the_kit_and_asks_for_nothing(tmp_path: Path, language: str) -> None:
    """Every inject is there, harmless in HTML; there is no address in the file and its policy allows no request."""
    page = write_console(tmp_path / "导调台.html", kit(), "en" if language == "en" else "zh")
    text = page.read_text(encoding="utf-8")
    assert "default-src 'none'" in text
    assert not re.search(
        r"https?:|//[a-z]|\bsrc=|@import|url\(|fetch\(|XMLHttpRequest|\?\.|=>", text.replace("'//", "")
    )
    data = re.search(r'id="console-data">(.*?)</script>', text, re.DOTALL)
    assert data is not None
    assert "<" not in data[1]
    told = json.loads(data[1])
    assert [inject["id"] for inject in told["injects"]] == [inject.id for inject in kit().injects]
    assert [inject["at_s"] for inject in told["injects"]] == [300, 750, 600, None]
    for made, own in zip(told["injects"], kit().injects, strict=True):
        assert made["text"] == (own.text.en if language == "en" else own.text.zh)
    assert "15" in told["injects"][0]["limit"]
    assert "规划假设" in told["injects"][0]["limit"] or language == "en"


def test_a_record_belongs_to_its_kit_in_either_language() -> None:
    """What tells kits apart does not depend on the language of the page."""
    made = [content(About(kit(), words)) for words in (Words("zh"), Words("en"))]
    assert made[0]["kit"] == made[1]["kit"] == identity(kit())


# --- in a browser -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Run one browser for all tests of this file."""
    with browser(tmp_path_factory.mktemp("browser")) as own:
        yield own


class Desk:
    """The console in a window of a browser, as its controllers use it."""

    def __init__(self, own: Browser, profile: Profile, page: Path) -> None:
        self.own, self.profile, self.page = own, profile, page
        self.tab = profile.tab(CLOCK + TICKS)
        self.tab.size(1366, 768)
        self.tab.open(page.as_uri())

    def at(self, seconds: int) -> None:
        """Move the computer's clock to so many seconds after it all began; the page ticks."""
        self.tab.run(f"moveClock({BEGIN + seconds})")

    def shown(self, name: str) -> str:
        """Return what stands at a place of the page."""
        return cast("str", self.tab.run(f"document.querySelector('[data-at={name}]').textContent"))

    def state(self, inject: str) -> str:
        """Return what the list says of an inject."""
        return cast("str", self.tab.run(f"document.querySelector('[data-inject={inject}] .state').textContent"))

    def do(self, what: str) -> None:
        """Press one of the buttons at the top."""
        self.tab.click(f"[data-do={what}]")

    def choose(self, inject: str) -> None:
        """Choose an inject from the list."""
        self.tab.click(f"[data-inject={inject}]")

    def give(self, inject: str) -> None:
        """Give an inject, from its card."""
        self.choose(inject)
        self.tab.click(f"[data-give={inject}]")

    def write(self, of: str, field: str, text: str) -> str:
        """Type into a field and return what it then holds."""
        self.tab.type(place_of(of, field), text)
        return self.held(of, field)

    def held(self, of: str, field: str) -> str:
        """Return what a field holds."""
        return cast("str", self.tab.run(f'document.querySelector("{place_of(of, field)}").value'))

    def saved(self, what: str) -> Path:
        """Press a button that saves a file, and return where it is once it is whole."""
        before = len(self.own.saved)
        self.do(what)
        while len(self.own.saved) == before:
            self.own.receive()
        return self.own.saved[-1]


def place_of(of: str, field: str) -> str:
    """Return the selector of a field."""
    return f"[data-of='{of}'][data-field='{field}']"


@pytest.fixture
def desk(chromium: Browser, tmp_path: Path) -> Iterator[Desk]:
    """Hold a console that has not begun, in a profile of its own."""
    with chromium.profile() as profile:
        yield Desk(chromium, profile, write_console(tmp_path / "导调台 1.html", kit(), "zh"))


def moment(seconds: int) -> str:
    """Return a moment as the files have it."""
    return f"{datetime.fromtimestamp(BEGIN + seconds):%Y-%m-%d %H:%M:%S}"  # noqa: DTZ006 - what the clock on this wall says


LAWS = """
(function () {
  var luck = 12345, broken = [], refused = 0, taken = 0;
  function random(n) { luck = (luck * 1103515245 + 12345) % 2147483648; return Math.floor(luck / 2147483648 * n); }
  function check(law, holds) { if (!holds && broken.indexOf(law) < 0) { broken.push(law); } }
  for (var night = 0; night < 300; night += 1) {
    var record = DrillRecord.begun(), wall = 1000 + random(1000), ran = 0, running = false, runs = {};
    for (var k = 0; k < 40; k += 1) {
      var step = random(4) ? random(90) : 0, was = DrillRecord.at(record, wall), before = DrillRecord.elapsed(was.acts, was.last);
      if (!random(25)) { wall -= 500; } // somebody sets the computer's clock back
      wall += step;
      var own = DrillRecord.at(record, wall), now = DrillRecord.elapsed(own.acts, own.last);
      check("the clock never goes back by itself", now >= before && own.last >= record.last);
      check("it stands still unless it runs", DrillRecord.phase(own.acts) === "running" || now === before);
      var texts = { given: 1, received: 1, done: 1 }, of = "Z0" + random(3), field = Object.keys(texts)[random(3)], result;
      var act = random(9), kinds = ["start", "pause", "resume", "end"];
      if (act < 3) { result = DrillRecord.turn(record, wall, kinds[random(4)]); }
      else if (act < 5) { result = DrillRecord.write(record, wall, [{ of: of, field: field, now: true }]); }
      else if (act < 6) { result = DrillRecord.write(record, wall, [{ of: of, field: field, value: random(4) ? random(now + 60) : null }]); }
      else if (act < 7) { result = DrillRecord.note(record, wall, "n"); }
      else if (act < 8) { result = DrillRecord.back(record, wall, 1 + random(200)); }
      else { result = DrillRecord.undo(record, wall); }
      record = result.record;
      if (result.problem) { refused += 1; } else { taken += 1; }
      var after = DrillRecord.elapsed(record.acts, record.last), sheet = DrillRecord.sheet(record.acts);
      check("an act but setting back or undoing leaves the clock", act >= 7 || after === now);
      check("the clock is never before what is written down", after >= DrillRecord.floor(record.acts));
      check("no note is later than now", DrillRecord.notes(record.acts).every(function (note) { return note.at <= after; }));
      check("spans follow each other", DrillRecord.spans(record.acts).every(function (span, at, all) {
        return (span[1] === null ? at === all.length - 1 : span[1] >= span[0]) && (!at || span[0] >= all[at - 1][1]);
      }));
      Object.keys(sheet).forEach(function (name) {
        var one = sheet[name], order = ["given", "received", "done"].filter(function (f) { return one[f]; });
        check("received and done only of what is given", !order.length || order[0] === "given");
        order.forEach(function (f, at) {
          check("nothing is later than now", one[f].value <= after);
          check("given, received, done in this order", !at || one[order[at - 1]].value <= one[f].value);
          check("nothing is written down within a pause", DrillRecord.spans(record.acts).some(function (span) {
            return span[0] <= one[f].wall && (span[1] === null || one[f].wall <= span[1]);
          }));
          check("clock time and exercise time agree", DrillRecord.elapsed(record.acts, one[f].wall) === one[f].value);
        });
      });
      var read = DrillRecord.restored(JSON.parse(JSON.stringify(record)));
      check("a saved record comes back", JSON.stringify(read) === JSON.stringify(record));
    }
  }
  return { broken: broken, refused: refused, taken: taken };
})()
"""


@needs_browser
def test_the_record_keeps_its_laws_whatever_is_done(desk: Desk) -> None:
    """Random acts, the computer's clock set back now and then: times never go backwards, pauses do not count, order is kept, saving loses nothing."""
    found = desk.tab.run(LAWS)
    assert found["broken"] == []
    assert min(found["refused"], found["taken"]) > 1000


PAUSES = """
(function () {
  var D = DrillRecord, r = D.begun();
  function turn(at, kind) { r = D.turn(r, at, kind).record; }
  turn(1000, "start"); turn(1300, "pause"); turn(1900, "resume");
  var given = D.write(r, 2000, [{ of: "Z01", field: "given", now: true }]).record;
  var set = D.back(given, 2600, 250).record, floored = D.back(given, 2600, 5000).record;
  var ended = D.turn(set, 2700, "end").record;
  var fooled = DrillRecord.at(DrillRecord.at(D.turn(D.begun(), 1000, "start").record, 1300), 900);
  return {
    fooled: [D.elapsed(fooled.acts, fooled.last), D.elapsed(fooled.acts, D.at(fooled, 960).last)],
    elapsed: D.elapsed(r.acts, 2000), back: [D.elapsed(set.acts, 2600), D.spans(set.acts)], floor: D.elapsed(floored.acts, 2600),
    ended: [D.elapsed(ended.acts, 9999), D.spans(ended.acts)], undone: D.elapsed(D.undo(set, 2600).record.acts, 2600),
    moments: [D.moment(r.acts, 300), D.moment(r.acts, 301)], stranger: [D.restored({ acts: [{ kind: "x", wall: 1 }] }), D.restored("x")],
    backwards: D.restored({ acts: [{ kind: "start", wall: 9 }, { kind: "pause", wall: 8 }] })
  };
})()
"""


@needs_browser
def test_pauses_do_not_count_and_setting_back_is_a_pause_that_began_earlier(desk: Desk) -> None:
    """By hand: 300 s, a pause of 600 s, 100 s more make 400 s; 1000 s set back by 250 s are 750 s, but never less than the 400 s written down."""
    found = desk.tab.run(PAUSES)
    assert found["fooled"] == [300, 360]  # its clock set back by 400 s, the computer counts on from there
    assert found["elapsed"] == 400
    assert found["back"] == [750, [[1000, 1300], [1900, 2350], [2600, None]]]
    assert found["floor"] == 400
    assert found["ended"] == [850, [[1000, 1300], [1900, 2350], [2600, 2700]]]
    assert found["undone"] == 1000
    assert found["moments"] == [1300, 1901]
    assert found["stranger"] == [None, None]
    assert found["backwards"] is None


@needs_browser
def test_what_is_done_at_the_console_is_in_its_files(desk: Desk) -> None:
    """Start, tick, type, pause, go on, Enter in an empty field, end, save: the files hold the moments of it, by the wall and by the exercise."""
    desk.do("turn")
    desk.at(310)
    assert desk.shown("clock") == "00:05:10"
    assert desk.shown("night") == "20:15:30"  # three minutes of the night in one
    assert "Z01" in desk.shown("due")
    assert desk.state("Z01") == "到时，请下达"
    assert desk.state("Z02") == "还有7:20"
    desk.give("Z01")
    assert desk.state("Z01") == "已下达 00:05:10"
    desk.at(400)
    desk.do("turn")
    desk.at(1000)
    assert desk.shown("phase") == "已暂停"
    assert desk.shown("clock") == "00:06:40"
    desk.do("turn")
    desk.at(1300)
    assert desk.shown("clock") == "00:11:40"
    assert desk.write("Z01", "done", "0:20:00") == "0:20:00"  # refused: it has not come to that
    assert "比现在还晚" in desk.tab.run(
        "document.querySelector('article .line:nth-of-type(1) ~ .wrong:not(:empty)').textContent"
    )
    assert desk.write("Z01", "done", "001100") == "00:11:00"
    desk.write("Z01", "by", "镇值班室·副班")
    desk.write("Z01", "remark", '迟了, "电话"占线')
    desk.tab.click("[data-tab=moments]")
    desk.write("answered|v", "at", "")
    desk.write("release|w", "at", "0:10:00")
    desk.tab.click("[data-tab=notes]")
    desk.tab.type("[data-at=note]", "主持人插话")
    desk.at(1360)
    desk.do("end")
    told = json.loads(desk.saved("save").read_bytes())
    rows = {row["id"]: row for row in told["injects"]}
    assert list(rows) == ["Z01", "Z02", "S01", "B01"]
    assert rows["Z01"]["given"] == rows["Z01"]["received"] == moment(310)
    assert rows["Z01"]["done"] == moment(660 + 600)
    assert rows["Z01"]["exercise_s"] == {"given": 310, "received": 310, "done": 660}
    assert rows["Z01"]["by"] == "镇值班室·副班"
    assert rows["Z01"]["planned"] == "14:05"
    assert rows["Z02"]["received"] == rows["B01"]["planned"] == ""
    assert {row["id"]: row["at"] for row in told["key_times"]} == {
        "release|w": moment(1200),
        "answered|v": moment(1300),
    }
    assert [(row["id"], row["at"]) for row in told["clock"]] == [
        ("started", moment(0)),
        ("paused_1", moment(400)),
        ("resumed_1", moment(1000)),
        ("ended", moment(1360)),
    ]
    assert told["notes"] == [{"at": moment(1300), "exercise_s": 700, "text": "主持人插话"}]
    for sheet, key in ((INJECTS, "injects"), (KEY_TIMES, "key_times")):
        assert {column.key for column in sheet.columns} <= set(told[key][0])
    table = list(csv.reader(desk.saved("tables").read_text(encoding="utf-8").splitlines()))
    assert table[0] == ["\ufeff导调信息"]
    assert table[1] == [column.heading.zh for column in INJECTS.columns]
    assert table[2][4:] == [moment(310), moment(1260), "镇值班室·副班", '迟了, "电话"占线']


@needs_browser
def test_the_debrief_reads_what_the_console_saved(desk: Desk) -> None:
    """Its record and its table say the same: minutes for which the exercise had run, without its pauses (here nine), and words for none."""
    desk.do("turn")
    for n in range(9):
        desk.at(60 + 160 * n)
        desk.do("turn")
        desk.at(160 + 160 * n)
        desk.do("turn")
    desk.at(1800)  # 900 s of them stood still
    for own in ("Z01", "Z02"):
        desk.give(own)
    desk.write("Z02", "done", "未完成")
    assert desk.state("Z02") == "已下达，未完成"
    desk.choose("Z01")
    desk.at(1860)
    desk.tab.key("d")
    desk.tab.click("[data-tab=moments]")
    desk.write("answered|v", "at", "未记录")
    desk.write("release|w", "at", "0:10:30")
    desk.do("end")
    asked = of_kit(kit())
    for what in ("save", "tables"):
        found = read_actuals(desk.saved(what), asked)
        assert {own: made.said for own, made in found.injects.items()} == {
            "Z01": None,
            "Z02": "never",
            "S01": "not_given",
            "B01": "not_given",
        }
        received, done = found.injects["Z01"].received, found.injects["Z01"].done
        assert received is not None
        assert done is not None
        assert (received.ran_min, done.ran_min) == (15.0, 16.0)
        at = found.key_times["release|w"].at
        assert at is not None
        assert at.ran_min == 10.5
        assert found.key_times["answered|v"].said == "unknown"
        assert found.ended is not None
        assert found.ended.ran_min == 16.0


@needs_browser
@pytest.mark.slow
def test_from_the_console_of_a_kit_to_its_debrief(chromium: Browser, tmp_path: Path) -> None:
    """``exercise``, times typed into its console in a browser, ``debrief``: the very seconds that were typed, though it began late and paused."""
    folder, out = tmp_path / "kit", tmp_path / "debrief"
    made = CliRunner().invoke(cli, ["exercise", str(DRILL), "--size", "village", "--out", str(folder)])
    assert made.exit_code == 0, made.output
    subject = of_kit(kept_kit(folder))
    typed: dict[tuple[str, str], int] = {}
    with chromium.profile() as profile:
        (page,) = folder.rglob("导调台.html")
        desk = Desk(chromium, profile, page)
        for moment_s in (0, 301, 907):
            desk.at(moment_s)
            desk.do("turn")
        desk.at(907 + 2400)
        for n, inject in enumerate(one for one in subject.injects if one.kind == "timeline"):
            desk.choose(inject.id)
            for field, after_s in (("given", 0), ("received", 13), ("done", 71)):
                typed[inject.id, field] = seconds = 11 + 67 * n + after_s
                desk.write(inject.id, field, hms(seconds))
        desk.tab.click("[data-tab=moments]")
        for n, key in enumerate(subject.key_times):
            typed[key.id, "at"] = seconds = 127 + 401 * n
            desk.write(key.id, "at", hms(seconds))
        desk.do("end")
        saved = desk.saved("save")
    read = read_actuals(saved, subject)
    found = {(own, "at"): one.at for own, one in read.key_times.items()}
    for own, one in read.injects.items():
        found |= {(own, "received"): one.received, (own, "done"): one.done}
    seconds_of = {place: round(own.ran_min * 60, 6) for place, own in found.items() if own is not None}
    assert seconds_of == {place: at for place, at in typed.items() if place[1] != "given"}
    done = CliRunner().invoke(cli, ["debrief", str(folder), str(saved), "--out", str(out), "--json"])
    assert done.exit_code == 0, done.output
    took = {one["id"].partition("|")[0]: one["spent_min"] for one in json.loads(done.stdout)["requirements"]}
    assert subject.schedule is not None
    release_s = 60 * subject.schedule.to_exercise(
        10
    )  # of the release nobody at the table was told: it counts as planned, 10 min after T0
    last_s = {
        key.requirement: typed[key.id, "at"] for key in subject.key_times if key.requirement
    }  # typed in this order
    assert took == pytest.approx({own: (at - release_s) / 60 for own, at in last_s.items()})
    assert len(took) == 3


def hms(seconds: int) -> str:
    """Return an exercise time as controllers type it."""
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


@needs_browser
def test_nothing_is_wider_than_the_screen(desk: Desk) -> None:
    """Neither the page nor the card scrolls sideways, on a phone or a projector, in large type or not, in either language."""
    for language in ("zh", "en"):
        write_console(desk.page, kit(), "en" if language == "en" else "zh")
        desk.tab.reload()
        desk.choose("S01")
        for width in (390, 1024, 1366, 1920):
            desk.tab.size(width, 844)
            for _ in range(2):
                for place in ("document.documentElement", "document.querySelector('article')"):
                    wide, there = desk.tab.run(f"[{place}.scrollWidth, {place}.clientWidth]")
                    assert wide <= there, (language, width, place)
                desk.do("large")


@needs_browser
def test_a_condition_is_asked_when_its_time_comes_and_a_reserve_can_be_given_at_any_time(desk: Desk) -> None:
    """Until then it says so; a no is kept and can be judged again; undo takes back one thing at a time."""
    assert desk.state("B01") == "随时可下达"
    desk.give("B01")
    assert "先点“开始”" in desk.shown("say")
    desk.do("turn")
    desk.at(60)
    desk.tab.click("[data-give=B01]")
    assert desk.state("B01") == "已下达 00:01:00"
    assert desk.state("S01") == "还有9:00"
    assert desk.shown("due") == ""
    desk.at(600)
    assert desk.state("S01") == "请判断条件"
    assert "5分钟内未报告" in desk.shown("due")
    desk.tab.click(".asks button:last-child")
    assert desk.state("S01") == "条件不成立"
    assert "S01" not in desk.shown("due")
    desk.do("undo")
    assert desk.state("S01") == "请判断条件"
    desk.do("undo")
    assert desk.state("B01") == "随时可下达"
    desk.do("undo")
    assert desk.shown("say") == "没有可撤销的。"
    assert desk.shown("clock") == "00:10:00"


@needs_browser
def test_a_page_opened_again_goes_on(desk: Desk, tmp_path: Path) -> None:
    """Reloaded, it has what was done; the time for which it was closed can be taken off; a file of another kit is refused."""
    desk.do("turn")
    desk.at(300)
    desk.give("Z01")
    desk.tab.run(f"sessionStorage.setItem('now', {BEGIN + 900})")  # without a tick: it is closed
    desk.tab.reload()
    assert desk.state("Z01") == "已下达 00:05:00"
    assert desk.shown("clock") == "00:15:00"
    assert "已恢复" in desk.shown("say")
    desk.tab.click("[data-at=say] button")
    assert desk.shown("clock") == "00:05:00"
    told = json.loads(desk.saved("save").read_bytes())

    def opened(record: dict[str, Any]) -> str:
        path = tmp_path / "a.json"
        path.write_text(json.dumps(record), encoding="utf-8")
        desk.tab.attach("[data-at=file]", path)
        desk.tab.until("!document.querySelector('[data-at=file]').value")  # the page empties it once it has read
        return desk.shown("say")

    desk.tab.run("window.confirm = function () { return true; }; 0")
    desk.do("undo")
    desk.do("undo")
    assert desk.state("Z01") != "已下达 00:05:00"
    assert "另一套" in opened(told | {"kit": "other"})
    assert "不是导调台" in opened({"format": "x"})
    assert "已读取" in opened(told)
    assert desk.state("Z01") == "已下达 00:05:00"


@needs_browser
def test_a_second_window_takes_nothing_back(desk: Desk) -> None:
    """It shows what it hears of the other; while it hears nothing it only marks time, and what the other wrote down stays."""
    second = Desk(desk.own, desk.profile, desk.page)
    desk.do("turn")
    desk.give("B01")
    second.tab.until("document.querySelector('[data-inject=B01] .state').textContent === '已下达 00:00:00'")
    second.tab.run("Object.defineProperty(StorageEvent.prototype, 'key', { value: null }); 0")  # of another page
    desk.at(20)
    desk.give("Z01")
    second.at(40)
    desk.tab.reload()
    assert desk.state("Z01") == "已下达 00:00:20"
    assert desk.state("B01") == "已下达 00:00:00"


@needs_browser
def test_what_falls_due_while_the_mouse_is_down_takes_no_click(desk: Desk) -> None:
    """It is called as soon as the mouse is let go: what is pressed stays under the mouse, in the list and in what is called already."""
    desk.do("turn")
    desk.at(200)
    with desk.tab.pressed("[data-inject=B01]"):
        desk.at(310)
    assert desk.shown("card").startswith("B01")
    assert "Z01" in desk.shown("due")
    with desk.tab.pressed("[data-due=Z01]"):
        desk.at(760)
    assert desk.shown("card").startswith("Z01")
    assert "Z02" in desk.shown("due")


@needs_browser
def test_a_button_pressed_out_of_a_field_does_what_it_says(desk: Desk) -> None:
    """What was being typed is written down, and the button works though the page has moved under the mouse; what is typed goes before this moment."""
    desk.do("turn")
    desk.give("B01")
    desk.saved("save")
    desk.at(90)
    assert "已保存" in desk.shown("say")  # a line above, which goes as soon as something is written down
    desk.tab.click(place_of("B01", "done"))
    desk.tab.insert("0:01:15")
    desk.tab.click("[data-tab=moments]")
    assert desk.state("B01") == "已完成 00:01:15"
    assert not desk.tab.run("document.querySelector('[data-view=moments]').hidden")
    desk.tab.click(place_of("release|w", "at"))
    desk.tab.insert("0:00:40")
    desk.tab.click(f"{place_of('release|w', 'at')} + button")
    assert desk.held("release|w", "at") == "00:00:40"


@needs_browser
def test_the_keyboard_alone_will_do(desk: Desk) -> None:
    """P starts and pauses, arrows choose, G gives, D is done now, N takes notes one after the other; a key held down is pressed once."""
    desk.tab.key("p")
    desk.at(200)
    assert desk.shown("phase") == "进行中"
    desk.tab.key("ArrowDown")
    assert desk.tab.run("document.querySelector('article h2').textContent") == "S01 · 视情况"
    desk.tab.key("ArrowUp")
    desk.tab.key("g")
    desk.at(230)
    desk.tab.key("d")
    assert desk.state("Z01") == "已完成 00:03:50"
    desk.at(240)
    desk.tab.key("d")
    assert "已有时刻" in desk.shown("say")
    assert desk.write("Z01", "done", "0:03:40") == "00:03:40"
    assert desk.write("Z01", "done", "0:03:10") == "0:03:10"
    desk.tab.key("u")
    assert desk.state("Z01") == "已完成 00:03:50"
    desk.tab.run("document.querySelector('[data-at=mode]').value = 'wall'; 0")
    desk.tab.run("document.querySelector('[data-at=mode]').dispatchEvent(new Event('change'))")
    assert desk.write("Z01", "done", moment(228)[-8:]) == moment(228)[-8:]
    desk.tab.key("n")
    for note in ("甲", "乙"):
        desk.tab.insert(note)
        desk.tab.key("Enter")
        assert desk.tab.run("document.activeElement.getAttribute('data-at')") == "note"
    assert desk.tab.run("document.querySelectorAll('[data-at=noted] li').length") == 2
    desk.tab.run("document.activeElement.blur()")
    desk.tab.key("p")
    assert desk.shown("phase") == "已暂停"
    for key in "pu":
        desk.tab.key(key, held=True)
    assert desk.shown("phase") == "已暂停"
    assert desk.tab.run("document.querySelectorAll('[data-at=noted] li').length") == 2


@needs_browser
def test_the_players_see_the_clock_and_nothing_else(desk: Desk) -> None:
    """Their screen runs with that of the console and holds no inject, seat, limit or time of the night, not even hidden."""
    desk.do("turn")
    desk.at(125)
    screen = desk.profile.tab(CLOCK)  # which ticks by itself
    screen.open(f"{desk.page.as_uri()}#clock")
    screen.run(f"sessionStorage.setItem('now', {BEGIN + 125})")
    screen.until("document.body.textContent.indexOf('00:02:05') >= 0")
    text = screen.run("document.documentElement.outerHTML.replace(/<style[^]*?<.style>|<script>[^]*?<.script>/g, '')")
    assert "进行中" in text
    assert "演练时间" in screen.run("document.title")
    for inject in kit().injects:
        assert inject.text.zh[:6] not in text
        assert inject.id not in text
        assert inject.responsible.title.zh not in text
    assert "20:0" not in text
    assert "只供导调" not in text
    desk.do("turn")
    screen.until("document.body.textContent.indexOf('已暂停') >= 0")


@needs_browser
def test_the_record_prints(desk: Desk) -> None:
    """What goes to paper is a table of all injects with their times, and the console itself does not."""
    desk.do("turn")
    desk.at(30)
    desk.give("B01")
    desk.tab.run("window.dispatchEvent(new Event('beforeprint'))")
    desk.tab.send("Emulation.setEmulatedMedia", media="print")
    assert desk.tab.run("getComputedStyle(document.getElementById('console')).display") == "none"
    text = desk.tab.run("document.querySelector('[data-at=record]').innerText")
    assert "00:00:30" in text
    assert "一位老人不愿转移" in text


@needs_browser
def test_no_request_leaves_the_page(desk: Desk) -> None:
    """Whatever was done here, the pages asked for their own file and for nothing else; what a script asks for is refused."""
    asked = desk.tab.run(
        "fetch('http://192.0.2.1/x').then(function () { return 'sent'; }, function () { return 'refused'; })"
    )
    assert asked == "refused"
    own = [address for address in desk.own.asked if not address.startswith(("file:", "about:", "blob:"))]
    assert set(own) <= {"http://192.0.2.1/x"}  # which the policy has stopped
