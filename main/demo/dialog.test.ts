import { describe, expect, test } from "vitest";
import { type Dialog, permissionDialog, press } from "./dialog.ts";
import { createKeyReader } from "./keys.ts";
import { answered } from "./pretend.ts";
import { type Question, questionDialog } from "./question-dialog.ts";

/** The decision that these keys bring about; the dialog itself while there is none. */
function outcome(dialog: Dialog, input: string) {
  let now = dialog;
  for (const key of createKeyReader()(input)) {
    const pressed = press(now, key);
    if ("decision" in pressed) return pressed.decision;
    now = pressed.dialog;
  }
  return now;
}

const bash = permissionDialog("Bash", { command: "touch a" }, "/p");

describe("a permission dialog", () => {
  test.each([
    ["1", { is: "yes" }],
    ["\r", { is: "yes" }],
    ["4", { is: "interrupt" }],
    ["\u001b", { is: "interrupt" }],
    ["\u001b[B\u001b[B\u001b[B\r", { is: "interrupt" }],
    ["\u001b[B\u001b[B\u001b[B\tuse 2 files\r", { is: "no", reason: "use 2 files" }],
    ["fix 1", { is: "yes" }],
  ])("takes %j", (keys, decision) => {
    expect(outcome(bash, keys)).toEqual(decision);
  });

  test("is not moved by a paste, and only moves at a number too high", () => {
    expect(outcome(bash, "\u001b[200~1\u001b[201~")).toEqual(bash);
    expect(outcome(bash, "9")).toMatchObject({ cursor: 3 });
  });

  test("has its No at another number for each tool", () => {
    const numberOfNo = (tool: string) =>
      permissionDialog(tool, {}, "/p").options.findIndex(({ means }) => means === "no") + 1;
    expect([numberOfNo("Bash"), numberOfNo("Read")]).toEqual([4, 3]);
  });

  test("for a plan takes words instead of a No", () => {
    const plan = permissionDialog("ExitPlanMode", { plan: "# Plan" }, "/p");
    expect(outcome(plan, "3shorter\r")).toEqual({ is: "no", reason: "shorter" });
  });
});

const options = (...labels: string[]) => labels.map((label) => ({ label, description: `${label} d` }));
const colour: Question = { question: "Colour?", header: "Colour", multiSelect: false, options: options("Red", "Blue") };
const toppings: Question = {
  question: "Toppings?",
  header: "Top",
  multiSelect: true,
  options: options("Ham", "Egg", "Nut, mixed"),
};

describe("questions", () => {
  test.each([
    [[colour], "2", { "Colour?": "Blue" }],
    [[colour], "\u001b[B\r", { "Colour?": "Blue" }],
    [[colour], "3purple 2 please\r", { "Colour?": "purple 2 please" }],
    [[toppings], "13\t1", { "Toppings?": 'Ham, "Nut, mixed"' }],
    [[toppings], "112\t\r", { "Toppings?": "Egg" }],
    [[colour, toppings], "12\u001b[C1", { "Colour?": "Red", "Toppings?": "Egg" }],
    [[colour, toppings], "1\t1", { "Colour?": "Red" }],
  ])("%# are answered by keys", (questions, keys, answers) => {
    expect(outcome(questionDialog(questions as Question[]), keys as string)).toEqual({ is: "answers", answers });
  });

  test("can be talked about, cancelled and left", () => {
    expect(outcome(questionDialog([colour]), "4")).toMatchObject({ is: "no" });
    expect(outcome(questionDialog([toppings]), "1\t2")).toEqual({ is: "interrupt" });
    expect(outcome(questionDialog([colour]), "\u001b")).toEqual({ is: "interrupt" });
  });

  test.each([
    [{ "Colour?": "Blue" }, /^Your questions have been answered: "Colour\?"="Blue"\./],
    [{ "Toppings?": "Ham, Egg" }, /^Your questions have been answered/],
    [{ "Toppings?": 'Ham, "Nut, mixed"' }, /^Your questions have been answered/],
    [{ "Colour?": "purple" }, /^The user answered: "Colour\?"="purple"\. Read the answers carefully/],
    [{ "Toppings?": ["Ham", "my own"] }, /^The user answered: "Toppings\?"="Ham, my own"\./],
  ])("tell Claude %j", (answers, told) => {
    expect(answered({ questions: [colour, toppings], answers }).content).toMatch(told);
  });
});
