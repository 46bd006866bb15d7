// Describes what the API answers (docs/http.md, openapi.json), and the state of a story's page. Only the type checker reads it.

import type { Changes, Edit, Photo, Quote } from "../edit/order.js";
import type { Keeper } from "../posts/keeper.js";
import type { Content, Difference } from "../posts/content.js";
import type { Orders } from "../take/orders.js";
import type { Gate } from "../take/gate.js";
import type { Found } from "../list/results.js";
import type { createHistory } from "./history.js";
import type { createStore } from "./store.js";

export type Direction = "ltr" | "rtl";
export type StoryState = "live" | "rendering" | "failed" | "embargoed" | "draft" | "withdrawn";
export type Caller = { name: string; role: "viewer" | "editor" };

/** How a field was and is. */
export type Changed = { field: string; was?: unknown; is?: unknown };

/** The small picture of a story in the list. */
export type Thumbnail = { url: string; width: number; height: number; alt: string };

/** A row of the list of stories. A delivery of the CMS that could not be read has no ID, and no page. */
export type Summary = {
  article_id?: string;
  delivery?: string;
  state: StoryState;
  reason?: string;
  field?: string;
  headline?: string;
  kicker?: string;
  language?: string;
  direction?: Direction;
  modified_at: string;
  embargo_until?: string;
  canonical_url?: string;
  thumbnail?: Thumbnail;
};

export type Page = { articles: Summary[]; cursor?: string; total?: number };

export type Status = Summary & {
  article_id: string;
  article_etag: string;
  changed_by?: string;
  version?: string;
  rendered_at?: string;
  notices?: string[];
  posts?: { post: string; etag: string }[];
};

export type Image = { url?: string; credit?: string; alt?: string; crop?: number[]; focal_point?: number[] };
export type Question = { question: string; answer: string };

/** An article as it is stored. */
export type Article = {
  headline: string;
  language: string;
  social_headlines?: { all?: string; x?: string };
  deck?: string;
  kicker?: string;
  pull_line?: string;
  summary?: string;
  bullets?: string[];
  quotes?: Quote[];
  questions?: Question[];
  canonical_url?: string;
  brand?: string;
  image?: Image;
};

/** An article with what the page needs beside it. `site` is its publisher, in short. */
export type Story = Article & {
  article_id: string;
  direction?: Direction;
  site: string;
  bullets: string[];
  quotes: Quote[];
  questions: Question[];
};

export type StoredCard = {
  kind: string;
  format: string;
  width: number;
  height: number;
  type: string;
  url: string;
  alt: string;
  text: { role: string; truncated: boolean }[];
};

export type Manifest = {
  article_id: string;
  version: string;
  cards: StoredCard[];
  skipped: { kind: string; format: string; reason: string; code?: string }[];
  notices?: string[];
  notice_codes?: { code: string; field?: string }[]; // of each notice
};

export type Version = {
  version: string;
  rendered_at: string;
  headline?: string;
  changed_by?: string;
  changed?: Changed[];
  live: boolean;
};

export type Format = {
  name: string;
  title: string;
  destination: string; // where it is posted
  width: number;
  height: number;
  safe: Record<string, number>;
  frame: string;
};

export type Catalogue = {
  kinds: string[];
  formats: Format[];
  themes: { name: string; title: string }[];
  receivers?: string[];
  post_approval?: "off" | "required";
};

export type Signed = { at: string; by: string };
export type Action = "created" | "changed" | "shared" | "unshared" | "approved" | "unapproved" | "commented";

/** A line of a post's history. */
export type Entry = Signed & { action: Action; changed?: Changed[]; not_in_article?: string[] };

/** A saved post. In a list it has no history. */
export type Post = Content & {
  post: string;
  article_id: string;
  etag: string;
  created_at: string;
  created_by: string;
  updated_at: string;
  updated_by: string;
  outdated?: Changed[];
  outdated_by?: string;
  share_url?: string;
  history?: Entry[];
  comments: (Signed & { text: string })[];
  approved?: Signed;
};

/** Whether the post is saved, and what stands in the way. */
export type Saving = {
  state: "new" | "saving" | "saved" | "failed" | "conflict";
  error?: unknown;
  differences?: Difference[];
  theirs?: Post;
};

/** The texts on the story's cards. */
export type OwnTexts = { headline: string; kicker: string; bullets: string[]; quote: Quote };

/** What became of a card: its picture, or why there is none. */
export type Result = {
  url?: string;
  alt?: string;
  skipped?: string; // the code of why there is no card, or "" if it is not known
  truncated?: string[]; // the roles of the texts that were cut short
  error?: unknown;
};

export type CardResult = Result & { kind: string; format: Format };

/** What is known of a story. */
export type Known = { story: Story; articleEtag: string; status: Status; manifest: Manifest | null; own: OwnTexts };

/** The state of a story's page. */
export type State = Known & {
  seen: Story; // the story as the user knows it: the page tells how `story` differs
  kinds: string[];
  kind: string; // the one that is shown, or `all`
  formats: Format[];
  themes: { name: string; title: string }[];
  edit: Edit;
  scope: string; // the format that is changed alone, or "" for all
  results: CardResult[];
  posts: Post[];
  post: Post | null;
  postName: string;
  postStatus: Content["status"];
  saving: Saving;
  receivers?: string[];
  approval?: "off" | "required";
};

export type Store = ReturnType<typeof createStore<State>>;
export type History = ReturnType<typeof createHistory<Edit>>;

/** How the list was left: what it showed, how far it was scrolled, and the key of the row that had the focus. */
export type Place = { found: Found; scroll: number; focused: string | null };

/** Reports an error; `retry` gets a button. */
export type Failed = (error: unknown, retry?: () => unknown) => void;

/** What every view gets: who uses the page, what views left for their next visit, and how errors are reported. */
export type App = { caller: Caller | null; memory: { list?: Place }; clearNotice: () => void; failed: Failed };

/** The parts of a story's page that keep its state. */
export type Parts = { store: Store; history: History; caller: Caller; signal: AbortSignal };

/** What the panel of the post needs beside that. `refresh` brings the store up to date. */
export type PostParts = Parts & { keeper: Keeper; refresh: () => Promise<void>; failed: Failed };

/** What takes cards needs beside that. */
export type Taking = PostParts & { orders: Orders; take: Gate };

export type { Changes, Edit, Photo, Quote };
