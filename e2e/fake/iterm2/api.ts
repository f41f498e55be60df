import type { Socket } from "node:net";
import { type Connection, type ConnectionDeps, createConnection } from "./connection.ts";
import type { Cookies } from "./cookies.ts";
import type { Events } from "./events.ts";
import type { Happening } from "./happening.ts";
import { type Listener, listen } from "./listener.ts";

export interface ApiDeps extends Omit<ConnectionDeps, "called" | "complain"> {
  readonly path: string;
  readonly protocolVersion: string;
  readonly cookies: Cookies;
  readonly events: Events;
}

/** The API with its clients, switched on or off. */
export interface Api {
  readonly isOn: boolean;
  on(): Promise<void>;
  off(): Promise<void>;
  dropAll(): void;
  /** Tells the clients that want to know. */
  tell(happening: Happening): void;
  lookAtVariables(): void;
}

/** How often iTerm2 looks which job stands in the foreground. */
const jobsMs = 1000;

export function createApi(deps: ApiDeps): Api {
  const { events, main } = deps;
  const connections = new Set<Connection>();
  let listener: Listener | undefined;
  let looking: NodeJS.Timeout | undefined;
  const complain = (fact: string) => events.tell({ is: "client.complained", fact });

  function welcome(socket: Socket, name: string): (chunk: Buffer) => void {
    const connection = createConnection(socket, { ...deps, complain, called });
    connections.add(connection);
    events.tell({ is: "client.connected", name });
    socket.once("close", () => {
      connections.delete(connection);
      events.tell({ is: "client.left" });
    });
    return connection.receive;
  }

  function lookAtVariables(): void {
    for (const connection of connections) connection.lookAtVariables();
  }

  const called: ConnectionDeps["called"] = ({ call }) => {
    events.tell({ is: "client.called", call });
    main.run(lookAtVariables);
  };

  return {
    get isOn() {
      return listener !== undefined;
    },
    async on() {
      const refused = ({ status, because }: { status: number; because: string }) =>
        events.tell({ is: "client.refused", status, because });
      listener ??= await listen({ ...deps, welcome, refused });
      looking ??= setInterval(() => main.run(lookAtVariables), jobsMs).unref();
      events.tell({ is: "api.switched", isOn: true });
    },
    async off() {
      const closing = listener;
      listener = undefined;
      clearInterval(looking);
      looking = undefined;
      await closing?.close();
      events.tell({ is: "api.switched", isOn: false });
    },
    dropAll() {
      for (const connection of connections) connection.drop();
    },
    tell(happening) {
      for (const connection of connections) connection.hear(happening);
      lookAtVariables();
    },
    lookAtVariables,
  };
}
