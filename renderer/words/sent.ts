import type { TeamError } from "../../contract/error.ts";

/** To whom a message was sent, and why it was not taken there, if it was not. */
export interface Sent {
  readonly name: string;
  readonly refusal: TeamError | undefined;
}

/** Who has a message that was sent to several, and who has not. Where the connection broke off, nobody knows. */
export function whoHasIt(sent: readonly Sent[]): string {
  const taken = sent.filter(({ refusal }) => !refusal);
  const unheard = sent.filter(({ refusal }) => refusal?.code === "SERVER_UNREACHABLE");
  const refused = sent.filter((one) => !taken.includes(one) && !unheard.includes(one));
  const words = [
    refused.length > 0 && `not taken by ${withReasons(refused)}`,
    unheard.length > 0 && `${withReasons(unheard)} may not have it`,
    taken.length > 0 && `${names(taken)} ${taken.length > 1 ? "have" : "has"} it`,
    refused.length === sent.length && "nobody has it",
  ];
  return words.filter(Boolean).join("; ");
}

const withReasons = (sent: readonly Sent[]) =>
  sent.map(({ name, refusal }) => `${name} (${refusal?.message})`).join(", ");
const names = (sent: readonly Sent[]) => sent.map(({ name }) => name).join(", ");
