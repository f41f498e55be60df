import { randomBytes } from "node:crypto";
import { type Directive, fillerText, groupAnswers, isTool, parseDirectives } from "../../../main/demo/directives.ts";
import { type ToolCall, toolCall } from "../../../main/demo/tool-use.ts";
import type { MessagesBody, Standing } from "./conversation.ts";

/** One step of a streamed answer, played in order. */
export type Beat =
  | { readonly is: "text" | "thinking"; readonly text: string }
  | { readonly is: "tool"; readonly call: ToolCall & { readonly type: "tool_use"; readonly id: string } }
  | { readonly is: "wait"; readonly seconds: number }
  | { readonly is: "gate"; readonly name: string }
  | { readonly is: "cut" }
  | { readonly is: "overloaded" };

export interface ScriptedMessage {
  readonly is: "message";
  readonly id: string;
  readonly beats: readonly Beat[];
  readonly stop: string;
  /** Seconds over which the texts are streamed. */
  readonly slow: number;
  /** Seconds before the response begins at all. */
  readonly before: number;
}
export type Answer = { readonly is: "error"; readonly status: number } | ScriptedMessage;

/** What to answer at this place of the conversation; `attempt` counts equal requests from 1. */
export function answerTo(body: MessagesBody, standing: Standing, attempt: number): Answer {
  if (body.tools.length === 0) return said(sideText(body));
  const directives = groupAnswers(parseDirectives(standing.prompt ?? ""))[standing.step];
  if (!directives) return said(unscripted(standing));
  return scripted(
    directives.filter(({ times }) => times === null || attempt <= times),
    body,
  );
}

const said = (text: string): Answer => message([{ is: "text", text }]);

function message(beats: readonly Beat[], options: { stop?: string; slow?: number; before?: number } = {}): Answer {
  const stop = options.stop ?? (beats.some(({ is }) => is === "tool") ? "tool_use" : "end_turn");
  const id = `msg_fake${randomBytes(8).toString("hex")}`;
  return { is: "message", id, beats, stop, slow: options.slow ?? 0, before: options.before ?? 0 };
}

/** Titles, summaries and classifiers ask without offering tools. */
function sideText(body: MessagesBody): string {
  return body.output_config?.format ? JSON.stringify({ title: "Scripted title", isNewTopic: true }) : "A side answer.";
}

function unscripted({ lastResult, prompt, step }: Standing): string {
  if (lastResult !== null) return `Done: ${lastResult.slice(0, 200)}`;
  return step === 0 ? `Echo: ${(prompt ?? "").slice(0, 300)}` : "Done.";
}

function scripted(directives: readonly Directive[], body: MessagesBody): Answer {
  const error = directives.find(({ kind }) => kind === "err");
  if (error) return { is: "error", status: Number(error.argument) };
  const number = (wanted: Directive["kind"]) => Number(directives.find(({ kind }) => kind === wanted)?.argument ?? 0);
  const slow = number("slow");
  const beats = directives.flatMap((directive) => beatOf(directive, body));
  const stop = directives.find(({ kind }) => kind === "stop")?.argument;
  return message(withText(beats, slow), { slow, before: number("ttfb"), ...(stop !== undefined && { stop }) });
}

/** An answer says something: a slow one enough to be seen streaming. */
function withText(beats: readonly Beat[], slow: number): Beat[] {
  const text = beats.reduce((sum, beat) => sum + (beat.is === "text" ? beat.text.length : 0), 0);
  if (slow > 0 && text < 40) return [...beats, { is: "text", text: fillerText(80 * slow) }];
  const speaks = beats.some(({ is }) => is !== "wait" && is !== "gate" && is !== "thinking");
  return speaks ? [...beats] : [...beats, { is: "text", text: "OK" }];
}

function beatOf(directive: Directive, body: MessagesBody): Beat[] {
  if (isTool(directive)) {
    const agent = body.tools.some(({ name }) => name === "Agent") ? "Agent" : "Task";
    const id = `toolu_fake${randomBytes(9).toString("hex")}`;
    return [{ is: "tool", call: { type: "tool_use", id, ...toolCall(directive, agent) } }];
  }
  const { kind, argument } = directive;
  if (kind === "text") return [{ is: "text", text: argument }];
  if (kind === "len") return [{ is: "text", text: fillerText(Number(argument)) }];
  if (kind === "think") return [{ is: "thinking", text: argument || "Let me think." }];
  if (kind === "wait") return [{ is: "wait", seconds: Number(argument) }];
  if (kind === "gate") return [{ is: "gate", name: argument }];
  if (kind === "cut") return [{ is: "cut" }];
  return kind === "sseerr" ? [{ is: "overloaded" }] : [];
}
