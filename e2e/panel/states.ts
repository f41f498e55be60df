import type { ActivityEntry } from "../../contract/activity.ts";
import { anyWorker } from "../../contract/any-worker.ts";
import type { Check } from "../../contract/check.ts";
import type { TeamState } from "../../contract/reduce.ts";
import type { Request } from "../../contract/request.ts";
import { type SettingsState, settings } from "../../contract/settings.ts";
import { type Worker, workerId } from "../../contract/worker.ts";

/** The moment of all pictures, so that ages are the same in each. */
export const pictureTime = Date.UTC(2026, 10, 22, 14, 30);
const minute = 60_000;
const ago = (minutes: number) => pictureTime - minutes * minute;

let last = 0;

/** A worker as on a working day: opened hours ago in iTerm2, idle now; but for what is given. */
export const worker = (name: string, patch: Partial<Worker> = {}): Worker =>
  anyWorker({
    id: workerId.parse(`worker-${++last}`),
    name,
    cwd: "/Users/ana/code/shop",
    repo: "/Users/ana/code/shop",
    since: ago(3),
    conversation: "3f2a1c9e-0000-4000-8000-000000000001",
    pid: 4242,
    terminal: { host: "iterm2", ref: `pane-${name}` },
    model: "claude-opus-5",
    branch: "main",
    context: { tokens: 62_000, limit: 200_000 },
    openedAt: ago(200),
    lastActivity: ago(3),
    messageCount: 4,
    ...patch,
  });

export const permission = (patch: object = {}): Request => ({
  id: `req-${++last}`,
  at: ago(2),
  via: "hook",
  proposal: null,
  kind: "permission",
  tool: "Bash",
  title: "Run the whole test suite",
  detail: "npm test -- --coverage",
  agent: null,
  ...patch,
});

export const question = (text: string): Request => ({
  id: `req-${++last}`,
  at: ago(6),
  via: "hook",
  proposal: null,
  kind: "question",
  questions: [
    {
      question: text,
      header: "Library",
      multiSelect: false,
      options: ["Temporal", "date-fns"].map((label) => ({ label, description: "" })),
    },
  ],
  agent: null,
});

const said = (text: string) => ({ messageId: "m", text, at: ago(3) });
const asking = (...requests: Request[]): Worker["phase"] => ({ is: "asking", requests });
const working: Worker["phase"] = { is: "working" };
const waiting: Worker["receipts"][number] = {
  id: "msg-1",
  text: "Then look at the docs.",
  at: ago(1),
  by: "person",
  state: "accepted",
  notes: [],
};

/** Ten workers in all the states there are. */
export const team: readonly Worker[] = [
  worker("tests", { phase: asking(permission()), since: ago(2), branch: "fix/rounding" }),
  worker("dates", { phase: asking(question("Which date library should the new code use?")), since: ago(6) }),
  worker("dead-code", {
    phase: working,
    since: ago(11),
    activity: "grep -rn legacyTotal src",
    context: { tokens: 171_000, limit: 200_000 },
    receipts: [waiting],
  }),
  worker("migrate-the-billing-service-to-the-new-ledger", {
    phase: working,
    since: ago(48),
    branch: "feature/BILL-4711-move-invoices-to-the-new-ledger",
    cwd: "/Users/ana/code/platform/services/billing",
    repo: "/Users/ana/code/platform",
    activity: "docker compose run --rm billing npm run migrate -- --dry-run",
    context: { tokens: 128_000, limit: 200_000 },
  }),
  worker("newcomer", { phase: { is: "starting" }, since: ago(0), branch: null, context: null }),
  worker("report", {
    unread: true,
    since: ago(4),
    lastReply: said("## What I found\n412 tests pass and one fails: `cart.test.ts`."),
  }),
  worker("limit", {
    unread: true,
    since: ago(15),
    problem: { is: "rate_limited", text: "Usage limit reached; it resets at 17:00", at: ago(15) },
  }),
  worker("docs", {
    since: ago(180),
    cwd: "/Users/ana/code/site",
    repo: "/Users/ana/code/site",
    lastReply: said("The guide is up to date."),
  }),
  worker("readme", {
    since: ago(60 * 26),
    context: { tokens: 9000, limit: 200_000 },
    lastReply: said("Three lines, as you asked."),
  }),
  worker("old-one", { phase: { is: "gone", reason: "closed by you" }, since: ago(60 * 30), branch: null }),
];

