"""Injects that are kept ready off the timeline (备用): what the controllers give when the players are ahead, or when it is time for a surprise.

They stand in ``configs/exercise/injects.yaml``, a file that planners may rewrite.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import Field, ValidationError

from sim.blocks import Block
from sim.errors import Fault, InputError, Text
from sim.exercise.drill import Drill
from sim.exercise.kit import Inject, Size
from sim.exercise.themes import Desk
from sim.exercise.wording import fill
from sim.scenario.documents import configs_folder, read_document
from sim.scenario.faults import translate

MOST: dict[Size, int] = {"village": 6, "enterprise": 5, "township": 8, "county": 8}
"""So many of them, the first of the file."""
LEAST_IN_ALL = 20
"""Where the night gives fewer injects than this, more are kept ready, as far as the file goes."""
_FROM = Text("{by}：{said}", "{by}: {said}")


class WrittenText(Block):
    """One text in both languages."""

    zh: str
    en: str

    @property
    def text(self) -> Text:
        """The text as the program has it."""
        return Text(self.zh, self.en)


class ReserveInject(Block):
    """One inject as a planner writes it."""

    id: str = Field(pattern=r"^[0-9A-Za-z_-]+$", description="标识")
    sizes: tuple[Size, ...] = Field(min_length=1, description="用于哪种规模的演练")
    to: Desk = Field("main", description="main 接电话的岗位、leader 作决定的岗位、deputy 收报告的岗位")
    by: WrittenText = Field(alias="from", description="由谁说出")
    means: str = Field("", description="用什么手段；不写为当面")
    step: str = Field(description="属于叫应链条的哪个环节")
    text: WrittenText
    expected: WrittenText
    evaluator: WrittenText


class ReserveInjects(Block):
    """The file of reserve injects."""

    injects: tuple[ReserveInject, ...] = Field(min_length=1)


def reserve_file() -> Path:
    """Return the file of reserve injects."""
    return configs_folder() / "exercise" / "injects.yaml"


def reserve_injects(path: Path) -> tuple[ReserveInject, ...]:
    """Return the injects of a file.

    Raises
    ------
    InputError
        with every fault of the file
    """
    faults: list[Fault] = []
    document = read_document(path, faults)
    try:
        plan = ReserveInjects.model_validate(document.data)
    except ValidationError as error:
        raise InputError([*faults, *translate(error, document, ReserveInjects)]) from error
    if faults:
        raise InputError(faults)
    return plan.injects


def reserve(drill: Drill, others: int) -> Iterator[Inject]:
    """Yield the injects that an exercise of its size keeps ready, in the order of the file; more where there are few ``others``."""
    main = drill.seats.own[0]
    desk = {"main": main, "leader": drill.seats.leader(main), "deputy": drill.seats.deputy(main)}
    known = [one for one in reserve_injects(reserve_file()) if drill.size in one.sizes]
    for one in known[: max(MOST[drill.size], LEAST_IN_ALL - others)]:
        yield Inject(
            number=0,
            kind="reserve",
            t_min=None,
            record="",
            event=None,
            exercise_min=None,
            source=None,
            to=(desk[one.to],),
            means=one.means,
            text=fill(_FROM, by=one.by.text, said=one.text.text),
            expected=one.expected.text,
            evaluator=one.evaluator.text,
            responsible=desk[one.to],
            limit_min=None,
            requirement="",
            limit_source="",
            step=one.step,
            condition=None,
            theme=one.id,
        )
