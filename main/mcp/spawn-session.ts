import * as z from "zod";
import { commands, type Place } from "../../contract/commands.ts";
import { session, sessionOf } from "./session.ts";
import { defineTool } from "./tool.ts";

const { name, prompt, model } = commands.spawn.input.shape;

/** The original's, and `tab`. */
const layouts = ["auto", "new_window", "tab", "split_vertical", "split_horizontal"] as const;

export const spawnSession = defineTool({
  name: "spawn_session",
  title: "Spawn session",
  description:
    "Start a new Claude Code worker in a project directory. Give its first task as prompt. Returns when it takes messages, works on the prompt, or asks something (a folder that is not trusted yet, for one).",
  effect: "acts",
  input: z.object({
    project_path: z.string().min(1).describe("Absolute path of the directory to work in"),
    session_name: name.describe("A short name for it; its id if left out"),
    layout: z
      .enum(layouts)
      .default("auto")
      .describe("Where its terminal opens; auto fills our own window, four panes a tab"),
    prompt: prompt.describe("Its first task"),
    model: model.describe("Such as sonnet or opus; Claude Code's own default if left out"),
    permission_mode: z
      .enum(["manual", "acceptEdits", "plan"])
      .optional()
      .describe("The person's setting if left out, manual at first: it asks before it acts"),
    skip_permissions: z
      .boolean()
      .default(false)
      .describe("Never ask; refused unless a person has allowed it in settings.json"),
    split_from_session: z
      .string()
      .min(1)
      .optional()
      .describe("With a split layout: the session whose terminal is split"),
  }),
  output: session,
  doing: async ({ project_path }) => `starting Claude Code in ${project_path}`,
  async run(input, { team, signal }) {
    const permissionMode = input.skip_permissions ? "bypassPermissions" : input.permission_mode;
    const worker = await team.spawn(
      {
        cwd: input.project_path,
        name: input.session_name,
        prompt: input.prompt,
        model: input.model,
        permissionMode,
        place: placeOf(input.layout, input.split_from_session),
      },
      "manager",
      signal,
    );
    return sessionOf(worker);
  },
});

/** A vertical split puts the new pane to the right, as the ancestors had it. */
function placeOf(layout: (typeof layouts)[number], of: string | undefined): Place {
  if (layout === "split_vertical") return { at: "right", of };
  if (layout === "split_horizontal") return { at: "below", of };
  return { at: layout === "new_window" ? "window" : layout };
}
