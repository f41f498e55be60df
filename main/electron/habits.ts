import type { Settings } from "../../contract/settings.ts";
import type { Electron } from "./electron.ts";
import type { Kept } from "./kept.ts";
import { applyLogin, type LoginSaid, systemLoginItem } from "./login-item.ts";
import { createShortcut, type ShortcutState } from "./shortcut.ts";

export interface HabitsDeps {
  readonly kept: Kept;
  readonly process: Pick<NodeJS.Process, "platform" | "env">;
  /** The global shortcut was pressed. */
  pressed(): void;
}

/** The settings that the system itself has to know: appearance, shortcut, start at login. */
export interface Habits extends Disposable {
  apply(values: Settings): void;
  /** What there is to say about them in the menu. */
  readonly said: { readonly shortcut: ShortcutState; readonly login: LoginSaid };
}

export function createHabits(electron: Electron, { kept, process, pressed }: HabitsDeps): Habits {
  const shortcut = createShortcut(electron, pressed);
  const item = systemLoginItem(electron, process.platform, process.env);
  let applied: Settings | undefined;
  let login: LoginSaid = "quiet";

  return {
    apply(values) {
      if (values === applied) return;
      applied = values;
      electron.nativeTheme.themeSource = values.appearance;
      shortcut.set(values.globalShortcut);
      if (!item) return;
      login = applyLogin(item, values.launchAtLogin, kept.values.launchAtLogin);
      kept.change({ launchAtLogin: values.launchAtLogin });
    },
    get said() {
      return { shortcut: shortcut.state, login };
    },
    [Symbol.dispose]: () => shortcut[Symbol.dispose](),
  };
}
