import type { MessageInitShape } from "@bufbuild/protobuf";
import {
  PreferencesResponse_SetDefaultProfile_Status as DefaultStatus,
  GetProfilePropertyResponse_Status as GetStatus,
  PreferencesResponse_SetPreference_Status as PreferenceStatus,
  type PreferencesRequest_Request,
  type PreferencesResponse_ResultSchema,
  type ProfileProperty,
  SetProfilePropertyResponse_Status as SetStatus,
} from "../../../main/terminal/iterm2/wire/iterm2_pb.ts";
import { fits, type Profile, parseJson } from "./profile.ts";
import type { Handlers } from "./scene.ts";
import { findSession, findSessions } from "./state.ts";
import type { Result } from "./wire.ts";

/** Profiles and the copies that sessions have of them. */
export const profileCalls: Handlers<"getProfileProperty" | "setProfileProperty" | "listProfiles" | "preferences"> = {
  getProfileProperty({ session: id, keys }, { state }) {
    const session = findSession(state, id);
    if (!session) return { case: "getProfileProperty", value: { status: GetStatus.SESSION_NOT_FOUND } };
    return { case: "getProfileProperty", value: { status: GetStatus.OK, properties: pick(session.profile, keys) } };
  },
  setProfileProperty({ target, key, jsonValue, assignments }, { state }) {
    const answer = (status: SetStatus): Result => ({ case: "setProfileProperty", value: { status } });
    const all = assignments.length > 0 || key === undefined ? assignments : [{ key, jsonValue }];
    const given = all.map((one) => [one.key ?? "", parseJson(one.jsonValue)] as const);
    if (target.case === undefined) return answer(SetStatus.REQUEST_MALFORMED);
    const sessions = target.case === "session" ? findSessions(state, target.value) : [];
    const guids = target.case === "guidList" ? target.value.guids : [];
    const profiles = state.profiles.filter(({ Guid }) => guids.includes(String(Guid)));
    if (target.case === "session" && sessions.length === 0) return answer(SetStatus.SESSION_NOT_FOUND);
    if (profiles.length < guids.length) return answer(SetStatus.BAD_GUID);
    if (!given.every(([name, value]) => fits(name, value))) return answer(SetStatus.REQUEST_MALFORMED);
    for (const session of sessions) {
      Object.assign(session.profile, Object.fromEntries(given));
      for (const [name, value] of given) if (name === "Name") session.autoName = String(value);
    }
    for (const profile of profiles) Object.assign(profile, Object.fromEntries(given));
    return answer(SetStatus.OK);
  },
  listProfiles: ({ properties, guids }, { state }) => ({
    case: "listProfiles",
    value: {
      profiles: state.profiles
        .filter(({ Guid }) => guids.length === 0 || guids.includes(String(Guid)))
        .map((profile) => ({ properties: pick(profile, properties) })),
    },
  }),
  preferences: ({ requests }, { state }) => ({
    case: "preferences",
    value: { results: requests.map(({ request }) => ({ result: preference(request, state.profiles) })) },
  }),
};

/** The keys that have a value; no keys: all. */
function pick(profile: Profile, keys: readonly string[]): Pick<ProfileProperty, "key" | "jsonValue">[] {
  const wanted = keys.length === 0 ? Object.keys(profile) : keys.filter((key) => profile[key] !== undefined);
  return wanted.map((key) => ({ key, jsonValue: JSON.stringify(profile[key]) }));
}

type PreferenceResult = NonNullable<MessageInitShape<typeof PreferencesResponse_ResultSchema>["result"]>;

function preference(request: PreferencesRequest_Request["request"], profiles: Profile[]): PreferenceResult {
  switch (request.case) {
    case "setPreference": {
      const isJson = parseJson(request.value.jsonValue) !== undefined;
      const status = isJson ? PreferenceStatus.OK : PreferenceStatus.BAD_JSON;
      return { case: "setPreference", value: { status } };
    }
    case "getPreference":
      return { case: "getPreference", value: { jsonValue: "null" } };
    case "setDefaultProfile": {
      const at = profiles.findIndex(({ Guid }) => Guid === request.value.guid);
      if (at > 0) profiles.unshift(...profiles.splice(at, 1));
      return {
        case: "setDefaultProfile",
        value: { status: at < 0 ? DefaultStatus.BAD_GUID : DefaultStatus.OK },
      };
    }
    case "getDefaultProfile":
      return { case: "getDefaultProfile", value: { guid: String(profiles[0]?.Guid) } };
    case undefined:
      return { case: "unrecognized", value: {} };
  }
}
