import { basename } from "node:path";
import type { Answer, Request } from "../../../contract/request.ts";
import type { Worker } from "../../../contract/worker.ts";
import type { Matter } from "./matters.ts";

export interface Notice {
  readonly title: string;
  /** The project and its branch. */
  readonly subtitle: string;
  readonly body: string;
  /** Buttons, each with the answer it gives to the request; only where all that is asked can be read in the notice. */
  readonly actions: readonly { readonly label: string; readonly answer: Answer }[];
}

const bodyMax = 220;
/** A banner shows about so much before it cuts. */
const wholeMax = { characters: 150, lines: 3 };

/** What a notice says about a matter; foreign text comes in plain, and short. */
export function wording({ worker, request }: Matter): Notice {
  const subtitle = cut(plain([basename(worker.cwd), worker.branch ?? ""].filter(Boolean).join(" · ")), 80);
  const name = cut(plain(worker.name), 80);
  if (request) return { subtitle, ...asks(name, request) };
  return { subtitle, actions: [], ...told(name, worker) };
}

function asks(name: string, request: Request): Omit<Notice, "subtitle"> {
  switch (request.kind) {
    case "permission": {
      const proposed = request.proposal?.answer.decision;
      const asked =
        request.tool === "ExitPlanMode" ? `${name} has a plan` : `${name} asks: ${cut(plain(request.tool), 60)}`;
      const title = proposed ? `${name}: the manager would ${proposed}` : asked;
      const whole = request.via !== "terminal" && fits(request.detail);
      return { title, body: cut(plain(request.detail), bodyMax), actions: whole ? permissionActions : [] };
    }
    case "question":
      return {
        title: request.proposal ? `${name}: the manager has an answer` : `${name} has a question`,
        body: cut(request.questions.map(({ question }) => plain(question)).join(" · "), bodyMax),
        actions: [],
      };
    case "dialog":
      return { title: `${name} waits at a dialog`, body: cut(plain(request.detail), bodyMax), actions: [] };
  }
}

const permissionActions: Notice["actions"] = [
  { label: "Allow once", answer: { decision: "allow" } },
  { label: "Deny", answer: { decision: "deny" } },
];

function told(name: string, { phase, problem, lastReply }: Worker): Pick<Notice, "title" | "body"> {
  if (phase.is === "gone") return { title: `${name} has ended`, body: cut(plain(phase.reason), bodyMax) };
  if (!problem) return { title: `${name} is done`, body: cut(plain(lastReply?.text ?? ""), bodyMax) };
  const is = troubles[problem.is] ?? "needs a look";
  return { title: `${name} ${is}`, body: cut(plain(problem.text), bodyMax) };
}

const troubles: Readonly<Partial<Record<NonNullable<Worker["problem"]>["is"], string>>> = {
  api_error: "hit an API error",
  rate_limited: "has reached a limit",
  signed_out: "is signed out",
};

/** Whether a banner shows every character of it as it is. */
const fits = (text: string) =>
  text.length > 0 &&
  text.length <= wholeMax.characters &&
  text.split("\n").length <= wholeMax.lines &&
  text === plain(text);

/** Without what could hide, reorder or repaint text: every control and format character but the line break. */
function plain(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{C}\n\t]/gu, "")
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n\s*/g, "\n")
    .trim();
}

/** Cuts between characters, never inside one. */
function cut(text: string, most: number): string {
  const characters = Array.from(text);
  return characters.length <= most
    ? text
    : `${characters
        .slice(0, most - 1)
        .join("")
        .trimEnd()}…`;
}
