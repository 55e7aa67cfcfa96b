"""What is seen: channels on the left, the messages of one on the right, and a line to write on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Footer, Input, Label, OptionList, Static
from textual.widgets.option_list import Option

COLORS = ("cyan", "green", "magenta", "yellow", "blue", "bright_red")


@dataclass(frozen=True)
class Line:
    """One message as it is shown. `at` is in ms; `note` says that it is not there yet."""

    author: str
    text: str
    at: int = 0
    note: str = ""


@dataclass(frozen=True)
class Row:
    """One channel of the list."""

    url: str
    name: str
    unread: int


class Screen(App[None]):
    """Calls what it is given: `started()` when there is something to see, `opened(url)` and `written(text)` when the
    person does that, and `left()` when they quit.
    """

    CSS = """
    Horizontal { height: 1fr; }
    #side { width: 30; border-right: solid $panel; padding: 1 0; }
    #side OptionList { border: none; background: transparent; height: 1fr; }
    #title, #state { padding: 0 2; height: 1; }
    #title { text-style: bold; }
    #state { color: $text-muted; }
    #messages { height: 1fr; padding: 1 2; }
    #messages Static { margin-bottom: 1; }
    Input { margin: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+n", "next(1)", "Next channel", priority=True),
        Binding("ctrl+p", "next(-1)", "Previous", priority=True),
        Binding("ctrl+q", "leave", "Quit", priority=True),
    ]
    ENABLE_COMMAND_PALETTE = False
    TITLE = "chatd"

    def __init__(
        self,
        started: Callable[[], None],
        opened: Callable[[str], None],
        written: Callable[[str], None],
        left: Callable[[], None],
    ) -> None:
        super().__init__()
        self._started = started
        self._opened = opened
        self._written = written
        self._left = left
        self._rows: list[Row] = []
        self._open = ""

    def compose(self) -> ComposeResult:
        """The parts."""
        with Horizontal():
            with Vertical(id="side"):
                yield OptionList(id="channels")
                yield Label("Connecting …", id="state")
            with Vertical():
                yield Label("", id="title")
                yield VerticalScroll(id="messages")
                yield Input(placeholder="Write a message", max_length=5000)
        yield Footer()

    def on_mount(self) -> None:
        """Begin."""
        self.query_one(Input).focus()
        self._started()

    def show_state(self, text: str) -> None:
        """How the connection is."""
        self.query_one("#state", Label).update(text)

    def show_channels(self, rows: list[Row], opened: str) -> None:
        """The list, with the open one marked."""
        if (rows, opened) == (self._rows, self._open):
            return
        self._rows, self._open = rows, opened
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(Option(_named(row, opened), id=row.url) for row in rows)
        places = [place for place, row in enumerate(rows) if row.url == opened]
        options.highlighted = places[0] if places else None
        self.query_one("#title", Label).update(next((Text(row.name) for row in rows if row.url == opened), Text("")))

    def show_messages(self, lines: list[Line]) -> None:
        """The messages of the open channel; the end stays in view."""
        place = self.query_one("#messages", VerticalScroll)
        known = list(place.query(Static))
        for widget, line in zip(known, lines, strict=False):
            widget.update(_written(line))
        for widget in known[len(lines) :]:
            widget.remove()
        place.mount(*(Static(_written(line)) for line in lines[len(known) :]))
        place.scroll_end(animate=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A channel was chosen."""
        if event.option_id:
            self._opened(event.option_id)
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """A message was written."""
        if event.value.strip():
            self._written(event.value)
        event.input.clear()

    def action_leave(self) -> None:
        """Quit, once what runs beside the screen has ended."""
        self._left()

    def action_next(self, step: int) -> None:
        """Open a neighbour of the open channel."""
        urls = [row.url for row in self._rows]
        if urls:
            at = urls.index(self._open) if self._open in urls else 0
            self._opened(urls[(at + step) % len(urls)])


def _named(row: Row, opened: str) -> Text:
    style = "bold" if row.unread or row.url == opened else ""
    count = f"  {row.unread}" if row.unread else ""
    return Text.assemble((" " + row.name, style), (count, "bold green"))


def _written(line: Line) -> Text:
    color = COLORS[sum(line.author.encode()) % len(COLORS)]
    when = line.note or datetime.fromtimestamp(line.at / 1000).astimezone().strftime("%H:%M")
    return Text.assemble((line.author, f"bold {color}"), ("  " + when, "dim"), "\n", line.text)
