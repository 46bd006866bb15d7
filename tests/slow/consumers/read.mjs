// Share pages, by their addresses, into what each consumer reads from them, as one JSON array on standard output.
import metascraper from "metascraper";
import description from "metascraper-description";
import image from "metascraper-image";
import lang from "metascraper-lang";
import publisher from "metascraper-publisher";
import title from "metascraper-title";
import address from "metascraper-url";
import openGraphScraper from "open-graph-scraper";
import { unfurl } from "unfurl.js";

const scrape = metascraper([title(), description(), image(), lang(), publisher(), address()]);

async function read(url) {
  const graph = await openGraphScraper({ url, urlValidatorSettings: { require_tld: false, require_valid_protocol: true, protocols: ["http"] } });
  const html = await (await fetch(url)).text();
  return {
    "open-graph-scraper": graph.result,
    "unfurl.js": await unfurl(url, { oembed: true }),
    metascraper: await scrape({ url, html }),
  };
}

console.log(JSON.stringify(await Promise.all(process.argv.slice(2).map(read))));
