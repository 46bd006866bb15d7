// Tests when an open page asks for news, and how a page is built in short tasks.

import "./browser.js";

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { poll } from "../../assets/studio/core/poll.js";
import { inTasks } from "../../assets/studio/core/tasks.js";

const page = new EventTarget();
const settled = () => new Promise((done) => setImmediate(done));
let asked = 0;
let leaving = new AbortController();

beforeEach(() => {
  globalThis.document = Object.assign(new EventTarget(), { hidden: false });
  globalThis.addEventListener = page.addEventListener.bind(page);
  leaving.abort();
  leaving = new AbortController();
  asked = 0;
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
});

function start({ ask = async () => {}, ...more } = {}) {
  const failed = mock.fn();
  const recovered = mock.fn();
  const counted = () => {
    asked += 1;
    return ask();
  };
  const now = poll(counted, { pause: () => 10_000, failed, recovered, signal: leaving.signal, ...more });
  return { now, failed, recovered };
}

async function wait(ms) {
  mock.timers.tick(ms);
  await settled();
}

test("a visible page asks every ten seconds, a hidden one every minute, and none after it was left", async () => {
  start();
  await wait(9_999);
  assert.equal(asked, 0);
  await wait(1);
  await wait(10_000);
  assert.equal(asked, 2);
  document.hidden = true;
  await wait(10_000); // was set before
  await wait(59_999);
  assert.equal(asked, 3);
  await wait(1);
  assert.equal(asked, 4);
  leaving.abort();
  await wait(120_000);
  assert.equal(asked, 4);
});

test("whoever comes back to the page has the news at once", async () => {
  start();
  for (const event of ["focus", "online"]) {
    page.dispatchEvent(new Event(event));
    await settled();
  }
  document.dispatchEvent(new Event("visibilitychange"));
  await settled();
  assert.equal(asked, 3);
});

test("a take that waits for news gets an answer to a question that was asked after it", async () => {
  const answers = [];
  const { now } = start({ ask: () => new Promise((answer) => answers.push(answer)) });
  page.dispatchEvent(new Event("focus"));
  let isNew = false;
  const take = now().then(() => (isNew = true));
  answers[0]();
  await settled();
  assert.deepEqual([asked, isNew], [2, false]);
  answers[1]();
  await take;
  assert.ok(isNew);
});

test("one failed question is no news, the second is told, and so is the end of it", async () => {
  let isDown = true;
  const { failed, recovered } = start({ ask: async () => assert.ok(!isDown) });
  await wait(10_000);
  assert.equal(failed.mock.callCount(), 0);
  await wait(10_000);
  assert.equal(failed.mock.callCount(), 1);
  isDown = false;
  await wait(10_000);
  assert.equal(recovered.mock.callCount(), 1);
});

test("steps run one after the other, a few between two frames, and none after the page was left", async () => {
  const done = [];
  const frames = [];
  globalThis.requestAnimationFrame = (call) => frames.push(call);
  let time = 1;
  mock.method(performance, "now", () => time);
  const step = (name, ms) => () => {
    done.push(name);
    time += ms;
  };
  inTasks([step("a", 1), step("b", 5), step("c", 9), step("d", 9)], leaving.signal);
  assert.deepEqual(done, []);
  await wait(0);
  assert.deepEqual(done, ["a", "b"]);
  await wait(50);
  assert.deepEqual(done, ["a", "b"], "nothing is built before the browser has drawn that");
  frames.pop()();
  await wait(0);
  assert.deepEqual(done, ["a", "b", "c"]);
  leaving.abort();
  frames.pop()();
  await wait(0);
  assert.deepEqual(done, ["a", "b", "c"]);
  mock.restoreAll();
});

test("a hidden page, which is not drawn, is built at once", async () => {
  document.hidden = true;
  const done = [];
  await inTasks([() => done.push(1), () => done.push(2)], leaving.signal);
  assert.deepEqual(done, [1, 2]);
});
