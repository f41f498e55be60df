import { showDialog } from "../store.ts";
import { keyHelp } from "../words/shortcuts.ts";
import { commandKey } from "./command-key.ts";
import { Modal } from "./modal.tsx";

/** All keys of the panel. */
export function KeyHelp() {
  const close = () => showDialog(undefined);
  return (
    <Modal title="Keys" onClose={close}>
      {keyHelp.map(({ title, lines }) => (
        <section key={title} className="key-help">
          <h3>{title}</h3>
          <dl>
            {lines.map(({ keys, does }) => (
              <div key={does}>
                <dt>
                  {keys.map((key) => (
                    <kbd key={key} className="key">
                      {key === "⌘" ? commandKey : key}
                    </kbd>
                  ))}
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <div className="actions">
        <button type="button" className="button" onClick={close}>
          Done
        </button>
      </div>
    </Modal>
  );
}
