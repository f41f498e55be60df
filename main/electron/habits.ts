import type { Settings } from "../../contract/settings.ts";
import type { Electron } from "./electron.ts";
import type { Kept } from "./kept.ts";
import { applyLogin, type LoginSaid, systemLoginItem } from "./login-item.ts";
import type { Refusal } from "./refusal.ts";
import { createShortcut, type ShortcutState } from "./shortcut.ts";

export interface HabitsDeps {
  readonly kept: Kept;
  readonly process: Pick<NodeJS.Process, "platform" | "env">;
  /** The global shortcut was pressed. */
  pressed(): void;
  /** Told once of a setting that was changed in vain; what was so at the start stands in the menu. */
  refused(refusal: Refusal): void;
}

/** The settings that the system itself has to know: appearance, shortcut, start at login. */
export interface Habits extends Disposable {
  apply(values: Settings): void;
  /** What there is to say about them in the menu. */
  readonly said: { readonly shortcut: ShortcutState; readonly login: LoginSaid };
}

export function createHabits(electron: Electron, deps: HabitsDeps): Habits {
  const { kept, process, pressed } = deps;
  const shortcut = createShortcut(electron, pressed);
  const item = systemLoginItem(electron, process.platform, process.env);
  let applied: Settings | undefined;
  let login: LoginSaid = "quiet";

  /** Returns why the start at login could not be set, if so. */
  function applyToSystem(values: Settings): string | undefined {
    electron.nativeTheme.themeSource = values.appearance;
    shortcut.set(values.globalShortcut);
    if (!item) return undefined;
    try {
      login = applyLogin(item, values.launchAtLogin, kept.values.launchAtLogin);
    } catch (cause) {
      return cause instanceof Error ? cause.message : String(cause);
    }
    kept.change({ launchAtLogin: values.launchAtLogin });
    return undefined;
  }

  return {
    apply(values) {
      if (values === applied) return;
      const before = applied && { shortcut: shortcut.state, login };
      applied = values;
      const failure = applyToSystem(values);
      if (!before) return;
      if (failure !== undefined) deps.refused({ login: failure });
      const { state } = shortcut;
      if (state !== before.shortcut && typeof state === "object") deps.refused({ shortcut: state.taken });
      if (login !== before.login && login === "needs-approval") deps.refused("launch-at-login");
    },
    get said() {
      return { shortcut: shortcut.state, login };
    },
    [Symbol.dispose]: () => shortcut[Symbol.dispose](),
  };
}
