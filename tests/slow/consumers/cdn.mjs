// Stands for the CDN in front of a system on this machine: HTTP/2, texts in Brotli, and from memory the Studio's files and what
// never changes, so that a busy machine does not count as a slow network.
import { readFileSync } from "node:fs";
import { createSecureServer } from "node:http2";
import { brotliCompressSync } from "node:zlib";

const KEPT_BACK = new Set(["connection", "content-length", "keep-alive", "transfer-encoding"]);
const HEADERS = { connection: "close" }; // a kept connection may end just when it is used again
const kept = new Map(); // path -> its head and data
const TEXTS = /^(text|application\/(json|javascript|problem\+json))|svg/;

/** Serves the system at `origin`, and returns the address to use and what closes it. `files` are the PEM files of a certificate. */
export async function cdn(origin, files) {
  const server = createSecureServer({ key: readFileSync(files.key), cert: readFileSync(files.cert) });
  server.on("stream", (stream, headers) => {
    stream.on("error", () => {}); // the browser has left the page
    forward(origin, stream, headers).catch(() => send(stream, { ":status": 502 }));
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return { address: `https://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

async function forward(origin, stream, headers) {
  const asked = Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(":") && name !== "host"));
  const method = headers[":method"];
  const body = method === "GET" || method === "HEAD" ? undefined : await bodyOf(stream);
  const path = headers[":path"];
  if (kept.has(path)) return send(stream, ...kept.get(path));
  const answer = await fetch(new URL(path, origin), { method, headers: { ...asked, ...HEADERS }, body, redirect: "manual" });
  const own = Object.fromEntries([...answer.headers].filter(([name]) => !KEPT_BACK.has(name)));
  const data = Buffer.from(await answer.arrayBuffer());
  const compressed = data.length > 1000 && TEXTS.test(own["content-type"] ?? "");
  const head = { ...own, ":status": answer.status, ...(compressed && { "content-encoding": "br" }) };
  const sent = [head, compressed ? brotliCompressSync(data) : data];
  const isKept = path.startsWith("/studio") || own["cache-control"]?.includes("immutable");
  if (method === "GET" && answer.status === 200 && isKept) kept.set(path, sent);
  send(stream, ...sent);
}

function send(stream, head, data) {
  if (stream.destroyed) return;
  stream.respond(head);
  stream.end(data);
}

async function bodyOf(stream) {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}
