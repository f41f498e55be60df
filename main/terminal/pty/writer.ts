/** Puts bytes into a terminal in order, all of them, without ever blocking. */
export interface Writer {
  /** Resolves when the last byte is handed over. Rejects with the reason given to `end`, or with `put`'s error. */
  write(text: string): Promise<void>;
  /** Refuses what is still waiting and everything after. */
  end(reason: Error): void;
}

interface Job {
  rest: Buffer;
  done: () => void;
  fail: (reason: unknown) => void;
}

const chunk = 64 * 1024;
const longestWait = 50;

/**
 * `put` hands over a piece and returns how many bytes were taken, 0 when there is no room. A pseudo-terminal tells nobody
 * when there is room again, so it is asked again after 1, 2, 4, … 50 ms.
 */
export function createWriter(put: (bytes: Buffer) => number): Writer {
  const jobs: Job[] = [];
  let timer: NodeJS.Timeout | undefined;
  let wait = 1;
  let ended: Error | undefined;

  function pump(): void {
    timer = undefined;
    for (let job = jobs[0]; job; job = jobs[0]) {
      const taken = job.rest.length === 0 ? 0 : put(job.rest.subarray(0, chunk));
      job.rest = job.rest.subarray(taken);
      if (job.rest.length === 0) {
        jobs.shift();
        job.done();
      } else if (taken === 0) {
        timer = setTimeout(run, wait);
        wait = Math.min(wait * 2, longestWait);
        return;
      }
      wait = 1;
    }
  }

  function run(): void {
    try {
      pump();
    } catch (cause) {
      refuse(cause);
    }
  }

  function refuse(reason: unknown): void {
    clearTimeout(timer);
    timer = undefined;
    for (const job of jobs.splice(0)) job.fail(reason);
  }

  return {
    write(text) {
      if (ended) return Promise.reject(ended);
      return new Promise((done, fail) => {
        jobs.push({ rest: Buffer.from(text, "utf8"), done, fail });
        if (jobs.length === 1) run();
      });
    },
    end(reason) {
      ended ??= reason;
      refuse(ended);
    },
  };
}
