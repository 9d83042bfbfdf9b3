// Where the reader is in a chat: new messages come into view, but never push away the first of them.

const NEAR = 60;

/** Follows the end of `pane` until the reader scrolls away; `button` leads back and counts what came meanwhile. */
export function scroller(pane, button) {
  let following = true;
  let first = null; // the first message that came since the reader did something
  let below = [];
  const badge = button.querySelector(".badge");
  const atBottom = () => pane.scrollHeight - pane.scrollTop - pane.clientHeight < NEAR;
  const isSeen = (element) => element.offsetTop + Math.min(element.offsetHeight, NEAR) <= pane.scrollTop + pane.clientHeight;
  const settle = () => {
    if (!following) return;
    const end = pane.scrollHeight - pane.clientHeight;
    pane.scrollTop = first ? Math.min(end, first.offsetTop - 12) : end;
  };
  const show = () => {
    button.hidden = atBottom();
    below = below.filter((element) => !isSeen(element));
    badge.hidden = below.length === 0;
    badge.textContent = String(below.length);
  };
  const moved = () => { following = false; };
  pane.addEventListener("wheel", moved, { passive: true });
  pane.addEventListener("touchmove", moved, { passive: true });
  pane.addEventListener("keydown", ({ key }) => { if (/^(Page|Arrow|Home|End)/.test(key)) moved(); });
  pane.addEventListener("scroll", () => {
    show();
    if (!following && atBottom()) { following = true; first = null; }
  }, { passive: true });
  new ResizeObserver(settle).observe(pane.firstElementChild);
  return {
    start(unread) {
      first = unread;
      settle();
      show();
    },
    expect() {
      following = true;
      first = null;
    },
    /** A message stands in the chat now; whether the reader sees it. */
    added(element, isOwn) {
      if (isOwn) { following = true; first = element; }
      else if (following && !first) first = element;
      settle();
      const seen = isSeen(element);
      if (!seen) below.push(element);
      show();
      return seen;
    },
    /** A message that was edited is shown by another element now; a deleted one by none. */
    replaced(before, element) {
      if (first === before) first = element;
      below = below.map((one) => (one === before ? element : one)).filter(Boolean);
    },
    bottom() {
      first = null;
      following = true;
      pane.scrollTo({ top: pane.scrollHeight, behavior: "smooth" });
    },
  };
}
