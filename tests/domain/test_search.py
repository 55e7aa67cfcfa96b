"""Searching messages: what is found, by whom, in which order."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from chatd import ids
from chatd.domain.fold.stored import current_message
from chatd.domain.messages import removal
from chatd.domain.tenants import applications
from chatd.errors import IncompatibleValues, InvalidValue, NotFound, SearchFailed, TooLong, TooManyItems
from chatd.jobs.index import Indexer
from chatd.store import tables
from chatd.store.transaction import Transaction
from tests.domain.conftest import World


class Searching:
    """A world with an index that is brought up to date before each search."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.indexer = Indexer(world.store)
        self.indexer.open()
        self.now = 0.0

    def index(self) -> None:
        """Follow the log to its end, and commit."""
        self.now += 1000
        while self.indexer.step(self.now):
            pass

    def send(self, channel_url: str, user_id: str, text: str, **more: object) -> int:
        sent = self.world.client(user_id, "messages.send", channel_url=channel_url, message=text, **more)
        return int(sent["message_id"])

    def find(self, reader: str | None, query: str, **more: object) -> list[str]:
        self.index()
        params = {"query": query, "sort_field": "ts", "limit": 100, **more}
        if reader is None:
            found = self.world.backend("messages.search", **params)
        else:
            found = self.world.client(reader, "messages.search", **params)
        return [each["message"] for each in found["results"]]


@pytest.fixture
def searching(world: World) -> Iterator[Searching]:
    world.users("ann", "bob", "eve")
    world.client("ann", "channels.create", channel_url="room", user_ids=["bob"])
    made = Searching(world)
    yield made
    world.store.search.close()


TEXTS = [
    # query, texts that it finds, texts that it does not
    ("muller", ["Müller", "MULLER", "Mu\u0308ller"], ["mueller"]),
    ("Müller", ["muller", "müller!"], ["mull"]),
    ("naive", ["naïve"], []),
    ("strasse", ["Straße", "STRASSE"], ["str"]),
    ("istanbul", ["İstanbul", "ISTANBUL", "ıstanbul"], []),
    ("aero", ["Ærø", "ærø"], []),
    ("smorgasbord", ["smörgåsbord"], []),
    ("full", ["ＦＵＬＬ", "full"], ["fullness"]),
    ("ガ", ["ｶﾞ", "ガス"], ["カ"]),
    ("東京", ["東京都に住む", "新東京"], ["東 京", "京東"]),
    ("京都", ["東京都"], ["京 都"]),
    ("東京都", ["ここは東京都です"], ["東京と京都"]),
    ("都", ["東京都", "都会"], ["東京"]),
    ("한국", ["한국어를 배운다"], ["한 국"]),
    ("국어", ["한국어"], []),
    ("ひらがな", ["これはひらがなです"], ["ひら かな"]),
    ("手机iphone", ["我的手机iPhone在这里"], ["iphone 手机"]),
    ("ไทย", ["ภาษาไทย"], []),
    ("हिन्दी", ["हिन्दी भाषा"], ["हिन्द"]),
    ("anna.berg@example.org", ["to Anna.Berg@example.org!", "<anna.berg@example.org>"], ["anna.berg@example.com"]),
    ("berg", ["anna.berg@example.org"], ["bergen"]),
    ("example.org", ["anna.berg@example.org", "https://example.org/x"], ["example com"]),
    ("well-known", ["a well-known fact", "well known"], ["known well", "wellknown"]),
    ("known", ["well-known"], []),
    ("co-op", ["the co-op"], ["coop"]),
    ("iphone-15", ["iPhone-15 pro", "IPHONE 15"], ["iphone-16"]),
    ("15", ["iPhone-15"], ["150"]),
    ("#release @ann", ["see #release, @ann"], ["release"]),
    ("snake_case", ["snake_case()"], ["snakecase"]),
    ("don't", ["Don't!", "don\u2019t"], ["dont"]),
    ("👍", ["ok 👍🏽", "👍"], ["👎"]),
    ("hel*", ["hello", "help me"], ["shell"]),
    ('"good morning"', ["Good  morning!"], ["morning good", "good the morning"]),
    ('"good mor"*', ["good morning", "good more"], ["more good", "good amor"]),
    ('"good mor', ["good mor"], ["good morning"]),
    ("good morning", ["morning good"], ["good"]),
    ("good -morning", ["good evening"], ["good morning"]),
    ('good -"bad idea"', ["good idea not bad", "good"], ["good or bad idea"]),
    ("x" * 200, ["x" * 200, "a " + "X" * 200], ["x" * 199]),
]


def test_what_matches_what(searching: Searching) -> None:
    every = list(dict.fromkeys(text for _, found, missed in TEXTS for text in [*found, *missed]))
    for text in every:
        searching.send("room", "ann", text)
    for query, found, missed in TEXTS:
        results = searching.find("bob", query)
        assert set(found) <= set(results), query
        assert not set(missed) & set(results), query


