import { useEffect, useRef } from "react";
import type { Worker } from "../../../contract/worker.ts";
import { call, usePanel } from "../../store.ts";
import { Composer } from "../composer/composer.tsx";
import { History } from "../history/history.tsx";
import { useVisible } from "../now.ts";
import { RequestCards } from "../requests/request-cards.tsx";
import { TerminalScreen } from "../screen/terminal-screen.tsx";
import { Problem } from "./problem.tsx";
import { Tabs } from "./tabs.tsx";
import { WorkerHeader } from "./worker-header.tsx";

/** Everything about one worker: what it asks on top, then what was said or its terminal, then what to send it. */
export function WorkerPage({ worker }: { worker: Worker }) {
  const tab = usePanel((panel) => panel.tab);
  useLook(worker);
  const page = useFocusWhereListIsHidden();
  return (
    <article className="worker" aria-labelledby="worker-name" ref={page} tabIndex={-1}>
      <WorkerHeader worker={worker} />
      <Problem problem={worker.problem} />
      {worker.phase.is === "asking" && <RequestCards worker={worker} requests={worker.phase.requests} />}
      <Tabs />
      {tab === "conversation" ? <History worker={worker} /> : <TerminalScreen worker={worker} />}
      {worker.phase.is !== "gone" && <Composer worker={worker} />}
    </article>
  );
}

/** An answer that a person has on the screen is no longer unread. */
function useLook({ id, unread }: Worker): void {
  const visible = useVisible();
  useEffect(() => {
    if (!unread || !visible) return;
    // It stays unread, which is seen, and is looked at again with the next change.
    call("look", { worker: id }).catch(() => {});
  }, [id, unread, visible]);
}

/** In a narrow window the page takes the list's place, and the focus must not stay behind in it. */
function useFocusWhereListIsHidden() {
  const page = useRef<HTMLElement>(null);
  useEffect(() => {
    const focused = document.activeElement;
    if (!focused || focused === document.body || !focused.checkVisibility()) page.current?.focus();
  }, []);
  return page;
}
