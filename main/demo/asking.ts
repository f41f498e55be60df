import type { Decision, Dialog } from "./dialog.ts";
import type { HookReply } from "./hooks.ts";
import type { Stage } from "./stage.ts";
import type { StatusFile, Waiting } from "./status-file.ts";

/** The dialogs that are open, the first of which is shown and gets the keys. */
export interface Asking {
  /** Opens a dialog; `decided` resolves when the person chose. Closing it is the caller's part. */
  open(dialog: Dialog, waitingFor: Waiting): { readonly decided: Promise<Decision>; close(): void };
  /** The person pressed a key in the first dialog. */
  update(dialog: Dialog): void;
  decide(decision: Decision): void;
}

interface Open {
  dialog: Dialog;
  readonly decide: (decision: Decision) => void;
}

/** While a dialog is open the status is `waiting`; after the last one, `busy` again. */
export function createAsking(stage: Stage, status: StatusFile): Asking {
  let dialogs: readonly Open[] = [];
  const show = () => stage.change({ dialogs: dialogs.map(({ dialog }) => dialog) });

  return {
    open(dialog, waitingFor) {
      let decide: Open["decide"] = () => undefined;
      const decided = new Promise<Decision>((resolve) => {
        decide = resolve;
      });
      const open: Open = { dialog, decide };
      if (dialogs.length === 0) status.wait(waitingFor);
      dialogs = [...dialogs, open];
      show();
      const close = () => {
        const before = dialogs.length;
        dialogs = dialogs.filter((one) => one !== open);
        show();
        if (before > 0 && dialogs.length === 0) status.set("busy");
      };
      return { decided, close };
    },
    update(dialog) {
      const [first] = dialogs;
      if (first) first.dialog = dialog;
      show();
    },
    decide: (decision) => dialogs[0]?.decide(decision),
  };
}

/** What a PermissionRequest hook said, read loosely. */
export interface HookDecision {
  readonly behavior: "allow" | "deny";
  readonly message: string;
  readonly updatedInput: Record<string, unknown> | null;
  readonly updatedPermissions: readonly { type?: string; mode?: string }[];
  readonly interrupt: boolean;
}

export function hookDecision(replies: readonly HookReply[]): HookDecision | undefined {
  for (const reply of replies) {
    const output = reply.hookSpecificOutput as { decision?: Partial<HookDecision> } | undefined;
    const {
      behavior,
      message = "",
      updatedInput = null,
      updatedPermissions = [],
      interrupt = false,
    } = output?.decision ?? {};
    if (behavior) return { behavior, message, updatedInput, updatedPermissions, interrupt };
  }
  return undefined;
}
