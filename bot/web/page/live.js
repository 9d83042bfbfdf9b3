// Shows what the server says, each time it says it: the messages as they are now, and what is wrong with them.
"use strict";

const at = (id) => document.getElementById(id);
const frame = at("messages");

function show(view) {
  document.documentElement.lang = view.language;
  document.title = view.file;
  at("file").textContent = view.file;
  at("heading").textContent = view.heading;
  at("trouble").textContent = view.trouble ?? "";
  at("trouble").hidden = !view.trouble;
  at("state").textContent = view.state;
  at("state").dataset.version = view.version;
  at("findings").replaceChildren(...view.findings.map(finding));
  if (!view.trouble) reload(view.version);
}

function finding(one) {
  const item = document.createElement("li");
  item.className = one.level;
  const place = document.createElement("b");
  place.textContent = `${one.line}:${one.column} ${one.code}`;
  item.append(place, one.message);
  return item;
}

// The reader of the page stays where they were: the new messages stand where the old ones did.
function reload(version) {
  const top = frame.contentWindow?.scrollY ?? 0;
  frame.addEventListener("load", () => {
    const page = frame.contentDocument;
    page.head.append(Object.assign(page.createElement("base"), { target: "_blank" }));
    frame.contentWindow.scrollTo(0, top);
    frame.dataset.version = version;
  }, { once: true });
  frame.contentWindow.location.replace(`messages?${version}`);
}

new EventSource("events").addEventListener("message", (event) => show(JSON.parse(event.data)));
