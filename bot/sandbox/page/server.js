// Speaking with the stand-in: questions, and events as they happen.

async function answerOf(response) {
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error ?? response.statusText);
  return answer;
}

/** Ask for something to be done; rejects with one clear line. */
export async function post(what, given = {}) {
  const headers = { "Content-Type": "application/json" };
  return answerOf(await fetch(`/sandbox/${what}`, { method: "POST", headers, body: JSON.stringify(given) }));
}

/** Everything as it is now, and from then on every event; starts over where too much was missed. */
export async function follow({ onState, onEvent, onLine }) {
  const state = await answerOf(await fetch("/sandbox/state"));
  onState(state);
  const events = new EventSource(`/sandbox/events?after=${state.seq}`);
  const again = () => {
    events.close();
    setTimeout(() => follow({ onState, onEvent, onLine }).catch(again), 1000);
  };
  events.onopen = () => onLine(true);
  events.onerror = () => {
    onLine(false);
    if (events.readyState === EventSource.CLOSED) again();
  };
  events.onmessage = ({ data }) => {
    const event = JSON.parse(data);
    if (event.type === "reload") again();
    else onEvent(event);
  };
}
