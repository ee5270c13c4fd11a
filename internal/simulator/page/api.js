// The people's side of the simulator, as functions.

async function call(method, path, body) {
  const options = { method };
  if (body !== undefined) {
    options.headers = { "Content-Type": "application/json" };
    options.body = JSON.stringify(body);
  }
  const answer = await fetch("/sim/" + path, options);
  const data = await answer.json();
  if (!answer.ok) throw new Error(data.error || answer.statusText);
  return data;
}

export const getBot = () => call("GET", "bot");
export const getChats = () => call("GET", "chats");
export const getMessages = (chat) => call("GET", `chats/${chat}/messages?after=0`);
export const send = (chat, message) => call("POST", `chats/${chat}/messages`, message);
export const press = (chat, message_id, data) => call("POST", `chats/${chat}/press`, { message_id, data });
export const addChat = (chat) => call("POST", "chats", chat);
export const getClock = () => call("GET", "clock");
export const getMoments = () => call("GET", "moments");
export const moveClock = (move) => call("POST", "clock", move);
export const setFaults = (faults) => call("POST", "faults", faults);

/** Listens to the server; handlers are named after the events, plus open. */
export function listen(handlers) {
  const source = new EventSource("/sim/events");
  for (const [name, handle] of Object.entries(handlers)) {
    source.addEventListener(name, (e) => handle(e.data === undefined ? null : JSON.parse(e.data)));
  }
}
