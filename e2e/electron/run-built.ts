import Module, { register } from "node:module";
import { standInElectron } from "../fake/electron/electron.ts";

/** Runs the built app in this process on the stand-in of Electron, as its parent (built-app.ts) tells it over Node's own channel. */
const world = standInElectron({
  packaged: process.env.STAND_IN_PACKAGED === "1",
  // As on most Linux desktops, which tell nothing.
  icon: { x: 0, y: 0, width: 0, height: 0 },
  display: {
    bounds: { x: 0, y: 0, width: 1920, height: 1080 },
    workArea: { x: 0, y: 32, width: 1920, height: 1048 },
  },
});

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

const acts: Record<string, (...given: never[]) => unknown> = {
  say(message: unknown) {
    const [window] = world.windows;
    const sender = window?.webContents;
    world.ipcMain.emit("claude-team", { sender, senderFrame: sender?.mainFrame }, message);
  },
  async get(url: string) {
    const response = await world.served.get("app")?.(new Request(url));
    if (!response) throw new Error("nothing is served");
    return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() };
  },
  tray: () => {
    const [tray] = world.trays;
    return { image: tray?.image.path, toolTip: tray?.toolTip, menu: tray?.menu?.labels };
  },
  press: (label: string) => world.notices.at(-1)?.press(label),
  choose: (label: string) => world.trays[0]?.menu?.choose(label),
  noticeStates: () => world.notices.map(({ state }) => state),
  start: (...argv: string[]) => void world.app.emit("second-instance", {}, argv),
  windows: () => world.windows.map(({ visible, calls }) => ({ visible, calls })),
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
