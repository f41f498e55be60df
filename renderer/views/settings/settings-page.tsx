import { usePanel } from "../../store.ts";
import { settingGroups } from "../../words/settings.ts";
import { Sheet } from "../sheet.tsx";
import { Checks } from "./checks.tsx";
import { Rules } from "./rules.tsx";
import { Setting } from "./setting.tsx";
import { Token } from "./token.tsx";

/** Everything a person may set. Each change counts at once. */
export function SettingsPage() {
  const settings = usePanel((panel) => panel.team.settings);
  return (
    <Sheet title="Settings">
      <div className="sheet-body">
        <Checks />
        {!settings && <p className="quiet">Reading the settings…</p>}
        {settings?.problem && (
          <p className="failure" role="alert">
            <strong>The settings cannot be read,</strong>{" "}
            {settings.unknown
              ? "and what managers may do is at its least until it is mended."
              : "so the last good values count."}{" "}
            {settings.problem}
          </p>
        )}
        {settings &&
          settingGroups.map(({ title, names }) => (
            <section key={title} className="group" aria-labelledby={`settings-${title}`}>
              <h3 id={`settings-${title}`}>{title}</h3>
              <div className="group-rows">
                {names.map((name) => (
                  <Setting
                    key={name}
                    name={name}
                    value={settings.values[name]}
                    later={settings.restart.includes(name)}
                  />
                ))}
                {title === "Managers" && <Token />}
              </div>
            </section>
          ))}
        {settings && <Rules rules={settings.values.rules} />}
        {settings && (
          <p className="quiet settings-file">
            All of this stands in <code>{settings.file}</code>, which you may edit too.
          </p>
        )}
      </div>
    </Sheet>
  );
}
