import type { Request } from "../../../contract/request.ts";
import type { Worker } from "../../../contract/worker.ts";
import { type Change, changeAsked } from "../../words/changes.ts";
import { exact, plain } from "../../words/plain.ts";
import { isPlan } from "../../words/sentence.ts";
import { DiffView } from "../history/diff-view.tsx";
import { MarkdownText } from "../history/markdown-text.tsx";
import { AlwaysAllow } from "./always-allow.tsx";
import { Answering } from "./answering.tsx";
import { ExactWords } from "./exact-words.tsx";
import { keepHalfAnswer, useHalfAnswer } from "./half-answers.ts";

type Permission = Extract<Request, { kind: "permission" }>;

/** What a tool would do, exactly and where, and the ways to answer. */
export function PermissionCard({ worker, request }: { worker: Worker; request: Permission }) {
  const { reason } = useHalfAnswer(request.id);
  const said = reason.trim();
  const plan = isPlan(request);
  const changes = changesAsked(request);
  const words = plan ? planWords : toolWords;
  return (
    <>
      <h3>
        {plan ? "Has a plan" : `Wants to use ${plain(request.tool)}`}
        {request.agent && <span className="badge">subagent</span>}
      </h3>
      {!plan && <Where worker={worker} title={saysOnly(request, changes[0]?.path) ? "" : request.title} />}
      <Exactly request={request} changes={changes} />
      <Answering
        worker={worker}
        request={request}
        deny={{ label: words.deny, answer: { decision: "deny", ...(said && { reason: said }) } }}
        accept={{ label: words.accept, answer: { decision: "allow" } }}
        also={!plan && request.via === "hook" && <AlwaysAllow worker={worker} request={request} />}
      >
        <input
          aria-label="Reason for denying, told to Claude"
          placeholder={words.instead}
          value={reason}
          onChange={(event) => keepHalfAnswer(request.id, { reason: event.target.value })}
        />
      </Answering>
    </>
  );
}

function Where({ worker: { cwd, branch }, title }: { worker: Worker; title: string }) {
  return (
    <>
      {title && <p>{plain(title)}</p>}
      <p className="request-where quiet" title={plain(cwd)}>
        in <code>{plain(cwd)}</code>
        {branch && (
          <>
            {" "}
            on <code>{plain(branch)}</code>
          </>
        )}
      </p>
    </>
  );
}

/** The title tells nothing but the path, which stands above the change already. */
const saysOnly = ({ tool, title }: Permission, path: string | undefined) => title === `${tool} ${path}`;

function changesAsked(request: Permission): readonly Change[] {
  const whole = request.changes?.map((change) => ({ ...change, cut: false }));
  const read = whole ? undefined : changeAsked(request);
  return whole ?? (read ? [read] : []);
}

/** A plan reads as Markdown, a change of a file as its difference; everything else stands there as it is. */
function Exactly({ request, changes }: { request: Permission; changes: readonly Change[] }) {
  if (isPlan(request)) {
    return (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a long plan must be scrolled by keyboard too
      <section className="exact plan" aria-label="The plan" tabIndex={0}>
        <MarkdownText text={request.detail} />
      </section>
    );
  }
  const [first] = changes;
  if (!first) return <ExactWords text={request.detail} />;
  return (
    <div className="exact-change">
      <p>
        <code>{exact(first.path)}</code>
      </p>
      {changes.map((change, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one change have no identity but their place
        <DiffView key={place} change={change} whole />
      ))}
    </div>
  );
}

const toolWords = { deny: "Deny", accept: "Allow once", instead: "If you deny it: what to do instead" };
const planWords = { deny: "Keep planning", accept: "Approve the plan", instead: "What to plan differently" };
