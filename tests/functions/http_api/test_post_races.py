"""Tests what happens to a post if something else happens at any moment of a request: at each of its calls to S3, in turn."""

import itertools
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import settings as examples
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from adapters.storage.post_store import find_post, put_post
from adapters.storage.s3_objects import delete_object
from http_api.app import handler
from support.aws_in_memory import AwsInMemory, aws_in_memory
from support.lambda_events import Answer, call
from support.paths import ASSETS
from support.s3_in_memory import S3InMemory
from support.stored_articles import store_article
from support.team_tokens import EDITOR, SECOND_EDITOR, TOKENS, VIEWER

pytestmark = pytest.mark.filterwarnings("ignore:No application metrics")  # a call inside of another takes its metrics
POSTS = "/articles/ferry/posts"
CORRECTED = "Harbour ferries do NOT run"
CALLS = ("get_object", "head_object", "put_object", "delete_object", "delete_objects", "list_objects_v2", "paginate")


class InterruptedS3(S3InMemory):
    """Runs `interruption` once, before the call of which `calls_left` counts down to."""

    interruption: Callable[[], object] | None = None
    calls_left = 0

    def __getattribute__(self, name: str):
        if name in CALLS and self.interruption:
            self.calls_left -= 1
            if self.calls_left < 0:
                interruption, self.interruption = self.interruption, None
                interruption()
        return super().__getattribute__(name)


class Desk:
    """One post of one article, and what a newsroom does to both."""

    def __init__(self, system: AwsInMemory) -> None:
        self.system = system
        system.connect(TOKENS, "")
        store_article(system, "ferry")
        made = self.send("POST", POSTS, EDITOR, {"changes": {"kicker": "Sea"}, "text": "start"})
        self.path, self.etag, self.post = made.headers["location"], made.headers["etag"], made.json["post"]

    def send(self, method: str, path: str, who: dict, body: dict | None = None) -> Answer:
        return call(handler, method, path, who, json.dumps(body).encode() if body is not None else b"")

    def create(self) -> Answer:
        return self.send("POST", POSTS, EDITOR, {"text": "new", "status": "shared"})

    def save(self, who: dict = EDITOR, text: str = "ours", status: str = "draft", etag: str = "") -> Answer:
        body = {"changes": {"kicker": "Sea"}, "text": text, "status": status}
        return self.send("PUT", self.path, who | {"if-match": etag or self.etag}, body)

    def share(self) -> Answer:
        return self.save(status="shared")

    def save_as_second(self) -> Answer:
        """Saves over the newest state, as an editor who has just opened the post."""
        found = self.send("GET", self.path, VIEWER)
        return self.save(SECOND_EDITOR, "theirs", etag=found.headers["etag"]) if found.status == 200 else found

    def comment(self, text: str = "Hm") -> Answer:
        return self.send("POST", f"{self.path}/comments", VIEWER, {"text": text})

    def approve(self) -> Answer:
        return self.send("PUT", f"{self.path}/approval", SECOND_EDITOR)

    def delete(self) -> Answer:
        return self.send("DELETE", self.path, EDITOR | {"if-match": self.etag})

    def open(self) -> Answer:
        return self.send("GET", self.path, VIEWER)

    def page(self) -> Answer:
        return self.send("GET", f"/share/ferry/p/{self.post}", {})

    def correct(self) -> Answer:
        store_article(self.system, "ferry", headline=CORRECTED, updated_at="2026-03-01T11:00:00Z")
        self.system.work()
        return Answer(200, {}, b"{}")

    def withdraw(self) -> Answer:
        done = self.send("DELETE", "/articles/ferry", EDITOR)
        self.system.work()
        return done


OPERATIONS = ("save", "share", "comment", "approve", "delete", "open", "page", "create")
INTERRUPTIONS = ("save_as_second", "comment", "delete", "correct", "withdraw")


def run(operation: str, interruption: str, moment: int) -> bool:
    """Runs an operation that is interrupted at one of its calls to S3, and checks the result.

    Returns whether the operation made as many calls.
    """
    with aws_in_memory(ASSETS) as system:
        system.s3 = InterruptedS3()
        desk = Desk(system)
        if operation == "page":
            desk.etag = desk.share().headers["etag"]
        between: list[Answer] = []
        system.s3.calls_left, system.s3.interruption = moment, lambda: between.append(getattr(desk, interruption)())
        answer = getattr(desk, operation)()
        system.s3.interruption = None
        if between:
            check(desk, operation, answer, interruption, between[0])
        return bool(between)


