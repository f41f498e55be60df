import type { ActivityEntry } from "../../../contract/activity.ts";
import { activityText } from "../../words/activity.ts";
import { useAction } from "../action.ts";
import { Failure } from "../failure.tsx";
import { Icon } from "../icon.tsx";

/** Saves what the filter leaves of the whole timeline as a file. */
export function Export({ all }: { all: () => Promise<readonly ActivityEntry[]> }) {
  const { busy, failure, run } = useAction();
  const asText = async () => save("activity.txt", "text/plain", activityText(await all()));
  const asJson = async () => save("activity.json", "application/json", JSON.stringify(await all(), null, 2));
  return (
    <>
      <button
        type="button"
        className="button"
        aria-label="Save as text"
        aria-disabled={busy}
        onClick={() => busy || run(asText)}
      >
        <Icon name="download" /> Text
      </button>
      <button
        type="button"
        className="button"
        aria-label="Save as JSON"
        aria-disabled={busy}
        onClick={() => busy || run(asJson)}
      >
        <Icon name="download" /> JSON
      </button>
      <Failure of={failure} />
    </>
  );
}

function save(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `claude-team-${name}`;
  link.click();
  URL.revokeObjectURL(url);
}
