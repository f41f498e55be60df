import { type KeyboardEvent, useId, useRef } from "react";
import type { Worker } from "../../../contract/worker.ts";
import { call, select, showTab } from "../../store.ts";
import type { Action } from "../action.ts";
import { leaveOnEscape } from "./leave-on-escape.ts";

interface MenuProps {
  readonly worker: Worker;
  readonly action: Action;
  readonly onRename: () => void;
}

/** What is done seldom. A native popover: Esc and a click elsewhere close it; the arrow keys move in it. */
export function MoreMenu({ worker, action, onRename }: MenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  const id = useId();
  const live = worker.phase.is !== "gone";
  const choices: readonly (Choice | false)[] = [
    { label: "Rename", act: onRename },
    live && terminalChoice(worker, action),
    worker.conversation !== null && {
      label: "Fork the conversation",
      act: () => action.run(async () => select((await call("fork", { worker: worker.id })).id)),
    },
  ];

  function choose(act: () => unknown): void {
    menu.current?.hidePopover();
    act();
  }

  return (
    <>
      <button type="button" className="icon-button more" aria-label="More" popoverTarget={id} aria-haspopup="menu">
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <path d="M3 8h.01M8 8h.01M13 8h.01" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" />
        </svg>
      </button>
      <div ref={menu} id={id} className="menu" popover="auto" role="menu" onKeyDown={moveFocus} onToggle={focusFirst}>
        {choices.filter(isChoice).map(({ label, act }) => (
          <button key={label} type="button" role="menuitem" tabIndex={-1} onClick={() => choose(act)}>
            {label}
          </button>
        ))}
      </div>
    </>
  );
}

interface Choice {
  readonly label: string;
  readonly act: () => unknown;
}
const isChoice = (choice: Choice | false): choice is Choice => choice !== false;

/** iTerm2 can bring it to the person's eyes; the others are shown in the panel, with how to attach. */
function terminalChoice({ id, terminal }: Worker, action: Action): Choice {
  if (terminal.host !== "iterm2") return { label: "Show its terminal", act: () => showTab("terminal") };
  return { label: "Show it in iTerm2", act: () => action.run(() => call("focus", { worker: id })) };
}

function focusFirst({ currentTarget, newState }: { currentTarget: HTMLElement; newState: string }): void {
  if (newState === "open") currentTarget.querySelector<HTMLElement>("button")?.focus();
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  leaveOnEscape(event);
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>("button")];
  const here = items.indexOf(document.activeElement as HTMLElement);
  const there = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: items.length - 1 }[event.key];
  if (there === undefined) return;
  event.preventDefault();
  items[(there + items.length) % items.length]?.focus();
}
