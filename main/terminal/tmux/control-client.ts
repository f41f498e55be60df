import { spawn } from "node:child_process";
import { unreachable } from "../failures.ts";
import { commandLine, type TmuxCommand } from "./command-line.ts";
import { createControlReader, type Said } from "./control-reader.ts";

/** One `tmux -C` process: commands go in as lines, what happens comes out. */
export interface ControlClient {
  /**
   * Carries the commands out with nothing between them, and resolves with the lines that each printed. Rejects with
   * TERMINAL_UNREACHABLE: what tmux refused, or why it cannot be asked.
   */
  ask(...commands: TmuxCommand[]): Promise<(readonly string[])[]>;
  /** Resolves with the reason when it has ended, whoever ended it. */
  readonly closed: Promise<string>;
  /** Lets go of tmux; what runs in it goes on. */
  end(): void;
}

export interface ControlOptions {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** How long one answer may take, in milliseconds. */
  readonly callMs: number;
  heard(said: Exclude<Said, { is: "reply" }>): void;
}

interface Question {
  readonly count: number;
  readonly answers: (readonly string[])[];
  readonly answered: (answers: (readonly string[])[]) => void;
  readonly failed: (cause: Error) => void;
  readonly limit: NodeJS.Timeout;
}

export function startControlClient(options: ControlOptions): ControlClient {
  const { file, args, env, callMs } = options;
  // Its own group: Ctrl-C in our terminal is not meant for it. And no folder of a project is held by the server it may start.
  const child = spawn(file, args, { env, cwd: "/", detached: true, stdio: ["pipe", "pipe", "pipe"] });
  const questions: Question[] = [];
  let over: string | undefined;
  let said = "";

  const read = createControlReader((heard) => {
    if (heard.is === "reply") return reply(questions, heard);
    if (heard.is === "notice" && heard.name === "exit") said = heard.rest;
    options.heard(heard);
  });
  child.stdout.on("data", read);
  child.stderr.on("data", (bytes: Buffer) => {
    said = bytes.toString().trim() || said;
  });
  child.stdin.on("error", () => undefined); // `close` follows, and tells.

  const closed = new Promise<string>((tell) => {
    const close = (fact: string) => {
      over ??= fact;
      for (const { failed, limit } of questions.splice(0)) {
        clearTimeout(limit);
        failed(unreachable(over));
      }
      tell(over);
    };
    child.on("error", (cause) => close(`${file} does not run: ${cause.message}`));
    child.on("close", (_, signal) => close(lastWords(said, signal)));
  });

  function silent(): void {
    over = `tmux did not answer within ${callMs / 1000} s`;
    child.kill("SIGKILL");
  }

  return {
    closed,
    ask(...commands) {
      if (over !== undefined) return Promise.reject(unreachable(over));
      return new Promise((answered, failed) => {
        const limit = setTimeout(silent, callMs);
        questions.push({ count: commands.length, answers: [], answered, failed, limit });
        child.stdin.write(`${commandLine(commands)}\n`);
      });
    },
    end() {
      over ??= "the connection to tmux was closed";
      child.stdin.end();
      setTimeout(() => child.kill("SIGKILL"), callMs).unref();
    },
  };
}

const lastWords = (said: string, signal: NodeJS.Signals | null): string =>
  `the connection to tmux ended${said ? `: ${said}` : signal ? ` by ${signal}` : ""}`;

/** Replies come in the order of the questions; the first refusal ends its line. */
function reply(questions: Question[], { ok, lines }: Extract<Said, { is: "reply" }>): void {
  const [question] = questions;
  if (!question) return;
  question.answers.push(lines);
  if (ok && question.answers.length < question.count) return;
  questions.shift();
  clearTimeout(question.limit);
  if (ok) question.answered(question.answers);
  else question.failed(unreachable(`tmux refused: ${lines.join(" ")}`));
}
