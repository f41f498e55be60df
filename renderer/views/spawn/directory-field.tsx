import { type KeyboardEvent, useId, useState } from "react";
import { exact } from "../../words/plain.ts";
import { Icon } from "../icon.tsx";
import { useDirectories } from "./use-directories.ts";

interface DirectoryProps {
  readonly value: string;
  /** Was refused. */
  readonly wrong: boolean;
  readonly onChange: (value: string) => void;
}

/** A path with what it may become: recent projects at first, then the directories that it begins. */
export function DirectoryField({ value, wrong, onChange }: DirectoryProps) {
  const id = useId();
  const { field, shown, ...choice } = useChoosing(value, onChange);
  const list = `${id}-list`;
  return (
    <div className="field directory">
      <label htmlFor={id}>
        Directory <span className="optional">or drop a folder here</span>
      </label>
      <input
        id={id}
        name="cwd"
        role="combobox"
        required
        aria-expanded={shown}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={shown && choice.active >= 0 ? `${list}-${choice.active}` : undefined}
        aria-invalid={wrong}
        placeholder="/path/to/project"
        spellCheck={false}
        autoComplete="off"
        value={value}
        {...field}
      />
      <div id={list} role="listbox" aria-label="Directories" className="directories" hidden={!shown}>
        {choice.directories.map((directory, place) => (
          <div
            key={directory}
            id={`${list}-${place}`}
            role="option"
            tabIndex={-1}
            aria-selected={place === choice.active}
            className="directory-option"
            onPointerDown={(event) => {
              event.preventDefault();
              choice.take(directory);
            }}
          >
            <Icon name="folder" />
            <DirectoryName path={directory} />
          </div>
        ))}
      </div>
      {shown && choice.more && <p className="field-help">There are more: type on.</p>}
    </div>
  );
}

/** Its own name before where it stands: that is what tells directories apart. */
function DirectoryName({ path }: { path: string }) {
  const [, parent = "", name = path] = /^(.*\/)([^/]+)\/?$/.exec(path) ?? [];
  return (
    <>
      <bdi className="directory-name">{exact(name)}</bdi>
      <bdi className="directory-parent">{exact(parent)}</bdi>
    </>
  );
}

/** The keys of a combobox: arrows choose, Enter or Tab takes, Esc closes the list. */
function useChoosing(value: string, onChange: (value: string) => void) {
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const { directories, more } = useDirectories(value, open);
  const shown = open && directories.length > 0;

  /** One that ends with a slash leads on to what is in it. */
  function take(directory: string): void {
    onChange(directory);
    setActive(-1);
    setOpen(directory.endsWith("/"));
  }

  function move(step: 1 | -1): void {
    setOpen(true);
    const from = active < 0 && step < 0 ? directories.length : active;
    setActive(Math.max(0, Math.min(from + step, directories.length - 1)));
  }

  function onKeyDown(event: KeyboardEvent): void {
    const { key, shiftKey } = event;
    const chosen = shown ? directories[active] : undefined;
    if (key === "ArrowDown") move(1);
    else if (key === "ArrowUp") move(-1);
    else if (shown && key === "Escape") setOpen(false);
    else if (chosen !== undefined && (key === "Enter" || (key === "Tab" && !shiftKey))) take(chosen);
    else return;
    event.preventDefault();
  }

  function write(text: string): void {
    onChange(text);
    setActive(-1);
    setOpen(true);
  }

  const field = {
    onChange: (event: { target: { value: string } }) => write(event.target.value),
    onKeyDown,
    onBlur: () => setOpen(false),
  };
  return { field, shown, directories, more, active, take };
}
