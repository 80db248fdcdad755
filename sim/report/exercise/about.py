"""What every paper of an exercise asks again and again: what it is called, its stamps, moments on two clocks, seats and desks in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from sim.errors import Text
from sim.exercise.kit import Inject, Kind, Kit, Limit, Role
from sim.report.content.acts import act_names
from sim.report.content.notices import source_text
from sim.report.content.verdicts import target_name
from sim.report.document.paper import Margins
from sim.report.document.word import WordPaper
from sim.report.exercise.form import FormPaper
from sim.report.roster.papers import frame_of, label_of, stamps_of
from sim.report.words.language import Words, whole_minutes
from sim.report.workbook.spreadsheet import Frame
from sim.study.requirements import Requirement

KINDS: tuple[Kind, ...] = ("timeline", "conditional", "reserve")
"""The kinds of injects in the order in which papers have them."""


@dataclass(frozen=True, eq=False)
class About:
    """A kit in one language.

    Its title says where the exercise is and nothing of what will happen: it stands on the papers of the players too.
    """

    kit: Kit
    words: Words

    @cached_property
    def where(self) -> str:
        """The place that takes part; of an enterprise its kind too."""
        kit, words = self.kit, self.words
        place = label_of(kit.place, kit.scenario, kit.names, words)
        if kit.key_site is None:
            return place
        kind = str(kit.scenario.county.key_sites["kind"].iloc[kit.key_site])
        return words("kit.where_site", place=place, kind=words.or_else(f"site.{kind}", kind))

    @cached_property
    def title(self) -> str:
        """What the exercise is called."""
        return self.words("kit.title.blind" if self.kit.double_blind else "kit.title", where=self.where)

    @cached_property
    def stamps(self) -> tuple[str, ...]:
        """What stands on every sheet: that it is an exercise, then what stands on every sheet of the county."""
        kit, words = self.kit, self.words
        return (words("kit.stamp"), *stamps_of(kit.scenario, kit.names, words, internal=kit.names.asked))

    @cached_property
    def played(self) -> tuple[Role, ...]:
        """The seats at which somebody sits."""
        return tuple(role for role in self.kit.roles if role.played)

    @cached_property
    def injects(self) -> tuple[Inject, ...]:
        """The injects in the order in which papers have them."""
        return tuple(inject for kind in KINDS for inject in self.kit.of_kind(kind))

    # --- paper --------------------------------------------------------------------------------------------------------

    def paper(self, foot: str, margins: Margins) -> FormPaper:
        """Return a document to be written; its footer names the paper and nothing of the night."""
        return FormPaper(self.words.language, margins, self.stamps, foot)

    def frame(self, title: str, first_sheet: str) -> Frame:
        """Return the frame of a workbook."""
        return frame_of(title, self.stamps, first_sheet, self.kit.schedule.start, self.words)

    def begin(self, paper: WordPaper, heading: str) -> None:
        """Set the title of a paper and, below it, what the exercise is called."""
        paper.say(heading, "Title")
        paper.say(self.title, "Subtitle")

    # --- moments ------------------------------------------------------------------------------------------------------

    def clock(self, exercise_min: float) -> str:
        """Return what the clock on the wall says at a minute of the exercise."""
        return self.words.clock(self.kit.schedule.start, exercise_min)

    def planned(self, inject: Inject) -> str:
        """Return when an inject is planned to be given, on the wall; that of one in reserve is open."""
        return self.words("kit.when_asked") if inject.exercise_min is None else self.clock(inject.exercise_min)

    def since_start(self, inject: Inject) -> int | None:
        """Return the whole minutes after the start of the exercise."""
        return None if inject.exercise_min is None else whole_minutes(inject.exercise_min)

    def scene(self, inject: Inject) -> str:
        """Return the clock of the night at what an inject comes from; of one in reserve there is none."""
        return self.words("none") if inject.t_min is None else self.night_clock(inject.t_min)

    def night_clock(self, t_min: float) -> str:
        """Return the clock of the night."""
        return self.words.clock(self.kit.night.start, t_min)

    # --- names --------------------------------------------------------------------------------------------------------

    def said(self, text: Text) -> str:
        """Return a text of the kit."""
        return text.get(self.words.language)

    def role(self, role: Role | None) -> str:
        """Return what a seat is called; where there is none the controllers speak in their own name."""
        return self.words("kit.controllers") if role is None else self.said(role.title)

    def listed(self, roles: Iterable[Role]) -> str:
        """Return seats as a list."""
        return self.words.listed(map(self.role, roles))

    def means(self, inject: Inject) -> str:
        """Return by what an inject is given."""
        if not inject.means:
            return self.words("kit.by_paper")
        return self.words.or_else(f"channel.{inject.means}", inject.means)

    def kind(self, inject: Inject) -> str:
        """Return the name of the kind of an inject."""
        return self.words(f"kit.kind.{inject.kind}")

    def requirement(self, own: Limit) -> str:
        """Return what a requirement is called: the planner's name in Chinese, in English what it asks."""
        if self.words.language == "zh":
            return own.name
        plan = self.kit.scenario.plan
        requirements: list[Requirement] = [*plan.targets, *plan.call_targets]
        named = {one.id: one for one in requirements}
        return target_name(named[own.requirement.partition("@")[0]], self.kit.scenario, self.words)

    def since(self, own: Limit) -> str:
        """Return from when a requirement counts."""
        act = act_names(self.kit.scenario, self.words).get(own.act, "")
        return self.words(f"kit.since.{own.since}", act=act)

    def within(self, inject: Inject) -> str:
        """Return the limit that an inject bears on, with what it counts from; a dash where there is none."""
        own = next((one for one in self.kit.limits if one.requirement == inject.requirement), None)
        if own is None:
            return self.words("none")
        return self.words("kit.within", since=self.since(own), length=self.words.length(own.within_min))

    def limit(self, inject: Inject) -> str:
        """Return that limit with its source; nothing where there is none."""
        if inject.limit_min is None:
            return ""
        return self.words("kit.inject.limit", length=self.within(inject), source=self.source(inject.limit_source))

    def begins(self, own: Limit) -> str:
        """Return when in the exercise the minutes of a requirement are planned to begin; a dash where they never do."""
        key = next((one for one in self.kit.key_times if one.requirement == own.requirement), None)
        if key is None or key.since_min is None:
            return self.words("none")
        return self.clock(self.kit.schedule.to_exercise(key.since_min))

    def source(self, source: str) -> str:
        """Return the source of a limit as it may be quoted; where there is none, a dash."""
        return source_text(source, self.words) or self.words("none")
