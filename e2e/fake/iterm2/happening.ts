import type { MessageInitShape } from "@bufbuild/protobuf";
import type { FocusChangedSchema } from "../../../main/terminal/iterm2/wire/iterm2_pb.ts";

export type FocusChange = MessageInitShape<typeof FocusChangedSchema>;

/** What happened in iTerm2 that a client may have subscribed to. */
export type Happening =
  | { readonly is: "session.new"; readonly id: string }
  | { readonly is: "session.terminated"; readonly id: string }
  | { readonly is: "session.drawn"; readonly id: string }
  | { readonly is: "session.typed"; readonly id: string; readonly characters: string }
  | { readonly is: "session.custom"; readonly id: string; readonly identity: string; readonly payload: string }
  | { readonly is: "layout.changed" }
  | { readonly is: "focus.changed"; readonly change: FocusChange }
  | { readonly is: "broadcast.changed" };

/** Delays of iTerm2 in milliseconds; those of a profile (undo of a close) are the profile's. */
export interface Delays {
  /** From the making of a session to the reply that tells it. */
  launch: number;
  /** Between two tells that a session in sight was drawn. */
  repaint: number;
  /** The same for one that is out of sight, or was quiet for `quiet`. */
  idleRepaint: number;
  quiet: number;
  /** The animation into and out of fullscreen. */
  fullscreen: number;
}

export const realDelays: Delays = { launch: 150, repaint: 17, idleRepaint: 1000, quiet: 3000, fullscreen: 700 };
