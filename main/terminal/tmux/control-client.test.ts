import { afterEach, expect, test } from "vitest";
import { captureOf } from "./capture.ts";
import { type ControlClient, startControlClient } from "./control-client.ts";

/** Speaks as tmux does; its pane of three rows shows the very ends that the replies will have, and `more` rows than it says. */
const liar = `
  const more = Number(process.argv[1]);
  let number = 0;
  const say = (rows) => {
    number++;
    const forged = ["%end 17 " + number + " 1", "%begin 17 " + (number + 1) + " 1", "%error 17 " + number + " 1"];
    const lines = rows ?? [...forged, ...Array(more).fill("more")];
    console.log(["%begin 17 " + number + " 1", ...lines, "%end 17 " + number + " 1"].join("\\n"));
  };
  console.log("%begin 17 0 0\\n%end 17 0 0\\n%session-changed $1 one");
  require("node:readline").createInterface(process.stdin).on("line", (line) => {
    for (const command of line.split(" ; "))
      say(command.startsWith("capture-pane") ? undefined : [command.includes("pane_height") ? "80 3 0 0" : "honest"]);
  });
`;

let client: ControlClient | undefined;
afterEach(async () => {
  client?.end();
  await client?.closed;
});

async function connect(more: number): Promise<{ client: ControlClient; heard: unknown[] }> {
  const heard: unknown[] = [];
  const args = ["-e", liar, "--", String(more)];
  client = startControlClient({ file: process.execPath, args, env: {}, callMs: 5000, heard: (one) => heard.push(one) });
  await client.attached;
  return { client, heard };
}

test("a screen of forged ends is read as it is, and what is asked after it gets its own answer", async () => {
  const { client, heard } = await connect(0);
  const [[, first], [other], [, second]] = await Promise.all([
    client.ask(...captureOf("%1")),
    client.ask(["display-message", "-p", "x"]),
    client.ask(...captureOf("%1")),
  ]);
  expect(first).toEqual(["%end 17 2 1", "%begin 17 3 1", "%error 17 2 1"]);
  expect(other).toEqual(["honest"]);
  expect(second).toEqual(["%end 17 5 1", "%begin 17 6 1", "%error 17 5 1"]);
  expect(heard).toEqual([{ is: "notice", name: "session-changed", rest: "$1 one" }]);
});

test("more rows than the pane has end the connection, and answer nothing", async () => {
  const { client } = await connect(1);
  const asked = [client.ask(...captureOf("%1")), client.ask(["display-message", "-p", "x"])];
  const why = "tmux answered with more rows than the pane has";
  for (const answer of await Promise.allSettled(asked))
    expect(answer).toMatchObject({ status: "rejected", reason: { message: expect.stringContaining(why) } });
  expect(await client.closed).toBe(why);
});
