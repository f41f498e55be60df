import { chmod } from "node:fs/promises";
import { builtinModules } from "node:module";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { findElectron } from "./e2e/electron/find-electron.ts";
import { LongestFirst } from "./e2e/longest-first.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What stays outside the bundles: Node, Electron, and the one native module. */
const external = ["electron", /^node:/, ...builtinModules, /^@lydell\/node-pty/];

/** A bundle for Node: everything inside but `external`. */
function nodeBundle(input: Record<string, string>, outDir: string, format: "es" | "cjs") {
  const extension = format === "es" ? "js" : "cjs";
  return {
    consumer: "server" as const,
    resolve: { noExternal: true as const, external: ["electron", "@lydell/node-pty"] },
    build: {
      outDir: here(outDir),
      emptyOutDir: true,
      target: "node20",
      ssr: true,
      sourcemap: true,
      rolldownOptions: {
        input,
        external,
        output: { format, entryFileNames: `[name].${extension}`, chunkFileNames: `[name]-[hash].${extension}` },
      },
    },
  };
}

/** The specs that stand on the terminal, for the hosts that outlive us; `npm run test:all` runs every spec on every host. */
const onEveryHost = process.env.CLAUDE_TEAM_TEST_ALL ? ["*"] : ["conversation", "text", "asking", "survives"];

const hosts = ["pty", "tmux", "iterm2"] as const;
type Host = (typeof hosts)[number];

/** Specs through the public doors, with workers in terminals of this host. */
function specs(name: string, terminal: Host, include: string[], exclude: string[] = []) {
  const limits = { testTimeout: 90_000, hookTimeout: 60_000, maxWorkers: 2 };
  const env = { TEST_TERMINAL: terminal };
  // One host after another: the machine has room for a few real Claudes only.
  const sequence = { groupOrder: hosts.indexOf(terminal) };
  return { root: here("."), test: { name, include, exclude, env, globalSetup: ["e2e/setup.ts"], sequence, ...limits } };
}

/** Programs in real terminals: too slow to be run at every change. */
const realTerminals = ["main/terminal/{iterm2,pty,tmux}/**/*.test.ts"];

/** These stand on embedded terminals, whatever the parameter. */
const ownTerminals = ["e2e/real/embedded.spec.ts", "e2e/real/recover.spec.ts"];

/** Specs of the panel that run in the real Electron too, where there is one; e2e/setup.ts says why where there is none. */
const panelSpecs = ["accessible", "activity", "answering", "first-run", "hostile-content", "list", "settings"]
  .concat(["by-ear", "by-keyboard", "preferences", "spawning", "worker-looks", "worker-page", "working"])
  .map((name) => `e2e/panel/${name}.spec.ts`);

/** One Electron at a time: they would take the focus from each other. */
function inElectron() {
  if ("why" in findElectron()) return [];
  const { root, test } = specs("e2e:electron", "pty", panelSpecs);
  const env = { ...test.env, TEST_PANEL: "electron" };
  return [{ root, test: { ...test, env, maxWorkers: 1, sequence: { groupOrder: hosts.length } } }];
}

const real = onEveryHost.map((name) => `e2e/real/${name}.spec.ts`);

/** Plain `vite build` builds the three parts; `vitest` runs the projects below, with packages left as they are. */
export default defineConfig({
  root: here("renderer"),
  base: "./",
  cacheDir: here("node_modules/.vite"),
  plugins: [react()],
  // Grammars of the code colours are loaded one by one.
  worker: { format: "es" },
  environments: {
    client: { build: { outDir: here("dist/renderer"), emptyOutDir: true, modulePreload: { polyfill: false } } },
    main: nodeBundle({ main: here("main/main.ts"), cli: here("main/cli.ts") }, "dist/main", "es"),
    preload: nodeBundle({ preload: here("preload/preload.ts") }, "dist/preload", "cjs"),
  },
  builder: {
    async buildApp(builder) {
      for (const name of ["client", "main", "preload"]) {
        const environment = builder.environments[name];
        if (environment) await builder.build(environment);
      }
      // The bin of the package: npx makes it executable once, at its first link, and not again after the next build.
      await chmod(here("dist/main/cli.js"), 0o755);
    },
  },
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        root: here("."),
        test: {
          name: "unit",
          include: ["{contract,main,renderer,preload}/**/*.test.{ts,tsx}", "e2e/{house,fake}/**/*.test.ts"],
          exclude: realTerminals,
        },
      },
      { root: here("."), test: { name: "terminals", include: realTerminals, testTimeout: 30_000 } },
      specs("e2e", "pty", ["e2e/**/*.spec.ts"], ["e2e/real/survives.spec.ts"]),
      specs("e2e:tmux", "tmux", real, ownTerminals),
      specs("e2e:iterm2", "iterm2", real, ownTerminals),
      ...inElectron(),
    ],
  },
});
