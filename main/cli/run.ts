import { type TeamError, toTeamError } from "../../contract/error.ts";
import { type CommandName, readCommandLine, UsageError } from "./args.ts";
import { type Command, exit } from "./command.ts";
import { help, usage } from "./help.ts";
import { inert } from "./inert.ts";
import { describe, nextStep } from "./next-step.ts";
import type { World } from "./world.ts";

/** Each is loaded when it is asked for: `list` must not wait for what `serve` needs. */
const commands: Record<CommandName, () => Promise<Command>> = {
  start: async () => (await import("./start.ts")).start,
  serve: async () => (await import("./serve.ts")).serve,
  open: async () => (await import("./open.ts")).open,
  list: async () => (await import("./list.ts")).list,
  status: async () => (await import("./status.ts")).status,
  spawn: async () => (await import("./spawn.ts")).spawn,
  send: async () => (await import("./send.ts")).send,
  wait: async () => (await import("./wait.ts")).wait,
  reply: async () => (await import("./reply.ts")).reply,
  answer: async () => (await import("./answer.ts")).answer,
  interrupt: async () => (await import("./interrupt.ts")).interrupt,
  rename: async () => (await import("./rename.ts")).rename,
  close: async () => (await import("./close.ts")).close,
  resume: async () => (await import("./resume.ts")).resume,
  dismiss: async () => (await import("./dismiss.ts")).dismiss,
  attach: async () => (await import("./attach.ts")).attach,
  stop: async () => (await import("./stop.ts")).stop,
  install: async () => (await import("./install.ts")).install,
  uninstall: async () => (await import("./install.ts")).uninstall,
  doctor: async () => (await import("./doctor.ts")).doctor,
  demo: async () => (await import("./demo.ts")).demo,
  mcp: async () => (await import("./mcp.ts")).mcp,
};

/** Runs one command line (without node and script) and returns the exit code. */
export async function run(argv: readonly string[], world: World): Promise<number> {
  if (argv[0] === "fake-claude") return fakeClaude(argv.slice(1), world);
  try {
    const line = readCommandLine(argv);
    if (line.is === "help") return say(world, help(line.command));
    if (line.is === "version") return say(world, `${(await import("../version.ts")).version}\n`);
    const command = await commands[line.command]();
    return await command(line.args, world);
  } catch (cause) {
    return fail(cause, argv, world);
  }
}

/** What `demo` starts as `claude`: its arguments are Claude Code's, not ours. */
async function fakeClaude(argv: readonly string[], { env }: World): Promise<number> {
  const { runFakeClaude } = await import("../demo/fake-claude.ts");
  return runFakeClaude(argv, env, process.stdin, process.stdout);
}

function say(world: World, text: string): number {
  world.out(text);
  return exit.done;
}

function fail(cause: unknown, argv: readonly string[], world: World): number {
  const json = argv.includes("--json");
  if (cause instanceof UsageError) {
    const hint = usage(argv[0]);
    if (json) world.out(`${JSON.stringify({ error: { code: "USAGE", message: cause.message, hint } })}\n`);
    else world.err(`claude-team: ${cause.message}.\n${hint}\n`);
    return exit.wronglyTyped;
  }
  const error = toTeamError(cause, (id, fault) => world.err(`claude-team: fault ${id}: ${stackOf(fault)}\n`));
  const { code, message, facts } = error;
  const more = Object.keys(facts).length > 0 ? { facts } : {};
  if (json) world.out(`${JSON.stringify({ error: { code, message, hint: nextStep(code), ...more } })}\n`);
  else world.err(`${inert(describe(error))}\n`);
  return isNotRunning(error) ? exit.notRunning : exit.failed;
}

const isNotRunning = (error: TeamError) => error.code === "SERVER_UNREACHABLE";
const stackOf = (fault: unknown) => (fault instanceof Error ? fault.stack : String(fault));
