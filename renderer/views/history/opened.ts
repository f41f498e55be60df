import { createContext, useContext, useState } from "react";

/** What a person has opened, by its id; kept while rows come and go with the scrolling. */
export type Opened = Map<string, boolean>;
export const OpenedContext = createContext<Opened>(new Map());

/** Whether this is open, and the handler for a `details` that shows it. `atFirst` counts until a person has decided. */
export function useOpened(id: string, atFirst = false) {
  const opened = useContext(OpenedContext);
  const [open, setOpen] = useState(opened.get(id) ?? atFirst);
  const [before, setBefore] = useState(atFirst);
  // What is looked for opens what holds it, also while it is on the page already.
  if (before !== atFirst) {
    setBefore(atFirst);
    if (atFirst) setOpen(true);
  }
  const onToggle = ({ currentTarget }: { currentTarget: HTMLDetailsElement }) => {
    opened.set(id, currentTarget.open);
    setOpen(currentTarget.open);
  };
  return { open, onToggle };
}
