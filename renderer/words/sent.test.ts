import { describe, expect, test } from "vitest";
import { TeamError } from "../../contract/error.ts";
import { whoHasIt } from "./sent.ts";

const asks = new TeamError("WORKER_ASKING", "it asks");
const lost = new TeamError("SERVER_UNREACHABLE", "the connection is closed");
const sent = (name: string, refusal?: TeamError) => ({ name, refusal });

describe("of a message to several it is said", () => {
  test.each([
    ["who has it", [sent("ana"), sent("ben", asks)], "not taken by ben (it asks); ana has it"],
    [
      "who of many",
      [sent("ana"), sent("ben", asks), sent("cleo"), sent("dan", asks)],
      "not taken by ben (it asks), dan (it asks); ana, cleo have it",
    ],
    [
      "that nobody has it",
      [sent("ana", asks), sent("ben", asks)],
      "not taken by ana (it asks), ben (it asks); nobody has it",
    ],
    [
      "only what is known",
      [sent("ana", lost), sent("ben", asks)],
      "not taken by ben (it asks); ana (the connection is closed) may not have it",
    ],
  ])("%s", (_, all, words) => {
    expect(whoHasIt(all)).toBe(words);
  });
});