def check(desk: Desk, operation: str, answer: Answer, interruption: str, between: Answer) -> None:
    assert answer.status < 500, answer.body
    assert between.status < 500, between.body
    desk.system.work()
    if interruption == "withdraw":
        left = (
            desk.system.list_keys("posts/") + desk.system.list_keys("cards/") + desk.system.list_keys("articles/ferry/variants/")
        )
        assert left == []
        assert (desk.open().status, desk.page().status) == (410, 410)
        return
    if operation == "delete" and interruption == "save_as_second" and between.status == 200:
        assert answer.status == 412
    if operation == "delete" or interruption == "delete":
        statuses = [done.status for name, done in ((operation, answer), (interruption, between)) if name == "delete"]
        assert desk.open().status == (404 if 204 in statuses else 200)
        return
    post = desk.open().json
    told = [(line["action"], line["by"]) for line in post["history"]]
    if operation == "save" and answer.status == 200:
        assert ("changed", "editor") in told
    if operation == "share" and answer.status == 200:
        assert ("shared", "editor") in told
    if operation == "approve" and answer.status == 200:
        assert ("approved", "deputy") in told
    if interruption == "save_as_second" and between.status == 200:
        assert ("changed", "deputy") in told
        # Our save named the state before theirs: it either came first, or was refused.
        assert post["text"] == "theirs" or operation in ("approve", "comment")
    comments = (operation == "comment" and answer.status == 201) + (interruption == "comment" and between.status == 201)
    assert len(post["comments"]) == comments
    if "approved" in post:
        assert post["text"] != "ours"
    if interruption == "correct":
        assert [change["is"] for change in post["outdated"]] == [CORRECTED]
        if post["status"] == "shared":
            assert CORRECTED in desk.page().body.decode()


@pytest.mark.slow
@pytest.mark.parametrize("interruption", INTERRUPTIONS)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_nothing_is_lost_or_left_behind_whenever_something_comes_in_between(operation, interruption):
    moments = itertools.takewhile(lambda moment: run(operation, interruption, moment), itertools.count())
    assert sum(1 for _ in moments) >= 2


@pytest.mark.parametrize(
    ("operation", "interruption", "status"),
    [("save", "save_as_second", 412), ("save", "comment", 200), ("comment", "withdraw", 410), ("create", "withdraw", 410)],
)
def test_an_operation_and_what_comes_just_before_it_writes(operation, interruption, status):
    with aws_in_memory(ASSETS) as system:
        system.s3 = InterruptedS3()
        desk = Desk(system)
        real, between = system.s3.put_object, []

        def put_object(**named: object) -> object:
            if not between and named["Key"].startswith("posts/"):
                between.append(None)
                between[0] = getattr(desk, interruption)()
            return real(**named)

        system.s3.put_object = put_object
        answer = getattr(desk, operation)()
        assert (answer.status, between[0].status < 300) == (status, True), answer.body
        check(desk, operation, answer, interruption, between[0])


class TwoEditors(RuleBasedStateMachine):
    """Two editors, who each save the state that they have opened last, against a model: whose text the post has."""

    def __init__(self) -> None:
        super().__init__()
        self.opened = aws_in_memory(ASSETS)
        self.desk = Desk(self.opened.__enter__())
        self.text, self.saves, self.comments, self.approved_by = "start", 0, 0, ""
        self.author = "editor"
        self.seen = {"editor": (self.desk.etag, 0), "deputy": (self.desk.etag, 0)}  # ETag, and saves until then

    def teardown(self) -> None:
        self.opened.__exit__(None, None, None)

    @rule(who=st.sampled_from(["editor", "deputy"]))
    def open(self, who: str) -> None:
        self.seen[who] = (self.desk.open().headers["etag"], self.saves)

    @rule(who=st.sampled_from(["editor", "deputy"]), text=st.sampled_from(["one", "two"]))
    def save(self, who: str, text: str) -> None:
        etag, saves = self.seen[who]
        answer = self.desk.save(EDITOR if who == "editor" else SECOND_EDITOR, text, etag=etag)
        assert answer.status == (200 if saves == self.saves else 412)
        if answer.status == 200:
            if text != self.text:
                self.text, self.saves, self.author, self.approved_by = text, self.saves + 1, who, ""
            self.seen[who] = (answer.headers["etag"], self.saves)

    @precondition(lambda self: self.comments < 90)
    @rule()
    def comment(self) -> None:
        assert self.desk.comment().status == 201
        self.comments += 1

    @rule()
    def approve(self) -> None:
        answer = self.desk.approve()
        assert answer.status == (409 if self.author == "deputy" else 200)
        if answer.status == 200:
            self.approved_by = "deputy"

    @rule()
    def correct(self) -> None:
        self.desk.correct()

    @invariant()
    def the_post_is_as_the_model(self) -> None:
        post = self.desk.open().json
        assert (post["text"], len(post["comments"])) == (self.text, self.comments)
        assert post.get("approved", {}).get("by", "") == self.approved_by


@pytest.mark.slow
def test_any_order_of_events_leaves_the_newest_accepted_text():
    run_state_machine_as_test(TwoEditors, settings=examples(max_examples=25, stateful_step_count=15, deadline=None))


@pytest.mark.slow
def test_writers_over_http_lose_no_update(aws):
    """Lets four writers add lines to one post at once, each over the state that it has read."""
    put_post(aws.bucket, "ferry", "2345672345", {"lines": []}, None)

    def write(writer: int) -> None:
        for number in range(5):
            while True:
                post = find_post(aws.bucket, "ferry", "2345672345")
                assert post is not None
                lines = [*post.fields["lines"], [writer, number]]
                if put_post(aws.bucket, "ferry", "2345672345", {"lines": lines}, post):
                    break

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    stored = find_post(aws.bucket, "ferry", "2345672345")
    assert stored is not None
    assert sorted(stored.fields["lines"]) == [[writer, number] for writer in range(4) for number in range(5)]
    assert put_post(aws.bucket, "ferry", "2345672345", {}, None) is None  # the name is taken
    delete_object(aws.bucket, "posts/ferry/2345672345.json")
    assert put_post(aws.bucket, "ferry", "2345672345", {}, stored) is None
