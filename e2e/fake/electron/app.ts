import { EventEmitter } from "node:events";

export interface AppChoices {
  /** No other instance runs. */
  first: boolean;
  packaged: boolean;
  loginStatus: string;
  openedAtLogin: boolean;
  /** Where Electron would keep its profile, if nobody says otherwise. */
  userData: string;
  home: string;
}

/** Electron's app; what it was told stands in `calls`. */
export class StandInApp extends EventEmitter {
  readonly calls: string[];
  readonly choices: AppChoices;
  readonly dock = { hide: () => void this.calls.push("dock hide") };
  #paths: Record<string, string>;

  constructor(calls: string[], choices: AppChoices) {
    super();
    this.calls = calls;
    this.choices = choices;
    this.#paths = { userData: choices.userData, home: choices.home };
  }

  get isPackaged(): boolean {
    return this.choices.packaged;
  }
  requestSingleInstanceLock = () => this.choices.first;
  whenReady = async () => void this.calls.push("ready");
  getVersion = () => "0.1.0";
  getPath = (name: string) => this.#paths[name] ?? "";
  setPath(name: string, path: string): void {
    this.calls.push(`path ${name}`);
    this.#paths[name] = path;
  }
  setActivationPolicy = (policy: string) => void this.calls.push(`policy ${policy}`);
  setAsDefaultProtocolClient = (scheme: string) => void this.calls.push(`scheme ${scheme}`);
  getLoginItemSettings = () => ({
    status: this.choices.loginStatus,
    wasOpenedAtLogin: this.choices.openedAtLogin,
  });
  setLoginItemSettings({ openAtLogin }: { openAtLogin: boolean }): void {
    this.calls.push(`login ${openAtLogin}`);
    if (this.choices.loginStatus !== "requires-approval")
      this.choices.loginStatus = openAtLogin ? "enabled" : "not-registered";
  }
  focus = ({ steal }: { steal: boolean }) => void this.calls.push(`focus ${steal}`);
  exit = (code: number) => void this.calls.push(`exit ${code}`);
  quit(): void {
    this.calls.push("quit");
    this.emit("stand-in:quit");
  }
  /** As by Cmd-Q: whether a listener refused. */
  askToQuit(): boolean {
    let refused = false;
    this.emit("before-quit", {
      preventDefault: () => {
        refused = true;
      },
    });
    return refused;
  }
}