export const settingsOf = (values: object = {}, more: Partial<SettingsState> = {}): SettingsState => ({
  values: settings.parse(values),
  file: "/Users/ana/.claude-team/settings.json",
  problem: null,
  restart: [],
  ...more,
});

const rules = [
  { tool: "Bash", cwd: "/Users/ana/code/shop", match: { is: "prefix", prefix: "npm test" } },
  { tool: "Edit", cwd: "/Users/ana/code/shop", match: { is: "folder", folder: "/Users/ana/code/shop/src" } },
];

/** A person's settings after a while. */
export const settled = settingsOf({
  rules,
  allowedRoots: ["/Users/ana/code"],
  globalShortcut: "Alt+Space",
});

export const checks: readonly Check[] = [
  { name: "terminal", state: "ok", fact: "iTerm2 3.6.4, reached", fix: null, hosts: ["iterm2", "tmux", "pty"] },
  { name: "claude", state: "ok", fact: "/Users/ana/.local/bin/claude, version 2.1.330", fix: null },
  { name: "entry", state: "ok", fact: "for port 4517", fix: null, entry: "claude-team" },
];

/** What a newcomer finds: no iTerm2, an old Claude, no entry. */
export const firstChecks: readonly Check[] = [
  {
    name: "terminal",
    state: "missing",
    fact: "iTerm2’s Python API is off; workers live inside claude-team and end with it",
    fix: { text: "Turn on “Enable Python API” in iTerm2’s settings, under General > Magic.", change: null },
    hosts: ["pty"],
  },
  { name: "claude", state: "ok", fact: "/Users/ana/.local/bin/claude, version 2.1.330", fix: null },
  {
    name: "entry",
    state: "note",
    entry: "claude-team",
    fact: "Claude Code does not know claude-team yet",
    fix: {
      text: "add claude-team to /Users/ana/.claude.json, by Claude Code’s own command",
      change:
        'claude mcp add-json claude-team \'{"type":"http","url":"http://127.0.0.1:4517/mcp","headersHelper":"/Users/ana/.claude-team/auth-header","alwaysLoad":true,"timeout":3600000}\' --scope user',
    },
  },
];

let seq = 0;
const entry = (minutes: number, by: ActivityEntry["by"], did: ActivityEntry["did"], patch: object): ActivityEntry => ({
  seq: ++seq,
  at: ago(minutes),
  by,
  did,
  worker: null,
  name: null,
  ref: null,
  what: "",
  outcome: null,
  ...patch,
});
const of = (name: string) => ({ name, worker: team.find((each) => each.name === name)?.id ?? null });

export const activity: readonly ActivityEntry[] = [
  entry(60 * 30, "person", "closed", of("old-one")),
  entry(62, "manager", "spawned", { ...of("tests"), what: "Run the tests and tell me what fails." }),
  entry(61, "manager", "spawned", { ...of("dates"), what: "Replace our own date formatting by one library." }),
  entry(50, "worker", "asked", { ...of("tests"), what: "Wants to use Bash: npm ci" }),
  entry(49, "rule", "answered", { ...of("tests"), what: "Wants to use Bash: npm ci", outcome: "allowed" }),
  entry(31, "manager", "sent", { ...of("dead-code"), what: "Look at src/search too, and leave the tests alone." }),
  entry(15, "worker", "failed", { ...of("limit"), what: "", outcome: "usage limit reached" }),
  entry(9, "manager", "proposed", {
    ...of("dates"),
    what: "Which date library should the new code use?",
    outcome: "Temporal",
  }),
  entry(8, "person", "answered", {
    ...of("report"),
    what: "Wants to use Bash: rm -rf coverage",
    outcome: "denied: keep it for me",
  }),
  entry(4, "worker", "finished", { ...of("report"), what: "412 tests pass and one fails" }),
  entry(3, "person", "configured", { what: "appearance, port" }),
  entry(2, "worker", "asked", { ...of("tests"), what: "Wants to use Bash: npm test -- --coverage" }),
];

export const stateOf = (workers: readonly Worker[], more: Partial<TeamState> = {}): Partial<TeamState> => ({
  workers: new Map(workers.map((each) => [each.id, each])),
  managers: 1,
  settings: settled,
  activity,
  ...more,
});
