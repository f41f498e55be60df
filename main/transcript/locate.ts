import { access, readdir } from "node:fs/promises";
import { join } from "node:path";
import { TeamError } from "../../contract/error.ts";

const longestSlug = 200;

/**
 * Where Claude Code 2.1.330 writes a conversation. `cwd` is absolute, its symbolic links resolved. Each UTF-16 unit that is no
 * ASCII letter or digit becomes `-`; a slug over 200 characters is cut there and gets a hash of the whole path.
 */
export function transcriptPath(configDir: string, cwd: string, conversation: string): string {
  if (!/^[\w-]+$/.test(conversation)) {
    throw new TeamError("INPUT_INVALID", `"${conversation}" is no id of a conversation`);
  }
  return join(configDir, "projects", slugOf(cwd), `${conversation}.jsonl`);
}

/** The file of a conversation: where it is, in whatever project folder; else where it will be. */
export async function locateTranscript(configDir: string, conversation: string, cwd: string): Promise<string> {
  const expected = transcriptPath(configDir, cwd, conversation);
  if (await exists(expected)) return expected;
  const projects = join(configDir, "projects");
  // No such folder yet: Claude Code never ran with this configuration.
  const folders = await readdir(projects).catch(() => []);
  const places = folders.map((folder) => join(projects, folder, `${conversation}.jsonl`));
  const found = await Promise.all(places.map(exists));
  return places.find((_, i) => found[i]) ?? expected;
}

function slugOf(cwd: string): string {
  const slug = cwd.replace(/[^a-zA-Z0-9]/g, "-");
  if (slug.length <= longestSlug) return slug;
  return `${slug.slice(0, longestSlug)}-${Math.abs(hash(cwd)).toString(36)}`;
}

/** Java's hash of a string, in 32 bits. */
function hash(words: string): number {
  let sum = 0;
  for (let i = 0; i < words.length; i++) sum = ((sum << 5) - sum + words.charCodeAt(i)) | 0;
  return sum;
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
