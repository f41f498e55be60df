import type { Receipt } from "../../contract/receipt.ts";
import { whenBusyOf } from "./args.ts";
import type { Command } from "./command.ts";
import { oneLine } from "./inert.ts";
import { tell, tellReply, textOf } from "./say.ts";
import { homeOf, needServer } from "./talk.ts";

/** Sends the words, or standard input for `-`; with `--wait` prints the answer, and fails unless there is one. */
export const send: Command = async ({ words: [worker = "", ...words], flags }, world) => {
  const whenBusy = whenBusyOf(flags);
  const server = await needServer(homeOf(flags, world));
  const text = await textOf(words, world);
  const receipt = await server.call("send", {
    worker,
    text,
    as: flags.command ? "command" : "text",
    ...(whenBusy && { whenBusy }),
  });
  if (!flags.wait) return tell(world, flags, receipt, receiptText);
  for (const note of receipt.notes) world.err(`${oneLine(note)}\n`);
  return tellReply(world, flags, await server.call("reply", { worker, message: receipt.id, wait: true }));
};

const receiptText = ({ id, state, notes }: Receipt) => `${[`${id} ${state}`, ...notes.map(oneLine)].join(" · ")}\n`;
