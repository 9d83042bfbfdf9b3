// The topics of a forum: one is open, and who administers the forum closes, opens, deletes and makes them.

import { el } from "./dom.js";
import { word } from "./words.js";

/** The topic that a message stands in; 0 is "General". */
export function threadOf(message) {
  return message.is_topic_message ? message.message_thread_id : 0;
}

/** Draw the bar. `act` holds show(thread), change(what) and mayChange. */
export function topicBar(node, chat, current, act) {
  node.setAttribute("aria-label", word("topics"));
  const open = chat.topics.find(({ id }) => id === current) ?? chat.topics[0];
  node.replaceChildren(...chat.topics.map((topic) => tab(topic, topic === open, act)), ...(act.mayChange ? tools(open, act) : []));
}

function tab(topic, isOpen, act) {
  const given = { type: "button", class: "topic", "data-topic": topic.id, "aria-current": isOpen && "true" };
  return el("button", { ...given, onclick: () => act.show(topic.id) }, topic.closed ? "🔒 " : "", topic.name);
}

function tools(topic, act) {
  const tool = (what, label) => el("button", { type: "button", class: "tool", "data-do": what, onclick: () => act.change({ thread: topic.id, do: what }) }, word(label));
  const make = el("button", { type: "button", class: "tool", "data-do": "create", onclick: () => { const name = prompt(word("topicName")); if (name?.trim()) act.change({ name }); } }, word("newTopic"));
  return [topic.closed ? tool("reopen", "reopenTopic") : tool("close", "closeTopic"), ...(topic.id ? [tool("delete", "deleteTopic")] : []), make];
}
