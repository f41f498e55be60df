import Module, { register } from "node:module";
import { standInElectron } from "../fake/electron/electron.ts";

/** Runs the built app in this process on the stand-in of Electron, as its parent (built-app.ts) tells it over Node's own channel. */
const linux = {
  // As on most Linux desktops, which tell nothing.
  icon: { x: 0, y: 0, width: 0, height: 0 },
  display: {
    bounds: { x: 0, y: 0, width: 1920, height: 1080 },
    workArea: { x: 0, y: 32, width: 1920, height: 1048 },
  },
};
const mac = process.env.STAND_IN_PLATFORM === "darwin";
const world = standInElectron({
  packaged: process.env.STAND_IN_PACKAGED === "1",
  first: process.env.STAND_IN_SECOND !== "1",
  ...(mac ? {} : linux),
});
// What the app does on a Mac, as far as no terminal is opened.
if (mac) Object.defineProperty(process, "platform", { value: "darwin" });

// For who imports it; then for who requires it, which is the updater.
Object.assign(globalThis, { standInElectron: world.electron });
const module = `export const { ${Object.keys(world.electron).join(", ")} } = globalThis.standInElectron;`;
const url = `data:text/javascript,${encodeURIComponent(module)}`;
const hook = `export const resolve = (specifier, context, next) =>
  specifier === "electron" ? { url: ${JSON.stringify(url)}, shortCircuit: true } : next(specifier, context);`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
const loader = Module as unknown as { _load: (request: string, ...rest: unknown[]) => unknown };
const load = loader._load;
loader._load = (request, ...rest) => (request === "electron" ? world.electron : load.call(Module, request, ...rest));

if (process.env.STAND_IN_RESOURCES) Object.assign(process, { resourcesPath: process.env.STAND_IN_RESOURCES });

const tell = (event: string, facts: object) => void process.send?.({ event, ...facts });

/** Tells of everything that is added to a list. */
function watch<T>(list: T[], added: (item: T) => void): void {
  const push = list.push.bind(list);
  list.push = (...items) => {
    const length = push(...items);
    items.forEach(added);
    return length;
  };
}

watch(world.calls, (call) => tell("call", { call }));
watch(world.notices, ({ words }) => tell("notice", { words }));
watch(world.trays, (tray) => {
  const { setContextMenu } = tray;
  tray.setContextMenu = (menu) => {
    setContextMenu(menu);
    tell("menu", { menu: menu.labels });
  };
});
watch(world.windows, ({ options, webContents }) => {
  tell("window", { options });
  watch(webContents.sent, (message) => tell("sent", { message }));
});

const page = () => world.windows[0]?.webContents;

const acts: Record<string, (...given: never[]) => unknown> = {
  say(message: unknown) {
    const [window] = world.windows;
    const sender = window?.webContents;
    world.ipcMain.emit("claude-team", { sender, senderFrame: sender?.mainFrame }, message);
  },
  /** A message from another frame of the window, and one from a page of another origin. */
  slipIn(message: unknown) {
    const strange = [{ origin: "app://claude-team" }, { ...page()?.mainFrame, origin: "https://example.org" }, null];
    for (const senderFrame of strange) world.ipcMain.emit("claude-team", { sender: page(), senderFrame }, message);
  },
  /** Whether the app prevents what the page is about to do. */
  prevents(event: string) {
    let prevented = false;
    page()?.emit(event, {
      preventDefault: () => {
        prevented = true;
      },
    });
    return prevented;
  },
  permits(permission: string) {
    const given: unknown[] = [];
    world.permissions.get("request")?.(
      null as never,
      permission as never,
      ((yes: boolean) => given.push(yes)) as never,
    );
    given.push(world.permissions.get("check")?.(null as never, permission as never));
    given.push(world.permissions.get("device")?.({ deviceType: permission } as never));
    return given;
  },
  mayLoad: (url: string) => world.mayLoad(url),
  openWindow: (url: string) => page()?.openWindow({ url }),
  click: () => world.trays[0]?.click(),
  rightClick: () => {
    world.trays[0]?.emit("right-click");
    return world.trays[0]?.menu?.labels;
  },
  blur: () => world.windows[0]?.blur(),
  blurAndClick: () => {
    world.windows[0]?.blur();
    world.trays[0]?.click();
  },
  async get(url: string) {
    const response = await world.served.get("app")?.(new Request(url));
    if (!response) throw new Error("nothing is served");
    return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() };
  },
  tray: () => {
    const [tray] = world.trays;
    const { image, toolTip, title } = tray ?? {};
    return { image: image?.path, template: image?.template, toolTip, title, menu: tray?.menu?.labels };
  },
  press: (label: string) => world.notices.at(-1)?.press(label),
  choose: (label: string) => world.trays[0]?.menu?.choose(label),
  noticeStates: () => world.notices.map(({ state }) => state),
  start: (...argv: string[]) => void world.app.emit("second-instance", {}, argv),
  windows: () => world.windows.map(({ visible, bounds, calls }) => ({ visible, bounds, calls })),
  clipboard: () => world.desktop.clipboard,
  resume: () => world.powerMonitor.emit("resume"),
  askToQuit: () => world.app.askToQuit(),
};

process.on("message", async ({ id, act, given }: { id: number; act: string; given: never[] }) => {
  try {
    process.send?.({ id, value: (await acts[act]?.(...given)) ?? null });
  } catch (cause) {
    process.send?.({ id, error: (cause as Error).message });
  }
});

world.app.on("stand-in:quit", () => process.exit(0));
world.app.exit = (code) => process.exit(code);

await import(process.env.BUILT_APP ?? "");
