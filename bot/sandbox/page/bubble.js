// One message as a bubble with its buttons.

import { el, icon, iconButton } from "./dom.js";
import { richBlocks } from "./rich.js";
import { attachment, formatted, glimpse, startParameter } from "./text.js";
import { clock, size, word } from "./words.js";

/**
 * The element of a message. `act` holds what can be done: command(text), hashtag(text), start(parameter),
 * press(message, data), switchTo(button), reply(message), mention(); `isMine(message)` tells whose it is, `isNamed` whether its
 * author is told; `isWaiting(message, data)` whether a button was pressed and not answered yet.
 */
export function bubble(message, act, { isMine, isNamed, isWaiting }) {
  const mine = isMine(message);
  const side = message.from_bot ? "from-bot" : mine ? "from-me" : "from-other";
  return el("article", { class: `message ${side}`, "data-id": message.message_id, tabindex: "-1" },
    el("div", { class: "bubble" },
      isNamed && !mine && el("div", { class: "author" }, message.sender_chat?.title ?? message.from.first_name),
      via(message, act),
      reply(message),
      photo(message),
      attached(message),
      file(message),
      preview(message, "above"),
      el("div", { class: "text", dir: "auto" }, ...body(message, act), meta(message)),
      preview(message, "below")),
    message.from_bot && iconButton("reply", word("reply"), () => act.reply(message), { class: "icon-button reply-button" }),
    buttons(message, act, isWaiting));
}

function body(message, act) {
  if (message.rich_message) return [el("div", { class: "rich" }, ...richBlocks(message.rich_message.blocks, message.message_id))];
  const text = message.text ?? message.caption ?? "";
  return formatted(text, message.entities ?? message.caption_entities ?? [], act);
}

function reply({ reply_to_message: replied }) {
  if (!replied || replied.forum_topic_created) return null; // what opened a topic is only where it stands
  return el("div", { class: "reply" }, glimpse(replied, 80));
}

function photo(message) {
  if (message.photo_id) return el("img", { class: "photo", src: `/sandbox/photos/${message.photo_id}`, alt: message.caption ?? word("photo") });
  if (!message.photo_url) return null;
  const given = { class: "photo-link", href: message.photo_url, target: "_blank", rel: "noopener noreferrer" };
  return el("a", given, `${word("photo")}: ${message.photo_url}`);
}

/** What a person sent besides text: the stand-in holds no files of theirs. */
function attached(message) {
  const kind = message.from_bot ? null : attachment(message);
  if (kind === "sticker") return el("div", { class: "sticker", role: "img", "aria-label": word("sticker") }, message.sticker.emoji);
  return kind && el("div", { class: "attached" }, word(kind === "document" ? "file" : kind));
}

function via(message, act) {
  if (!message.via_bot) return null;
  const name = `@${message.via_bot.username}`;
  return el("div", { class: "via" }, `${word("via")} `, el("button", { type: "button", class: "command", onclick: act.mention }, name));
}

function file({ document: given, from_bot: isBots }) {
  if (!given || !isBots) return null;
  const address = `/sandbox/documents/${given.file_id}`;
  return el("a", { class: "document", href: address, download: given.file_name, title: word("save") },
    el("span", { class: "document-icon" }, icon("issue")),
    el("span", { class: "document-facts" }, el("b", {}, given.file_name), el("span", {}, size(given.file_size))));
}

/** The picture at an address under its host's name, if it stands at that side of the text; the name alone where it does not load. */
function preview({ link_preview_options: options }, side) {
  if (!options?.url || (options.show_above_text ? "above" : "below") !== side) return null;
  const url = /^https?:/i.test(options.url) ? options.url : `http://${options.url}`;
  if (!URL.canParse(url)) return null;
  const image = el("img", { src: url, alt: "", loading: "lazy", decoding: "async", referrerpolicy: "no-referrer" });
  image.addEventListener("error", () => image.remove());
  const look = `preview ${side} ${options.prefer_small_media ? "small" : "large"}`;
  const given = { class: look, href: url, target: "_blank", rel: "noopener noreferrer", title: url };
  return el("a", given, el("span", {}, `${word("photo")} · ${new URL(url).host}`), image);
}

function meta(message) {
  const silent = message.from_bot && message.silent;
  return el("span", { class: "meta" },
    silent && el("span", { class: "silent", role: "img", "aria-label": word("silent"), title: word("silent") }, icon("silent")),
    message.edit_date && el("span", { class: "edited" }, word("edited")),
    el("time", { datetime: new Date(message.date * 1000).toISOString() }, clock(message.date)));
}

function buttons(message, act, isWaiting) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows) return null;
  return el("div", { class: "buttons" }, ...rows.map((row) =>
    el("div", { class: "row" }, ...row.map((button) => inlineButton(message, button, act, isWaiting)))));
}

function inlineButton(message, button, act, isWaiting) {
  if (button.url) return urlButton(button, act);
  if (isSwitch(button)) {
    return el("button", { type: "button", class: "button", onclick: () => act.switchTo(button) }, el("span", {}, button.text), icon("share"));
  }
  const data = button.callback_data;
  const waits = data != null && isWaiting(message, data);
  const given = { type: "button", class: "button", "aria-busy": waits && "true", disabled: data == null, "data-data": data };
  return el("button", { ...given, onclick: () => act.press(message, data) }, el("span", {}, button.text));
}

function isSwitch(button) {
  return ["", "_current_chat", "_chosen_chat"].some((kind) => button[`switch_inline_query${kind}`] != null);
}

function urlButton(button, act) {
  const parameter = startParameter(button.url, act.username);
  if (parameter !== null) return el("button", { type: "button", class: "button", onclick: () => act.start(parameter) }, button.text);
  const url = /^(https?|tg):/i.test(button.url) ? button.url : `http://${button.url}`;
  const given = { class: "button", href: url, target: "_blank", rel: "noopener noreferrer", title: url };
  return el("a", given, el("span", {}, button.text), icon("open"));
}
