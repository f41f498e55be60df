import { describe, expect, test } from "vitest";
import type { Question } from "../../contract/request.ts";
import { answersOf, noChoice, toggled, worded } from "./answers.ts";

const options = ["Small", "Large"].map((label) => ({ label, description: "" }));
const one: Question = { question: "Which?", header: "", multiSelect: false, options };
const several: Question = { question: "Which ones?", header: "", multiSelect: true, options };

describe("an answer to a question", () => {
  test("is one label or own words, whichever came last", () => {
    const labelled = toggled(one, noChoice, "Small");
    expect(answersOf([one], [labelled])).toEqual({ "Which?": "Small" });
    const own = worded(one, labelled, " Huge ");
    expect(answersOf([one], [own])).toEqual({ "Which?": "Huge" });
    expect(answersOf([one], [toggled(one, own, "Large")])).toEqual({ "Which?": "Large" });
  });

  test("is several labels in the order of the options, and own words last", () => {
    const both = toggled(several, toggled(several, noChoice, "Large"), "Small");
    expect(answersOf([several], [both])).toEqual({ "Which ones?": ["Small", "Large"] });
    const withoutLarge = toggled(several, worded(several, both, "Huge"), "Large");
    expect(answersOf([several], [withoutLarge])).toEqual({ "Which ones?": ["Small", "Huge"] });
  });

  test("is there only when every question has one", () => {
    expect(answersOf([one, several], [toggled(one, noChoice, "Small")])).toBeUndefined();
    expect(answersOf([one], [worded(one, noChoice, "  ")])).toBeUndefined();
  });

  test("keeps the label when own words are deleted again", () => {
    const labelled = toggled(one, noChoice, "Small");
    expect(answersOf([one], [worded(one, labelled, "")])).toEqual({ "Which?": "Small" });
  });
});
