// What may be sent besides text, behind the paper clip.

import { el, iconButton } from "./dom.js";
import { word } from "./words.js";

const KINDS = { photo: "🖼", sticker: "👍", voice: "🎤", location: "📍" };

/**
 * The paper clip and its menu: `send(kind)` is called for what is chosen, `edit()` to write the last text anew, if `canEdit()`.
 * `button` and `node` are to be shown, close() closes the menu.
 */
export function attachMenu({ send, edit, canEdit }) {
  const node = el("div", { class: "menu attach", role: "menu", id: "attach", "aria-label": word("attach"), hidden: true });
  const button = iconButton("clip", word("attach"), () => (node.hidden ? open() : close()), { class: "icon-button clip", "aria-haspopup": "menu", "aria-controls": "attach", "aria-expanded": "false" });
  const show = (isOpen) => {
    node.hidden = !isOpen;
    button.setAttribute("aria-expanded", String(isOpen));
  };
  const close = () => show(false);

  function open() {
    const choices = Object.entries(KINDS).map(([kind, sign]) => choice(sign, word(kind), () => send(kind)));
    node.replaceChildren(...choices, ...(canEdit() ? [choice("✏️", word("editLast"), edit)] : []));
    show(true);
    node.firstChild.focus();
  }

  function choice(sign, name, act) {
    return el("button", { type: "button", class: "option", role: "menuitem", onclick: () => { close(); act(); } }, el("span", { "aria-hidden": "true" }, sign), el("b", {}, name));
  }

  node.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") { close(); button.focus(); } else if (step) {
      const options = [...node.children];
      options.at((options.indexOf(document.activeElement) + step) % options.length).focus();
    } else return;
    event.preventDefault();
  });
  node.addEventListener("focusout", ({ relatedTarget }) => { if (!node.contains(relatedTarget) && relatedTarget !== button) close(); });
  return { node, button, close };
}
