import { useId } from "react";
import type { Question, Request } from "../../../contract/request.ts";
import type { Worker } from "../../../contract/worker.ts";
import { answersOf, type Choice, noChoice, toggled, worded } from "../../words/answers.ts";
import { plain } from "../../words/plain.ts";
import { Answering } from "./answering.tsx";
import { keepHalfAnswer, useHalfAnswer } from "./half-answers.ts";

type Asked = Extract<Request, { kind: "question" }>;

/** Claude's questions with their options, and room for own words. */
export function QuestionCard({ worker, request }: { worker: Worker; request: Asked }) {
  const { questions } = request;
  const kept = useHalfAnswer(request.id).choices;
  const choices = questions.map((_, at) => kept[at] ?? noChoice);
  const answers = answersOf(questions, choices);
  return (
    <>
      <h3>{questions.length > 1 ? `Has ${questions.length} questions` : "Has a question"}</h3>
      {questions.map((question, at) => (
        <QuestionFields
          key={question.question}
          question={question}
          choice={choices[at] ?? noChoice}
          onChoose={(choice) => keepHalfAnswer(request.id, { choices: choices.with(at, choice) })}
        />
      ))}
      <Answering
        worker={worker}
        request={request}
        deny={{ label: "Decline to answer", answer: { decision: "deny" } }}
        accept={{ label: "Answer", answer: answers && { answers } }}
      />
    </>
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
        {question.header && <span className="badge">{plain(question.header)}</span>} {plain(question.question)}
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
            {plain(label)}
            {description && <span className="option-more">{plain(description)}</span>}
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
