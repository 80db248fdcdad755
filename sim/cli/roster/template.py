"""``roster template``: a roster to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.options import force_option, lang_option, scenario_argument, set_option
from sim.cli.shell import command, language, load, put, say, text, workbook_at


@click.command(
    "template",
    help=text(
        "空白值班表：按本县的值班室和岗位做好工作簿，供填写；填好后读入不会有疑问。",
        "A roster to fill in: a workbook of the county's duty rooms and posts that is read back without a question.",
    ),
)
@scenario_argument
@click.option("--month", metavar="YYYY-MM", required=True, help=text("哪个月", "which month"))
@click.option(
    "--level",
    "levels",
    multiple=True,
    help=text(
        "哪一层级，可多次（默认县以下两级）", "which level, may be repeated (by default the two below the county)"
    ),
)
@set_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("template.xlsx"),
    show_default=True,
    help=text("写到哪个文件", "the file to write"),
)
@force_option
@click.option(
    "--real-names",
    is_flag=True,
    help=text(
        "填入情景已有值班表上的姓名和电话（内部使用、用后收回）",
        "with the names and numbers of the scenario's roster (for internal use)",
    ),
)
@lang_option
@command
def roster_template(
    scenario: Path,
    month: str,
    levels: tuple[str, ...],
    overrides: tuple[str, ...],
    out: Path,
    force: bool,  # noqa: FBT001 - given by click
    real_names: bool,  # noqa: FBT001 - given by click
    lang: str | None,
) -> None:
    """Write a roster to fill in."""
    del lang
    workbook_at(out)
    loaded = load(scenario, overrides, tonight=False)
    from sim import report
    from sim.roster.exporting import filling_of, template_of
    from sim.study.roster.asked import days_asked, duty_tables, forms_asked, template_levels

    days, plan = days_asked(loaded, month, covered=False), loaded.plan.roster
    template = forms_asked(template_of(loaded.county, plan, template_levels(loaded, levels), days))
    filling, unsaid = None, 0
    if real_names:
        filling, unsaid = filling_of(plan, *duty_tables(loaded), days, template.asks(loaded.county))
    put(report.roster_template(loaded, template, filling, days, language()), out, force=force)
    say(
        f"{month} 值班表 {len(template.forms)} 张：{out.absolute()}",
        f"{month}, {len(template.forms)} sheets: {out.absolute()}",
    )
    if template.unsayable:
        posts = "、".join(f"{plan.posts[post].title}（{post}）" for post in template.unsayable)
        say(
            f"注意：岗位 {posts} 没有列入：读入时认不出它的名称（posts 中的 title）。",
            f"Notice: {posts} left out: the import does not know these posts by their titles.",
        )
    if unsaid:
        say(
            f"注意：有 {unsaid} 个班次没有填入：不是整日的班、没有姓名的人、表中没有的岗位。",
            f"Notice: {unsaid} shifts were not written: other hours than whole days, people without a name, posts of no sheet.",
        )
