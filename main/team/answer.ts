import type { Caller, Output, Parsed } from "../../contract/commands.ts";
import { TeamError } from "../../contract/error.ts";
import type { Answer, Request } from "../../contract/request.ts";
import type { Worker } from "../../contract/worker.ts";
import { deadline } from "./clock.ts";
import { outcomeOf, wordsOf } from "./deeds.ts";
import type { TeamDeps } from "./deps.ts";
import { mayAnswer } from "./rights.ts";
import type { Roster } from "./roster.ts";
import type { Running } from "./running.ts";
import type { Deed } from "./timeline.ts";
import { present } from "./waits.ts";

/** An answered request leaves within 0.2 s in Claude Code 2.1.330. */
const closedMs = 5000;
/** A dialog takes keys only when it has been visible for half a second (2.1.330); a key sent before is lost or typed into the box. */
const visibleMs = 600;

type Deps = TeamDeps & { roster: Roster };

/** Answers one open request, through its waiting hook call or by key, and resolves when Claude has taken the answer. */
export async function answer(
  deps: Deps,
  input: Parsed<"answer">,
  by: Caller,
  signal?: AbortSignal,
): Promise<Output<"answer">> {
  const running = deps.roster.needRunning(input.worker);
  const worker = deps.roster.need(input.worker);
  const request = pick(worker, input.request);
  check(request, input.answer);
  if (mayAnswer(request, worker.cwd, deps.premises, by) === "ask") {
    if (!running.propose(request.id, input.answer))
      throw new TeamError(
        "NOT_ALLOWED",
        `${worker.name} asks this in its terminal only, where a person must answer it`,
      );
    deps.timeline.note(deed("proposed", by, worker, request, input.answer));
    return {
      worker: worker.id,
      request: request.id,
      outcome: "proposed",
      via: request.via === "hook" ? "hook" : "key",
    };
  }
  const via = await running.answering.run(request.id, () => give(deps, running, worker, request, input.answer, signal));
  if (!via) throw new TeamError("REQUEST_GONE", `${request.id} is being answered already`);
  deps.timeline.note(deed("answered", by, worker, request, input.answer));
  return { worker: worker.id, request: request.id, outcome: "answered", via };
}

function deed(did: "answered" | "proposed", by: Caller, { id }: Worker, request: Request, given: Answer): Deed {
  return { by, did, worker: id, ref: request.id, what: wordsOf(request), outcome: outcomeOf(given) };
}

async function give(
  deps: Deps,
  running: Running,
  worker: Worker,
  request: Request,
  given: Answer,
  signal?: AbortSignal,
): Promise<"hook" | "key"> {
  const via = running.answerHook(request.id, given) ? "hook" : "key";
  if (via === "key" && request.via === "hook")
    throw new TeamError("REQUEST_GONE", `${request.id} was answered a moment ago`);
  if (via === "key") await pressKey(deps, running, worker, request, given, signal);
  await closed(deps, running, request, signal);
  return via;
}

function pick({ name, phase }: Worker, id: string | undefined): Request {
  const open = phase.is === "asking" ? phase.requests : [];
  const facts = { open: open.map((r) => r.id) };
  const [first, second] = open;
  if (id === undefined && second)
    throw new TeamError("REQUEST_AMBIGUOUS", `${name} has ${open.length} requests open`, { facts });
  const found = id === undefined ? first : open.find((r) => r.id === id);
  if (found) return found;
  throw new TeamError("REQUEST_GONE", id ? `${name} no longer asks ${id}` : `${name} asks nothing now`, { facts });
}

function check(request: Request, { decision, answers }: Answer): void {
  if (request.kind !== "question") {
    if (!decision) throw new TeamError("ANSWER_INVALID", "a permission or a dialog needs a decision, allow or deny");
    if (answers) throw new TeamError("ANSWER_INVALID", "answers are for questions; this is a request to allow or deny");
    return;
  }
  if (decision === "deny") return;
  const asked = request.questions.map((q) => q.question);
  const given = Object.keys(answers ?? {});
  if (given.length === 0)
    throw new TeamError("ANSWER_INVALID", `a question needs answers, by its text: ${asked.join(" | ")}`);
  const strange = given.find((g) => !asked.includes(g));
  if (strange) throw new TeamError("ANSWER_INVALID", `"${strange}" was not asked; asked: ${asked.join(" | ")}`);
}

/** Presses the key of the decision, only after the dialog on the screen was seen to be this request. */
async function pressKey(
  deps: Deps,
  running: Running,
  worker: Worker,
  request: Request,
  given: Answer,
  signal?: AbortSignal,
): Promise<void> {
  await visible(deps, Math.max(request.at, running.evidence.screen?.at ?? 0), signal);
  const reading = await running.read();
  if (!deps.matches(reading, request)) {
    throw new TeamError(
      "ANSWER_IN_TERMINAL",
      `the dialog on ${worker.name}'s screen could not be matched with this request`,
    );
  }
  const keys = (request.kind === "dialog" ? reading.dialog : null) ?? reading.asking;
  const key = given.decision === "deny" ? keys?.deny : given.decision === "allow" ? keys?.allow : null;
  if (!key) throw new TeamError("ANSWER_IN_TERMINAL", "this answer cannot be given by a key");
  await running.terminal.type(key);
}

/** `since`: when the dialog was seen at the latest; a draft in the input box delays its painting. */
async function visible({ clock }: Deps, since: number, signal?: AbortSignal): Promise<void> {
  const wait = since + visibleMs - clock.now();
  if (wait <= 0) return;
  using limit = deadline(clock, wait, signal);
  await new Promise<void>((resolve) => limit.signal.addEventListener("abort", () => resolve(), { once: true }));
  signal?.throwIfAborted();
}

async function closed(deps: Deps, running: Running, request: Request, signal?: AbortSignal): Promise<void> {
  using limit = deadline(deps.clock, closedMs, signal);
  try {
    await deps.store.until((state) => {
      const { phase } = present(state, running.id);
      const open = phase.is === "asking" && phase.requests.some((r) => r.id === request.id);
      return open ? undefined : true;
    }, limit.signal);
  } catch (cause) {
    if (signal?.aborted || !limit.signal.aborted) throw cause;
    running.release(request.id); // its call is used up: from now on by key
    throw new TeamError("ANSWER_IN_TERMINAL", "the answer was given, but Claude Code still asks", { cause });
  }
}
