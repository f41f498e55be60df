import type { IncomingMessage } from "node:http";
import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { readJson } from "./body.ts";

/** A request whose body comes in these pieces. */
function bodyOf(...pieces: (string | Buffer)[]): IncomingMessage {
  const stream = new PassThrough();
  for (const piece of pieces) stream.write(piece);
  stream.end();
  return stream as unknown as IncomingMessage;
}

describe("a body", () => {
  test("is parsed, however it was cut", async () => {
    const bytes = Buffer.from('{"text":"dåd 🙂"}');
    const pieces = [...bytes].map((byte) => Buffer.from([byte]));
    expect(await readJson(bodyOf(...pieces), 100)).toEqual({ body: { text: "dåd 🙂" } });
  });

  test.each([
    ["that is not JSON", "{]", 400],
    ["that is empty", "", 400],
    ["that is too large in sum", "x".repeat(101), 413],
    ["that is nested too deep", `${"[".repeat(201)}${"]".repeat(201)}`.slice(0, 500), 400],
    ["of 200,000 open brackets", "[".repeat(200_000), 400],
    ["of 200,000 open braces", '{"a":'.repeat(200_000), 400],
  ])("%s is refused", async (_, text, status) => {
    const max = status === 413 ? 100 : 2_000_000;
    expect(await readJson(bodyOf(text), max)).toMatchObject({ status, message: expect.stringMatching(/\.$/) });
  });

  test("may hold as many brackets as it likes inside its texts, and side by side", async () => {
    const value = { text: `\\"${"[{".repeat(500)}`, list: Array.from({ length: 500 }, () => [{}]) };
    expect(await readJson(bodyOf(JSON.stringify(value)), 1e6)).toEqual({ body: value });
  });

  test("that was cut off is refused", async () => {
    const stream = new PassThrough();
    const read = readJson(stream as unknown as IncomingMessage, 100);
    stream.write("{");
    stream.destroy();
    expect(await read).toMatchObject({ status: 400 });
  });

  test("with a __proto__ changes nothing but itself", async () => {
    await readJson(bodyOf('{"__proto__":{"polluted":true}}'), 100);
    expect({}).not.toHaveProperty("polluted");
  });
});
