import { chmod } from "node:fs/promises";
import { builtinModules } from "node:module";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

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

/** Plain `vite build` builds the three parts; `vitest` runs the two sets of tests, with packages left as they are. */
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
    projects: [
      {
        root: here("."),
        test: {
          name: "unit",
          include: ["{contract,main,renderer,preload}/**/*.test.{ts,tsx}", "e2e/{house,fake}/**/*.test.ts"],
        },
      },
      {
        root: here("."),
        test: {
          name: "e2e",
          include: ["e2e/**/*.spec.ts"],
          globalSetup: ["e2e/setup.ts"],
          testTimeout: 90_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
