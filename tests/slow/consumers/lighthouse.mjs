// Runs Lighthouse on the list and on a story of the Studio, signed in, as on a desktop and on a phone.
// Arguments: the address of the system, a token, the ID of a story, the PEM files of a certificate and of its key, and the browser.
// Prints one JSON object: for each page, scores, faults, weight in bytes, requests, shift of the layout, and how long it would block
// a phone if no other process ran beside it.
import lighthouse, { desktopConfig } from "lighthouse";
import puppeteer from "puppeteer-core";
import { cdn } from "./cdn.mjs";

const [origin, token, story, cert, key, executablePath] = process.argv.slice(2);
const CATEGORIES = ["performance", "accessibility", "best-practices"];
const FLAGS = { onlyCategories: CATEGORIES, disableStorageReset: true, disableFullPageScreenshot: true, logLevel: "error" };
const DEVICES = { desktop: desktopConfig, mobile: undefined };

const { address, close } = await cdn(origin, { cert, key });
const browser = await puppeteer.launch({
  executablePath, acceptInsecureCerts: true, args: ["--no-sandbox", "--disable-gpu", "--ignore-certificate-errors"],
});
const found = {};
try {
  for (const [device, config] of Object.entries(DEVICES)) {
    for (const [name, hash] of Object.entries({ list: "#/", story: `#/article/${story}` })) {
      found[`${name}, ${device}`] = await measured(await signedIn(hash), `${address}/studio${hash}`, config);
    }
  }
} finally {
  await browser.close();
  close();
}
console.log(JSON.stringify(found));

/** Returns a page whose user is signed in. Opens the measured page once, as others have done before, so that the CDN knows its files. */
async function signedIn(hash) {
  const page = await browser.newPage();
  await page.goto(`${address}/studio`);
  await page.locator("#token").fill(token);
  await page.keyboard.press("Enter");
  await page.locator(".row a").wait();
  await page.goto(`${address}/studio${hash}`);
  await page.waitForNetworkIdle();
  return page;
}

async function measured(page, url, config) {
  const { lhr, artifacts } = await lighthouse(url, FLAGS, config, page);
  await page.close();
  const { audits, categories } = lhr;
  const scores = Object.fromEntries(CATEGORIES.map((name) => [name, Math.round(100 * categories[name].score)]));
  const faults = CATEGORIES.slice(1).flatMap((name) => categories[name].auditRefs)
    .map(({ id }) => audits[id]).filter(({ score }) => score !== null && score < 1)
    .map(({ id, details }) => `${id}: ${JSON.stringify(details?.items?.slice(0, 2) ?? "")}`);
  const metrics = Object.fromEntries(categories.performance.auditRefs.filter(({ weight }) => weight)
    .map(({ id }) => [id, audits[id].displayValue]));
  return {
    scores, faults, metrics,
    bytes: audits["total-byte-weight"].numericValue,
    requests: audits["network-requests"].details.items.map(({ url: from, transferSize, resourceType }) => [from.replace(address, ""), transferSize, resourceType]),
    shift: audits["cumulative-layout-shift"].numericValue,
    blocked: blocked(artifacts.Trace.traceEvents),
  };
}

/** Returns the ms that tasks of the page take beyond 50 on a processor four times slower, by their own processor time. */
function blocked(events) {
  const { pid, tid } = events.find(({ name }) => name === "v8.evaluateModule");
  const tasks = events.filter((one) => one.pid === pid && one.tid === tid && one.name === "RunTask");
  return tasks.reduce((sum, { tdur = 0 }) => sum + Math.max(0, (4 * tdur) / 1000 - 50), 0);
}
