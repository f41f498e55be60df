import { describe, expect, test } from "vitest";
import type { Receipt } from "../../contract/receipt.ts";
import type { Request } from "../../contract/request.ts";
import { type Phase, type Worker, workerId } from "../../contract/worker.ts";
import { deedsOfPhase, deedsOfReceipt } from "./deeds.ts";

const worker = workerId.parse("worker-1");
const request = (id: string): Request => ({
  ...{ id, at: 1, via: "hook", proposal: null, kind: "permission", tool: "Bash", title: "t", detail: id, agent: null },
});
const asking = (...ids: string[]): Phase => ({ is: "asking", requests: ids.map(request) });
const in_ = (phase: Phase, more: Partial<Worker> = {}) =>
  ({ id: worker, name: "w", phase, lastReply: null, problem: null, ...more }) as Worker;

describe("what a change of phase tells", () => {
  const working: Phase = { is: "working" };
  const idle: Phase = { is: "idle" };
  const problem = { is: "api_error", text: "500", at: 1 } as const;
  test.each<[string, Worker, Worker, string[], string[]]>([
    ["a question comes", in_(working), in_(asking("a")), [], ["worker asked a"]],
    ["one more comes", in_(asking("a")), in_(asking("a", "b")), [], ["worker asked b"]],
    ["one that we answered leaves", in_(asking("a")), in_(working), ["a"], []],
    ["one leaves by itself", in_(asking("a")), in_(working), [], ["team settled a"]],
    ["of two the answered one leaves", in_(asking("a", "b")), in_(asking("b")), ["a"], []],
    ["one makes room for the next", in_(asking("a")), in_(asking("b")), [], ["team settled a", "worker asked b"]],
    ["a turn ends", in_(working), in_(idle), [], ["worker finished"]],
    ["a turn fails, which is told elsewhere", in_(working), in_(idle, { problem }), [], []],
    ["it starts", in_({ is: "starting" }), in_(idle), [], []],
    ["its process ends", in_(idle), in_({ is: "gone", reason: "exited with 1" }), [], ["worker ended exited with 1"]],
    ["a manager closes it", in_(idle), in_({ is: "gone", reason: "closed by the manager" }), [], ["manager closed"]],
  ])("%s", (_, before, after, answered, told) => {
    const deeds = deedsOfPhase(before, after, (id) => answered.includes(id));
    expect(deeds.map(({ by, did, ref, outcome }) => [by, did, ref, outcome].filter(Boolean).join(" "))).toEqual(told);
  });
});

describe("what becomes of a message tells", () => {
  const receipt = (state: Receipt["state"], ...notes: string[]): Receipt => ({
    ...{ id: "msg-1", text: "do it", at: 1, by: "manager", state, notes },
  });
  test.each<[string, Receipt | undefined, Receipt, string[]]>([
    ["it is sent", undefined, receipt("accepted"), ["manager sent"]],
    ["it waits", receipt("accepted"), receipt("accepted", "waits: a draft"), []],
    ["it is typed", receipt("accepted"), receipt("typed"), []],
    ["nothing confirms it", receipt("typed"), receipt("unconfirmed", "no proof"), ["team failed no proof"]],
    [
      "a person takes it back",
      receipt("accepted"),
      receipt("withdrawn", "taken back before it was typed"),
      ["person withdrew"],
    ],
    [
      "it is not needed any more",
      receipt("accepted"),
      receipt("withdrawn", "not sent again"),
      ["team withdrew not sent again"],
    ],
  ])("%s", (_, known, now, told) => {
    const deeds = deedsOfReceipt(worker, known, now);
    expect(deeds.map(({ by, did, outcome }) => [by, did, outcome].filter(Boolean).join(" "))).toEqual(told);
  });
});
