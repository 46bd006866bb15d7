// Does jobs of a deadline in the Studio with Firefox, each in a profile of its own.
// Arguments: the address of the system, an editor's token, a folder for downloads, and the browser.
// Prints one JSON object: for each job "done" or what went wrong.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import puppeteer from "puppeteer-core";

const [origin, token, downloads, executablePath] = process.argv.slice(2);
const STORY = "harbour-barriers";
const RIGHTS = { authorization: `Bearer ${token}` };
const KEPT = "bergzeitfahren";
const READY = 'main[data-view="loaded"] .stage[aria-busy="false"]'; // the page of a story, with its cards and its form
const PATIENCE = 40_000; // ms, enough for a busy machine

const JOBS = {
  async find(page) {
    await type(page, "#query", "harbour barr");
    await page.keyboard.press("Enter");
    await seen(page, "main h1 ::-p-text(Harbour barriers)");
  },

  async "open nothing if the search fails"(page) {
    await refuse(page, "query=harbour");
    await type(page, "#query", "harbour barr");
    await page.keyboard.press("Enter");
    await seen(page, "#notice > *");
    assert.equal(await page.$(".row, .story-head"), null);
  },

  async edit(page) {
    await open(page, STORY);
    const before = await picture(page, "headline-square");
    await type(page, "#headline", "Gates held");
    await until(async () => (await picture(page, "headline-square")).startsWith("blob:"), "a preview of the change");
    await until(async () => { // slow typing takes several steps back
      await page.keyboard.down("Control");
      await page.keyboard.press("z");
      await page.keyboard.up("Control");
      return (await picture(page, "headline-square")) === before;
    }, "the story's own card after undo");
  },

  async "notice a change"(page) {
    await put("firefox", { headline: "Mayor resigns" });
    await until(async () => (await row("firefox"))?.state === "live", "a live story");
    await open(page, "firefox");
    await put("firefox", { headline: "Mayor does not resign" });
    await seen(page, ".changed ::-p-text(Mayor does not resign)");
    await seen(page, "main h1 ::-p-text(Mayor does not resign)");
  },

  async "tell of a broken picture"(page) {
    await refuse(page, "/headline/square.");
    await open(page, STORY);
    await page.$eval('[data-card="headline-square"]', (card) => card.scrollIntoView());
    await seen(page, '[data-card="headline-square"] .reason:not([hidden])');
  },

  async "fit a screen of 320 px"(page) {
    await page.setViewport({ width: 320, height: 640 });
    await open(page, STORY);
    const [content, space] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    assert.equal(content, space);
  },

  async keep(page) {
    await open(page, KEPT);
    await type(page, "#headline", "Gates held through the night");
    await saved("Gates held through the night");
    await until(() => page.evaluate(() => location.hash.includes("/post/")), "an address of the post");
    await page.reload();
    await seen(page, READY);
    assert.equal(await value(page, "#headline"), "Gates held through the night");
  },

  async "let two editors choose"(page, another) {
    await open(page, KEPT);
    await replace(page, "#headline", "Words of the first");
    await saved("Words of the first");
    await stopNews(page); // or it takes in the words of the second before the first writes others
    const second = await another();
    await second.goto(await page.evaluate(() => location.href)); // Firefox does not report a changed hash
    await seen(second, READY);
    await replace(second, "#headline", "Words of the second");
    await saved("Words of the second");
    await replace(page, "#headline", "Other words of the first");
    await seen(page, "dialog.conflict[open]");
    await page.locator("dialog.conflict .main").click();
    await saved("Other words of the first");
    assert.equal(await value(page, "#headline"), "Other words of the first");
  },

  async take(page) {
    await open(page, STORY);
    await page.locator('[aria-label="Download: Headline, Instagram square 1:1"]').click();
    await until(() => readdirSync(downloads).some((name) => /headline-square\.jpg$/.test(name)), "a downloaded card");
    await page.locator('[aria-label="Copy: Headline, Instagram square 1:1"]').click();
    await page.locator('details[open] ::-p-text(Alt text)').click();
    await seen(page, "#said ::-p-text(Alt text copied)");
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /Harbour barriers/);
    await page.locator("button ::-p-text(Download all)").click();
    await until(() => readdirSync(downloads).some((name) => name.endsWith(".zip")), "a downloaded zip");
  },

  async "refuse what was withdrawn"(page) {
    await put("mistake-again", { headline: "A mistake" });
    await until(async () => (await row("mistake-again"))?.state === "live", "a live story");
    await open(page, "mistake-again");
    await fetch(`${origin}/articles/mistake-again`, { method: "DELETE", headers: RIGHTS });
    await page.evaluate(() => document.querySelector('[aria-label="Download: Headline, Instagram square 1:1"]')?.click());
    await seen(page, ".banner ::-p-text(This story was withdrawn)");
    assert.equal(await page.$("figure"), null);
    assert.ok(!readdirSync(downloads).some((name) => name.startsWith("A mistake")));
  },
};

