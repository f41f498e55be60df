import { expect, test } from "vitest";
import { advice, type ErrorCode } from "../../contract/error.ts";
import { nextStep } from "./next-step.ts";

test("the next step never speaks to an agent", () => {
  const steps = (Object.keys(advice) as ErrorCode[]).map(nextStep);
  const toAgents = /_session|as:|when_busy|request_id|call again|(a|the) person/i;
  expect(steps.filter((step) => toAgents.test(step))).toEqual([]);
});
