import type { Call } from "../../../main/terminal/iterm2/wire/iterm2_pb.ts";
import { focusCalls } from "./calls-focus.ts";
import { invokeCalls } from "./calls-invoke.ts";
import { layoutCalls } from "./calls-layout.ts";
import { lifeCalls } from "./calls-life.ts";
import { profileCalls } from "./calls-profile.ts";
import { propertyCalls } from "./calls-property.ts";
import { screenCalls } from "./calls-screen.ts";
import type { Handlers, Scene } from "./scene.ts";
import type { Result } from "./wire.ts";

const handlers: Handlers = {
  ...screenCalls,
  ...layoutCalls,
  ...lifeCalls,
  ...profileCalls,
  ...propertyCalls,
  ...focusCalls,
  ...invokeCalls,
};

/** What iTerm2 answers to a call, now or later. */
export function answerTo({ call }: Call, scene: Scene): Result | Promise<Result> {
  if (call.case === undefined) return { case: "error", value: "Invalid request. Upgrade iTerm2 to a newer version." };
  const handle = handlers[call.case] as (value: unknown, scene: Scene) => Result | Promise<Result>;
  return handle(call.value, scene);
}
