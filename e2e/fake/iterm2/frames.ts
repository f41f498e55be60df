export const opcode = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** One websocket frame of a client. `length`: the whole frame with its header, in bytes. */
export interface Frame {
  readonly opcode: number;
  readonly isFinal: boolean;
  readonly payload: Buffer;
  readonly length: number;
}

/** Cuts what a client sends into frames; reserved bits are not looked at, as in iTerm2. */
export function createFrameReader(onFrame: (frame: Frame) => void): (chunk: Buffer) => void {
  let waiting: Buffer = Buffer.alloc(0);
  return (chunk) => {
    waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
    for (let frame = readFrame(waiting); frame; frame = readFrame(waiting)) {
      waiting = waiting.subarray(frame.length);
      onFrame(frame);
    }
  };
}

function readFrame(bytes: Buffer): Frame | undefined {
  const [first, second] = bytes;
  if (first === undefined || second === undefined) return undefined;
  const short = second & 0x7f;
  const extra = short === 127 ? 8 : short === 126 ? 2 : 0;
  const isMasked = (second & 0x80) !== 0;
  const start = 2 + extra + (isMasked ? 4 : 0);
  if (bytes.length < start) return undefined;
  const size = extra === 8 ? Number(bytes.readBigUInt64BE(2)) : extra === 2 ? bytes.readUInt16BE(2) : short;
  if (bytes.length < start + size) return undefined;
  const body = bytes.subarray(start, start + size);
  const payload = isMasked ? unmask(body, bytes.subarray(start - 4, start)) : body;
  return { opcode: first & 0x0f, isFinal: (first & 0x80) !== 0, payload, length: start + size };
}

function unmask(body: Buffer, mask: Buffer): Buffer {
  const plain = Buffer.alloc(body.length);
  for (let at = 0; at < body.length; at++) plain[at] = (body[at] ?? 0) ^ (mask[at & 3] ?? 0);
  return plain;
}

/** A frame as a server sends it: whole and unmasked. */
export function makeFrame(code: number, payload: Uint8Array): Buffer {
  const size = payload.length;
  const header = Buffer.alloc(size < 126 ? 2 : size < 65_536 ? 4 : 10);
  header[0] = 0x80 | code;
  header[1] = size < 126 ? size : size < 65_536 ? 126 : 127;
  if (header.length === 4) header.writeUInt16BE(size, 2);
  if (header.length === 10) header.writeBigUInt64BE(BigInt(size), 2);
  return Buffer.concat([header, payload]);
}
