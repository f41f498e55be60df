import { type KeyboardEvent, useState } from "react";
import type { Worker } from "../../../contract/worker.ts";
import { showTab, usePanel } from "../../store.ts";
import { plain } from "../../words/plain.ts";
import { firstLine } from "../../words/sentence.ts";
import { Composer } from "../composer/composer.tsx";
import { History } from "../history/history.tsx";
import { RequestCards } from "../requests/request-cards.tsx";
import { TerminalScreen } from "../screen/terminal-screen.tsx";
import { useTakeFocus } from "../take-focus.ts";
import { Ended } from "./ended.tsx";
import { Problem } from "./problem.tsx";
import { SinceLooked } from "./since-looked.tsx";
import { Tabs } from "./tabs.tsx";
import { useLook } from "./use-look.ts";
import { WorkerHeader } from "./worker-header.tsx";

/** Everything about one worker: what it asks on top, then what was said or its terminal, then what to send it. */
export function WorkerPage({ worker }: { worker: Worker }) {
  const tab = usePanel((panel) => panel.tab);
  const lookedAt = useLook(worker);
  const [searching, setSearching] = useState(false);
  const page = useTakeFocus();

  function search(): void {
    showTab("conversation");
    setSearching(true);
  }

  /** The panel's own search, since what is out of sight is not on the page for the browser's. */
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key.toLowerCase() !== "f" || !(event.metaKey || event.ctrlKey) || event.altKey || isTerminal(event))
      return;
    event.preventDefault();
    event.stopPropagation();
    search();
  }

  return (
    <article className="worker" aria-labelledby="worker-name" ref={page} tabIndex={-1} onKeyDown={onKeyDown}>
      <WorkerHeader worker={worker} />
      <p className="unseen" aria-live="polite">
        {worker.phase.is === "idle" && worker.lastReply && `Claude: ${plain(firstLine(worker.lastReply.text))}`}
      </p>
      <Problem problem={worker.problem} />
      <RequestCards worker={worker} />
      <Tabs onSearch={search} />
      {tab === "conversation" ? (
        <>
          <SinceLooked worker={worker} lookedAt={lookedAt} />
          <History worker={worker} lookedAt={lookedAt} searching={searching} onSearch={setSearching} />
        </>
      ) : (
        <TerminalScreen worker={worker} />
      )}
      {worker.phase.is === "gone" ? <Ended worker={worker} /> : <Composer worker={worker} />}
    </article>
  );
}

const isTerminal = ({ target }: KeyboardEvent) => target instanceof Element && target.closest(".keyboard") !== null;
