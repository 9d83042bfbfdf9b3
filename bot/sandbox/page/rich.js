// A rich message's blocks as DOM: headings, folds, tables, and links that jump within the message.

import { el } from "./dom.js";

const STYLES = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", marked: "mark", subscript: "sub", superscript: "sup" };

/** The nodes of a message's blocks; `id` keeps its anchors apart from those of other messages. */
export function richBlocks(blocks, id) {
  return blocks.map((block) => richBlock(block, id));
}

function richBlock(block, id) {
  const text = () => richText(block.text ?? [], id);
  switch (block.type) {
    case "heading": return el(`h${Math.min(block.size + 2, 6)}`, { class: `rich-heading size-${block.size}` }, ...text());
    case "pre": return el("pre", {}, el("code", {}, block.text));
    case "anchor": return el("span", { id: anchor(id, block.name) });
    case "divider": return el("hr");
    case "blockquote": return el("blockquote", {}, ...richBlocks(block.blocks, id));
    case "details": return el("details", { open: block.is_open }, el("summary", {}, ...richText(block.summary, id)), ...richBlocks(block.blocks, id));
    case "table": return el("div", { class: "rich-table", tabindex: "0" }, el("table", {}, ...block.cells.map((row) => tableRow(row, id))));
    case "list": return el("ul", {}, ...block.items.map((item) => el("li", {}, ...richBlocks(item.blocks, id))));
    default: return el("p", {}, ...text());
  }
}

function tableRow(cells, id) {
  return el("tr", {}, ...cells.map((cell) => el(cell.is_header ? "th" : "td", {}, ...richText(cell.text, id))));
}

function richText(parts, id) {
  return parts.map((part) => (typeof part === "string" ? part : styled(part, id)));
}

function styled(part, id) {
  const children = richText(part.text ?? [], id);
  if (STYLES[part.type]) return el(STYLES[part.type], {}, ...children);
  if (part.type === "url") return link(part.url, children);
  if (part.type === "anchor") return el("span", { id: anchor(id, part.name) });
  if (part.type === "anchor_link") return el("button", { type: "button", class: "command", onclick: () => jump(id, part.anchor_name) }, ...children);
  return el("span", {}, ...children);
}

function link(url, children) {
  const address = /^https?:/i.test(url) ? url : `http://${url}`;
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer", title: url }, ...children);
}

function jump(id, name) {
  document.getElementById(anchor(id, name))?.scrollIntoView({ block: "start" });
}

function anchor(id, name) {
  return `rich-${id}-${name}`;
}
