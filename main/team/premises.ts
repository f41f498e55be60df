import type { Check, CheckName } from "../../contract/check.ts";
import type { Output } from "../../contract/commands.ts";
import type { Closing } from "../../contract/digest.ts";
import type { Settings, SettingsPatch, SettingsState } from "../../contract/settings.ts";

/** What the core needs of this computer and of claude-team's own home; house.ts builds it. */
export interface Premises {
  readonly settings: SettingsState;
  /** Writes what `make` makes of the settings. Throws SETTINGS_BROKEN or INPUT_INVALID; then nothing is written. */
  configure(make: (values: Settings) => SettingsPatch): Promise<SettingsState>;
  rotateToken(): Promise<void>;
  /** Where workers were spawned before, newest first. */
  projects(): Promise<Output<"projects">>;
  complete(path: string): Promise<Output<"complete">>;
  checks(signal?: AbortSignal): Promise<Check[]>;
  fix(name: CheckName, change: string, signal?: AbortSignal): Promise<Check>;
  /** Root of the git repository around a directory; null outside of any. */
  repository(cwd: string): Promise<string | null>;
  /** What git calls changed there; null when that is not known within two seconds. */
  changes(cwd: string, signal?: AbortSignal): Promise<Closing["changes"]>;
  /** This path without symbolic links, also when its end does not exist yet; undefined when that cannot be told, and for our own home. */
  realPath(path: string): string | undefined;
}
