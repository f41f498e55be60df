import type { Request } from "../../contract/request.ts";
import type { Matches } from "../team/ports.ts";
import { fold } from "./rows.ts";
import { sameText } from "./same-text.ts";

type Permission = Extract<Request, { kind: "permission" }>;

/**
 * Whether the dialog on the screen asks exactly this: the whole command, the path with every changed line, the tool's whole input.
 * What is only partly visible matches no less than that, except a command whose end fills the screen. Dialogs are those of
 * Claude Code 2.1.330; one that looks different matches nothing.
 */
export const matches: Matches = ({ dialog, asking }, request) => {
  if (request.kind === "dialog") {
    const shown = dialog?.dialog === request.dialog ? dialog.detail : asking?.text;
    return shown !== undefined && fold(shown) === fold(request.detail);
  }
  if (!asking) return false;
  if (request.kind === "question") return request.questions.some((q) => showsQuestion(asking.text, q));
  return request.tool === "ExitPlanMode" ? showsPlan(asking.text, request) : showsPermission(asking.text, request);
};

function showsQuestion(
  text: string,
  { question, options }: { question: string; options: { label: string }[] },
): boolean {
  return [question, ...options.map((o) => o.label)].every((words) => squeeze(text).includes(squeeze(words)));
}

/** The plan is shown as formatted text, without its marks and the languages of its code. */
function showsPlan(text: string, { detail }: Permission): boolean {
  const plan = String(inputOf(detail)?.plan ?? detail).replace(/^ *(`{3,}|~{3,}).*$/gm, "");
  if (text.startsWith("Exit plan mode?")) return !inputOf(detail)?.plan && !detail.includes("\n");
  return text.startsWith("Ready to code?") && letters(text).includes(letters(plan));
}

interface Frame {
  /** What kind of dialog, and for a file its path. */
  readonly header: string;
  /** What it is about. */
  readonly body: string;
  readonly below: string;
  /** Its top is above the screen. */
  readonly cut: boolean;
}

function showsPermission(text: string, request: Permission): boolean {
  const frame = toFrame(text);
  if (!frame) return false;
  if (!frame.cut && frame.header.includes("· from the ") !== (request.agent !== null)) return false;
  switch (request.tool) {
    case "Bash":
      return showsCommand(frame, request.detail);
    case "Edit":
    case "Write":
      return showsChange(frame, toChange(request.detail));
    default:
      return showsInput(frame, request.tool, inputOf(request.detail));
  }
}

function toFrame(text: string): Frame | undefined {
  const [first, last] = [text.indexOf("╌"), text.lastIndexOf("╌")];
  if (first < 0) return undefined;
  const below = text.slice(last + 1);
  const cut = /↑ \d+ more lines?\b/.test(below);
  if (cut) return { header: "", body: text.slice(0, last), below, cut };
  return first === last
    ? undefined
    : { header: text.slice(0, first).trim(), body: text.slice(first + 1, last), below, cut };
}

function showsCommand({ header, body, cut }: Frame, detail: string): boolean {
  const command = inputOf(detail)?.command;
  const commands = typeof command === "string" ? [detail, command] : [detail];
  return (cut || header.startsWith("Bash command")) && commands.some((c) => sameText(body, c, cut));
}

interface Change {
  readonly path: string;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** From the words of a request, or from the tool's own input. */
function toChange(detail: string): Change {
  const input = inputOf(detail);
  if (input) {
    const text = (name: string) => String(input[name] ?? "");
    const added = text("content") || text("new_string");
    return { path: text("file_path"), removed: text("old_string").split("\n"), added: added.split("\n") };
  }
  const [path = "", ...lines] = detail.split("\n");
  const signed = (sign: string) => lines.filter((line) => line.startsWith(sign)).map((line) => line.slice(2));
  return { path, removed: signed("- "), added: signed("+ ") };
}

/** Long lines are broken anywhere, and stand behind their number and sign. */
function showsChange({ header, body, below, cut }: Frame, { path, removed, added }: Change): boolean {
  const shown = squeeze(header.replace(/^(Edit|Create|Overwrite) file( · from the .+? agent)?( \d+ of \d+)? /, ""));
  const isPath = squeeze(path) === shown || squeeze(path).endsWith(`/${shown}`);
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (cut || shown === "" || !isPath || !squeeze(below).includes(squeeze(`${name}?`))) return false;
  return holdsInOrder(squeeze(body), removed) && holdsInOrder(squeeze(body), added);
}

function holdsInOrder(body: string, lines: readonly string[]): boolean {
  let from = 0;
  return lines.map(squeeze).every((line) => {
    const at = body.indexOf(line, from);
    from = at + line.length;
    return at >= 0;
  });
}

/** `key: value` for each entry of the input, or `Name(value)`. */
function showsInput({ header, body, cut }: Frame, tool: string, input: Record<string, unknown> | undefined): boolean {
  if (cut || !input) return false;
  const [, server, name] = /^mcp__(.+?)__(.+)$/.exec(tool) ?? [];
  if (server && !letters(header).includes(letters(`${server}${name}`))) return false;
  const [, called, values] = /^\s*([\w ]+)\(([\s\S]*)\)\s*$/.exec(body) ?? [];
  if (called !== undefined && squeeze(called) === tool) return bare(values ?? "") === bare(leaves(input, false));
  return bare(body) === bare(leaves(input, true));
}

/** All values of a JSON value in their order, with the keys before them if wanted. */
function leaves(value: unknown, keys: boolean): string {
  if (typeof value !== "object" || value === null) return String(value);
  const named = !Array.isArray(value) && keys;
  return Object.entries(value)
    .map(([key, inner]) => `${named ? key : ""} ${leaves(inner, keys)}`)
    .join(" ");
}

/** A JSON object, which a request shows for a tool it has no better words for. */
function inputOf(detail: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(detail);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    // Not JSON: the request has words of its own.
    return undefined;
  }
}

const squeeze = (text: string) => text.replace(/\s+/g, "");
const letters = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
/** Without white space and the marks that JSON and the dialog set differently. */
const bare = (text: string) => text.replace(/[\s"'{}[\],:]/g, "");
