import { homedir } from "node:os";
import type { Settings } from "../../contract/settings.ts";
import type { HostKind } from "../../contract/worker.ts";
import { createChecks } from "../checks/checks.ts";
import { changesIn, repositoryOf } from "../git/git.ts";
import { completeDirectory } from "../home/complete.ts";
import { realDirectory, realPath } from "../home/directory.ts";
import type { Home } from "../home/home.ts";
import { type LiveSettings, openLiveSettings } from "../home/live-settings.ts";
import type { RememberedProject } from "../journal/fold.ts";
import type { Premises } from "../team/premises.ts";
import type { TeamStore } from "../team/store.ts";

export interface PremisesDeps {
  readonly home: Home;
  readonly env: NodeJS.ProcessEnv;
  readonly store: TeamStore;
  /** Of before this start; newest first. */
  readonly projects: readonly RememberedProject[];
  /** What the command line said above the file. */
  readonly overrides: Partial<Settings>;
  /** What the terminal host found; rejects with the exact next step. */
  terminal(signal?: AbortSignal): Promise<string>;
  /** The hosts that can open one now; undefined where that is not known. */
  hosts(signal?: AbortSignal): Promise<HostKind[] | undefined>;
  report(where: string, cause: unknown): void;
}

/** What the core needs of this computer and of our home. */
export type OpenPremises = Premises & Disposable;

export function openPremises(deps: PremisesDeps): OpenPremises {
  const { home, env, store, projects, overrides, terminal, hosts, report } = deps;
  const { settings: values, problem, unknown, paths } = home;
  const settings: LiveSettings = openLiveSettings({
    ...{ path: paths.settings, loaded: { settings: values, problem, unknown }, overrides },
    changed: (state) => store.dispatch({ type: "settings.changed", settings: state }),
    report: (cause) => report("settings", cause),
  });
  store.dispatch({ type: "settings.changed", settings: settings.state });
  const person = { env, userHome: env.HOME ?? homedir() };
  const checks = createChecks({ paths, person, settings: () => settings.state.values, terminal, hosts });

  return {
    get settings() {
      return settings.state;
    },
    configure: settings.change,
    rotateToken: home.rotateToken,
    projects: () => existing(recent(store, projects)),
    complete: completeDirectory,
    checks: checks.look,
    fix: checks.fix,
    repository: repositoryOf,
    changes: (cwd, signal) => changesIn(cwd, env, signal),
    realPath: outside([paths.dir, paths.settings]),
    [Symbol.dispose]: settings[Symbol.dispose],
  };
}

/** Real paths, but none that leads to or into one of these, wherever those lead themselves. */
function outside(places: readonly string[]): Premises["realPath"] {
  return (path) => {
    const real = realPath(path);
    const own = places.map(realPath);
    return own.some((place) => place === undefined || real === place || real?.startsWith(`${place}/`))
      ? undefined
      : real;
  };
}

/** Those of this run come before those of earlier ones. */
function recent(store: TeamStore, earlier: readonly RememberedProject[]): RememberedProject[] {
  const now = [...store.state.workers.values()].map(({ cwd, openedAt }) => ({ path: cwd, at: openedAt }));
  const all = [...now, ...earlier].sort((a, b) => b.at - a.at);
  return all.filter(({ path }, i) => all.findIndex((other) => other.path === path) === i);
}

async function existing(projects: readonly RememberedProject[]): Promise<RememberedProject[]> {
  const there = await Promise.all(
    projects.map(({ path }) =>
      realDirectory(path).then(
        () => true,
        () => false,
      ),
    ),
  );
  return projects.filter((_, i) => there[i]);
}
