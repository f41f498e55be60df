import { randomUUID } from "node:crypto";
import {
  isJSONRPCErrorResponse,
  isJSONRPCResponse,
  type JSONRPCMessage,
  type JSONRPCRequest,
} from "@modelcontextprotocol/client";
import type { Running } from "../home/running.ts";
import type { FarEnd, OpenFarEnd } from "./far-end.ts";

/** Connects and opens a session in the client's name, with the words it once used; it never learns that the old one is gone. */
export async function greet(
  open: OpenFarEnd,
  running: Running,
  hello: JSONRPCRequest,
  onMessage: (message: JSONRPCMessage) => void,
): Promise<FarEnd> {
  const id = randomUUID();
  let answered: (message: JSONRPCMessage) => void = () => undefined;
  let broken: (cause: Error) => void = () => undefined;
  const answer = new Promise<JSONRPCMessage>((resolve, reject) => {
    answered = resolve;
    broken = reject;
  });
  const isOurs = (message: JSONRPCMessage) => isJSONRPCResponse(message) && message.id === id;
  const far = await open(running, (message) => (isOurs(message) ? answered(message) : onMessage(message)));
  const { signal } = new AbortController();
  await far.send({ ...hello, id }, { signal, onEnd: () => broken(new Error("the server ended while it was greeted")) });
  const told = await answer;
  if (isJSONRPCErrorResponse(told)) throw new Error(`the server refused a new session: ${told.error.message}`);
  far.agree(told);
  await far.send({ jsonrpc: "2.0", method: "notifications/initialized" });
  return far;
}
