import type { SimulatorEvent } from "./events.ts";

const longest = 160;

/** One line for a person to read; undefined for what happens too often to be read. */
export function describeEvent(event: SimulatorEvent): string | undefined {
  switch (event.is) {
    case "session.new":
      return `session ${event.id} is new`;
    case "session.terminated":
      return `session ${event.id} is terminated`;
    case "session.drawn":
      return undefined;
    case "session.typed":
      return `typed into ${event.id}: ${JSON.stringify(event.characters)}`;
    case "session.custom":
      return `session ${event.id} says ${event.identity}: ${event.payload}`;
    case "layout.changed":
      return "the layout changed";
    case "focus.changed":
      return `the focus changed: ${briefly(event.change.event)}`;
    case "broadcast.changed":
      return "input is broadcast to others";
    case "client.connected":
      return `${event.name || "a client"} connected`;
    case "client.refused":
      return `a client was refused with ${event.status}: ${event.because}`;
    case "client.left":
      return "a client left";
    case "client.called":
      return event.call.case ? `${event.call.case} ${briefly(event.call.value)}` : "a call that is not known here";
    case "client.complained":
      return `! ${event.fact}`;
    case "osascript.ran":
      return `osascript: ${event.source.trim()} → ${event.said.replace(/[0-9a-f]{32}/, "(cookie)")}`;
    case "dialog.opened":
      return `a dialog asks: ${event.question}`;
    case "api.switched":
      return event.isOn ? "the API is on" : "the API is off";
  }
}

/** Without what only the wire needs, and cut where it gets long. */
function briefly(value: unknown): string {
  const text = JSON.stringify(value, (key, part) =>
    key === "$typeName" ? undefined : typeof part === "bigint" ? Number(part) : part,
  );
  return text && text.length > longest ? `${text.slice(0, longest)}…` : (text ?? "");
}
