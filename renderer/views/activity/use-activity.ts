import { useEffect, useLayoutEffect, useMemo, useState } from "react";
import { createActivityReader, nothingRead } from "../../link/activity-reader.ts";
import { call, usePanel } from "../../store.ts";
import { asTeamError } from "../action.ts";

/** The timeline, from the newest entry back to where the person asked for it. */
export function useActivity() {
  const live = usePanel((panel) => panel.team.activity);
  const connection = usePanel((panel) => panel.connection);
  const [known, setKnown] = useState(nothingRead);
  const [reader] = useState(() => createActivityReader((range) => call("activity", range), setKnown));
  const cause = known.failure;
  const failure = useMemo(() => (cause === undefined ? undefined : asTeamError(cause)), [cause]);

  useLayoutEffect(() => reader.live(live), [reader, live]);

  useEffect(() => {
    if (connection.is === "online") reader.again();
  }, [reader, connection]);

  return { ...known, failure, older: reader.older, all: reader.all };
}
