"""The virtual list: only pages in view are asked for, and the cursor keeps its row by key."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import App, ComposeResult

from tests.tui.conftest import press, seated
from workbench.tui.lines import Line, Part
from workbench.tui.widgets.paged_list import KEPT, PAGE, PagedList

MANY = 1_000_000


class Numbers(PagedList[int]):
    def key_of(self, row: int) -> int:
        return row

    def draw(self, row: int, width: int) -> Line:
        return (Part(f"row {row}"),)


class NumbersApp(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.asked: list[int] = []
        self.opened: list[int] = []

    def compose(self) -> ComposeResult:
        yield Numbers(id="numbers")

    @property
    def numbers(self) -> Numbers:
        return self.query_one(Numbers)

    def on_mount(self) -> None:
        self.numbers.load(MANY, 0, {0: page(0)})

    def on_paged_list_wanted(self, event: PagedList.Wanted) -> None:
        self.asked.append(event.page)
        self.numbers.put(event.generation, event.page, page(event.page))

    def on_paged_list_chosen(self) -> None:
        self.opened.append(self.numbers.cursor)


def page(number: int) -> Sequence[int]:
    return range(number * PAGE, min((number + 1) * PAGE, MANY))


@seated
async def test_a_million_rows_cost_the_pages_in_view() -> None:
    app = NumbersApp()
    async with app.run_test(size=(40, 20)) as pilot:
        await press(pilot, "end")

        assert (MANY - 1, MANY - 1) == (app.numbers.cursor, app.numbers.current)
        assert [MANY // PAGE - 1] == sorted(set(app.asked))
        await press(pilot, "home", "pagedown", "pagedown", "pageup")
        assert 20 == app.numbers.cursor
        assert [MANY // PAGE - 1] == sorted(set(app.asked))


@seated
async def test_the_number_of_pages_in_memory_is_bounded() -> None:
    app = NumbersApp()
    async with app.run_test(size=(40, 20)) as pilot:
        for number in range(KEPT + 8):
            app.numbers.move_to(number * PAGE)
            await pilot.pause()

        assert len(app.numbers._pages) <= KEPT


@seated
async def test_a_page_of_an_earlier_list_is_dropped() -> None:
    app = NumbersApp()
    async with app.run_test(size=(40, 20)) as pilot:
        before = app.numbers.generation
        app.numbers.load(3, 0, {0: [7, 8, 9]})
        app.numbers.put(before, 0, [1, 2, 3])
        await pilot.pause()

        assert 7 == app.numbers.current


@seated
async def test_the_cursor_has_its_key_before_its_page_is_here() -> None:
    app = NumbersApp()
    async with app.run_test(size=(40, 20)) as pilot:
        app.numbers.load(MANY, 5_000, {}, key=5_000)

        assert 5_000 == app.numbers.current_key
        await pilot.pause()
        assert 5_000 == app.numbers.current


@seated
async def test_a_list_without_rows_stays_quiet() -> None:
    app = NumbersApp()
    async with app.run_test(size=(40, 20)) as pilot:
        app.numbers.load(0, 9, {})
        await press(pilot, "end", "pageup", "home", "pagedown")

        assert (0, None, None) == (app.numbers.cursor, app.numbers.current, app.numbers.current_key)


@seated
async def test_a_changed_row_is_drawn_where_it_stands() -> None:
    app = NumbersApp()
    async with app.run_test(size=(40, 20)):
        app.numbers.load(3, 0, {0: [7, 8, 9]})

        assert app.numbers.replace(8)
        assert not app.numbers.replace(10)


@seated
async def test_a_click_moves_the_cursor_and_two_open_the_row() -> None:
    app = NumbersApp()
    async with app.run_test(size=(40, 20)) as pilot:
        await pilot.click(Numbers, offset=(5, 4))
        assert (4, []) == (app.numbers.cursor, app.opened)

        await pilot.click(Numbers, offset=(5, 6), times=2)
        assert (6, [6]) == (app.numbers.cursor, app.opened)


@seated
async def test_the_wheel_scrolls_and_leaves_the_cursor() -> None:
    app = NumbersApp()
    async with app.run_test(size=(40, 20)) as pilot:
        app.numbers.scroll_relative(y=30, animate=False)
        await pilot.pause()

        assert (0, 30) == (app.numbers.cursor, app.numbers.scroll_offset.y)
