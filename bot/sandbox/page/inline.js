// The list of inline results above the text box: what comes of typing "@bot …".

import { el } from "./dom.js";
import { word } from "./words.js";

const PAUSE = 250; // milliseconds without a key, until the bot is asked
const NEAR = 80; // pixels to the end of the list, until more is asked for

/**
 * The list. `username()` is the bot's name; `ask(text, offset)` gives `{results, next_offset, button}`, `pick(id)` posts a result,
 * `start(parameter)` is the button's deed, `complete(text)` writes into the box; `changed(isOpen, option)` tells what is marked.
 */
export function inlineList({ username, ask, pick, start, complete, changed }) {
  const rows = el("ul", { class: "results", role: "listbox", id: "results", "aria-label": word("results") });
  const node = el("div", { class: "menu inline", hidden: true, onpointerdown: (event) => event.preventDefault() }, rows);
  let text = null; // what stands behind the bot's name; null if that is not what is typed
  let found = null; // the results so far, or null until the first answer
  let next = "";
  let at = -1;
  let timer = 0;
  let asked = 0;

  function filter(typed) {
    const name = username();
    const [, begun, query] = /^@(\w*)(?:\s([^]*))?$/.exec(typed) ?? [];
    const isQuery = query !== undefined && begun.toLowerCase() === name.toLowerCase();
    if (!isQuery) {
      close();
      if (query === undefined && begun !== undefined && name.toLowerCase().startsWith(begun.toLowerCase())) suggest(name);
    } else if (query.trim() !== text) {
      const isOther = text !== null;
      reset(query.trim());
      timer = setTimeout(load, PAUSE, "");
      if (isOther) node.setAttribute("aria-busy", "true"); // what was found before stands until there is something new
      else say(word("asking"));
    }
  }

  function suggest(name) {
    const row = el("li", { role: "option", id: "result-0", class: "option", "aria-selected": "true", onclick: () => complete(`@${name} `) }, el("b", {}, `@${name}`));
    rows.replaceChildren(row);
    node.hidden = false;
    at = 0;
    changed(true, "result-0");
  }

  function reset(query) {
    clearTimeout(timer);
    asked += 1;
    [text, found, next, at] = [query, null, "", -1];
  }

  async function load(offset) {
    const turn = asked += 1;
    try {
      const answer = await ask(text, offset);
      if (turn !== asked) return;
      if (answer.refused) throw new Error(answer.refused);
      node.removeAttribute("aria-busy");
      next = answer.next_offset;
      if (offset) more(answer);
      else first(answer);
    } catch (error) {
      if (turn === asked && !offset) say(error.message);
    }
  }

  function first({ results, button }) {
    found = results;
    at = results.length ? 0 : -1;
    rows.replaceChildren(...results.map(row));
    node.querySelector(".inline-button")?.remove();
    if (button) {
      const given = { type: "button", class: "inline-button", onclick: () => start(button.start_parameter) };
      node.prepend(el("button", given, button.text));
    } else if (!results.length) return say(word("noResults"));
    node.scrollTop = 0;
    node.hidden = false;
    mark();
  }

  function more({ results }) {
    const known = new Set(found.map(({ id }) => id));
    const fresh = results.filter(({ id }) => !known.has(id));
    rows.append(...fresh.map((result, index) => row(result, found.length + index)));
    found = [...found, ...fresh];
    if (next && node.scrollHeight <= node.clientHeight) further();
  }

  function further() {
    if (!next) return;
    const offset = next;
    next = "";
    load(offset);
  }

  function row(result, index) {
    return el("li", { role: "option", id: `result-${index}`, class: "result", "aria-selected": "false", onclick: () => choose(index) },
      thumbnail(result),
      el("span", { class: "result-facts" }, el("b", {}, result.title), result.description && el("span", {}, result.description)));
  }

  function say(line) {
    node.removeAttribute("aria-busy");
    rows.replaceChildren(el("li", { class: "hint" }, line));
    node.querySelector(".inline-button")?.remove();
    node.hidden = false;
    changed(true, null);
  }

  function mark() {
    rows.querySelector('[aria-selected="true"]')?.setAttribute("aria-selected", "false");
    const marked = rows.children[at];
    marked?.setAttribute("aria-selected", "true");
    marked?.scrollIntoView({ block: "nearest" });
    changed(true, at < 0 ? null : `result-${at}`);
    if (at >= 0 && at >= found.length - 2) further();
  }

  function choose(index) {
    if (!found) return;
    const { id } = found[index];
    close();
    pick(id);
  }

  function close() {
    reset(null);
    if (node.hidden) return;
    node.hidden = true;
    rows.replaceChildren();
    node.querySelector(".inline-button")?.remove();
    changed(false, null);
  }

  /** Whether a key was the list's. Enter is, as long as the bot was asked and has not said that there is nothing. */
  function key({ key: pressed }) {
    if (node.hidden) return false;
    const count = found?.length ?? 0;
    if (pressed === "Escape") close();
    else if (text === null && ["Enter", "Tab"].includes(pressed)) complete(`@${username()} `);
    else if (pressed === "Enter" && (found === null || count)) { if (count) choose(at); }
    else if (pressed === "ArrowDown" && count) { at = Math.min(at + 1, count - 1); mark(); }
    else if (pressed === "ArrowUp" && count) { at = Math.max(at - 1, 0); mark(); }
    else return false;
    return true;
  }

  node.addEventListener("scroll", () => {
    if (node.scrollHeight - node.scrollTop - node.clientHeight < NEAR) further();
  }, { passive: true });
  return { node, filter, key, close };
}

function thumbnail({ thumbnail_url: url, title }) {
  const letter = el("span", { class: "thumbnail", "aria-hidden": "true" }, [...title.trim()][0] ?? "");
  if (!url) return letter;
  const picture = el("img", { class: "thumbnail", src: url, alt: "", loading: "lazy", decoding: "async", referrerpolicy: "no-referrer" });
  picture.addEventListener("error", () => picture.replaceWith(letter));
  return picture;
}
