import { text as readAll } from "node:stream/consumers";
import type { Receipt } from "../../contract/receipt.ts";
import type { Reply } from "../../contract/reply.ts";
import { type Command, exit } from "./command.ts";
import { inert, oneLine, requestText } from "./print.ts";
import { homeOf, needServer } from "./talk.ts";
import type { World } from "./world.ts";

/** Sends the words, or standard input for `-`; with `--wait` prints the answer, and fails unless there is one. */
export const send: Command = async ({ words: [worker = "", ...words], flags }, world) => {
  const server = await needServer(homeOf(flags, world));
  const text = words.length === 1 && words[0] === "-" ? await readAll(world.input) : words.join(" ");
  const receipt = await server.call("send", { worker, text, as: flags.command ? "command" : "text" });
  if (!flags.wait) return tell(world, flags.json ? receipt : receiptText(receipt));
  for (const note of receipt.notes) world.err(`${oneLine(note)}\n`);
  const reply = await server.call("reply", { worker, message: receipt.id, wait: true });
  tell(world, flags.json ? reply : replyText(reply));
  return reply.outcome === "answered" ? exit.done : exit.failed;
};

function tell(world: World, said: unknown): number {
  world.out(typeof said === "string" ? said : `${JSON.stringify(said)}\n`);
  return exit.done;
}

const receiptText = ({ id, state, notes }: Receipt) => `${[`${id} ${state}`, ...notes.map(oneLine)].join(" · ")}\n`;

function replyText({ outcome, text, problem, worker }: Reply): string {
  const said = text === null ? "" : `${inert(text)}\n`;
  if (outcome === "answered") return said;
  const { phase } = worker;
  const requests = phase.is === "asking" ? phase.requests.map((request) => `${requestText(request)}\n`).join("") : "";
  return `${said}(${worker.id}: ${outcome}${problem ? `, ${oneLine(problem.text)}` : ""})\n${requests}`;
}
