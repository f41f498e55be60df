import { EventEmitter } from "node:events";

export interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface WindowOptions {
  webPreferences: Record<string, unknown>;
  width?: number;
  height?: number;
  show?: boolean;
  [option: string]: unknown;
}

/** What of web contents the app uses; `sent` is what went to the page. */
class StandInContents extends EventEmitter {
  readonly mainFrame = { origin: "app://claude-team" };
  readonly sent: unknown[] = [];
  readonly calls: string[] = [];
  crashed = false;
  devToolsFocused = false;
  openWindow: (details: { url: string }) => unknown = () => undefined;
  isDestroyed = () => false;
  isCrashed = () => this.crashed;
  isDevToolsFocused = () => this.devToolsFocused;
  reload(): void {
    this.crashed = false;
    this.calls.push("reload");
  }
  send = (_channel: string, message: unknown) => void this.sent.push(structuredClone(message));
  setWindowOpenHandler(handler: (details: { url: string }) => unknown): void {
    this.openWindow = handler;
  }
}

/** A window that knows whether it is seen; what it was told stands in `calls`. */
export class StandInWindow extends EventEmitter {
  readonly webContents = new StandInContents();
  readonly options: WindowOptions;
  readonly calls: string[] = [];
  bounds: Bounds;
  visible: boolean;
  focused = false;
  minimized = false;
  destroyed = false;

  constructor(options: WindowOptions) {
    super();
    this.options = options;
    this.bounds = { x: 0, y: 0, width: options.width ?? 800, height: options.height ?? 600 };
    this.visible = options.show ?? true;
  }

  isVisible = () => this.visible;
  isFocused = () => this.focused;
  isMinimized = () => this.minimized;
  getBounds = () => this.bounds;
  setBounds = (bounds: Bounds) => {
    this.bounds = { ...bounds };
  };
  setTitle = (title: string) => void this.calls.push(`title ${title}`);
  setAlwaysOnTop = (flag: boolean, level?: string) => void this.calls.push(`on top ${flag} ${level}`);
  setVisibleOnAllWorkspaces = (visible: boolean, options: object) =>
    void this.calls.push(`every space ${visible} ${JSON.stringify(options)}`);
  loadURL = async (url: string) => void this.calls.push(`load ${url}`);

  show(): void {
    this.visible = true;
    this.calls.push("show");
  }
  focus(): void {
    this.focused = true;
  }
  hide(): void {
    this.visible = false;
    this.focused = false;
    this.calls.push("hide");
  }
  restore(): void {
    this.minimized = false;
    this.calls.push("restore");
  }
  /** As the window system asks: a listener may refuse. */
  close(): void {
    let refused = false;
    this.emit("close", {
      preventDefault: () => {
        refused = true;
      },
    });
    if (!refused) this.destroy();
  }
  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.visible = false;
    this.focused = false;
    this.calls.push("destroy");
    this.emit("closed");
  }
  /** What a click elsewhere does. */
  blur(): void {
    this.focused = false;
    this.emit("blur");
  }
}
