import { type Report, readReport, reportVariable } from "./launch.ts";
import type { Link } from "./link.ts";
import { type Mark, markVariable, parse, readMark } from "./mark.ts";
import { SubscriptionRequest_Type, VariableMonitor_Scope, VariableResponse_Status } from "./wire/iterm2_pb.ts";

export const runVariable = `user.${reportVariable}`;

const { LAYOUT_CHANGE, TERMINATE_SESSION, VARIABLE_CHANGE } = SubscriptionRequest_Type;
const monitor = { name: runVariable, scope: VariableMonitor_Scope.SESSION, identifier: "all" };
/** What we have told: hints to look again, and the wrappers' reports. */
export const subscriptions = [
  { session: "all", subscribe: true, notificationType: LAYOUT_CHANGE },
  { session: "all", subscribe: true, notificationType: TERMINATE_SESSION },
  {
    session: "all",
    subscribe: true,
    notificationType: VARIABLE_CHANGE,
    arguments: { case: "variableMonitor", value: monitor },
  },
] as const;

/** What a session's variables say; nothing for one that is gone or not ours. */
export async function readSession(
  link: Link,
  session: string,
  home: string,
): Promise<{ mark: Mark | undefined; report: Report | undefined }> {
  const scope = { case: "sessionId", value: session } as const;
  const { status, values } = await link.call("variable", { scope, get: [markVariable, runVariable, "pid"] });
  if ((status ?? VariableResponse_Status.OK) !== VariableResponse_Status.OK)
    return { mark: undefined, report: undefined };
  const [mark, run, root] = values.map(parse);
  return { mark: readMark(mark, { session, home, root: Number(root) }), report: readReport(run) };
}
