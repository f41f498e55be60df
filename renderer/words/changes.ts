import type { ToolCall } from "../../contract/message.ts";
import type { Request } from "../../contract/request.ts";

/** A file before and after a tool has changed it, as far as the tool's input tells. */
export interface Change {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** The input was cut before it was shown: more is changed than stands here. */
  readonly cut: boolean;
}

/** What a call of Edit, MultiEdit or Write changes; undefined for other tools, and where too much of the input was cut off. */
export function changesOf({ name, input }: Pick<ToolCall, "name" | "input">): Change[] | undefined {
  const path = textAt(input, "file_path");
  if (!path) return undefined;
  if (name === "Write") {
    const content = textAt(input, "content");
    return content && [{ path: path.text, before: "", after: content.text, cut: content.cut }];
  }
  if (name !== "Edit" && name !== "MultiEdit") return undefined;
  const olds = textsAt(input, "old_string");
  const news = textsAt(input, "new_string");
  const changes = olds.flatMap((old, i) => {
    const fresh = news[i];
    return fresh ? [{ path: path.text, before: old.text, after: fresh.text, cut: fresh.cut }] : [];
  });
  return changes.length > 0 ? changes : undefined;
}

/** A tool's input as it is read best, and its language: the command that is run, else the whole as JSON. */
export function inputOf({ name, input }: Pick<ToolCall, "name" | "input">): { code: string; language: string } {
  const command = name === "Bash" ? textAt(input, "command") : undefined;
  if (!command) return { code: input, language: "json" };
  return { code: command.text, language: "bash" };
}

/** What a request for Edit or Write would change: its detail is the path, then lines after `- ` and `+ `. */
export function changeAsked({
  tool,
  detail,
}: Pick<Extract<Request, { kind: "permission" }>, "tool" | "detail">): Change | undefined {
  if (tool !== "Edit" && tool !== "Write") return undefined;
  const [path = "", ...lines] = detail.split("\n");
  const added = lines.findIndex((line) => !line.startsWith("- "));
  const [olds, news] = added < 0 ? [lines, []] : [lines.slice(0, added), lines.slice(added)];
  if (lines.length === 0 || !news.every((line) => line.startsWith("+ "))) return undefined;
  const whole = (marked: readonly string[]) => marked.map((line) => line.slice(2)).join("\n");
  return { path, before: whole(olds), after: whole(news), cut: false };
}

interface Found {
  readonly text: string;
  readonly cut: boolean;
}

const textAt = (json: string, key: string): Found | undefined => textsAt(json, key)[0];

/**
 * The texts of this key in JSON that was written with indents, and may be cut anywhere. A key within a text cannot be
 * mistaken for one: there its quotes are escaped.
 */
function textsAt(json: string, key: string): Found[] {
  const found = json.matchAll(new RegExp(`^ *"${key}": "((?:[^"\\\\\\n]|\\\\.)*)("?)`, "gm"));
  return [...found].map(([, inner = "", end]) => ({ text: unescaped(inner), cut: end === "" }));
}

/** An escape that was cut in two is left out. */
function unescaped(inner: string): string {
  const [whole = ""] = /^(?:[^\\]|\\(?:u[0-9a-f]{4}|["\\/bfnrt]))*/i.exec(inner) ?? [];
  return JSON.parse(`"${whole}"`) as string;
}
