// The menu of the bot's commands above the text box.

import { el } from "./dom.js";
import { word } from "./words.js";

/**
 * A menu of `commands`. It opens for a text that begins with "/" and has no space, filtered by it.
 * `choose(command)` is called for the chosen one, `complete(command)` to write it into the box.
 */
export function commandMenu({ commands, choose, complete, changed }) {
  const list = el("ul", { class: "menu", role: "listbox", id: "menu", "aria-label": word("commands"), hidden: true });
  let shown = [];
  let at = -1;

  function render() {
    list.replaceChildren(...shown.map(({ command, description }, index) =>
      el("li", {
        role: "option", id: `option-${index}`, "aria-selected": String(index === at), class: "option",
        onpointerdown: (event) => event.preventDefault(), onclick: () => pick(index),
      }, el("b", {}, `/${command}`), el("span", {}, description))));
    list.hidden = shown.length === 0;
    list.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
    changed(shown.length > 0, at < 0 ? null : `option-${at}`);
  }

  function show(found, marked) {
    shown = found;
    at = found.length ? marked : -1;
    render();
  }

  function pick(index) {
    const { command } = shown[index];
    show([], -1);
    choose(command);
  }

  return {
    node: list,
    close: () => show([], -1),
    toggle: () => show(shown.length ? [] : commands(), 0),
    filter(text) {
      const asked = /^\/(\w*)$/.exec(text);
      const found = asked ? commands().filter(({ command }) => command.startsWith(asked[1])) : [];
      show(found, asked?.[1] ? 0 : -1);
    },
    /** Whether a key was the menu's. */
    key(event) {
      if (!shown.length) return false;
      if (event.key === "ArrowDown") at = (at + 1) % shown.length;
      else if (event.key === "ArrowUp") at = (at <= 0 ? shown.length : at) - 1;
      else if (event.key === "Escape") shown = [];
      else if (event.key === "Tab" && at >= 0) {
        const { command } = shown[at];
        show([], -1);
        complete(command);
        return true;
      } else if (event.key === "Enter" && at >= 0) {
        pick(at);
        return true;
      } else return false;
      render();
      return true;
    },
  };
}