def test_a_stranger_finds_nothing(searching: Searching) -> None:
    searching.send("room", "ann", "a secret word")
    assert searching.find("ann", "secret") == searching.find(None, "secret") == ["a secret word"]
    assert searching.find("eve", "secret") == []
    with pytest.raises(NotFound):
        searching.find("eve", "secret", channel_url="room")
    with pytest.raises(NotFound):
        searching.find(None, "secret", channel_url="room", user_id="eve")
    searching.world.client("bob", "channels.leave", channel_url="room")
    assert searching.find("bob", "secret") == []


def test_a_public_channel_is_searched_when_it_is_named(searching: Searching) -> None:
    searching.world.client("ann", "channels.create", channel_url="open", is_public=True)
    searching.send("open", "ann", "hello world")
    assert searching.find("eve", "hello") == []
    assert searching.find("eve", "hello", channel_url="open") == ["hello world"]


def test_another_application_is_another_world(searching: Searching) -> None:
    searching.send("room", "ann", "hello here")
    other = World.__new__(World)
    other.store, other.told = searching.world.store, []
    other.application = other.store.write_now(0, applications.create, "other").number
    other.users("ann", "bob", "eve")
    other.client("ann", "channels.create", channel_url="room")
    other.client("ann", "messages.send", channel_url="room", message="hello there")
    searching.index()
    found = other.backend("messages.search", query="hello")
    assert [each["message"] for each in found["results"]] == ["hello there"]
    assert searching.find(None, "hello") == ["hello here"]


def test_filters(searching: Searching) -> None:
    world = searching.world
    world.client("ann", "channels.create", channel_url="cellar", user_ids=["bob"])
    searching.send("room", "ann", "tea one")
    second = searching.send("room", "bob", "tea two", custom_type="order")
    searching.send("cellar", "bob", "tea three")
    world.backend("messages.send", channel_url="cellar", message="tea four", message_type="ADMM")
    time = world.client("ann", "messages.view", channel_url="room", message_id=second)["created_at"]
    assert searching.find("ann", "tea") == ["tea four", "tea three", "tea two", "tea one"]
    assert searching.find("ann", "tea", reverse=True) == ["tea one", "tea two", "tea three", "tea four"]
    assert searching.find("ann", "tea", channel_url="room") == ["tea two", "tea one"]
    assert searching.find("ann", "tea", channel_urls=["cellar"]) == ["tea four", "tea three"]
    assert searching.find("ann", "tea", sender_ids=["bob"]) == ["tea three", "tea two"]
    assert searching.find("ann", "tea", sender_ids=["nobody"]) == []
    assert searching.find("ann", "tea", custom_types=["order"]) == ["tea two"]
    assert searching.find(None, "tea", user_id="eve") == []
    assert "tea two" in searching.find("ann", "tea", message_ts_from=time, message_ts_to=time)
    assert searching.find("ann", "tea", message_ts_to=1) == []
    assert searching.find("ann", "tea", message_ts_from=2**52) == []


def test_messages_with_files_alone(searching: Searching) -> None:
    world = searching.world
    searching.send("room", "ann", "tea without")
    files = [{"file_id": world.upload("ann", "f1")}]
    world.client("ann", "messages.send", channel_url="room", message="tea with", files=files)
    assert searching.find("bob", "tea", has_files=True) == ["tea with"]
    assert searching.find("bob", "tea", has_files=False) == ["tea without"]
    assert searching.find("bob", "f1", has_files=True, sort_field="score") == ["tea with"]


def test_edits_and_deletions(searching: Searching) -> None:
    message_id = searching.send("room", "ann", "first draft")
    assert searching.find("bob", "draft") == ["first draft"]
    searching.world.client("ann", "messages.update", channel_url="room", message_id=message_id, message="final text")
    assert searching.find("bob", "draft") == []
    assert searching.find("bob", "final") == ["final text"]
    searching.world.client("ann", "messages.delete", channel_url="room", message_id=message_id)
    assert searching.find("bob", "final") == []
    searching.send("room", "ann", "farewell")
    searching.index()
    searching.world.client("ann", "channels.delete", channel_url="room")
    assert searching.find(None, "farewell") == []


def test_an_index_that_lags_shows_nothing_that_is_gone(searching: Searching) -> None:
    world = searching.world
    deleted, edited = searching.send("room", "ann", "blue one"), searching.send("room", "ann", "blue two")
    searching.send("room", "ann", "blue three")
    searching.index()
    world.client("ann", "messages.delete", channel_url="room", message_id=deleted)
    world.client("ann", "messages.update", channel_url="room", message_id=edited, message="red")
    found = world.client("bob", "messages.search", query="blue", sort_field="ts")
    assert [each["message"] for each in found["results"]] == ["blue three"]
    world.client("ann", "channels.delete", channel_url="room")
    assert world.backend("messages.search", query="blue")["results"] == []


