/** One worker of the demo: its first task, and what it plays (directives.ts). */
export interface DemoScene {
  readonly name: string;
  readonly prompt: string;
  readonly script: string;
}

const question = {
  questions: [
    {
      question: "Which date library should the new code use?",
      header: "Library",
      multiSelect: false,
      options: [
        { label: "Temporal", description: "Built in, with a polyfill for old browsers" },
        { label: "date-fns", description: "Already used in two places" },
      ],
    },
  ],
};

const deadCode = ["billing", "search", "mail", "login", "export", "import", "admin", "reports"]
  .map(
    (room) =>
      `[[slow:12]][[text:(demo) Reading src/${room} and looking for callers of each export… ]][[read:src/${room}/main.ts]]`,
  )
  .join("");

/** Four workers that show what there is to see: a permission, a question, long work, and a finished answer. */
export const demoScenes: readonly DemoScene[] = [
  {
    name: "tests",
    prompt: "Run the tests and tell me what fails.",
    script:
      "[[slow:2]][[text:(demo) I will run the whole suite once and read the failures.]]" +
      '[[tool:Bash {"command":"npm test","description":"Run the whole test suite"}]]' +
      "[[text:(demo) Made-up result: 412 tests pass and one fails.\n\n`cart.test.ts` › “rounds to the cent” expects 10.01 and " +
      "gets 10.00: `total()` rounds each line before it adds them up. Rounding once at the end would fix it.]]",
  },
  {
    name: "dates",
    prompt: "Replace our own date formatting by one library.",
    script:
      "[[slow:2]][[text:(demo) Our own formatting stands in 14 files. Before I begin I need a decision.]]" +
      `[[tool:AskUserQuestion ${JSON.stringify(question)}]]` +
      "[[slow:2]][[text:(demo) Thank you. With the real Claude Code the change would begin now; the demo ends this task here.]]",
  },
  {
    name: "dead-code",
    prompt: "Find the code that nothing uses any more.",
    script: `${deadCode}[[text:(demo) Made-up result: 23 exports in 9 files have no caller left.]]`,
  },
  {
    name: "readme",
    prompt: "Say in three lines what this project does.",
    script:
      "[[slow:1]][[text:(demo) A made-up answer, so that you see a finished one:\n\n- A shop for hand-made bicycles, with a " +
      "workshop calendar behind it.\n- The server is TypeScript on Node, the panel is React.\n- Orders become jobs in the workshop " +
      "by a queue in Postgres.]]",
  },
];

/** The first tasks, for whoever starts the demo. */
export const demoPrompts: readonly { readonly name: string; readonly prompt: string }[] = demoScenes.map(
  ({ name, prompt }) => ({
    name,
    prompt,
  }),
);
