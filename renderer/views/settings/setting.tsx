import { useId } from "react";
import type { Settings, SettingsChange } from "../../../contract/settings.ts";
import { call } from "../../store.ts";
import { type Control, type SettingName, settingFields } from "../../words/settings.ts";
import { useAction } from "../action.ts";
import { Failure } from "../failure.tsx";
import { KeysField } from "./keys-field.tsx";
import { LinesField, NumberField, TextField } from "./text-fields.tsx";

interface SettingProps {
  readonly name: SettingName;
  readonly value: Settings[SettingName];
  /** The new value counts only after a restart. */
  readonly later: boolean;
}

/** One setting: its words, its control, and what went wrong with it. */
export function Setting({ name, value, later }: SettingProps) {
  const action = useAction();
  const id = useId();
  const { label, help, control } = settingFields[name];
  const save = (next: unknown) => void action.run(() => call("configure", { [name]: next } as SettingsChange));
  const wide = control.is === "lines" || control.is === "text";
  return (
    <div className={wide ? "setting setting-wide" : "setting"}>
      {control.is === "switches" ? <span id={id}>{label}</span> : <label htmlFor={id}>{label}</label>}
      <ControlView id={id} control={control} value={value} save={save} />
      {help && <p className="setting-help">{help}</p>}
      {later && (
        <p className="setting-help later" role="status">
          Counts after claude-team is started again.
        </p>
      )}
      <Failure of={action.failure} />
    </div>
  );
}

interface ControlProps {
  readonly id: string;
  readonly control: Control;
  readonly value: unknown;
  readonly save: (value: unknown) => void;
}

function ControlView({ id, control, value, save }: ControlProps) {
  switch (control.is) {
    case "choice":
      return (
        <select id={id} value={String(value)} onChange={(event) => save(event.target.value)}>
          {control.options.map(([each, words]) => (
            <option key={each} value={each}>
              {words}
            </option>
          ))}
        </select>
      );
    case "switch":
      return <Switch id={id} on={value === true} onChange={save} />;
    case "switches":
      return <Switches id={id} options={control.options} value={value as Record<string, boolean>} save={save} />;
    case "text":
      return <TextField id={id} value={value as string | null} empty={control.empty} save={save} />;
    case "number":
      return <NumberField id={id} value={value as number} {...control} save={save} />;
    case "lines":
      return <LinesField id={id} value={value as string[]} empty={control.empty} save={save} />;
    case "keys":
      return <KeysField id={id} value={value as string | null} save={save} />;
  }
}

function Switch({ id, on, onChange }: { id: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <input
      id={id}
      type="checkbox"
      role="switch"
      className="switch"
      checked={on}
      aria-checked={on}
      onChange={(event) => onChange(event.target.checked)}
    />
  );
}

interface SwitchesProps {
  readonly id: string;
  readonly options: Extract<Control, { is: "switches" }>["options"];
  readonly value: Readonly<Record<string, boolean>>;
  readonly save: (value: unknown) => void;
}

function Switches({ id, options, value, save }: SwitchesProps) {
  return (
    <fieldset className="switches" aria-labelledby={id}>
      {options.map(([key, words]) => (
        <div key={key}>
          <label htmlFor={`${id}-${key}`}>{words}</label>
          <Switch id={`${id}-${key}`} on={value[key] === true} onChange={(on) => save({ ...value, [key]: on })} />
        </div>
      ))}
    </fieldset>
  );
}
