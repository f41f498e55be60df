import { exact } from "../../words/plain.ts";
import { LongText } from "../history/long-text.tsx";

/** Text shown exactly as it is, scrolled by mouse or keyboard when it is long. */
export function ExactWords({ text }: { text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it must be scrolled by keyboard too
    <pre className="exact" tabIndex={0}>
      <LongText text={exact(text)} />
    </pre>
  );
}
