import { type ChildProcess, fork } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "vite";

/** Something the stand-in was told, in order. */
export type Told = { readonly event: string; readonly [fact: string]: unknown };

/** The built app in a process of its own, on a stand-in of Electron. */
export interface BuiltApp extends AsyncDisposable {
  readonly pid: number;
  /** Does one thing to the stand-in; see run-built.ts. */
  act<T>(act: string, ...given: unknown[]): Promise<T>;
  /** Resolves with the first that fits, of what was told already or will be; rejects when the app ends before. */
  until(fits: (told: Told) => boolean): Promise<Told>;
  readonly told: readonly Told[];
  /** What it wrote to its standard streams. */
  log(): string;
  stop(): void;
  /** The exit code; null after a signal. */
  readonly ended: Promise<number | null>;
}

export interface BuiltOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly argv?: readonly string[];
}

const built = resolve(import.meta.dirname, "../../dist/main/main.js");

/** Makes run-built.ts plain JavaScript. A loader that reads TypeScript would also change how the built app imports its own parts. */
export async function prepareRunner(): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), "run-built-"));
  const input = resolve(import.meta.dirname, "run-built.ts");
  const output = { entryFileNames: "run-built.mjs" };
  const target = { outDir, ssr: true, emptyOutDir: true, target: "node20", rolldownOptions: { input, output } };
  await build({ configFile: false, logLevel: "error", build: target });
  return join(outDir, "run-built.mjs");
}

export function startBuiltApp(runner: string, { env: given, argv = [] }: BuiltOptions): BuiltApp {
  const env = { ...given, BUILT_APP: pathToFileURL(built).href };
  const child = fork(runner, argv, { env, execArgv: [], stdio: ["ignore", "pipe", "pipe", "ipc"] });
  let log = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (text: string) => {
      log += text;
    });
  const ended = once(child, "exit").then(([code]) => code as number | null);
  return {
    pid: child.pid ?? 0,
    ...converse(child, ended, () => log),
    log: () => log,
    stop: () => void child.kill("SIGTERM"),
    ended,
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
      await ended;
    },
  };
}

function converse(child: ChildProcess, ended: Promise<unknown>, log: () => string) {
  const told: Told[] = [];
  const answers = new EventEmitter();
  const news = new EventEmitter();
  let last = 0;
  let over = false;

  child.on("message", (message: Told & { id?: number }) => {
    if (message.id !== undefined) return void answers.emit(String(message.id), message);
    told.push(message);
    news.emit("news");
  });
  void ended.then(() => {
    over = true;
    news.emit("news");
  });

  async function act<T>(name: string, ...given: unknown[]): Promise<T> {
    const id = ++last;
    const answered = once(answers, String(id)) as Promise<[{ value?: T; error?: string }]>;
    child.send({ id, act: name, given });
    const [{ value, error }] = await answered;
    if (error !== undefined) throw new Error(error);
    return value as T;
  }

  async function until(fits: (told: Told) => boolean): Promise<Told> {
    for (;;) {
      const found = told.find(fits);
      if (found) return found;
      if (over) throw new Error(`the app has ended:\n${log()}`);
      await once(news, "news");
    }
  }

  return { act, until, told };
}
