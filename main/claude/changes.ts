import * as z from "zod";
import type { Change } from "../../contract/request.ts";
import { spelledOut } from "./spelled-out.ts";

/** A change that is longer is told in the request's words alone: it stands in every snapshot of the team's state. */
const longest = 100_000;

export const edit = z.looseObject({
  file_path: z.string(),
  old_string: z.string(),
  new_string: z.string(),
  replace_all: z.boolean().optional().catch(undefined),
});
export const write = z.looseObject({ file_path: z.string(), content: z.string() });
const edits = z.looseObject({
  file_path: z.string(),
  edits: z.array(z.looseObject({ old_string: z.string(), new_string: z.string() })).min(1),
});

/**
 * What a file tool would change, piece by piece, as far as its input tells: what Write writes over is not in it. Undefined for
 * other tools, and where it could not be shown whole. Inputs are those of Claude Code 2.1.330, and of MultiEdit in older ones. Pure.
 */
export function changesOf(tool: string, input: unknown): Change[] | undefined {
  const found = piecesOf(tool, input)?.map(
    ({ path, before, after }): Change => ({
      path: spelledOut(path).replaceAll("\n", "\\u{a}"),
      before: spelledOut(before),
      after: spelledOut(after),
    }),
  );
  const length = found?.reduce((sum, { path, before, after }) => sum + path.length + before.length + after.length, 0);
  return length !== undefined && length <= longest ? found : undefined;
}

function piecesOf(tool: string, input: unknown): Change[] | undefined {
  switch (tool) {
    case "Edit": {
      const { data } = edit.safeParse(input);
      return data && [{ path: data.file_path, before: data.old_string, after: data.new_string }];
    }
    case "MultiEdit": {
      const { data } = edits.safeParse(input);
      return data?.edits.map((one) => ({ path: data.file_path, before: one.old_string, after: one.new_string }));
    }
    case "Write": {
      const { data } = write.safeParse(input);
      return data && [{ path: data.file_path, before: "", after: data.content }];
    }
    default:
      return undefined;
  }
}
