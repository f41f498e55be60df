import * as z from "zod";
import type { Message, Page, ToolCall } from "../../contract/message.ts";
import { cut, isoTime, sessionId } from "./session.ts";
import { type Call, defineTool } from "./tool.ts";

const pageSize = 5;
const toolTextMax = 500;

const historyMessage = z.object({
  uuid: z.string(),
  role: z.enum(["user", "assistant", "notice"]),
  content: z.string(),
  timestamp: z.string(),
  thinking: z.string().optional(),
  tool_uses: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        input: z.string(),
        state: z.string(),
        result: z.string().nullable(),
      }),
    )
    .optional(),
});

export const getConversationHistory = defineTool({
  name: "get_conversation_history",
  title: "Get conversation history",
  description: `Read back a worker's conversation, newest page first, each page ${pageSize} messages in the order they were said.`,
  effect: "reads",
  input: z.object({
    session_id: sessionId,
    pages: z.number().int().min(1).max(100).default(1).describe("How many pages"),
    offset: z.number().int().min(0).max(1_000_000).default(0).describe("How many pages to skip from the end"),
  }),
  output: z.object({
    session_id: z.string(),
    messages: z.array(historyMessage),
    page_info: z.object({
      total_messages: z.number(),
      total_pages: z.number(),
      page_size: z.number(),
      pages_returned: z.number(),
      messages_returned: z.number(),
      offset: z.number(),
      start_index: z.number(),
      end_index: z.number(),
      note: z.string().optional(),
    }),
  }),
  async run({ session_id, pages, offset }, call) {
    const { messages, from, to, total } = await pageFromEnd(session_id, pages, offset, call);
    const total_pages = Math.ceil(total / pageSize);
    return {
      session_id,
      messages: messages.map(historyMessageOf),
      page_info: {
        total_messages: total,
        total_pages,
        page_size: pageSize,
        pages_returned: Math.ceil(messages.length / pageSize),
        messages_returned: messages.length,
        offset,
        start_index: from,
        end_index: to,
        ...(messages.length === 0 && {
          note: total ? `offset ${offset} is beyond the ${total_pages} pages there are` : "nothing was said yet",
        }),
      },
    };
  },
});

/** Only the end's distance is known at first: an empty range asks for the total. */
async function pageFromEnd(worker: string, pages: number, offset: number, { team, signal }: Call): Promise<Page> {
  const { total } = await team.history({ worker, from: 0, to: 0 }, "manager", signal);
  const to = Math.max(0, total - offset * pageSize);
  const from = Math.max(0, to - pages * pageSize);
  return to > from ? team.history({ worker, from, to }, "manager", signal) : { messages: [], from, to, total };
}

function historyMessageOf({ id, role, text, at, thinking, tools }: Message): z.output<typeof historyMessage> {
  return {
    uuid: id,
    role,
    content: text,
    timestamp: isoTime(at),
    ...(thinking && { thinking }),
    ...(tools.length > 0 && { tool_uses: tools.map(toolUseOf) }),
  };
}

function toolUseOf({ id, name, input, state, result }: ToolCall) {
  return { id, name, input: cut(input, toolTextMax), state, result: result && cut(result, toolTextMax) };
}