const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath,
  extraPrefsFirefox: {
    "browser.download.dir": downloads,
    "browser.download.folderList": 2,
    "browser.download.useDownloadDir": true,
    "dom.events.testing.asyncClipboard": true, // lets the page read the clipboard without the button "Paste"
    "intl.accept_languages": "en",
  },
});
const results = {};
try {
  for (const [name, job] of Object.entries(JOBS)) results[name] = await done(job);
} finally {
  await browser.close();
}
console.log(JSON.stringify(results));

async function put(id, fields) {
  const body = JSON.stringify({ id, language: "en", ...fields });
  const answer = await fetch(`${origin}/articles/${id}`, { method: "PUT", headers: { ...RIGHTS, "content-type": "application/json" }, body });
  assert.ok(answer.ok, await answer.text());
}

async function row(id) {
  const { articles } = await (await fetch(`${origin}/articles`, { headers: RIGHTS })).json();
  return articles.find((article) => article.article_id === id);
}

function saved(headline) {
  return until(async () => {
    const { posts } = await (await fetch(`${origin}/articles/${KEPT}/posts`, { headers: RIGHTS })).json();
    return posts.some(({ changes }) => changes.headline === headline);
  }, `a post with the headline "${headline}"`);
}

/** Returns "done", or what went wrong: in the job, or an error of the page. */
async function done(job) {
  const context = await browser.createBrowserContext();
  const faults = [];
  try {
    await job(await signedIn(context, faults), () => signedIn(context, faults));
    return faults[0] ?? "done";
  } catch (error) {
    return error.stack;
  } finally {
    await context.close();
  }
}

async function signedIn(context, faults) {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.on("pageerror", (error) => faults.push(`error of the page: ${error.stack}`));
  await page.setViewport({ width: 1360, height: 900 });
  await page.goto(`${origin}/studio`);
  await page.locator("#token").fill(token);
  await page.keyboard.press("Enter");
  await seen(page, ".row a");
  return page;
}

async function open(page, story) {
  await page.goto(`${origin}/studio#/article/${story}`);
  await seen(page, READY);
}

/** Replaces the text of a field at once, so that no half of it is saved however slow the machine is. */
function replace(page, field, text) {
  return page.$eval(field, (input, value) => {
    input.value = value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }, text);
}

/** Lets all requests fail whose address has `part`. */
async function refuse(page, part) {
  await page.setRequestInterception(true);
  page.on("request", (request) => (request.url().includes(part) ? request.abort() : request.continue()));
}

/** Leaves the page's questions for news of the story unanswered. */
async function stopNews(page) {
  await page.setRequestInterception(true);
  page.on("request", (request) => request.url().endsWith("/status") || request.continue());
}

/** Replaces the text of a field, key by key. */
async function type(page, field, text) {
  await page.locator(field).fill("");
  await page.type(field, text);
}

function value(page, field) {
  return page.$eval(field, (input) => input.value);
}

function seen(page, selector) {
  return page.locator(selector).wait();
}

function picture(page, card) {
  return page.$eval(`[data-card="${card}"] img`, (image) => image.getAttribute("src") ?? "");
}

async function until(holds, what) {
  const ends = Date.now() + PATIENCE;
  while (!await holds()) {
    if (Date.now() > ends) throw new Error(`expected ${what} within ${PATIENCE / 1000} s, got none`);
    await new Promise((waited) => setTimeout(waited, 200));
  }
}
