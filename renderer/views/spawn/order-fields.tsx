import { type Hosts, hasLayout, hostChoices } from "../../words/hosts.ts";
import type { Order } from "../../words/order.ts";
import { plain } from "../../words/plain.ts";
import { modeWords } from "../../words/settings.ts";
import { useSplitTarget } from "./split-target.ts";

interface FieldsProps {
  readonly order: Order;
  /** The field that was refused. */
  readonly wrong: keyof Order | undefined;
  readonly change: (part: Partial<Order>) => void;
}

/** Who it is and what it begins with. */
export function TaskFields({ order, wrong, change }: FieldsProps) {
  return (
    <>
      <label className="field">
        First task <span className="optional">optional</span>
        <textarea
          name="prompt"
          rows={3}
          value={order.prompt}
          aria-invalid={wrong === "prompt"}
          onChange={(event) => change({ prompt: event.target.value })}
        />
      </label>
      <div className="field-pair">
        <label className="field">
          Name <span className="optional">optional</span>
          <input
            name="name"
            maxLength={80}
            autoComplete="off"
            value={order.name}
            aria-invalid={wrong === "name"}
            onChange={(event) => change({ name: event.target.value })}
          />
        </label>
        <label className="field">
          Model <span className="optional">optional</span>
          <input
            name="model"
            list="models"
            placeholder="Default"
            spellCheck={false}
            autoComplete="off"
            value={order.model}
            aria-invalid={wrong === "model"}
            onChange={(event) => change({ model: event.target.value })}
          />
        </label>
      </div>
      <datalist id="models">
        {["opus", "sonnet", "haiku"].map((model) => (
          <option key={model} value={model} />
        ))}
      </datalist>
    </>
  );
}

/** How it works: what it asks before. */
export function PermissionField({ order, change }: FieldsProps) {
  return (
    <Choice
      label="Permissions"
      value={order.mode}
      options={{ "": "As in the settings", ...modeWords }}
      onChange={(mode) => change({ mode })}
    />
  );
}

/** Where it lives, as far as this machine leaves a choice. */
export function WhereFields({ order, change, hosts }: FieldsProps & { readonly hosts: Hosts }) {
  const beside = useSplitTarget();
  const name = beside && plain(beside.name);
  const [right, below] = name ? [` of ${name}`, ` ${name}`] : ["", ""];
  const terminals = hostChoices(hosts);
  const choice = Object.keys(terminals).length > 0;
  const layout = hasLayout(order, hosts);
  if (!choice && !layout) return null;
  return (
    <div className="field-pair">
      {choice && (
        <Choice
          label="Terminal"
          value={order.terminal}
          options={{ "": "As in the settings", ...terminals }}
          onChange={(terminal) => change({ terminal })}
        />
      )}
      {layout && (
        <Choice
          label="Layout"
          value={order.at}
          options={{
            auto: "Automatic",
            window: "New window",
            tab: "New tab",
            right: `To the right${right}`,
            below: `Below${below}`,
          }}
          onChange={(at) => change({ at })}
        />
      )}
    </div>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: Readonly<Partial<Record<T, string>>>;
  readonly onChange: (value: T) => void;
}

function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  return (
    <label className="field">
      {label}
      <select value={value} onChange={(event) => onChange(event.target.value as T)}>
        {(Object.entries(options) as [T, string][]).map(([each, words]) => (
          <option key={each} value={each}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}
