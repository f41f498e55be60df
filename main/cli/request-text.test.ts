import { expect, test } from "vitest";
import type { Request } from "../../contract/request.ts";
import { requestText } from "./request-text.ts";
import { someWorker } from "./test-kit.ts";

const common = { id: "req-1", at: 0, via: "hook", proposal: null, agent: null } as const;
const permission: Request = { ...common, kind: "permission", tool: "Bash", title: "", detail: "ls" };
const ask = { question: "Colour?", header: "", multiSelect: false, options: [{ label: "Blue", description: "" }] };
const question: Request = { ...common, kind: "question", questions: [ask] };

const lastLine = (request: Request, others: Request[] = [], host: "pty" | "tmux" = "pty") => {
  const phase = { is: "asking" as const, requests: [request, ...others] };
  return requestText(request, someWorker({ phase, terminal: { host, ref: `${host}:1` } }))
    .split("\n")
    .at(-1);
};

test.each<[string, Request, string]>([
  ["a permission", permission, "claude-team answer worker-1 allow, or deny"],
  ["a question", question, "claude-team answer worker-1 --choose ANSWER"],
  [
    "several questions",
    { ...question, questions: [ask, ask] },
    "claude-team answer worker-1 --choose QUESTION=ANSWER, once for each",
  ],
  ["what only its terminal can answer", { ...permission, via: "terminal" }, "claude-team open"],
])("%s says how it is answered", (_, request, expected) => {
  expect(lastLine(request)).toBe(`    → ${expected}`);
});

test("names the request where several are open, and the terminal where a person can get there", () => {
  expect(lastLine(permission, [question])).toBe("    → claude-team answer worker-1 allow --request req-1, or deny");
  expect(lastLine({ ...permission, via: "terminal" }, [], "tmux")).toBe("    → claude-team attach worker-1");
});

test("says that a manager has proposed an answer", () => {
  const proposed: Request = { ...permission, proposal: { answer: { decision: "allow" }, at: 0 } };
  expect(requestText(proposed, someWorker())).toContain(
    "\n    A manager has proposed an answer; it waits for yours.\n",
  );
});
