// A text with Telegram's entities as DOM. Entity offsets are UTF-16 units, as in JavaScript's strings.

import { el, icon } from "./dom.js";
import { word } from "./words.js";

const SIMPLE = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };
const BLOCKS = new Set(["blockquote", "expandable_blockquote", "pre"]);

/** The nodes of a text. `act.command(text)`, `act.hashtag(text)` and `act.start(parameter)` are called for what sends something. */
export function formatted(text, entities, act) {
  const cut = entities.map((entity) => ({ ...entity, end: entity.offset + entity.length }));
  return build(text, 0, text.length, cut, act);
}

/** What a message holds besides text, as the Bot API calls it; undefined if nothing. */
export function attachment(message) {
  return ["sticker", "voice", "video", "audio", "document", "photo", "location"].find((kind) => message[kind]);
}

/** The beginning of a message on one line, what is hidden in it left hidden. */
export function glimpse(message, length) {
  const first = message.rich_message?.blocks.find((block) => block.text);
  let text = message.text ?? (first && plain(first.text)) ?? message.caption ?? message.document?.file_name ?? word(attachment(message) ?? "photo");
  for (const { type, offset, length: size } of message.entities ?? message.caption_entities ?? []) {
    if (type === "spoiler") text = text.slice(0, offset) + "▒".repeat(size) + text.slice(offset + size);
  }
  return text.slice(0, length);
}

/** The text of a rich text without its styles. */
function plain(part) {
  if (typeof part === "string") return part;
  return Array.isArray(part) ? part.map(plain).join("") : plain(part.text ?? "");
}

function build(text, start, end, entities, act) {
  const nodes = [];
  let waiting = entities.toSorted(byPlace);
  let at = start;
  let afterBlock = false;
  const addText = (until, beforeBlock) => {
    let piece = text.slice(at, until);
    if (afterBlock) piece = piece.replace(/^\n/, "");
    if (beforeBlock) piece = piece.replace(/\n$/, "");
    if (piece) nodes.push(piece);
  };
  while (waiting.length) {
    const [entity, ...others] = waiting;
    const isBlock = BLOCKS.has(entity.type);
    addText(entity.offset, isBlock);
    const inside = others.filter((other) => other.offset < entity.end);
    const inner = inside.map((other) => ({ ...other, end: Math.min(other.end, entity.end) }));
    nodes.push(wrap(entity, text, build(text, entity.offset, entity.end, inner, act), act));
    const crossing = inside.filter((other) => other.end > entity.end).map((other) => ({ ...other, offset: entity.end }));
    waiting = [...crossing, ...others.filter((other) => other.offset >= entity.end)].sort(byPlace);
    at = entity.end;
    afterBlock = isBlock;
  }
  addText(end, false);
  return nodes;
}

function byPlace(one, other) {
  return one.offset - other.offset || other.end - one.end;
}

function wrap(entity, text, children, act) {
  const own = text.slice(entity.offset, entity.end);
  if (SIMPLE[entity.type]) return el(SIMPLE[entity.type], {}, ...children);
  switch (entity.type) {
    case "pre": return el("pre", { "data-language": entity.language || false }, el("code", {}, ...children));
    case "spoiler": return spoiler(children);
    case "blockquote": return el("blockquote", {}, ...children);
    case "expandable_blockquote": return expandable(children);
    case "text_link": return link(entity.url, children, act);
    case "url": return link(/^[a-z]+:\/\//i.test(own) ? own : `http://${own}`, children, act);
    case "email": return link(`mailto:${own}`, children, act);
    case "bot_command": return el("button", { type: "button", class: "command", onclick: () => act.command(own) }, ...children);
    case "hashtag": return el("button", { type: "button", class: "command tag", onclick: () => act.hashtag(own) }, ...children);
    case "cashtag": case "mention": case "text_mention": return el("span", { class: "tag" }, ...children);
    default: return el("span", {}, ...children);
  }
}

/** The parameter of a link that starts this very bot, else null. */
export function startParameter(url, username) {
  const found = URL.canParse(url) ? new URL(url) : null;
  const isOwn = found && ["t.me", "telegram.me"].includes(found.hostname) && found.pathname.slice(1).toLowerCase() === username.toLowerCase();
  return isOwn ? found.searchParams.get("start") ?? "" : null;
}

function link(url, children, act) {
  const parameter = startParameter(url, act.username);
  if (parameter !== null) return el("button", { type: "button", class: "command", onclick: () => act.start(parameter) }, ...children);
  const post = /^https:\/\/t\.me\/(?:c\/)?\w+\/(\d+)$/.exec(url);
  if (post) return el("button", { type: "button", class: "command", title: url, onclick: () => act.post(Number(post[1])) }, ...children);
  if (!/^(https?|mailto|tg):/i.test(url)) return el("span", { class: "tag" }, ...children);
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer", title: url }, ...children);
}

function spoiler(children) {
  const reveal = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    if (!node.classList.contains("hidden")) return;
    event.preventDefault();
    node.classList.remove("hidden");
    node.removeAttribute("role");
    node.removeAttribute("tabindex");
    node.removeAttribute("aria-label");
  };
  const given = { class: "spoiler hidden", role: "button", tabindex: "0", "aria-label": word("spoiler") };
  const node = el("span", { ...given, onclick: reveal, onkeydown: reveal }, el("span", {}, ...children));
  return node;
}

function expandable(children) {
  const body = el("div", { class: "quote-body" }, ...children);
  const toggle = el("button", { type: "button", class: "quote-toggle", "aria-expanded": "false", "aria-label": word("more") }, icon("down"));
  const quote = el("blockquote", { class: "expandable collapsed" }, body, toggle);
  const turn = () => {
    const collapsed = quote.classList.toggle("collapsed");
    toggle.setAttribute("aria-expanded", String(!collapsed));
    toggle.setAttribute("aria-label", word(collapsed ? "more" : "less"));
  };
  toggle.addEventListener("click", turn);
  body.addEventListener("click", () => {
    if (quote.classList.contains("collapsed") && !quote.classList.contains("short")) turn();
  });
  new ResizeObserver(() => {
    if (quote.classList.contains("collapsed")) quote.classList.toggle("short", body.scrollHeight <= body.clientHeight + 2);
  }).observe(body);
  return quote;
}