def test_what_expired_or_was_erased_is_not_in_the_index(searching: Searching, monkeypatch: pytest.MonkeyPatch) -> None:
    world, now = searching.world, ids.now_ms()
    monkeypatch.setattr(ids, "now_ms", lambda: now + 1000)
    for number in range(5):
        searching.send("room", "ann", f"tea {number}")
    assert len(searching.find("bob", "tea")) == 5
    keys = world.store.read_now(world.application, lambda txn: [key for key, _ in txn.scan(tables.TIMELINE)])
    world.store.write_now(world.application, removal.expire, keys[:2])
    assert searching.find("bob", "tea") == ["tea 4", "tea 3", "tea 2"]
    world.store.write_now(world.application, _erase, keys[3])
    assert searching.find("bob", "tea") == ["tea 4", "tea 2"]
    assert world.store.search.messages() == 2


def _erase(txn: Transaction, key: removal.Key) -> None:
    message = current_message(txn, key[2])
    assert message is not None
    removal.erase_messages(txn, key[0], [message])


@pytest.mark.parametrize(
    "params", [{"sort_field": "ts"}, {"sort_field": "ts", "reverse": True}, {"sort_field": "score"}]
)
def test_pages_by_cursor_are_those_by_token(searching: Searching, params: dict[str, object]) -> None:
    for number in range(11):
        searching.send("room", "ann", f"page {number}")
    searching.index()
    sought = {"query": "page", "limit": 4, **params}
    first = searching.world.client("bob", "messages.search", **sought)
    by_token = searching.world.client("bob", "messages.search", **sought, token=first["next"])
    by_cursor = searching.world.client("bob", "messages.search", **sought, after=first["end_cursor"])
    assert by_cursor == by_token
    assert (first["has_prev"], by_cursor["has_prev"]) == (False, True)
    after_one = searching.world.client("bob", "messages.search", **sought, after=first["start_cursor"])["results"]
    assert after_one == first["results"][1:] + by_token["results"][:1]
    none = searching.world.client("bob", "messages.search", **(sought | {"query": "nothing"}))
    assert (none["results"], none["start_cursor"], none["end_cursor"]) == ([], "", "")


@pytest.mark.parametrize(
    "params", [{"sort_field": "ts"}, {"sort_field": "ts", "reverse": True}, {"sort_field": "score"}]
)
def test_pages(searching: Searching, params: dict[str, object]) -> None:
    sent = [searching.send("room", "ann", f"page {number}") for number in range(11)]
    searching.index()
    seen: list[int] = []
    token = ""
    while True:
        found = searching.world.client("bob", "messages.search", query="page", limit=4, token=token, **params)
        seen += [each["message_id"] for each in found["results"]]
        token = found["next"]
        assert found["has_next"] == bool(token)
        assert ("total_count" in found) == (len(seen) <= 4)
        if not token:
            break
        searching.send("room", "ann", "page, a new one")
        searching.index()
    assert sorted(each for each in seen if each in sent) == sent
    if params == {"sort_field": "ts"}:
        assert seen == sent[::-1]
    if params == {"sort_field": "score"}:
        assert len(seen) == len(sent)


def test_relevance(searching: Searching) -> None:
    searching.send("room", "ann", "apple")
    for _ in range(5):
        searching.send("room", "ann", "the quick brown fox and a long story that mentions an apple once")
    assert searching.find("bob", "apple", sort_field="score")[0] == "apple"


def test_highlights_are_places_in_the_text(searching: Searching) -> None:
    text = "Zoë met Bob, and ZOE said: Straße 5; zoes"
    searching.send("room", "ann", text)
    searching.index()
    found = searching.world.client("bob", "messages.search", query='zoe "strasse 5"')
    (shown,) = found["results"]
    assert [text[start:end] for start, end in shown["highlights"]] == ["Zoë", "ZOE", "Straße 5"]
    assert found["total_count"] == 1


def test_names_of_files_are_found(searching: Searching) -> None:
    file_id = searching.world.upload("ann", "quarterly-report")
    searching.world.client("ann", "messages.send", channel_url="room", files=[{"file_id": file_id}], message="see")
    assert searching.find("bob", "report see") == ["see"]


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("!!! ...", InvalidValue),
        ("-only", InvalidValue),
        ("a*", InvalidValue),
        ("word " * 40, None),
        (" ".join(f"word{number}" for number in range(40)), TooManyItems),
        ("ab* cd* ef* gh* ij*", TooManyItems),
        ("東 京 都 市 人", TooManyItems),
        ("a" * 501, TooLong),
        ('"', InvalidValue),
        ('un"balanced', None),
        (".*", InvalidValue),
        ("a.*b [x] (y) \\w", None),
        ("\x00 zero", None),
    ],
)
def test_evil_queries(searching: Searching, query: str, error: type[Exception] | None) -> None:
    searching.index()
    if error is None:
        assert searching.find("bob", query) == []
    else:
        with pytest.raises(error):
            searching.find("bob", query)


def test_score_has_one_direction(searching: Searching) -> None:
    searching.index()
    with pytest.raises(IncompatibleValues):
        searching.find("bob", "x", sort_field="score", reverse=True)
    for token in ("nonsense", "kgHNTiA"):
        with pytest.raises(InvalidValue):
            searching.find("bob", "xy", token=token, sort_field="score")


def test_without_an_index_there_is_an_error(world: World) -> None:
    world.users("ann")
    with pytest.raises(SearchFailed):
        world.client("ann", "messages.search", query="hello")
