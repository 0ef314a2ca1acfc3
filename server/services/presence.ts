// Where people are on the canvas: told to the others as it comes, kept in memory while a page is open, never stored.
import type { Presence } from '../../schemas/generated/types.ts';

/** A client is told of at most so often; of what comes faster, the newest is told. */
const shortestMs = 100;
/** After which a client that has no stream open counts as gone. */
const strangerMs = 30_000;

/** The most clients of one environment that are told of. */
const mostClients = 200;

type Listener = (presence: Presence) => void;

interface Client {
  newest?: Presence;
  streams: number;
  /** Runs while the client was told of a moment ago. */
  rest?: NodeJS.Timeout;
  /** Whether something newer came meanwhile. */
  hasNews: boolean;
  gone?: NodeJS.Timeout;
}

interface Room {
  clients: Map<string, Client>;
  /** Whose each is. */
  listeners: Map<Listener, string>;
}

export type PresenceHub = ReturnType<typeof createPresence>;

export function createPresence() {
  const rooms = new Map<string, Room>();

  const roomOf = (environmentId: string): Room => {
    const room: Room = rooms.get(environmentId) ?? { clients: new Map(), listeners: new Map() };
    rooms.set(environmentId, room);
    return room;
  };

  const tell = ({ listeners }: Room, presence: Presence): void => {
    for (const [listener, client] of listeners) if (client !== presence.client) listener(presence);
  };

  const leave = (environmentId: string, id: string, client: Client): void => {
    const room = roomOf(environmentId);
    clearTimeout(client.rest);
    clearTimeout(client.gone);
    delete client.rest;
    if (client.newest) tell(room, { client: id, name: client.newest.name, nodes: [], connections: [], left: true });
    delete client.newest;
    client.hasNews = false;
    if (client.streams === 0 && room.clients.get(id) === client) room.clients.delete(id);
    if (room.clients.size === 0 && room.listeners.size === 0) rooms.delete(environmentId);
  };

  const clientOf = ({ clients }: Room, id: string): Client => {
    const client: Client = clients.get(id) ?? { streams: 0, hasNews: false };
    clients.set(id, client);
    return client;
  };

  const pass = (room: Room, client: Client): void => {
    client.hasNews = false;
    if (client.newest) tell(room, client.newest);
    client.rest = setTimeout(() => {
      delete client.rest;
      if (client.hasNews) pass(room, client);
    }, shortestMs).unref();
  };

  const expectStream = (environmentId: string, id: string, client: Client): void => {
    clearTimeout(client.gone);
    if (client.streams === 0) client.gone = setTimeout(() => leave(environmentId, id, client), strangerMs).unref();
  };

  return {
    /** Tells the others where a client is, or that it has left. */
    put(environmentId: string, presence: Presence): void {
      const room = roomOf(environmentId);
      if (room.clients.size >= mostClients && !room.clients.has(presence.client)) return;
      const client = clientOf(room, presence.client);
      if (presence.left) return leave(environmentId, presence.client, client);
      client.newest = presence;
      client.hasNews = true;
      expectStream(environmentId, presence.client, client);
      if (!client.rest) pass(room, client);
    },
    /**
     * Hears of everybody else: first of those who are there, then as they move. While a client listens it is there.
     * @returns the function that ends it; with its last stream, the client has left.
     */
    join(environmentId: string, id: string, listener: Listener): () => void {
      const room = roomOf(environmentId);
      for (const [other, { newest }] of room.clients) if (newest && other !== id) listener(newest);
      room.listeners.set(listener, id);
      const client = clientOf(room, id);
      client.streams += 1;
      clearTimeout(client.gone);
      return () => {
        room.listeners.delete(listener);
        client.streams -= 1;
        if (client.streams === 0) leave(environmentId, id, client);
      };
    },
  };
}
