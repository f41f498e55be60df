import { delimiter } from "node:path";

const ofNpm = /\/(node_modules\/\.bin|node-gyp-bin)$/;

/**
 * The environment that `npm start` or `npx` was typed in: npm puts folders of its own before the PATH, so that a worker's `tsc` or
 * `vite` would be ours, and sets COLOR and NODE (npm 11; its `npm_…` stay, they tell how we were started).
 */
export function withoutNpm(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (env.npm_command === undefined) return env;
  const { COLOR: _, NODE: __, ...rest } = env;
  return env.PATH === undefined ? rest : { ...rest, PATH: typedPath(env.PATH) };
}

function typedPath(path: string): string {
  const folders = path.split(delimiter);
  return folders.slice(folders.findIndex((folder) => !ofNpm.test(folder))).join(delimiter);
}
