import { type FormEvent, useId, useState } from "react";
import type { Question, Request } from "../../../contract/request.ts";
import type { Worker } from "../../../contract/worker.ts";
import { answersOf, type Choice, noChoice, toggled, worded } from "../../words/answers.ts";
import { Failure } from "../failure.tsx";
import { InTerminal, Proposal, useAnswer } from "./answering.tsx";

type Asked = Extract<Request, { kind: "question" }>;

/** Claude's questions with their options, and room for own words. */
export function QuestionCard({ worker, request }: { worker: Worker; request: Asked }) {
  const answering = useAnswer(worker.id, request.id);
  const [choices, setChoices] = useState<readonly Choice[]>(request.questions.map(() => noChoice));
  const answers = answersOf(request.questions, choices);
  const disabled = answering.busy || answering.sent;
  const choose = (at: number) => (choice: Choice) => setChoices(choices.with(at, choice));

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (answers) void answering.answer({ answers });
  }

  return (
    <form onSubmit={submit}>
      <h3>{worker.name} asks</h3>
      {request.questions.map((question, at) => (
        <QuestionFields
          key={question.question}
          question={question}
          choice={choices[at] ?? noChoice}
          onChoose={choose(at)}
        />
      ))}
      <Proposal proposal={request.proposal} answering={answering} />
      {request.via === "terminal" ? (
        <InTerminal />
      ) : (
        <div className="actions">
          <button
            type="button"
            className="button"
            disabled={disabled}
            onClick={() => answering.answer({ decision: "deny" })}
          >
            Decline to answer
          </button>
          <button type="submit" className="button primary" disabled={disabled || !answers}>
            {answering.sent ? "Sent" : "Answer"}
          </button>
        </div>
      )}
      <Failure of={answering.failure} />
    </form>
  );
}

interface QuestionProps {
  readonly question: Question;
  readonly choice: Choice;
  readonly onChoose: (choice: Choice) => void;
}

function QuestionFields({ question, choice, onChoose }: QuestionProps) {
  const name = useId();
  return (
    <fieldset>
      <legend>
        {question.header && <span className="badge">{question.header}</span>} {question.question}
      </legend>
      {question.options.map(({ label, description }) => (
        <label key={label} className="option">
          <input
            type={question.multiSelect ? "checkbox" : "radio"}
            name={name}
            checked={choice.labels.includes(label)}
            onChange={() => onChoose(toggled(question, choice, label))}
          />
          <span>
            {label}
            {description && <span className="option-more">{description}</span>}
          </span>
        </label>
      ))}
      <input
        aria-label={`Own answer to: ${question.question}`}
        placeholder={question.multiSelect ? "Something more, in your own words" : "Or answer in your own words"}
        value={choice.text}
        onChange={(event) => onChoose(worded(question, choice, event.target.value))}
      />
    </fieldset>
  );
}
