import type { IncomingMessage } from "node:http";
import { type Refusal, tooLarge } from "./guard.ts";

/** Deeper than any tool's input; far below what makes a recursive reader run out of stack. */
const maxDepth = 200;

/** A parsed body, or why there is none. A body that is too large is read to its end and dropped, so that its sender gets the answer. */
export async function readJson(req: IncomingMessage, max: number): Promise<{ body: unknown } | Refusal> {
  const bytes = await readBytes(req, max);
  if (!Buffer.isBuffer(bytes)) return bytes;
  if (depthOf(bytes) > maxDepth)
    return { status: 400, message: `The JSON is nested over ${maxDepth} levels deep. Flatten it.` };
  try {
    return { body: JSON.parse(bytes.toString("utf8")) };
  } catch (cause) {
    return { status: 400, message: `The body is not JSON: ${cause instanceof Error ? cause.message : cause}. Fix it.` };
  }
}

function readBytes(req: IncomingMessage, max: number): Promise<Buffer | Refusal> {
  return new Promise((resolve) => {
    let chunks: Buffer[] = [];
    let size = 0;
    req.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= max) return void chunks.push(chunk);
      chunks = [];
      resolve(tooLarge(max));
    });
    req.on("end", () => resolve(Buffer.concat(chunks)));
    // Both come when the sender hangs up; a settled promise stays as it is.
    req.on("error", () => resolve(cutOff));
    req.on("close", () => resolve(cutOff));
  });
}

const cutOff: Refusal = { status: 400, message: "The body was cut off. Send it again." };

/** The deepest nesting of brackets outside strings, at most one over the limit. */
function depthOf(json: Buffer): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < json.length && deepest <= maxDepth; i++) {
    const byte = json[i];
    if (inString) {
      if (byte === backslash) i++;
      else if (byte === quote) inString = false;
    } else if (byte === quote) inString = true;
    else if (byte === openBrace || byte === openBracket) deepest = Math.max(deepest, ++depth);
    else if (byte === closeBrace || byte === closeBracket) depth--;
  }
  return deepest;
}

const [quote, backslash, openBrace, closeBrace, openBracket, closeBracket] = Buffer.from('"\\{}[]');
