import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { focused } from "./keep-focus.ts";
import type { Layout } from "./layout.ts";
import { FocusResponseSchema, FocusChanged_Window_WindowStatus as Status } from "./wire/iterm2_pb.ts";

const tab = (id: string, ...sessions: string[]) => ({
  id,
  root: { vertical: true, parts: sessions.map((session) => ({ session, cols: 80, rows: 24 })) },
  hidden: [],
});
const layout: Layout = {
  windows: [
    { id: "w1", tabs: [tab("1", "a")] },
    { id: "w2", tabs: [tab("2", "b"), tab("3", "c", "d")] },
  ],
  buried: [],
};

type Told = NonNullable<MessageInitShape<typeof FocusResponseSchema>["notifications"]>;
/** As iTerm2 answers: the app, the key window, then each window's tab and each tab's session. */
const told = (active: boolean, window: { windowStatus: Status; windowId?: string }): Told => [
  { event: { case: "applicationActive", value: active } },
  { event: { case: "window", value: window } },
  { event: { case: "selectedTab", value: "1" } },
  { event: { case: "session", value: "a" } },
  { event: { case: "selectedTab", value: "3" } },
  { event: { case: "session", value: "b" } },
  { event: { case: "session", value: "d" } },
];
const who = (notifications: Told) => focused(create(FocusResponseSchema, { notifications }).notifications, layout);

test("the keyboard is with the active session of the key window's selected tab", () => {
  expect(who(told(true, { windowStatus: Status.BECAME_KEY, windowId: "w2" }))).toBe("d");
  expect(who(told(true, { windowStatus: Status.BECAME_KEY, windowId: "w1" }))).toBe("a");
});

test("it is with none while another app, or another kind of window, has it", () => {
  expect(who(told(false, { windowStatus: Status.BECAME_KEY, windowId: "w2" }))).toBeUndefined();
  expect(who(told(true, { windowStatus: Status.RESIGNED_KEY }))).toBeUndefined();
  expect(who([])).toBeUndefined();
});
