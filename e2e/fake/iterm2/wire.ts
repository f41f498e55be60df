import { create, fromBinary, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { type Call, CallSchema, ReplySchema } from "../../../main/terminal/iterm2/wire/iterm2_pb.ts";

type Made = MessageInitShape<typeof ReplySchema>;
export type CallName = NonNullable<Call["call"]["case"]>;
export type CallOf<Name extends CallName> = Extract<Call["call"], { case: Name }>["value"];
/** What a reply carries; undefined for one that carries nothing, as iTerm2 sends for a line range it cannot read. */
export type Result = Exclude<Extract<Made["result"], { case: string }>, undefined> | undefined;
export type NotificationBody = Extract<NonNullable<Result>, { case: "notification" }>["value"];

/** The call in these bytes; undefined when they are none, which iTerm2 drops without a word. */
export function readCall(bytes: Uint8Array): Call | undefined {
  try {
    return fromBinary(CallSchema, bytes);
  } catch {
    return undefined; // That is what iTerm2 does.
  }
}

export const replyBytes = (id: bigint | undefined, result: Result): Uint8Array =>
  toBinary(ReplySchema, create(ReplySchema, { ...(id === undefined ? {} : { id }), ...(result ? { result } : {}) }));

/** A notification has no id, which a client reads as 0. */
export const notificationBytes = (value: NotificationBody): Uint8Array =>
  toBinary(ReplySchema, create(ReplySchema, { result: { case: "notification", value } }));
