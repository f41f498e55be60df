import { spawn } from "node:child_process";
import { unreachable } from "../failures.ts";
import { rowsOf } from "./capture.ts";
import { commandLine, type TmuxCommand } from "./command-line.ts";
import { createControlReader, type Said } from "./control-reader.ts";

/** One `tmux -C` process: commands go in as lines, what happens comes out. */
export interface ControlClient {
  /**
   * Resolves when it has its session: before that, tmux 3.3a may carry out a line it is sent ahead of its own command line.
   * Rejects with TERMINAL_UNREACHABLE.
   */
  readonly attached: Promise<void>;
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

/** What tmux tells unasked. */
export type Heard = Extract<Said, { is: "output" | "notice" }>;

export interface ControlOptions {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** How long one answer may take, in milliseconds. */
  readonly callMs: number;
  heard(said: Heard): void;
}

/** For what a client that has ended still wrote. */
const drainMs = 100;

export function startControlClient({ file, args, env, callMs, heard }: ControlOptions): ControlClient {
  // Its own group: Ctrl-C in our terminal is not meant for it. And no folder of a project is held by the server it may start.
  const child = spawn(file, args, { env, cwd: "/", detached: true, stdio: ["pipe", "pipe", "pipe"] });
  const giveUp = (fact: string) => {
    over ??= fact;
    child.kill("SIGKILL");
  };
  const questions = createQuestions(callMs, () => giveUp(`tmux did not answer within ${callMs / 1000} s`));
  let over: string | undefined;
  let said = "";
  let isAttached = false;

  const attached = questions.expect([attaching]).then(() => undefined);
  const read = createControlReader((news) => {
    if (news.is === "lost") return giveUp("tmux answered with more rows than the pane has");
    if (news.is === "reply") return questions.reply(news);
    if (news.is === "notice" && news.name === "session-changed" && !isAttached) {
      isAttached = true;
      questions.reply({ ok: true, lines: [] });
    }
    if (news.is === "notice" && news.name === "exit") said = news.rest;
    heard(news);
  }, questions.rows);
  child.stdout.on("data", read);
  child.stderr.on("data", (bytes: Buffer) => {
    said = bytes.toString().trim() || said;
  });
  child.stdin.on("error", () => undefined); // `close` follows, and tells.

  const closed = new Promise<string>((tell) => {
    const close = (fact: string) => {
      over ??= fact;
      questions.fail(unreachable(over));
      tell(over);
    };
    child.on("error", (cause) => close(`${file} does not run: ${cause.message}`));
    child.on("close", (_, signal) => close(lastWords(said, signal)));
    // A server that does not answer keeps our pipes open when the client is gone.
    child.on("exit", (_, signal) => setTimeout(() => close(lastWords(said, signal)), drainMs).unref());
  });

  return {
    attached,
    closed,
    ask(...commands) {
      if (over !== undefined) return Promise.reject(unreachable(over));
      // What is asked in one go is written in one go: tmux then answers it in one go.
      if (child.stdin.writableCorked === 0) {
        child.stdin.cork();
        process.nextTick(() => child.stdin.uncork());
      }
      child.stdin.write(`${commandLine(commands)}\n`);
      return questions.expect(commands);
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

/** The client's own command line is answered like a question, by its session's coming. */
const attaching: TmuxCommand = ["new-session"];

interface Question {
  readonly commands: readonly TmuxCommand[];
  readonly answers: (readonly string[])[];
  readonly answered: (answers: (readonly string[])[]) => void;
  readonly failed: (cause: Error) => void;
  readonly limit: NodeJS.Timeout;
}

/** What was asked and is not answered yet, in order. */
function createQuestions(callMs: number, silent: () => void) {
  const questions: Question[] = [];
  return {
    /** Waits for a reply to each; the first refusal is the last. */
    expect(commands: readonly TmuxCommand[]): Promise<(readonly string[])[]> {
      return new Promise((answered, failed) => {
        questions.push({ commands, answers: [], answered, failed, limit: setTimeout(silent, callMs) });
      });
    },
    /** How many the next reply will be; undefined when nobody can know. */
    rows(): number | undefined {
      const [question] = questions;
      return question && rowsOf(question.commands, question.answers);
    },
    reply({ ok, lines }: Pick<Extract<Said, { is: "reply" }>, "ok" | "lines">): void {
      const [question] = questions;
      if (!question) return;
      question.answers.push(lines);
      if (ok && question.answers.length < question.commands.length) return;
      questions.shift();
      clearTimeout(question.limit);
      if (ok) question.answered(question.answers);
      else question.failed(unreachable(`tmux refused: ${lines.join(" ")}`));
    },
    fail(cause: Error): void {
      for (const { failed, limit } of questions.splice(0)) {
        clearTimeout(limit);
        failed(cause);
      }
    },
  };
}
