/** A worker of the pictures: where it runs, on which branch, and what it plays (main/demo/directives.ts). */
export interface Scene {
  readonly name: string;
  readonly project: string;
  readonly branch: string;
  readonly prompt: string;
}

const command = [
  "docker compose --file infrastructure/compose.staging.yaml --env-file .env.staging run --rm --no-deps billing \\",
  "  npm run migrate -- --from 2026-01-01T00:00:00Z --to 2026-11-22T23:59:59Z --tables invoices,credit_notes,ledger_entries \\",
  "  --connection 'postgres://billing@staging.internal:5432/billing?sslmode=verify-full' --batch-size 500 --dry-run=false",
].join("\n");

const questions = [
  {
    question: "Which date library should the new code use?",
    header: "Library",
    multiSelect: false,
    options: [
      { label: "Temporal", description: "Built in, with a polyfill for old browsers" },
      {
        label: "date-fns",
        description: "Already used in two places, and small once only what is needed is imported from it",
      },
    ],
  },
  {
    question: "Which parts of the application should change now?",
    header: "Scope",
    multiSelect: true,
    options: ["Billing", "Search", "Mail"].map((label) => ({ label, description: "" })),
  },
];

const plan = [
  "# Move sessions to the database",
  "",
  "1. Add a table `sessions` with an index on `expires_at`.",
  "2. Write to both stores for a week, and compare.",
  "3. Read from the new one; remove the old one.",
].join("\n");

const report = [
  "## What I found",
  "",
  "The suite passes, but for **one** test: `cart.test.ts › rounds to the cent`. `total()` rounds each line *before* it adds them up.",
  "",
  "- 412 tests pass",
  "- 1 fails: see [the issue](https://example.com/issues/1)",
  "  - it expects `10.01` and gets `10.00`",
  "",
  "```ts",
  "export const total = (lines: readonly Line[]): Cents => round(lines.reduce((sum, line) => sum + line.amount * line.quantity, 0));",
  "```",
  "",
  "> Rounding once, at the end, would fix it.",
  "",
  "| file | failing |",
  "| --- | --- |",
  "| cart.test.ts | 1 |",
].join("\n");

const scene = (name: string, prompt: string, project = `work/${name}`, branch = "main"): Scene => ({
  name,
  project,
  branch,
  prompt,
});

const deep = "acme/platform/services/billing-and-invoicing/packages/legacy-adapters/src";

/** Ten workers that show what there is to see: three ask, two work, four have finished or failed, one is to be closed. */
export const scenes: readonly Scene[] = [
  scene(
    "migrate-the-billing-service-to-the-new-ledger",
    `Migrate the staging data. [[text:The last step touches the data itself.]][[bash:${command}]][[text:Done.]]`,
    deep,
    "feature/BILL-4711-move-invoices-to-the-new-ledger",
  ),
  scene("dates", `[[text:Before I begin I need a decision.]][[tool:AskUserQuestion ${JSON.stringify({ questions })}]]`),
  scene("planner", `Plan the move of our sessions. [[text:Here is my plan.]][[plan:${plan}]]`),
  scene(
    "dead-code",
    "Find code that nothing uses. [[text:I look for callers of each export.]][[read:src/billing/main.ts]]" +
      "[[text:Nothing calls `legacyTotal`.]][[bash:grep -rn legacyTotal src]][[gate:never]][[text:.]]",
  ),
  scene("thinker", "Think about it. [[think:Hm.]][[gate:never]][[text:.]]"),
  scene("readme", "Say in three lines what this project does."),
  scene("report", `Run the tests and tell me what fails. [[bash:echo 412 passed, 1 failed]][[text:${report}]]`),
  scene("signed-out", "Go on. [[err:401]]"),
  scene("limit", "Go on. [[err:429]]"),
  scene("old-one", "Say good-bye. [[text:Good-bye.]]"),
];
