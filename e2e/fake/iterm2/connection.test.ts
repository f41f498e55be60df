import { create, toBinary } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { CallSchema } from "../../../main/terminal/iterm2/wire/iterm2_pb.ts";
import { opcode } from "./frames.ts";
import { connected, running, simulator } from "./harness.ts";
import { clientFrame } from "./raw-client.ts";

const listSessions = (id: bigint) =>
  toBinary(CallSchema, create(CallSchema, { id, call: { case: "listSessions", value: {} } }));

test("drops text, garbage and more than one protobuf can be without a word, and goes on", async () => {
  const iterm2 = await simulator();
  const client = await connected(iterm2);
  client.send(clientFrame(opcode.text, listSessions(90n)));
  client.send(clientFrame(opcode.binary, Buffer.from("ffffffff", "hex")));
  const { id } = await client.reply({ case: "listSessions", value: {} });
  expect(id).toBe(1n);
  expect(iterm2.complaints).toHaveLength(2);
});

test("ends the connection of a client that sends a message in parts", async () => {
  const client = await connected(await simulator());
  const bytes = listSessions(1n);
  client.send(clientFrame(opcode.binary, bytes.subarray(0, 2), { isFinal: false }));
  await client.closed;
});

test("answers a small ping, and no larger one", async () => {
  const client = await connected(await simulator());
  client.send(clientFrame(opcode.ping, Buffer.alloc(120, "x")));
  client.send(clientFrame(opcode.ping, Buffer.alloc(119, "y")));
  const pong = await client.frame((frame) => frame.opcode === opcode.pong);
  expect(pong.payload.toString()).toBe("y".repeat(119));
});

test("answers Close with an empty Close", async () => {
  const client = await connected(await simulator());
  const answer = client.frame((frame) => frame.opcode === opcode.close);
  client.send(clientFrame(opcode.close, Buffer.from([3, 232])));
  expect((await answer).payload).toHaveLength(0);
  await client.closed;
});

test("an unknown call is an error, a line range that names no lines gets a reply with nothing in it", async () => {
  const iterm2 = await simulator();
  const client = await connected(iterm2);
  const session = await iterm2.hand.openWindow();
  const { result } = await client.reply({ case: undefined });
  expect(result).toEqual({ case: "error", value: "Invalid request. Upgrade iTerm2 to a newer version." });
  const empty = await client.reply({ case: "getBuffer", value: { session, lineRange: {} } });
  expect(empty.result.case).toBeUndefined();
});

test("does nothing while its main thread is stalled, but answers pings", async () => {
  const iterm2 = await simulator();
  const client = await connected(iterm2);
  const release = iterm2.faults.stall();
  let answered = false;
  const reply = client.call("listSessions", {}).then(() => {
    answered = true;
  });
  for (const round of ["1", "2", "3"]) {
    client.send(clientFrame(opcode.ping, Buffer.from(round)));
    await client.frame((frame) => frame.opcode === opcode.pong);
  }
  expect(answered).toBe(false);
  release();
  await reply;
});

test("a reply that needs time comes after those asked for later", async () => {
  const iterm2 = await simulator({ delays: { launch: 50 } });
  const client = await connected(iterm2);
  const order: string[] = [];
  await Promise.all([
    client.call("createTab", {}).then(() => order.push("createTab")),
    client.call("listSessions", {}).then(() => order.push("listSessions")),
  ]);
  expect(order).toEqual(["listSessions", "createTab"]);
});

test("a reply that needs time does not come while the main thread is stalled", async () => {
  const iterm2 = await simulator();
  const client = await connected(iterm2);
  const order: string[] = [];
  let release = () => {};
  iterm2.onEvent(({ is }) => {
    if (is === "session.new") release = iterm2.faults.stall();
  });
  const made = client.call("createTab", {}).then(() => order.push("made"));
  for (let round = 0; round < 50; round++) {
    client.send(clientFrame(opcode.ping, Buffer.from(String(round))));
    await client.frame((frame) => frame.opcode === opcode.pong);
  }
  order.push("released");
  release();
  await made;
  expect(order).toEqual(["released", "made"]);
});

test.each(["drop before", "drop after", "drop during"] as const)("can %s", async (fault) => {
  const iterm2 = await simulator();
  const client = await connected(iterm2);
  iterm2.faults.calls.plan("createTab", fault);
  await expect(client.call("createTab", {})).rejects.toThrow("the socket closed");
  expect(iterm2.hand.sessions()).toHaveLength(fault === "drop before" ? 0 : 1);
  await running(await connected(iterm2), "exec cat");
});

test("can reply with nothing, and not at all", async () => {
  const iterm2 = await simulator();
  const client = await connected(iterm2);
  iterm2.faults.calls.plan("listSessions", "empty");
  iterm2.faults.calls.plan("focus", "silent");
  expect((await client.reply({ case: "listSessions", value: {} })).result.case).toBeUndefined();
  const silent = client.call("focus", {});
  await client.call("listSessions", {});
  iterm2.faults.dropAll();
  await expect(silent).rejects.toThrow("the socket closed");
});
