import { useState } from "react";
import { call } from "../../store.ts";
import { useAction } from "../action.ts";
import { Failure } from "../failure.tsx";

type Step = "rest" | "asking" | "done";

/** A new secret for managers, after a second look. */
export function Token() {
  const [step, setStep] = useState<Step>("rest");
  const action = useAction();
  const rotate = async () => setStep((await action.run(() => call("rotateToken", {}))) ? "done" : "asking");
  return (
    <div className="setting">
      <span>Token of managers</span>
      <div className="actions">
        {step === "asking" && (
          <button type="button" className="button" onClick={() => setStep("rest")}>
            Keep it
          </button>
        )}
        <button
          type="button"
          className={step === "asking" ? "button danger" : "button"}
          aria-disabled={action.busy}
          onClick={() => (step === "asking" ? rotate() : setStep("asking"))}
        >
          {step === "asking" ? "Replace it" : "New token…"}
        </button>
      </div>
      <p className="setting-help" role="status">
        {words[step]}
      </p>
      <Failure of={action.failure} />
    </div>
  );
}

const words: Readonly<Record<Step, string>> = {
  rest: "What lets Claude Code in. Replace it when somebody else may have seen it.",
  asking: "The old one is refused at once. Claude Code fetches the new one by itself; other clients need it by hand.",
  done: "Replaced. The old one lets nobody in any more.",
};
